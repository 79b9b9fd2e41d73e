"""What the jobs declare: the page made of it, days off, quiet hours, and when a job is due."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import Config, ConfigError, load
from bot.sending.quiet import QuietHours
from bot.timetable import declared, jobs
from bot.timetable.policy import Job, Quiet, next_time
from handlers.calendar import Calendar, DaysOff
from tests.talk import ZONE

PAGE = Path(__file__).parents[2] / "docs" / "schedule.md"
CALENDAR = Calendar(ZONE)


def _jobs() -> list[Job]:
    settings = Config()
    return jobs.all_of(settings.schedule, retention_days=settings.privacy.retention_days)


def test_the_page_is_what_the_jobs_declare() -> None:
    """Whoever changes a job makes the page anew: `python -m bot.timetable.declared > docs/schedule.md`."""
    assert PAGE.read_text(encoding="utf-8") == declared.as_markdown(_jobs())


def test_every_job_has_a_name_of_its_own_and_a_window() -> None:
    """Its rows and keys are told from others' by the name."""
    known = _jobs()
    assert len({job.name for job in known}) == len(known)
    for job in known:
        assert job.sense > timedelta(0)
        assert bool(job.who) is bool(job.says), job.name
        assert not job.rests or job.speaks, job.name


@pytest.mark.parametrize(
    ("zone", "at", "after", "found"),
    [
        ("Asia/Ho_Chi_Minh", time(0, 30), datetime(2023, 5, 20, 17, 29, 59, tzinfo=UTC), "2023-05-21 00:30+0700"),
        ("Asia/Ho_Chi_Minh", time(0, 30), datetime(2023, 5, 20, 17, 30, tzinfo=UTC), "2023-05-22 00:30+0700"),
        ("Asia/Ho_Chi_Minh", time(4), datetime(2023, 12, 31, 20, 59, tzinfo=UTC), "2024-01-01 04:00+0700"),
        # The clocks are changed: 02:30 comes twice on the one night, and not at all on the other.
        ("Europe/Berlin", time(2, 30), datetime(2023, 10, 28, 23, 0, tzinfo=UTC), "2023-10-29 02:30+0200"),
        ("Europe/Berlin", time(0, 30), datetime(2023, 3, 25, 23, 31, tzinfo=UTC), "2023-03-27 00:30+0200"),
    ],
)
def test_when_a_time_of_day_comes(zone: str, at: time, after: datetime, found: str) -> None:
    """By the clocks of the campaign, also where these are changed."""
    assert f"{next_time(at, Calendar(ZoneInfo(zone)), after):%Y-%m-%d %H:%M%z}" == found


def test_no_night_is_left_out_and_none_comes_twice_where_clocks_are_changed() -> None:
    """A year of half past midnights in Berlin: one a day."""
    calendar, moment = Calendar(ZoneInfo("Europe/Berlin")), datetime(2023, 1, 1, 12, tzinfo=UTC)
    days = []
    for _ in range(365):
        moment = next_time(time(0, 30), calendar, moment)
        days.append(calendar.local(moment).date())
    assert days == [date(2023, 1, 2) + timedelta(days=k) for k in range(365)]


def test_a_job_of_a_day_tells_of_the_right_one() -> None:
    """The night's summary of the day in which it falls, the morning's digest of the one before."""
    named = {job.name: job for job in _jobs()}
    half_past = datetime(2023, 5, 21, 0, 30, tzinfo=ZONE)
    assert named["summary"].day_of(CALENDAR, half_past) == date(2023, 5, 20)
    assert named["digest"].day_of(CALENDAR, half_past + timedelta(hours=6)) == date(2023, 5, 20)


@pytest.mark.parametrize("quiet", list(Quiet))
def test_until_when_it_is_tried_to_be_sent(quiet: Quiet) -> None:
    """Only what is dropped in the quiet hours ends when they begin."""
    job = replace(_jobs()[0], quiet=quiet, sense=timedelta(hours=2), kept=timedelta(hours=9))
    due = datetime(2023, 5, 20, 21, 30, tzinfo=ZONE)
    begin = QuietHours((time(1), time(6))).begin_after(CALENDAR, due)
    assert begin == datetime(2023, 5, 21, 1, tzinfo=ZONE)
    assert job.expires_at(due, begin) == (begin if quiet is Quiet.DROP else due + timedelta(hours=9))
    assert job.expires_at(due, None) == due + timedelta(hours=9)


@pytest.mark.parametrize(
    ("span", "now", "until"),
    [
        ((time(1), time(6)), time(1), time(6)),
        ((time(1), time(6)), time(5, 59, 59), time(6)),
        ((time(1), time(6)), time(6), None),
        ((time(1), time(6)), time(0, 59), None),
        ((time(23), time(6)), time(23, 30), time(6)),
        ((time(23), time(6)), time(0, 30), time(6)),
        ((time(23), time(6)), time(22, 59), None),
        (None, time(3), None),
    ],
)
def test_quiet_hours(span: tuple[time, time] | None, now: time, until: time | None) -> None:
    """Also over midnight."""
    moment = datetime.combine(date(2023, 5, 20), now, ZONE)
    found = QuietHours(span).until(CALENDAR, moment)
    assert (CALENDAR.local(found).time() if found else None) == until
    assert found is None or found > moment


def test_days_off_are_days_of_the_week_and_dates() -> None:
    """As TOML and the environment have them; what is neither is refused."""
    said = load({"BACUNG_SCHEDULE__DAYS_OFF": "Sunday, 2023-09-02"}).schedule.days_off
    assert said == DaysOff(frozenset({date(2023, 9, 2)}), frozenset({6}))
    assert date(2023, 5, 21) in said
    assert date(2023, 9, 2) in said
    assert date(2023, 5, 20) not in said
    assert "sunday" not in said
    for wrong in ("someday", "2023-02-30", "2/9"):
        with pytest.raises(ConfigError):
            load({"BACUNG_SCHEDULE__DAYS_OFF": wrong})
