"""Work days, and the times of day at which the bot speaks unasked, in the campaign's time zone."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from handlers.language import DAY_START
from storage.campaign import phases
from storage.engine.transaction import Transaction

_BEFORE_A_CAMPAIGN = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The campaign's time zone and the hour at which a work day starts."""

    zone: ZoneInfo
    day_start: time = DAY_START

    def local(self, moment: datetime) -> datetime:
        """The moment as clocks in the campaign show it."""
        return moment.astimezone(self.zone)

    def work_day(self, moment: datetime) -> date:
        """The work day in which a moment falls: half past midnight belongs to the evening before."""
        local = self.local(moment)
        return local.date() if local.time() >= self.day_start else local.date() - timedelta(days=1)

    def starts(self, day: date) -> datetime:
        """When a work day starts."""
        return datetime.combine(day, self.day_start, self.zone)


@dataclass(frozen=True, slots=True)
class DaysOff(Container[date]):
    """The work days on which nobody works: some dates, and some days of every week (Monday 0)."""

    dates: frozenset[date] = frozenset()
    weekdays: frozenset[int] = frozenset()

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (day in self.dates or day.weekday() in self.weekdays)


NO_DAYS_OFF = DaysOff()


@lru_cache(maxsize=8)
def calendar_of(timezone: str, day_start: time) -> Calendar:
    """The calendar of a time zone by name."""
    return Calendar(ZoneInfo(timezone), day_start)


@dataclass(frozen=True, slots=True)
class Times:
    """When the bot speaks unasked, as it is set for everybody. `quiet`: when it only answers; None: never.

    `nudges`: how students without a report are reminded by the clock: `gentle`, `firm`, or `off`.
    """

    plan: time = time(17)
    nudge: time = time(21, 30)
    names: time = time(22, 30)
    summary: time = time(0, 30)
    digest: time = time(6, 30)
    quiet: tuple[time, time] | None = (time(1), time(6))
    nudges: Literal["gentle", "firm", "off"] = "gentle"

    def is_quiet(self, clock: time) -> bool:
        """Whether nothing but answers is said at this time of day."""
        if self.quiet is None:
            return False
        first, last = self.quiet
        return first <= clock < last if first <= last else clock >= first or clock < last


AS_IT_IS = Times()  # where nothing is set


def current(tx: Transaction, day_start: time) -> Calendar:
    """The calendar of the campaign in this database."""
    known = phases.current(tx)
    return calendar_of(known.timezone if known else _BEFORE_A_CAMPAIGN, day_start)
