"""Which occasions of the jobs did not come: for whoever looks at how the bot is doing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.timetable.policy import Job
from handlers.calendar import Calendar
from storage.engine.transaction import Transaction
from storage.running import runs

GRACE = timedelta(minutes=5)  # after its time: 26 teams' summaries are made in a moment, but a start takes its time
SHOWN = timedelta(days=2)  # so long it is told that an occasion was dropped


@dataclass(frozen=True, slots=True)
class Missed:
    """An occasion that did not come, and why."""

    job: str
    due: datetime
    why: str


def of(tx: Transaction, known: Iterable[Job], calendar: Calendar, now: datetime) -> list[Missed]:
    """The occasions that did not come although their time is over, and those of the last days that came too late.

    Of each job the first; at which it would have had nothing to tell, it is not missed.
    """
    found = []
    for job in known:
        found += [
            Missed(job.name, due, "dropped, too late")
            for due in runs.dropped(tx, job.name, now - SHOWN, now)
            if job.tells_of(tx, job.day_of(calendar, due))
        ]
        due = next(_since_the_last(tx, job, calendar, now), None)
        if due is not None:
            found.append(Missed(job.name, due, "did not come; it is made up or dropped when the bot runs again"))
    return sorted(found, key=lambda one: one.due)


def _since_the_last(tx: Transaction, job: Job, calendar: Calendar, now: datetime) -> Iterator[datetime]:
    last = runs.last(tx, job.name, now)
    due = job.next_after(calendar, last) if last is not None else now
    while due + GRACE <= now:
        if job.tells_of(tx, job.day_of(calendar, due)):
            yield due
        due = job.next_after(calendar, due)
