"""What a student is shown first: the example of the welcome can be tried, and counts nothing."""

import pytest

from tests.talk import CODES, Talk


async def test_a_student_tries_a_message(talk: Talk) -> None:
    """Three messages: the welcome, what the bot makes of its example, and of a correction, pressed or typed."""
    an = talk.stranger("An")
    welcome = await an.says(f"/start {CODES['An']}").hears("đã vào", "nhà bà Lan xóm 4 được 3, vắng 1")
    tried = await an.presses("Thử một tin", welcome).hears("🧪", "✅ Nhà bà Lan, xóm 4: 3 máy, 1 nhà vắng", "sửa 4 máy")
    await an.says("sửa 4 máy").hears("🧪", "✏️ Nhà bà Lan, xóm 4: 4 máy (trước là 3), 1 nhà vắng", "tính thật")
    end = await an.presses("Gửi thử", tried).hears("✏️ Nhà bà Lan, xóm 4: 4 máy (trước là 3), 1 nhà vắng")
    await an.presses("Kiểm tra", end).hears("📝 Câu 1/5")
    await an.presses("Hướng dẫn", welcome).hears("📖", "/huongdan otp")
    assert talk.done_by("hv1") == {}


@pytest.mark.on("telegram")
async def test_work_is_work_also_while_something_is_tried(talk: Talk) -> None:
    """Whatever else is said counts, and from then on corrections are meant."""
    an = talk.stranger("An")
    welcome = await an.says(f"/start {CODES['An']}").hears("đã vào")
    await an.presses("Thử một tin", welcome).hears("🧪")
    await an.says("nhà bà Lan xóm 4 được 3, vắng 1").hears("✅", "Hôm nay em 3 máy")
    await an.says("sửa 4 máy").hears("Hôm nay em 4 máy")
    assert talk.done_by("hv1") == {"activated": 4, "absent": 1}


@pytest.mark.on("telegram")
async def test_only_who_reports_and_is_new_is_shown_how(talk: Talk) -> None:
    """An officer, and a student on a second account, are welcomed as ever."""
    khoa = talk.stranger("Khoa")
    assert (await khoa.says(f"/start {CODES['Khoa']}").hears("đã vào")).buttons == []
    an = await talk.person("An")
    other = talk.stranger("An (máy khác)")
    await other.says(f"/start {CODES['An']}").hears("đang được dùng")
    await an.presses("Là em, chuyển sang", an.private.from_bot[-1])
    assert (await other.waits("Chào em An")).buttons == []
