"""What a summary leaves to others: homes to the lead, the rest of a long one to a press; and gaps of platforms."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from handlers.unasked import night, outage
from storage.reports import visits
from storage.reports.visits import Visit
from storage.running import gaps
from tests.figures.world import HOUSE, World, at, day, lines, world

NIGHT = at(day(19), 0, 30)
DAY_OF = HOUSE.calendar.work_day


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign, with a group of Xuân Thu's team."""
    with world(tmp_path) as made:
        made.group(made.team("451"))
        yield made


def gather(w: World) -> night.Night:
    """Xuân Thu's day."""
    return night.gather(w.tx, HOUSE, w.team("451"), day(18), NIGHT)


def promise(w: World, home: str, hour: int, hamlet: str = "Xóm 5", *, who: str = "binh") -> None:
    """A visit that somebody promises for tomorrow."""
    report = w.report(who, day(18), 1, hamlet="Xóm 4")
    visits.keep(
        w.tx, report.id, [Visit(home, w.hamlet(hamlet), at(day(19), hour))], at=NIGHT, day_of=HOUSE.calendar.work_day
    )


def test_tomorrow_for_those_who_forward_it_and_for_the_lead(w: World) -> None:
    """The summary has the time, whose it is and the hamlet; the home stands in the lead's own copy alone."""
    promise(w, "bà Tư", 19)
    facts = gather(w)
    for recipient in (None, w.person("one"), w.person("an")):
        text = night.summary(HOUSE, facts, NIGHT, recipient).text
        assert text.endswith("\n📅 Hẹn lại ngày mai (1 nhà):\n19:00 Bình, xóm 5")
        assert "bà Tư" not in text
    own = night.for_lead(HOUSE, facts, NIGHT, w.person("an"))
    assert own is not None
    assert own.text == "📅 Hẹn lại ngày mai, để đồng chí nắm:\n19:00 bà Tư, xóm 5 (Bình)"


def test_a_lead_is_not_told_apart_of_visits_that_are_their_own(w: World) -> None:
    """The plan of the evening brings them."""
    promise(w, "bà Tư", 19, who="an")
    assert night.for_lead(HOUSE, gather(w), NIGHT, w.person("an")) is None


def test_on_the_last_day_what_stays_behind_is_told_apart(w: World) -> None:
    """Who goes on into the next phase keeps the own visits; those of the others somebody has to take, however late."""
    last, night_of = date(2023, 6, 5), at(date(2023, 6, 6), 0, 30)
    for who, home, when in (
        ("an", "bà Tư", at(date(2023, 6, 6), 19)),
        ("an", "ông Sáu", at(date(2023, 6, 8), 20)),
        ("binh", "bà Lan", at(date(2023, 6, 6), 20)),
        ("binh", "cô Bảy", at(date(2023, 6, 8), 9)),
    ):
        report = w.report(who, last, 1, hamlet="Xóm 4")
        promised = [Visit(home, w.hamlet("Xóm 5"), when)]
        visits.keep(w.tx, report.id, promised, at=night_of, day_of=HOUSE.calendar.work_day)
    facts = night.gather(w.tx, HOUSE, w.team("451"), last, night_of)
    assert night.summary(HOUSE, facts, night_of, None).text.endswith(
        "\n📅 Hẹn lại ngày mai (1 nhà):\n19:00 An, xóm 5"
        "\n📅 Hẹn sau khi hết đợt, cần người đến thay (2 nhà):\n06/06 20:00 Bình, xóm 5\n08/06 09:00 Bình, xóm 5"
    )
    assert "dự kiến" not in night.summary(HOUSE, facts, night_of, None).text, "whoever worked at this pace leaves"
    own = night.for_lead(HOUSE, facts, night_of, w.person("an"))
    assert own is not None
    assert own.text == (
        "📅 Hẹn sau khi hết đợt, nhờ đồng chí bàn giao cho xã:"
        "\n06/06 20:00 bà Lan, xóm 5 (Bình)\n08/06 09:00 cô Bảy, xóm 5 (Bình)"
    )


def test_a_lead_without_anything_of_their_own_to_know_gets_no_second_message(w: World) -> None:
    """Only what the summary leaves out is worth one."""
    w.report("an", day(18), 3)
    assert night.for_lead(HOUSE, gather(w), NIGHT, w.person("an")) is None


def test_a_long_summary_at_a_glance(w: World) -> None:
    """So many lines at most, what is cut is counted, and who has no report yet is named all the same."""
    for number in range(40):
        w.tx.run(
            """INSERT INTO hamlets (commune, name, folded, listed)
               SELECT id, :name, :name, 1 FROM communes WHERE code = '451'""",
            name=f"Xóm {100 + number}",
        )
        w.report("binh", day(18), 1, hamlet=f"Xóm {100 + number}")
    for number in range(9):
        promise(w, "bà Tư", 10 + number)
        w.report("an", day(10 + number), 1, sent=at(day(18), 12))
    facts = gather(w)
    assert facts.long
    short, whole = (night.summary(HOUSE, facts, NIGHT, None, whole=all_of_it).text for all_of_it in (False, True))
    assert len(short) < 1000
    assert " · và 31 thôn khác: 31" in short
    assert "(9 nhà):\n" + "".join(f"{hour}:00 Bình, xóm 5\n" for hour in range(10, 14)) + "… và 5 nhà khác\n" in short
    assert "✏️ … và 3 cập nhật khác của các ngày trước" in short
    assert "\nChưa có báo cáo: Chi\n" in short
    assert "khác" not in whole
    assert "Xóm 139: 1" in whole
    assert "18:00 Bình, xóm 5" in whole


def test_a_usual_summary_is_whole_at_once(w: World) -> None:
    """What a phone shows needs no press: both readings are the same."""
    w.report("an", day(18), 3, hamlet="Xóm 4")
    facts = gather(w)
    assert not facts.long
    assert night.summary(HOUSE, facts, NIGHT, None, whole=False) == night.summary(HOUSE, facts, NIGHT, None)


def test_the_same_facts_have_the_same_digest(w: World) -> None:
    """Whenever they are gathered; whatever a reader would see changes it."""
    w.report("an", day(18), 3, hamlet="Xóm 4")
    first = gather(w)
    later = night.gather(w.tx, HOUSE, w.team("451"), day(18), NIGHT + timedelta(hours=1), NIGHT - night.ONE_DAY)
    assert first.digest == later.digest
    w.report("binh", day(18), 0)
    assert gather(w).digest != first.digest


def test_gaps_stand_in_the_summary_of_those_who_use_the_platform(w: World) -> None:
    """Of this day alone; also one that is not over yet."""
    w.chat("an")
    for begun, ended in ((at(day(17), 20), at(day(17), 21)), (at(day(18), 20), at(day(18), 21, 30))):
        gaps.note(w.tx, "web", begun, ended)
    gaps.note(w.tx, "zalo", at(day(18), 20), at(day(18), 22))
    text = night.summary(HOUSE, gather(w), NIGHT, None).text
    assert text == lines(
        """
        🌙 Xã Xuân Thu, tổng kết ngày 18/05 đến 00:30 (Đợt 1, ngày thứ 3/21)
        Cả tổ chưa có báo cáo.

        Tổng 100/1.000 máy (10,0%), còn 900
        (có sẵn 100, bot ghi 0)
        Cả đợt đạt 0,0% định mức (0/180)
        ⚠️ Bot mất kết nối Web từ 20:00 đến 21:30 ngày 18/05, tin gửi lúc đó có thể thiếu
        """
    )
    w.tx.run("UPDATE identities SET channel = 'zalo:2'")
    gaps.note_contact(w.tx, "zalo:2", NIGHT - timedelta(minutes=1))
    assert gather(w).gaps == []
    gaps.note_contact(w.tx, "zalo:2", NIGHT - timedelta(hours=1))
    assert [(name, first) for name, first, _ in gather(w).gaps] == [("Zalo", NIGHT - timedelta(hours=1))]


def test_whom_a_gap_concerns(w: World) -> None:
    """The students of phases that were on, on that platform; nobody who joined afterwards, left, or is locked."""
    an, binh, chi = w.chat("an"), w.chat("binh"), w.chat("chi")
    w.chat("one")
    gaps.note(w.tx, "web", at(day(18), 20), at(day(18), 21))
    (gap,) = gaps.untold(w.tx)
    assert {chat for chat, _ in outage.those_concerned(w.tx, HOUSE, gap)} == {an, binh, chi}
    w.leaves("chi")
    w.tx.run("UPDATE people SET locked_at = 1 WHERE ref = 'binh'")
    assert {chat for chat, _ in outage.those_concerned(w.tx, HOUSE, gap)} == {an}
    w.tx.run("UPDATE identities SET joined_at = :at", at=int(at(day(18), 22).timestamp()))
    assert outage.those_concerned(w.tx, HOUSE, gap) == []
    w.tx.run("UPDATE identities SET joined_at = 0")
    gaps.note(w.tx, "web", at(day(10), 20), at(day(11), 21))
    assert outage.those_concerned(w.tx, HOUSE, gaps.untold(w.tx)[-1]) == []
