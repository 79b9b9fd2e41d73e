"""Which occasions did not come: `bacung status` says so, and says nothing where all is as it should be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.config import Config
from bot.timetable import jobs, missed
from bot.timetable.policy import Job
from handlers.calendar import DaysOff
from handlers.running import occasions
from storage.running import runs
from tests.figures.world import HOUSE, World, at, day, world

CALENDAR = HOUSE.calendar
NIGHT = at(day(19), 0, 30)


@pytest.fixture
def w(tmp_path: Path) -> Iterator[World]:
    """A small campaign."""
    with world(tmp_path) as made:
        yield made


def _job(name: str = "summary") -> Job:
    known = jobs.all_of(Config().schedule, retention_days=60)
    return next(job for job in known if job.name == name)


def _missed(w: World, now: datetime) -> list[tuple[datetime, str]]:
    return [(one.due, one.why.partition(",")[0].partition(";")[0]) for one in missed.of(w.tx, [_job()], CALENDAR, now)]


def test_before_its_first_start_nothing_is_missed(w: World) -> None:
    """A job that has not begun has no past."""
    assert _missed(w, NIGHT) == []


def test_what_did_not_come_is_named_after_five_minutes(w: World) -> None:
    """And no more once it was done."""
    runs.settle(w.tx, "summary", NIGHT - timedelta(hours=9), at=NIGHT, outcome="begun")
    assert _missed(w, NIGHT + timedelta(minutes=4)) == []
    assert _missed(w, NIGHT + timedelta(minutes=5)) == [(NIGHT, "did not come")]
    runs.settle(w.tx, "summary", NIGHT, at=NIGHT, outcome="done")
    assert _missed(w, NIGHT + timedelta(minutes=5)) == []


def test_what_had_nothing_to_tell_is_not_missed(w: World) -> None:
    """A phase ends on one morning; three weeks later that one is missed, and the mornings before are not."""
    end = at(date(2023, 6, 6), 6, 30)
    known, begun = [_job("farewell")], at(day(18), 12)
    runs.settle(w.tx, "farewell", begun, at=begun, outcome="begun")
    assert missed.of(w.tx, known, CALENDAR, end - timedelta(hours=1)) == []
    assert [one.due for one in missed.of(w.tx, known, CALENDAR, end + timedelta(days=5))] == [end]


@pytest.mark.parametrize(("outcome", "named"), [("dropped", True), ("skipped", False), ("off", False)])
def test_what_was_dropped_is_named_for_two_days(w: World, outcome: str, named: bool) -> None:
    """What an admin skipped, and what is not said of days off, is as it should be."""
    runs.settle(w.tx, "summary", NIGHT, at=NIGHT, outcome=outcome)
    assert _missed(w, NIGHT + timedelta(hours=20)) == ([(NIGHT, "dropped")] if named else [])
    runs.settle(w.tx, "summary", NIGHT + timedelta(days=2), at=NIGHT, outcome="done")
    assert _missed(w, NIGHT + timedelta(days=2, minutes=6)) == []


def test_what_comes_next_is_what_nobody_skipped(w: World) -> None:
    """Also where several are skipped one after the other."""
    now = NIGHT - timedelta(hours=3)
    assert occasions.next_of(w.tx, _job(), HOUSE, now) == NIGHT
    for days in range(2):
        runs.settle(w.tx, "summary", NIGHT + timedelta(days=days), at=now, outcome="skipped")
    assert occasions.next_of(w.tx, _job(), HOUSE, now) == NIGHT + timedelta(days=2)
    runs.take_back_skip(w.tx, "summary", NIGHT)
    assert occasions.next_of(w.tx, _job(), HOUSE, now) == NIGHT


@pytest.mark.parametrize(
    ("job", "comes"),
    [
        ("nudge", at(day(20), 21, 30)),  # the nineteenth is a day off
        ("summary", NIGHT),
        ("digest", at(day(19), 6, 30)),
        ("farewell", at(date(2023, 6, 6), 6, 30)),
    ],
)
def test_what_comes_next_has_something_to_tell(w: World, job: str, comes: datetime) -> None:
    """A phase ends once, nobody is reminded on days off, and after the last phase nothing comes."""
    house = replace(HOUSE, days_off=DaysOff(dates=frozenset({day(19)})))
    now = at(day(18), 22)
    assert occasions.next_of(w.tx, _job(job), house, now) == comes
    runs.settle(w.tx, job, comes, at=now, outcome="skipped")
    assert occasions.skipped(w.tx, _job(job), house, now) == comes
    assert occasions.next_of(w.tx, _job(job), house, at(date(2023, 6, 20), 12)) is None


def test_the_last_day_of_a_phase_has_its_farewell_in_the_place_of_a_digest(w: World) -> None:
    """Whoever hears the one needs no other of the same morning."""
    morning = at(date(2023, 6, 6), 6, 30)
    assert occasions.next_of(w.tx, _job("farewell"), HOUSE, at(date(2023, 6, 5), 12)) == morning
    assert occasions.next_of(w.tx, _job("digest"), HOUSE, at(date(2023, 6, 5), 12)) == morning + timedelta(days=1)
