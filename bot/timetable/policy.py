"""What a job of the timetable declares: when it is done, of which day, how long it makes sense, and when it rests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum

from apscheduler.triggers.cron import CronTrigger

from handlers.calendar import Calendar
from handlers.messages import Reply
from handlers.turn import House
from storage.engine.transaction import Transaction

_ONE_DAY = timedelta(days=1)
NIGHTLY = "night"  # the edition that the clock brings


class Quiet(Enum):
    """What becomes in the quiet hours of what was not sent before them."""

    HOLD = "waits until they end"
    MERGE = "waits until they end, and then goes out in one message with what else waits for the chat"
    DROP = "is dropped when they begin"


@dataclass(frozen=True, slots=True)
class Slot:
    """One occasion of a job: when it was due, and now.

    `edition`: whether the clock, a lead or an admin brought it about. `rest`: the work day is off. `read`: what its job
    `reads` found beforehand.
    """

    due: datetime
    now: datetime
    edition: str = NIGHTLY
    rest: bool = False
    read: int | None = None

    def key(self, key: str) -> str:
        """The key with its edition, where it is not the clock's and the job does not name it itself."""
        named = self.edition == NIGHTLY or f":{self.edition}" in key
        return key if named else f"{key}:{self.edition}"


@dataclass(frozen=True, slots=True)
class Unasked:
    """Something to be said in a chat; `key` makes it unique."""

    chat: int
    key: str
    reply: Reply


Targets = Callable[[Transaction, House, Slot], Sequence[int]]
Still = Callable[[Transaction, House, str], bool]
Concerned = Callable[[Transaction, date], bool]
Fill = Callable[[Transaction, House, Slot, int], Sequence[Unasked]]
Reads = Callable[[Transaction, House, Slot], int | None]


@dataclass(frozen=True, slots=True)
class Job:
    """What is done every day at a time. `targets` are worked through one by one, each in a transaction of its own.

    Attributes:
        at: by the clocks of the campaign.
        sense: the window for catching up: how long after its time it is still made up.
        kept: how long after its time it is tried to be sent, looked at again when it is sent; None: as long as it is
            made up.
        who, says: whom it tells what, for people to read; nothing: it tells nobody anything.
        quiet: what becomes of it in the quiet hours.
        rests: it says nothing of days off.
        still: whether something late still makes sense for its chat, by its key; None: until its time is over.
        back: so many work days before the one in which it is due lies the one of which it tells.
        concerned: whether there is anything to tell of a work day; None: of each.
        reads: what takes long to read of a day; it is read once for all targets, beside whoever writes.
    """

    name: str
    at: time
    sense: timedelta
    targets: Targets
    fill: Fill
    kept: timedelta | None = None
    who: str = ""
    says: str = ""
    quiet: Quiet = Quiet.HOLD
    rests: bool = False
    back: int = 0
    still: Still | None = None
    concerned: Concerned | None = None
    reads: Reads | None = None

    @property
    def speaks(self) -> bool:
        """Whether anybody is told anything; else it only tidies up."""
        return bool(self.who)

    def next_after(self, calendar: Calendar, moment: datetime) -> datetime:
        """The first time later than this at which it is due."""
        return next_time(self.at, calendar, moment)

    def day_of(self, calendar: Calendar, due: datetime) -> date:
        """The work day of which it tells, when it is due at this time."""
        return calendar.work_day(due) - timedelta(days=self.back)

    def tells_of(self, tx: Transaction, day: date) -> bool:
        """Whether there may be anything to tell of this work day: most tell of the days of a phase."""
        return self.concerned is None or self.concerned(tx, day)

    def expires_at(self, due: datetime, quiet_from: datetime | None) -> datetime:
        """Until when it is tried to be sent; `quiet_from`: when the next quiet hours begin."""
        end = due + (self.kept or self.sense)
        return min(end, quiet_from) if self.quiet is Quiet.DROP and quiet_from is not None else end


def next_time(at: time, calendar: Calendar, after: datetime) -> datetime:
    """The first moment later than `after` at which clocks in the campaign show this time of day: once a day.

    Where clocks are put forward over it, when it would have been by the old time; where they are put back, the first of
    the two. The trigger says when; it leaves out the day after that on which clocks are put forward, and of that day it
    is asked nothing.
    """
    trigger = CronTrigger(hour=at.hour, minute=at.minute, timezone=calendar.zone)
    found: datetime | None = trigger.get_next_fire_time(None, after + timedelta(microseconds=1))
    assert found is not None
    return min(found.astimezone(UTC), _by_days(at, calendar, after)).astimezone(calendar.zone)


def _by_days(at: time, calendar: Calendar, after: datetime) -> datetime:
    day = calendar.local(after).date() - _ONE_DAY
    while (moment := datetime.combine(day, at, calendar.zone).astimezone(UTC)) <= after:
        day += _ONE_DAY
    return moment


def makes_sense_still(known: Sequence[Job]) -> Callable[[Transaction, Calendar, str], bool]:
    """Whether what a job put in line under a key makes sense still: it is asked again before something late is sent."""
    asked = {job.name: job.still for job in known if job.still is not None}

    def makes_sense(tx: Transaction, calendar: Calendar, key: str) -> bool:
        still = asked.get(key.partition(":")[0])
        return still is None or still(tx, House(calendar), key)

    return makes_sense
