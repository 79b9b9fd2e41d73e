"""What charts show: the same numbers as /tong, day by day, commune by commune, hour by hour."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from handlers.figures.gathered import facts, series
from handlers.figures.gathered.series import Course, Day, Evening, Heat, Hour, Reach, Warm
from storage.campaign import communes
from storage.engine.transaction import Transaction
from storage.reports import reports, totals
from tests.figures.world import FIRST, HOUSE, World, at, day, world


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


def three_days(w: World) -> None:
    """Xuân Thu reports on the 16th, 17th and 18th, Minh Phú on the 17th."""
    w.report("an", day(16), 10)
    w.report("an", day(17), 12, absent=2)
    w.report("binh", day(17), 20)
    w.report("dung", day(17), 18)
    w.report("binh", day(18), 8, absent=1)
    w.report("an", day(18), 3)


def course(w: World, *codes: str, when: date, finished: bool = False, whole: bool = False) -> Course:
    places = [w.commune(code) for code in codes] or communes.every(w.tx)
    return series.course(w.tx, places, when, name="Cả huyện", finished=finished, whole=whole)


def test_a_course_goes_from_the_baseline_day_by_day(w: World) -> None:
    """Done with the baseline, the plan by the quota of those who are there, the forecast from the last day over."""
    three_days(w)
    found = course(w, "451", when=day(18))
    assert (found.name, found.phase, found.day, found.over) == ("Cả huyện", "Đợt 1", day(18), False)
    assert (found.baseline, found.done, found.target) == (100, 153, 1000)
    assert found.days[:4] == (
        Day(day(16), 160, 110, 10),
        Day(day(17), 220, 142, 32, None, 142),
        Day(day(18), 280, 153, 11, None, 163),
        Day(day(19), 340, None, None, None, 184),
    )
    assert [len(found.days), found.days[-1].day] == [21, date(2023, 6, 5)]
    assert (found.quota, found.counted, found.ahead) == (120, 42, -78)


def test_a_forecast_has_a_range_from_the_fourth_day_on(w: World) -> None:
    """The same as that of the expected finish: where the middle meets the target, and where the bounds do."""
    for number, phones in ((16, 30), (17, 50), (18, 30), (19, 50)):
        w.report("an", day(number), phones)
    found = course(w, "451", when=day(19), finished=True)
    ahead = {one.day: (one.low, one.middle, one.high) for one in found.days if one.middle is not None}
    assert ahead[day(19)] == (260, 260, 260)
    assert ahead[day(20)] == (279, 300, 321)
    assert ahead[date(2023, 6, 5)] == (761, 940, 1119)
    assert (found.earliest, found.finish, found.latest) == (date(2023, 6, 3), date(2023, 6, 7), date(2023, 6, 13))
    target = [when for when, (_, _, high) in ahead.items() if (high or 0) >= found.target]
    assert target[0] == found.earliest
    rose = course(w, "451", when=day(16), finished=True)
    assert {one.low for one in rose.days} == {None}


def test_a_course_agrees_with_the_board(w: World) -> None:
    """Done, quota and pace are those of /tong: one way to count."""
    three_days(w)
    for when, finished in ((day(16), False), (day(18), False), (day(18), True), (date(2023, 6, 5), True)):
        board = facts.board(w.tx, communes.every(w.tx), when, finished=finished)
        found = course(w, when=when, finished=finished)
        assert board.pace is not None
        assert (found.done, found.target, found.baseline) == (
            board.whole.done,
            board.whole.target,
            board.whole.baseline,
        )
        assert (found.quota, found.counted) == (board.pace.quota, board.pace.bot)
        assert (found.average, found.finish) == (board.pace.average, board.pace.finish)
        counted = [one for one in found.days if one.done is not None]
        assert counted[-1].done == board.whole.done
        assert sum(one.phones or 0 for one in counted) == board.whole.bot


def test_a_course_before_the_phase_and_after_it(w: World) -> None:
    """Nothing is done yet; what came late stands behind the last day, under a plan that grows no more."""
    before = course(w, "451", when=day(10))
    assert {one.done for one in before.days} == {None}
    assert [one.planned for one in before.days[:2]] == [160, 220]
    assert (before.ahead, before.average) == (None, None)
    w.report("binh", date(2023, 6, 5), 7)
    after = course(w, "451", when=date(2023, 6, 5), finished=True)
    assert after.days[-1] == Day(date(2023, 6, 5), 100 + 21 * 60, 107, 7)


def test_a_course_of_the_whole_campaign_goes_over_all_phases(w: World) -> None:
    """The plan grows by those who are there in each phase; the second has one student of Xuân Thu."""
    three_days(w)
    w.report("an", date(2023, 6, 6), 5)
    found = course(w, "451", when=date(2023, 6, 7), whole=True)
    assert (found.phase, found.days[0].day, found.days[-1].day) == ("", FIRST, date(2023, 6, 15))
    assert (found.days[20].planned, found.days[21].planned) == (100 + 21 * 60, 100 + 21 * 60 + 20)
    assert (found.quota, found.counted) == (21 * 60 + 20, 58)


def test_a_course_without_anything(w: World) -> None:
    """No reports, no students, no target: days are there all the same."""
    found = course(w, "376", when=day(18))
    assert {(one.planned, one.middle) for one in found.days} == {(None, None)}
    assert (found.target, found.done, found.ahead, found.finish) == (0, 0, None, None)


def test_communes_by_how_far_they_are(w: World) -> None:
    """The farthest first, those without a target last; the whole is their sum."""
    three_days(w)
    found = series.reached(w.tx, communes.every(w.tx), day(18), name="Cả huyện", finished=False)
    assert found.rows == (Reach("Xuân Thu", 153, 1000, 11), Reach("Minh Phú", 18, 800, 0), Reach("TT Sóc Sơn", 0, 0, 0))
    assert found.whole == Reach("Cả huyện", 171, 1800, 11)
    assert [row.percent for row in found.rows] == [15.3, 2.25, None]


def test_days_and_communes(w: World) -> None:
    """From the phase's first day to today; what was corrected is there at once."""
    three_days(w)
    w.report("an", date(2023, 5, 15), 50)
    said = w.report("dung", day(18), 4)
    found = series.heat(w.tx, communes.every(w.tx), day(18), name="Cả huyện", finished=False)
    assert found == Heat(
        "Cả huyện",
        "Đợt 1",
        False,
        (day(16), day(17), day(18)),
        (Warm("Xuân Thu", (10, 32, 11)), Warm("Minh Phú", (0, 18, 4)), Warm("TT Sóc Sơn", (0, 0, 0))),
    )
    reports.withdraw(w.tx, said, by=w.person("dung").id, at=at(day(18), 21))
    again = series.heat(w.tx, [w.commune("397")], day(18), name="Minh Phú", finished=True)
    assert (again.rows, again.over) == ((Warm("Minh Phú", (0, 18, 0)),), True)


def test_days_before_the_phase_are_none(w: World) -> None:
    """There is nothing to show yet."""
    found = series.heat(w.tx, communes.every(w.tx), day(10), name="Cả huyện", finished=False)
    assert (found.days, found.rows[0].phones) == ((), ())


def evening(w: World, when: date) -> Evening:
    return series.evening(w.tx, HOUSE.calendar, w.team("451"), when, name="Xuân Thu", finished=False)


def test_an_evening_by_the_hour(w: World) -> None:
    """By when messages were sent; after midnight it is still the same evening; hours between are there with nothing."""
    w.report("an", day(18), 3, sent=at(day(18), 19, 59))
    w.report("binh", day(18), 4, sent=at(day(18), 20))
    w.report("chi", day(18), 2, sent=at(day(18), 22, 30))
    w.report("chi", day(18), 1, sent=at(day(19), 0, 10))
    w.report("dung", day(18), 9, sent=at(day(18), 20))
    found = evening(w, day(18))
    assert (found.total, found.elsewhen) == (10, 0)
    assert found.hours == (Hour(19, 3), Hour(20, 4), Hour(21, 0), Hour(22, 2), Hour(23, 0), Hour(0, 1))


def test_an_evening_counts_the_newest_version(w: World) -> None:
    """A correction counts in the hour of the report; what was taken back later lowers the hours before."""
    said = w.report("an", day(18), 30, sent=at(day(18), 19))
    reports.correct(
        w.tx,
        said,
        [type(said.lines[0])(0, "activated", 3)],
        by=said.person,
        at=at(day(18), 21),
        text=None,
    )
    w.report("an", day(18), 5, sent=at(day(18), 20))
    w.report("an", day(18), -6, sent=at(day(18), 22), change="adjusted")
    found = evening(w, day(18))
    assert found.hours == (Hour(19, 2), Hour(20, 0), Hour(21, 0), Hour(22, 0))
    assert found.total == totals.activated(w.tx, "team", w.team("451").id, day(18)) == 2


def test_an_evening_counts_those_who_left_and_what_came_late(w: World) -> None:
    """The sum is the team's, whoever is in it by now; what was said on the next day is apart."""
    w.report("binh", day(18), 4, sent=at(day(18), 20))
    w.report("an", day(18), 6, sent=at(day(19), 9))
    w.tx.run("DELETE FROM members WHERE person = :binh", binh=w.person("binh").id)
    found = evening(w, day(18))
    assert (found.total, found.elsewhen, found.hours) == (10, 6, (Hour(20, 4),))


def test_an_evening_without_reports(w: World) -> None:
    """No hours."""
    assert evening(w, day(18)) == Evening("Xuân Thu", day(18), False, 0, 0, ())


def test_an_evening_is_read_by_its_people_and_day(w: World) -> None:
    """However many reports there are, only the team's of that day are looked at."""
    asked: list[str] = []

    class Watched(Transaction):
        __slots__ = ()

        def all(self, sql: str, **params: object) -> list[object]:  # type: ignore[override]
            asked.append(" ".join(row["detail"] for row in super().all(f"EXPLAIN QUERY PLAN {sql}", **params)))
            return super().all(sql, **params)  # type: ignore[return-value]

    w.report("an", day(18), 3)
    series.evening(Watched(w.tx._connection), HOUSE.calendar, w.team("451"), day(18), name="", finished=True)
    (plan,) = asked
    assert "SEARCH r USING INDEX reports_person (person=? AND day=?" in plan
    assert "SCAN r" not in plan


def test_facts_outlive_their_transaction_as_json(w: World) -> None:
    """They come back the same, each of them."""
    three_days(w)
    everything = communes.every(w.tx)
    for found in (
        course(w, when=day(18)),
        course(w, "376", when=day(10)),
        series.reached(w.tx, everything, day(18), name="Cả huyện", finished=True),
        series.heat(w.tx, everything, day(18), name="Cả huyện", finished=True),
        evening(w, day(18)),
    ):
        assert series.from_json(type(found), json.loads(json.dumps(series.to_json(found)))) == found
