"""A visit that is called off on the day it was promised is counted no more, however it is said; undone, it is."""

from datetime import datetime

import pytest

from storage.engine.database import session
from tests.field.test_appointments import TOMORROW, standing
from tests.talk import ZONE, Person, Talk

WORDS = (
    "hủy hẹn bà Tư",
    "bà Tư mai bận, không hẹn nữa ạ",
    "bà Tư nhắn mai về quê, hủy hẹn với bà ấy nhé",
    "bỏ cái hẹn nhà bà Tư đi",
    "bỏ lịch hẹn nhà bà Tư giúp em",
    "khỏi hẹn bà Tư nữa",
)


def done(talk: Talk, ref: str = "hv1") -> dict[str, int]:
    """What counts for somebody, without zeros."""
    return {outcome: n for outcome, n in talk.done_by(ref).items() if n}


@pytest.mark.on("telegram")
@pytest.mark.parametrize("words", [*WORDS, ""])
@pytest.mark.parametrize("beside", ["", "nhà bà Lan xóm 4 được 2, "])
async def test_of_this_day(talk: Talk, words: str, beside: str) -> None:
    """By any words and by [Hủy], of a report that says more and of one that says nothing else; [Hoàn tác] undoes it."""
    an = await talk.person("An")
    await an.says(f"{beside}hẹn 19h mai nhà bà Tư").hears("19:00 ngày 21/05")
    before = done(talk)
    assert before["revisit"] == 1
    off = an.says(words) if words else an.presses("Hủy", await an.says("/lichhen").hears("bà Tư"))
    said = await off.hears("↩️ Đã hủy hẹn bà Tư", "bỏ 1 nhà hẹn lại khỏi số hôm nay")
    assert done(talk) == {outcome: n for outcome, n in before.items() if outcome != "revisit"}
    assert standing(talk, "hv1") == []
    await an.presses("Hoàn tác", said).hears("Vẫn hẹn bà Tư", "tính lại 1 nhà hẹn lại")
    assert (done(talk), standing(talk, "hv1")) == (before, [("bà Tư", "21/05 19:00")])
    talk.recount()


async def _of_before(talk: Talk) -> Person:
    an = await talk.person("An")
    await an.says("hẹn 20h mai nhà bà Tư xóm 4").hears("20:00 ngày 21/05")
    await talk.settled()
    talk.clock.set(TOMORROW)
    return an


@pytest.mark.on("telegram")
@pytest.mark.parametrize("words", [*WORDS, ""])
async def test_of_an_earlier_day(talk: Talk, words: str) -> None:
    """That day's count stays, with [Hoàn tác] as well."""
    an = await _of_before(talk)
    off = an.says(words) if words else an.presses("Hủy", await an.says("/lichhen").hears("bà Tư"))
    said = await off.hears("↩️ Đã hủy hẹn bà Tư", "Số đã ghi giữ nguyên")
    assert (done(talk), standing(talk, "hv1")) == ({"revisit": 1}, [])
    await an.presses("Hoàn tác", said).hears("Vẫn hẹn bà Tư")
    assert (done(talk), standing(talk, "hv1")) == ({"revisit": 1}, [("bà Tư", "21/05 20:00")])


@pytest.mark.on("telegram")
async def test_moved_today_of_an_earlier_day(talk: Talk) -> None:
    """That it was put off today does not make it one of today; one of today that was put off still is."""
    an = await _of_before(talk)
    await an.says("dời bà Tư sang tối mai").hears("20:00 ngày 22/05")
    await an.says("hủy hẹn bà Tư").hears("Số đã ghi giữ nguyên")
    await an.says("hẹn 20h mai nhà ông Sáu").hears("20:00")
    await an.says("dời ông Sáu sang 21h").hears("21:00")
    assert done(talk) == {"revisit": 2}
    await an.says("hủy hẹn ông Sáu").hears("bỏ 1 nhà hẹn lại")
    assert done(talk) == {"revisit": 1}


@pytest.mark.on("telegram")
async def test_what_was_put_right_meanwhile_stays(talk: Talk) -> None:
    """Two visits of one report, and its phones put right between: each comes back alone, and nothing else with it."""
    an = await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 2, bà Tư hẹn 19h mai, ông Sáu hẹn 20h mai").hears("2 nhà hẹn lại")
    tu = await an.says("hủy hẹn bà Tư").hears("bỏ 1 nhà hẹn lại")
    sau = await an.says("hủy hẹn ông Sáu").hears("bỏ 1 nhà hẹn lại")
    assert done(talk) == {"activated": 2}
    await an.says("nhầm, 3 máy chứ không phải 2").hears("3 máy (trước là 2)")
    await an.presses("Hoàn tác", tu).hears("Vẫn hẹn bà Tư")
    assert (done(talk), standing(talk, "hv1")) == ({"activated": 3, "revisit": 1}, [("bà Tư", "21/05 19:00")])
    await an.presses("Hoàn tác", sau).hears("Vẫn hẹn ông Sáu")
    assert done(talk) == {"activated": 3, "revisit": 2}
    talk.recount()


@pytest.mark.on("telegram")
async def test_counted_no_more_already(talk: Talk) -> None:
    """A report that was put right to what else it promises loses nothing more; never less than none."""
    an = await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 2, bà Tư hẹn 19h mai, ông Sáu hẹn 20h mai").hears("2 nhà hẹn lại")
    await an.says("/sua xóm 4 được 2, hẹn lại 1").hears("1 nhà hẹn lại")
    await an.says("hủy hẹn bà Tư").hears("Đã hủy hẹn bà Tư", "Số đã ghi giữ nguyên")
    assert done(talk) == {"activated": 2, "revisit": 1}
    await an.says("hủy hẹn ông Sáu").hears("Đã hủy hẹn ông Sáu", "bỏ 1 nhà hẹn lại")
    assert done(talk) == {"activated": 2}
    talk.recount()


@pytest.mark.on("telegram")
async def test_what_took_place_stays(talk: Talk) -> None:
    """A visit that is done was one; so it stays where another of its report is called off, and nothing is off twice."""
    an = await talk.person("An")
    await an.says("hẹn 19h mai nhà bà Tư xóm 4, hẹn 20h mai nhà ông Sáu").hears("ông Sáu")
    await an.says("nhà bà Tư xóm 4 được 2").hears("Lịch hẹn bà Tư: xong")
    await an.says("hủy hẹn bà Tư").hears("không thấy lịch hẹn nào với nhà đó")
    assert done(talk) == {"activated": 2, "revisit": 2}
    await an.says("hủy hẹn ông Sáu").hears("bỏ 1 nhà hẹn lại")
    assert done(talk) == {"activated": 2, "revisit": 1}


@pytest.mark.on("telegram")
async def test_without_a_time(talk: Talk) -> None:
    """What was promised without a time is in no list, and is taken back all the same."""
    an = await talk.person("An")
    for words in ("hủy hẹn chú Đạt", "hủy lịch hẹn giúp em"):
        await an.says("nhà chú Đạt xóm 4 hẹn lại").hears("1 nhà hẹn lại")
        await an.says(words).hears("↩️ Đã rút báo cáo", "1 nhà hẹn lại")
        assert done(talk) == {}


@pytest.mark.on("telegram")
async def test_of_somebody_without_a_name(talk: Talk) -> None:
    """`chồng chị ấy` is called off by the name of the home it was told with."""
    an = await talk.person("An")
    await an.says("nhà anh Dũng xóm 4 2 máy, nhà chị Vân 1 máy và hẹn 19h30 mai quay lại làm cho chồng chị ấy").hears(
        "hẹn"
    )
    await an.says("hẹn 20h mai nhà ông Sáu xóm 5").hears("ông Sáu")
    await an.says("bỏ lịch hẹn nhà chị Vân giúp em").hears("↩️ Đã hủy hẹn chồng chị ấy")
    assert (done(talk), standing(talk, "hv1")) == ({"activated": 3, "revisit": 1}, [("ông Sáu", "21/05 20:00")])


@pytest.mark.on("telegram")
async def test_an_edit_does_not_bring_it_back(talk: Talk) -> None:
    """Other words of the message are edited: it promises as before what is off, and that is not counted again."""
    an = await talk.person("An")
    said = an.says("nhà bà Lan xóm 4 được 3, hẹn bà Năm 20h mai")
    await said.hears("bà Năm, 20:00 ngày 21/05")
    await an.says("hủy hẹn bà Năm").hears("bỏ 1 nhà hẹn lại")
    await an.edits(said, "nhà bà Lan xóm 4 được 4, hẹn bà Năm 20h mai").hears("4 máy")
    assert (done(talk), standing(talk, "hv1")) == ({"activated": 4}, [])


@pytest.mark.on("telegram")
async def test_in_a_hamlet_that_was_merged(talk: Talk) -> None:
    """It leaves the count where that is by now, and comes back there."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says("xóm Cầu Gỗ nhà bà Lan được 3, hẹn 19h mai nhà bà Tư").hears("1 nhà hẹn lại")
    asked = await dung.waits("“Xóm Cầu Gỗ”")
    which = await dung.presses("Chọn thôn cho “Xóm Cầu Gỗ”", asked).hears("là thôn nào")
    await dung.presses("Là xóm 4", which).hears("từ nay là xóm 4")
    off = await an.says("hủy hẹn bà Tư").hears("Đã hủy hẹn bà Tư, xóm 4", "bỏ 1 nhà hẹn lại")
    assert done(talk) == {"activated": 3}
    talk.recount()
    await an.presses("Hoàn tác", off).hears("Vẫn hẹn bà Tư, xóm 4")
    assert done(talk) == {"activated": 3, "revisit": 1}
    talk.recount()


@pytest.mark.on("telegram")
@pytest.mark.parametrize("beside", ["", "nhà bà Lan xóm 4 được 2, "])
async def test_by_the_lead_who_has_it_now(talk: Talk, beside: str) -> None:
    """A lead who got the visit of a student this evening calls it off: the student's count follows, and they hear."""
    dung, an = await talk.person("Dũng"), await talk.person("An")
    await an.says(f"{beside}hẹn 19h mai nhà bà Tư xóm 4").hears("19:00 ngày 21/05")
    before = done(talk)
    await talk.settled()
    await talk.stop()
    with session(talk.database) as tx:
        tx.run("UPDATE visits SET goes = (SELECT id FROM people WHERE ref = 'tt1')")
    await talk.start()
    shown = await dung.says("/lichhen").hears("bà Tư")
    off = await dung.presses("Hủy", shown).hears("Đã hủy hẹn bà Tư", "bỏ 1 nhà hẹn lại")
    await an.waits("Tổ trưởng Dũng đã", "nhà hẹn lại" if not beside else "2 máy")
    assert done(talk) == {outcome: n for outcome, n in before.items() if outcome != "revisit"}
    await dung.presses("Hoàn tác", off).hears("Vẫn hẹn bà Tư")
    await an.waits("Tổ trưởng Dũng đã ghi lại", "1 nhà hẹn lại")
    assert done(talk) == before


@pytest.mark.on("telegram")
async def test_undone_when_its_day_is_closed(talk: Talk) -> None:
    """The visit stands again, and nothing is counted on a day that its student may change no more."""
    an = await talk.person("An")
    await an.says("nhà bà Lan xóm 4 được 2, hẹn 19h ngày 25/5 nhà bà Tư").hears("19:00 ngày 25/05")
    off = await an.says("hủy hẹn bà Tư").hears("bỏ 1 nhà hẹn lại")
    await talk.settled()
    await talk.stop()
    with session(talk.database) as tx:
        tx.run("UPDATE offers SET deadline = deadline + 1000000")
    talk.clock.set(datetime(2023, 5, 23, 19, 0, tzinfo=ZONE))
    await talk.start()
    again = await an.presses("Hoàn tác", off).hears("Vẫn hẹn bà Tư")
    assert "tính lại" not in again.text
    assert (done(talk), standing(talk, "hv1")) == ({"activated": 2}, [("bà Tư", "25/05 19:00")])
