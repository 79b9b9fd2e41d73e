"""Days as the campaign counts them, for who has no turn."""

from datetime import date, datetime, time

from handlers.turn import calendar_of


def today_in(timezone: str, day_start: time, now: datetime) -> date:
    """The work day in which a moment falls, in a time zone by name."""
    return calendar_of(timezone, day_start).work_day(now)
