"""A number that is not sure is asked for; nothing is stored that was not meant, and nothing vanishes."""

from datetime import timedelta

import pytest

from tests.talk import Talk


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("khoảng 5 máy", "số chính xác: mấy máy"),
        ("vắng vài nhà", "mấy nhà vắng"),
        ("xong", "xong mấy máy"),
        ("cả nhà bác Lợi xong", "mấy máy"),
        ("hôm nay cả tổ em 46", "Riêng em"),
        ("3-4 máy", "số chính xác"),
    ],
)
async def test_what_is_vague_is_asked(talk: Talk, text: str, question: str) -> None:
    """Each kind of doubt has its own question, and nothing is stored."""
    an = await talk.person("An")
    await an.says(text).hears(question)
    assert talk.done_by("hv1") == {}
    await an.says("/homnay").hears("chưa rõ số")


async def test_a_plain_number_answers(talk: Talk) -> None:
    """It fills the hole and keeps what was understood."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3, vắng vài nhà").hears("mấy nhà vắng")
    await an.says("2").hears("✅ Xóm 4: 3 máy, 2 nhà vắng")
    assert talk.done_by("hv1") == {"activated": 3, "absent": 2}


async def test_an_answer_given_in_time_may_arrive_late(talk: Talk) -> None:
    """The bot was down for an hour: the number still belongs to its question."""
    an = await talk.person("An")
    await an.says("xóm 4 khoảng 5 máy").hears("số chính xác")
    await talk.stop()
    said = an.says("6", at=talk.clock.now() + timedelta(minutes=2))
    talk.clock.advance(timedelta(hours=1))
    await talk.start()
    await said.hears("✅ Xóm 4: 6 máy")
    assert talk.done_by("hv1") == {"activated": 6}


async def test_a_suggested_number_answers(talk: Talk) -> None:
    """One press settles it; the question becomes the answer."""
    an = await talk.person("An")
    asked = await an.says("khoảng 5 máy").hears("số chính xác")
    assert asked.buttons[0][:3] == ["4", "5", "6"]
    heard = await an.presses("6", asked).hears("✅ 6 máy")
    assert heard.id == asked.id
    assert talk.done_by("hv1") == {"activated": 6}


async def test_another_report_does_not_answer(talk: Talk) -> None:
    """A whole report is one of its own; the question stays open."""
    an = await talk.person("An")
    await an.says("khoảng 5 máy").hears("số chính xác")
    await an.says("xóm 4 được 2").hears("✅ Xóm 4: 2 máy")
    await an.says("/homnay").hears("chưa rõ số", "em 2 máy")


async def test_an_open_message_can_be_dropped(talk: Talk) -> None:
    """[Bỏ] settles it without a number."""
    an = await talk.person("An")
    asked = await an.says("khoảng 5 máy").hears("số chính xác")
    await an.presses("Bỏ", asked).hears("Đã bỏ tin")
    await an.says("/homnay").hears("chưa có báo cáo nào")


async def test_very_many_are_confirmed_first(talk: Talk) -> None:
    """More than 50 in one message, also where it answers a question."""
    an = await talk.person("An")
    asked = await an.says("xóm 4 được 120").hears("Đúng là số này chứ?")
    assert talk.done_by("hv1") == {}
    await an.presses("Đúng, ghi", asked).hears("✅ Xóm 4: 120 máy")
    await an.says("xong").hears("mấy máy")
    asked = await an.says("60").hears("Đúng là số này chứ?")
    await an.presses("Thôi", asked).hears("Đã bỏ tin")
    assert talk.done_by("hv1") == {"activated": 120}


async def test_forwarded_reports_count_only_after_a_yes(talk: Talk) -> None:
    """Somebody else's words are not one's own work."""
    an, binh = await talk.person("An"), await talk.person("Bình")
    asked = await an.says("xóm 4 được 3", forwarded_from=binh.user).hears("được chuyển tiếp")
    assert talk.done_by("hv1") == {}
    await an.presses("Tính", asked).hears("✅ Xóm 4: 3 máy")
    assert talk.done_by("hv1") == {"activated": 3}


async def test_a_total_for_the_day(talk: Talk) -> None:
    """The first is recorded, an equal one confirmed, a larger one offered, a smaller one adjusted."""
    an = await talk.person("An")
    await an.says("hôm nay được 18").hears("✅ 18 máy")
    await an.says("hôm nay được 18").hears("👍 Khớp")
    asked = await an.says("hôm nay được 25").hears("Em báo cả ngày 25 máy, bot mới ghi 18. Ghi thêm 7 nhé?")
    assert asked.buttons == [["Ghi thêm 7", "Giữ 18"], ["Xem từng tin"]]
    await an.presses("Ghi thêm 7", asked).hears("em 25 máy")
    asked = await an.says("hôm nay được 20").hears("nhưng bot đang ghi 25", "Sửa còn 20")
    await an.presses("Sửa còn 20", asked).hears("đã chỉnh còn 20 máy", "em 20 máy")
    assert talk.done_by("hv1") == {"activated": 20}


async def test_a_vague_total_stays_a_total(talk: Talk) -> None:
    """Its number is compared, not added."""
    an = await talk.person("An")
    await an.says("xóm 4 được 11").hears("11 máy")
    await an.says("hôm nay tầm 30 máy").hears("số chính xác")
    await an.says("30").hears("bot mới ghi 11. Ghi thêm 19 nhé?")
    assert talk.done_by("hv1") == {"activated": 11}


async def test_an_edited_total_is_compared(talk: Talk) -> None:
    """A total that is edited does not add itself to what is there."""
    an = await talk.person("An")
    await an.says("xóm 4 được 18").hears("18 máy")
    said = an.says("hôm nay được 25")
    asked = await said.hears("Ghi thêm 7")
    await an.presses("Ghi thêm 7", asked).hears("em 25 máy")
    asked = await an.edits(said, "hôm nay được 26").hears("bot mới ghi 25. Ghi thêm 1 nhé?")
    await an.presses("Ghi thêm 1", asked).hears("em 26 máy")
    assert talk.done_by("hv1") == {"activated": 26}


async def test_no_sum_falls_below_zero(talk: Talk) -> None:
    """What an adjustment took away is given back when the report it took from is withdrawn."""
    an = await talk.person("An")
    heard = await an.says("xóm 4 được 20").hears("20 máy")
    asked = await an.says("hôm nay được 5").hears("Sửa còn 5")
    await an.presses("Sửa còn 5", asked).hears("em 5 máy")
    await an.presses("Hoàn tác", heard).hears("Đã rút")
    assert talk.done_by("hv1") == {}


async def test_nothing_done_is_a_report(talk: Talk) -> None:
    """A zero counts as having reported."""
    an = await talk.person("An")
    await an.says("hôm nay chưa được máy nào").hears("✅ 0 máy")
    await an.says("/homnay").hears("0 máy")
