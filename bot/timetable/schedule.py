"""Said on time, or as soon as it still makes sense, once: jobs declare when, rows say what was done."""

import asyncio
import logging
import secrets
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice

from bot.config import Schedule as Settings
from bot.monitor import Monitor
from bot.sending import parcels
from bot.sending.quiet import QuietHours
from bot.steady import SteadyClock
from bot.timetable import coming, door, jobs, own_times
from bot.timetable.contacts import Contacts
from bot.timetable.holding import Holding
from bot.timetable.ordered import Orders
from bot.timetable.own_times import Occasion
from bot.timetable.policy import Job, Quiet, Slot, Unasked
from bot.trouble import where_raised
from handlers import calendar
from handlers.calendar import Calendar
from handlers.door import practice as closing
from handlers.turn import House
from storage.engine import steps
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.running import failures, runs
from storage.talk import practices
from storage.talk.outbox import Class
from storage.talk.practices import Practice

log = logging.getLogger(__name__)
_LONGEST_WAIT = 30.0
_MOST_MISSED = 40  # occasions of one job made up or dropped at a start
_TRY_AGAIN = 5.0
# What one slice does at most: several targets share a commit, and whoever writes meanwhile waits for no more than that.
_SLICE = 0.005  # seconds
_AT_ONCE = 10  # targets


@dataclass(frozen=True, slots=True)
class _Looked:
    """All that was due at a moment, by a calendar, is done; nothing more is before `next`."""

    calendar: Calendar
    at: datetime
    next: datetime

    def holds(self, calendar: Calendar, now: datetime) -> bool:
        """Whether it says so of now; not where the clock was set back since."""
        return calendar == self.calendar and self.at <= now < self.next


class Schedule:
    """Works through what is due, in slices between which messages are handled."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: SteadyClock,
        monitor: Monitor,
        *,
        retention_days: int,
        said: Callable[[], None],
    ) -> None:
        self._database = database
        self._day_start = settings.day_start
        self._times = settings.times()
        self._days_off = settings.days_off
        self._quiet = QuietHours(settings.quiet)
        self._jobs = tuple(jobs.all_of(settings, retention_days=retention_days))
        self._clock = clock
        self._monitor = monitor
        self._said = said
        self._news = asyncio.Event()
        self._holding = Holding(database, clock, monitor, day_start=settings.day_start, said=said)
        self._contacts = Contacts(clock.now())
        self._looked: _Looked | None = None
        self._orders = Orders(
            database, self._jobs, self._quiet, put=self._put, tell_all=self._tell_all, said=said, failed=_on_record
        )
        clock.on_news = self._look_anew

    @property
    def jobs(self) -> Sequence[Job]:
        """What is done unasked."""
        return self._jobs

    def wake(self) -> None:
        """Somebody may have asked for something."""
        self._news.set()

    def _look_anew(self) -> None:
        """The clock is known to be wrong, or right again."""
        self._looked = None
        self._news.set()

    async def run(self) -> None:
        """Does what is due, for ever."""
        while True:
            self._news.clear()
            try:
                wait = await self.catch_up()
                self._monitor.green("schedule")
            except StorageError as error:
                log.error("storage: %s", error)
                self._monitor.red("schedule", str(error))
                wait = _TRY_AGAIN
            await self._clock.wait(self._news, min(wait, _LONGEST_WAIT))

    async def catch_up(self) -> float:
        """Does everything that is due by now, where that is known; seconds until the next occasion."""
        if (wait := await self._holding.wait()) is not None:
            return wait
        house = await self._database.read(self._house)
        if await self._database.write(partial(self._look, house=house, now=self._clock.now())):
            self._said()
        looked = self._looked
        if looked is None or not looked.holds(house.calendar, self._clock.now()):  # not for each command of somebody
            at = self._clock.now()
            for job, due in await self._database.write(partial(self._all_due, calendar=house.calendar)):
                if self._clock.wrong_by is not None:
                    return 0
                await self._do(job, due, house)
            due_next = min(job.next_after(house.calendar, at) for job in self._jobs)
            looked = self._looked = _Looked(house.calendar, at, due_next)
        await self._say_at_own_times(house)
        await self._orders.work_off(house, self._clock.now())
        await self._end_practices(house)
        coming_in = await coming.work(self._database, self._clock, house, self._said)
        wait = max((looked.next - self._clock.now()).total_seconds(), 0.0)
        return wait if coming_in is None else min(wait, max(coming_in, 0.0))

    async def _say_at_own_times(self, house: House) -> None:
        """Whoever wished to hear something at another time than all hears it then."""
        now = self._clock.now()
        for occasion in await self._database.read(lambda tx: own_times.due(tx, house, now)):
            slot = Slot(occasion.at, now)
            if "digest" in occasion.jobs:
                slot = await self._read(self._job("digest"), slot, house)
            await self._database.write(partial(self._own, occasion=occasion, house=house, slot=slot))
            self._said()

    def _job(self, name: str) -> Job:
        return next(job for job in self._jobs if job.name == name)

    def _own(self, tx: Transaction, *, occasion: Occasion, house: House, slot: Slot) -> None:
        """What one person is told; a bug there is kept on record, and comes once."""
        try:
            with tx.savepoint():
                own_times.say(tx, house, occasion, slot.now, partial(self._digest, slot=slot))
        except StorageError:
            raise
        except Exception as error:
            runs.settle(tx, occasion.run, occasion.at, at=slot.now, outcome="dropped")
            _on_record(tx, error, occasion.run, slot.now)

    def _digest(self, tx: Transaction, house: House, occasion: Occasion, slot: Slot) -> list[door.Said]:
        """The morning's digest, made at another time."""
        job = self._job("digest")
        targets = job.targets(tx, house, slot)
        return [(one.chat, one.key, one.reply) for target in targets for one in job.fill(tx, house, slot, target)]

    async def _end_practices(self, house: House) -> None:
        """Practices end by themselves, and whoever practised is told at once."""
        now = self._clock.now()
        for practice in await self._database.read(lambda tx: practices.over(tx, now)):
            await self._database.write(partial(_end_practice, practice=practice, house=house, now=now))
            self._said()

    def _look(self, tx: Transaction, *, house: House, now: datetime) -> bool:
        """Which platforms are there, and whether anybody was told of a gap; a bug in that is kept on record."""
        try:
            with tx.savepoint():
                return self._contacts.look(tx, house=house, now=now)
        except StorageError:
            raise
        except Exception as error:
            _on_record(tx, error, "contacts", now)
            return False

    def _house(self, tx: Transaction) -> House:
        days = calendar.current(tx, self._day_start)
        return House(days, timetable=self._jobs, days_off=self._days_off, times=self._times)

    def _all_due(self, tx: Transaction, *, calendar: Calendar) -> list[tuple[Job, datetime]]:
        return [(job, due) for job in self._jobs for due in self._due(tx, job=job, calendar=calendar)]

    def _due(self, tx: Transaction, *, job: Job, calendar: Calendar) -> Sequence[datetime]:
        """The job's occasions since the last one that was settled; at the first start none."""
        now = self._clock.now()
        last = runs.last(tx, job.name, now)
        if last is None:
            runs.settle(tx, job.name, now, at=now, outcome="begun")
            return []
        due: list[datetime] = []
        moment = job.next_after(calendar, last)
        while moment <= now:
            due.append(moment)
            moment = job.next_after(calendar, moment)
        return due[-_MOST_MISSED:]

    async def _do(self, job: Job, due: datetime, house: House) -> None:
        """One occasion, slice by slice; settled last, so that a re-run finds what is missing."""
        day, now = job.day_of(house.calendar, due), self._clock.now()
        slot = Slot(due, now, rest=day in self._days_off)
        outcome = self._left_out(job, slot, house)
        if outcome is not None:
            await self._settle(job, slot, outcome)
            return
        await self._tell_all(job, slot, house)
        await self._settle(job, slot, "done")

    async def _read(self, job: Job, slot: Slot, house: House) -> Slot:
        """The occasion with what its job reads beforehand, beside whoever writes; a bug there costs that alone."""
        reads = job.reads
        if reads is None:
            return slot
        try:
            return replace(slot, read=await self._database.read(lambda tx: reads(tx, house, slot)))
        except StorageError:
            raise
        except Exception as error:
            await self._database.write(partial(_on_record, error=error, key=f"{job.name} read", now=slot.now))
            return slot

    async def _tell_all(self, job: Job, slot: Slot, house: House) -> None:
        """All its targets, in slices between which messages are handled."""
        slot = await self._read(job, slot, house)
        left = deque(await self._database.write(lambda tx: job.targets(tx, house, slot)))
        while left:
            done = await self._database.write(
                partial(self._slice, job=job, slot=slot, house=house, targets=tuple(islice(left, _AT_ONCE)))
            )
            for _ in range(done):
                left.popleft()
            steps.reach(f"schedule:{job.name}")
            self._said()

    def _left_out(self, job: Job, slot: Slot, house: House) -> str | None:
        """Why nothing is said on this occasion; None: it is."""
        if slot.rest and job.rests:
            return "off"
        if slot.now - slot.due > job.sense:
            return "dropped"
        quiet = self._quiet.until(house.calendar, slot.now) is not None
        return "dropped" if quiet and job.quiet is Quiet.DROP else None

    async def _settle(self, job: Job, slot: Slot, outcome: str) -> None:
        await self._database.write(lambda tx: runs.settle(tx, job.name, slot.due, at=slot.now, outcome=outcome))

    def _slice(self, tx: Transaction, *, job: Job, slot: Slot, house: House, targets: Sequence[int]) -> int:
        """What the first of these are told, as many as there is time for; how many."""
        began = self._clock.monotonic()
        for done, target in enumerate(targets, 1):
            self._tell(tx, job=job, slot=slot, house=house, target=target)
            steps.reach(f"schedule:{job.name}:one")
            if self._clock.monotonic() - began >= _SLICE:
                return done
        return len(targets)

    def _tell(self, tx: Transaction, *, job: Job, slot: Slot, house: House, target: int) -> None:
        """What one target is told; a bug there is kept on record, and harms no other target."""
        try:
            with tx.savepoint():
                self._fill(tx, job, slot, house, target)
        except StorageError:
            raise
        except Exception as error:
            _on_record(tx, error, f"{job.name} {target}", slot.now)

    def _fill(self, tx: Transaction, job: Job, slot: Slot, house: House, target: int) -> None:
        self._put(tx, job, slot, house, job.fill(tx, house, slot, target))

    def _put(self, tx: Transaction, job: Job, slot: Slot, house: House, said: Sequence[Unasked]) -> None:
        expires_at = job.expires_at(slot.due, self._quiet.begin_after(house.calendar, slot.now))
        merges = job.quiet is Quiet.MERGE
        rows = [(one.chat, slot.key(one.key), replace(one.reply, merges=merges)) for one in said]
        door.put(tx, house, job.name, rows, due=slot.due, expires_at=expires_at)


def _end_practice(tx: Transaction, *, practice: Practice, house: House, now: datetime) -> None:
    """A bug in what is said ends it all the same, without words, and is kept on record."""
    if practice not in practices.over(tx, now):
        return  # by a message, meanwhile
    try:
        with tx.savepoint():
            for line in closing.ended(tx, house.calendar, practice, now):
                parcels.put(tx, practice.chat, line, urgency=Class.ANSWER, at=now, key=f"practice:{practice.id}:over")
    except StorageError:
        raise
    except Exception as error:
        practices.end(tx, practice.id, practice.until)
        _on_record(tx, error, f"practice {practice.id}", now)


def _on_record(tx: Transaction, error: Exception, key: str, now: datetime) -> None:
    trace, where = secrets.token_hex(4), where_raised(error)
    log.error("failure %s: %s", trace, where)
    failures.add(tx, trace=trace, at=now, place="schedule", key=key, text=None, error=where)
