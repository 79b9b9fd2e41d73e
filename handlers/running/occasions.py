"""When a job of the timetable is done next, where somebody may have skipped an occasion."""

from datetime import datetime

from handlers.calendar import Calendar
from handlers.timetable import Planned
from storage.engine.transaction import Transaction
from storage.running import runs

_MOST_SKIPPED = 60


def next_of(tx: Transaction, job: Planned, calendar: Calendar, now: datetime) -> datetime:
    """The first time to come that nobody has skipped."""
    moment = job.next_after(calendar, now)
    for _ in range(_MOST_SKIPPED):
        if not runs.is_settled(tx, job.name, moment):
            break
        moment = job.next_after(calendar, moment)
    return moment


def skipped(tx: Transaction, job: Planned, calendar: Calendar, now: datetime) -> datetime | None:
    """The very next time, where it is skipped."""
    moment = job.next_after(calendar, now)
    return moment if runs.is_settled(tx, job.name, moment) else None
