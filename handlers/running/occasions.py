"""When a job of the timetable is done next, where somebody may have skipped an occasion."""

from collections.abc import Iterator
from datetime import datetime

from handlers.timetable import Planned
from handlers.turn import House
from storage.campaign import phases
from storage.engine.transaction import Transaction
from storage.running import runs


def next_of(tx: Transaction, job: Planned, house: House, now: datetime) -> datetime | None:
    """The first time to come that nobody has skipped and at which it may have anything to tell; None: none is left."""
    return next((at for at in _coming(tx, job, house, now) if not runs.is_settled(tx, job.name, at)), None)


def skipped(tx: Transaction, job: Planned, house: House, now: datetime) -> datetime | None:
    """The very next time, where it is skipped."""
    at = next(_coming(tx, job, house, now), None)
    return at if at is not None and runs.is_settled(tx, job.name, at) else None


def _coming(tx: Transaction, job: Planned, house: House, now: datetime) -> Iterator[datetime]:
    """The times to come at which the job may have anything to tell: not outside of the phases, not of its days off."""
    last = max((phase.last for phase in phases.every(tx)), default=None)
    moment = job.next_after(house.calendar, now)
    while last is not None and (day := job.day_of(house.calendar, moment)) <= last:
        if job.tells_of(tx, day) and not (job.rests and day in house.days_off):
            yield moment
        moment = job.next_after(house.calendar, moment)
