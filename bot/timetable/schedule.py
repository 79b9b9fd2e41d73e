"""Said on time, or as soon as it still makes sense, once: APScheduler's triggers say when, rows say what was done."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from functools import partial

from apscheduler.triggers.cron import CronTrigger

from bot.config import Schedule as Settings
from bot.monitor import Monitor
from bot.sending import parcels
from bot.steady import SteadyClock
from bot.timetable import coming, jobs
from bot.timetable.holding import Holding
from bot.timetable.jobs import Job, Slot
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
        self._jobs = jobs.all_of(settings, retention_days=retention_days)
        self._clock = clock
        self._monitor = monitor
        self._said = said
        self._news = asyncio.Event()
        self._holding = Holding(database, clock, monitor, day_start=settings.day_start, said=said)
        clock.on_news = self._news.set

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
        house = await self._database.write(self._house)
        for job in self._jobs:
            for due in await self._database.write(partial(self._due, job=job, calendar=house.calendar)):
                if self._clock.wrong_by is not None:
                    return 0
                await self._do(job, due, house)
        await self._end_practices(house)
        coming_in = await coming.work(self._database, self._clock, house, self._said)
        now = self._clock.now()
        waits = [(next_time(job.at, house.calendar, now) - now).total_seconds() for job in self._jobs]
        return min(waits if coming_in is None else [*waits, max(coming_in, 0.0)])

    async def _end_practices(self, house: House) -> None:
        """Practices end by themselves, and whoever practised is told at once."""
        now = self._clock.now()
        for practice in await self._database.read(lambda tx: practices.over(tx, now)):
            await self._database.write(partial(_end_practice, practice=practice, house=house, now=now))
            self._said()

    def _house(self, tx: Transaction) -> House:
        return House(calendar.current(tx, self._day_start))

    def _due(self, tx: Transaction, *, job: Job, calendar: Calendar) -> Sequence[datetime]:
        """The job's occasions since the last one that was settled; at the first start none."""
        now = self._clock.now()
        last = runs.last(tx, job.name, now)
        if last is None:
            runs.settle(tx, job.name, now, at=now, outcome="begun")
            return []
        due: list[datetime] = []
        moment = next_time(job.at, calendar, last)
        while moment <= now:
            due.append(moment)
            moment = next_time(job.at, calendar, moment)
        return due[-_MOST_MISSED:]

    async def _do(self, job: Job, due: datetime, house: House) -> None:
        """One occasion, slice by slice; settled last, so that a re-run finds what is missing."""
        slot = Slot(due, self._clock.now())
        if slot.now - due > job.sense:
            await self._database.write(lambda tx: runs.settle(tx, job.name, due, at=slot.now, outcome="dropped"))
            return
        for target in await self._database.write(lambda tx: job.targets(tx, house, slot)):
            await self._database.write(partial(self._slice, job=job, slot=slot, house=house, target=target))
            steps.reach(f"schedule:{job.name}")
            self._said()
        await self._database.write(lambda tx: runs.settle(tx, job.name, due, at=slot.now, outcome="done"))

    def _slice(self, tx: Transaction, *, job: Job, slot: Slot, house: House, target: int) -> None:
        """What one target is told; a bug there is kept on record, and harms no other target."""
        try:
            with tx.savepoint():
                self._fill(tx, job, slot, house, target)
        except StorageError:
            raise
        except Exception as error:
            _on_record(tx, error, f"{job.name} {target}", slot.now)

    def _fill(self, tx: Transaction, job: Job, slot: Slot, house: House, target: int) -> None:
        for unasked in job.fill(tx, house, slot, target):
            parcels.put(
                tx,
                unasked.chat,
                unasked.reply,
                urgency=Class.SUMMARY,
                at=slot.due,
                expires_at=slot.due + (job.kept or job.sense),
                key=unasked.key,
            )


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


def next_time(at: time, calendar: Calendar, after: datetime) -> datetime:
    """The first moment later than `after` at which clocks in the campaign show this time of day."""
    trigger = CronTrigger(hour=at.hour, minute=at.minute, timezone=calendar.zone)
    found: datetime | None = trigger.get_next_fire_time(None, after + timedelta(seconds=1))
    assert found is not None
    return found
