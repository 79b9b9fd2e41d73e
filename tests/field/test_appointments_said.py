"""Appointments in words: asked for, put off, called off, done; and what the same words mean at other times."""

from datetime import timedelta

import pytest

from tests.field.test_appointments import REMINDED, TOMORROW, standing
from tests.talk import EVENING, Talk
from tests.timetable.test_jobs import LITTLE, comes, heard


async def test_put_off_in_words(talk: Talk) -> None:
    """`dời sang mai` is the same hour; `dời ông Sáu sang 21h` the same day; of several it is asked which."""
    an = await talk.person("An")
    await an.says("hẹn 20h30 nhà bà Tư").hears("20:30 ngày 20/05")
    await an.says("dời sang mai").hears("✏️ Hẹn bà Tư: 20:30 ngày 21/05")
    await an.says("hẹn 20h mai nhà ông Sáu").hears("20:00 ngày 21/05")
    await an.says("dời ông Sáu sang 21h").hears("✏️ Hẹn ông Sáu: 21:00 ngày 21/05 (trước là 20:00 ngày 21/05)")
    await an.says("dời hẹn bà Tư sang tối mốt").hears("✏️ Hẹn bà Tư: 20:30 ngày 22/05")
    assert standing(talk, "hv1") == [("ông Sáu", "21/05 21:00"), ("bà Tư", "22/05 20:30")]
    which = await an.says("hoãn lịch hẹn").hears("Em nói lịch hẹn nào?", "1. 21:00 ngày 21/05 · ông Sáu")
    await an.presses("Hẹn lại 2", which).hears("Hẹn lại bà Tư lúc nào")
    await an.says("1 tiếng nữa").hears("✏️ Hẹn bà Tư: 20:30 ngày 20/05")
    assert talk.done_by("hv1") == {"revisit": 2}


async def test_called_off(talk: Talk) -> None:
    """In words or by a button; nobody is reminded, unless it is taken back."""
    an = await talk.person("An")
    await an.says("hẹn 19h mai nhà ông Tuấn xóm 4").hears("19:00 ngày 21/05")
    await an.says("hẹn 19h mai nhà bà Tư").hears("19:00 ngày 21/05")
    off = await an.says("hủy hẹn ông Tuấn").hears("↩️ Đã hủy hẹn ông Tuấn, xóm 4 lúc 19:00 ngày 21/05")
    assert standing(talk, "hv1") == [("bà Tư", "21/05 19:00")]
    await an.presses("Hủy", await an.says("/lichhen").hears("1 lịch hẹn", "bà Tư")).hears("↩️ Đã hủy hẹn bà Tư")
    assert standing(talk, "hv1") == []
    assert not any(talk.done_by("hv1").values())
    await an.says("hủy hẹn bà Năm").hears("không thấy lịch hẹn nào với nhà đó")
    if "old buttons" not in talk.platform.lacks:
        await an.presses("Hoàn tác", off).hears("Vẫn hẹn ông Tuấn")
        talk.clock.set(REMINDED + LITTLE)
        await comes(talk, an.private, "⏰ 19:00 em có hẹn: ông Tuấn, xóm 4")
    talk.clock.set(TOMORROW)
    await talk.settled()
    assert not any("bà Tư" in text for text in heard(an.private, "⏰"))


@pytest.mark.on("telegram")
async def test_called_off_beside_a_report(talk: Talk) -> None:
    """The report is stored as ever, and the other clause calls the visit off."""
    an = await talk.person("An")
    await an.says("hẹn 19h mai nhà ông Tuấn").hears("19:00 ngày 21/05")
    said = an.says("nhà bà Lan xóm 4 được 3, hủy hẹn ông Tuấn")
    await said.hears("Đã hủy hẹn ông Tuấn")
    await said.hears("✅ Nhà bà Lan, xóm 4: 3 máy")
    assert standing(talk, "hv1") == []
    assert talk.done_by("hv1") == {"activated": 3}


async def test_whom_it_is_asked_for(talk: Talk) -> None:
    """`em hẹn những ai?` is /lichhen, in the order of their times; `/lichhen 19h mai …` makes one."""
    an = await talk.person("An")
    await an.says("/lichhen").hears("Em chưa hẹn ai", "ví dụ")
    await an.says("/lichhen 19h mai nhà bà Tư xóm 4").hears("Xóm 4: hẹn lại bà Tư, 19:00 ngày 21/05")
    await an.says("hẹn 8h sáng mai nhà ông Sáu").hears("08:00")
    for words in ("em hẹn những ai?", "lịch hẹn của em", "mai em có hẹn nhà nào không"):
        await an.says(words).hears("Em có 2 lịch hẹn", "1. 08:00 ngày 21/05 · ông Sáu", "2. 19:00 ngày 21/05 · bà Tư")
    await an.says("/lichhen abc").hears("chưa rõ em hẹn nhà nào")


async def test_typed_words_mean_what_was_said_last(talk: Talk) -> None:
    """`hủy` right after the reminder is of the visit; after a report it takes that report back."""
    an = await talk.person("An")
    await an.says("hẹn 20h15 nhà bà Tư").hears("20:15")
    talk.clock.set(EVENING + timedelta(minutes=15, seconds=2))
    await an.waits("⏰ 20:15")
    await an.says("xóm 4 được 3").hears("3 máy")
    await an.says("hủy").hears("↩️ Đã rút báo cáo")
    assert standing(talk, "hv1") == [("bà Tư", "20/05 20:15")]
    await an.says("/lichhen").hears("1 lịch hẹn")
    await an.says("hủy").hears("↩️ Đã hủy hẹn bà Tư")
    assert standing(talk, "hv1") == []


async def test_numbers_typed_after_a_list(talk: Talk) -> None:
    """`Hủy 2` and then `Hủy 1` of the same list; later `xong 1` is a phone."""
    an = await talk.person("An")
    await an.says("hẹn 20h15 nhà bà Tư").hears("20:15")
    await an.says("hẹn 21h nhà ông Sáu").hears("21:00")
    await an.says("/lichhen").hears("2 lịch hẹn")
    await an.says("hủy 2").hears("Đã hủy hẹn ông Sáu")
    await an.says("hủy 1").hears("Đã hủy hẹn bà Tư")
    assert not any(talk.done_by("hv1").values())
    await an.says("xóm 4 được 3").hears("3 máy")
    await an.says("xong 1").hears("1 máy")
    assert talk.done_by("hv1") == {"activated": 4}


async def test_xong_alone_after_the_visit(talk: Talk) -> None:
    """About the time of a visit it is asked what came of it; what names another house is that house's."""
    an = await talk.person("An")
    await an.says("hẹn 20h15 nhà bà Tư xóm 4").hears("20:15")
    talk.clock.set(EVENING + timedelta(hours=1))
    await an.says("xong rồi ạ").hears("Kết quả ở nhà bà Tư, xóm 4")
    await an.says("nhà ông Ba xóm 5 được 1").hears("✅ Nhà ông Ba, xóm 5: 1 máy")
    assert standing(talk, "hv1") == [("bà Tư", "20/05 20:15")]
    await an.says("xong rồi").hears("Kết quả ở nhà bà Tư, xóm 4")
    await an.says("vắng").hears("✅ Nhà bà Tư, xóm 4: 1 nhà vắng", "xong")
    assert standing(talk, "hv1") == []


async def test_a_visit_that_is_done_with_its_result(talk: Talk) -> None:
    """`xong hẹn rồi, được 2 máy` is the result of that visit; of a house that is named beside it, it is not."""
    an = await talk.person("An")
    await an.says("hẹn 20h15 nhà bà Tư xóm 4").hears("20:15")
    talk.clock.set(EVENING + timedelta(hours=1))
    await an.says("xong hẹn rồi ạ, được 2 máy").hears("✅ Nhà bà Tư, xóm 4: 2 máy", "Lịch hẹn bà Tư: xong")
    assert standing(talk, "hv1") == []
    await an.says("hẹn 21h nhà ông Sáu xóm 5").hears("21:00")
    await an.says("xong hẹn rồi, nhà bà Lan xóm 4 được 1").hears("Kết quả ở nhà ông Sáu, xóm 5")
    assert standing(talk, "hv1") == [("ông Sáu", "20/05 21:00")]
    assert talk.done_by("hv1")["activated"] == 3


async def test_a_report_that_promises_nothing_more(talk: Talk) -> None:
    """`khỏi hẹn` takes the visit out of the report, and nobody is reminded; taken back, it stands again."""
    an = await talk.person("An")
    await an.says("nhà bà Tư xóm 4 vắng 1, hẹn 19h mai").hears("bot nhắc em lúc 18:30")
    changed = await an.says("khỏi hẹn bà Tư nữa").hears("bỏ 1 nhà hẹn lại")
    assert standing(talk, "hv1") == []
    await an.presses("Hoàn tác", changed).hears("Vẫn hẹn bà Tư", "tính lại 1 nhà hẹn lại")
    assert standing(talk, "hv1") == [("bà Tư", "21/05 19:00")]
    await an.says("/huy").hears("↩️")
    assert standing(talk, "hv1") == []
    talk.clock.set(REMINDED + LITTLE)
    await talk.settled()
    assert heard(an.private, "⏰") == []


async def test_promised_again_after_it_was_called_off(talk: Talk) -> None:
    """The very same words make it stand again; it was counted once."""
    an = await talk.person("An")
    await an.says("hẹn 19h mai nhà ông Tuấn xóm 5").hears("19:00 ngày 21/05")
    await an.says("hủy hẹn ông Tuấn").hears("Đã hủy hẹn ông Tuấn")
    await an.says("hẹn 19h mai nhà ông Tuấn xóm 5").hears("ông Tuấn", "19:00 ngày 21/05")
    assert standing(talk, "hv1") == [("ông Tuấn", "21/05 19:00")]
    await an.says("ông Tuấn bận, dời sang thứ 3").hears("✏️ Hẹn ông Tuấn: 19:00 ngày 23/05")
    assert talk.done_by("hv1") == {"revisit": 1}


@pytest.mark.on("telegram")
async def test_of_an_evening_before(talk: Talk) -> None:
    """What was promised yesterday is put off and called off in the same words; the day of then stays as it was."""
    an = await talk.person("An")
    await an.says("hẹn 20h mai nhà ông Tuấn xóm 5").hears("20:00 ngày 21/05")
    await an.says("hẹn 21h mai nhà bà Tư xóm 4").hears("21:00 ngày 21/05")
    await talk.settled()
    talk.clock.set(TOMORROW)
    await an.says("ông Tuấn nói lại là 8h tối mai mới rảnh").hears("✏️ Hẹn ông Tuấn: 20:00 ngày 22/05")
    await an.says("bỏ hẹn bà Tư").hears("Đã hủy hẹn bà Tư", "Số đã ghi giữ nguyên")
    assert standing(talk, "hv1") == [("ông Tuấn", "22/05 20:00")]
    assert talk.done_by("hv1") == {"revisit": 2}
