"""Messages out: what was committed is sent, at least once, in order for each chat, paced, retried where it helps."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from heapq import merge

from bot.channels.base import Channel
from bot.channels.enclosed import Enclosed
from bot.channels.outcomes import Later, Outcome, Unknown
from bot.clock import Clock
from bot.drawing.drawer import Drawer
from bot.monitor import Monitor
from bot.sending import allowance, apart, drawing, leaving, parcels, sense, telling
from bot.sending.apart import Readings, Waiting
from bot.sending.drawing import Drawings, Wanted
from bot.sending.quiet import QuietHours
from bot.sending.settling import Going, Settling, give_up
from bot.trouble import pause_after, where_raised
from handlers import calendar
from handlers.calendar import Calendar
from handlers.messages import Reply, Saying
from handlers.texts import mark
from storage.engine import steps
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.talk import documents, lines, outbox, pictures, unsaid
from storage.talk.documents import Document
from storage.talk.outbox import Parcel
from storage.talk.passage import Event

log = logging.getLogger(__name__)
IN_FLIGHT = 30  # of each channel: a platform that hangs holds up nobody on another
_LONGEST_WAIT = 30.0
_STEP_BACK = 1.0  # the longest that answers give way to messages


@dataclass(frozen=True, slots=True)
class _Step:
    """What one look at the queue found: what goes now, when to look again, which pictures and words are waited for."""

    going: list[Going]
    again_at: datetime | None
    wanted: list[Wanted]
    sought: list[Waiting]


@dataclass(slots=True)
class _Look:
    """A look at the queue: when, how long it is quiet, what goes, what others say too, when to look again."""

    days: Calendar
    now: datetime
    quiet: datetime | None
    going: list[Going] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    wanted: list[Wanted] = field(default_factory=list)
    sought: list[Waiting] = field(default_factory=list)
    waits: list[datetime | None] = field(default_factory=list)


class Delivery:
    """Sends what is due, for ever. One look at the queue settles what came back and claims what goes next."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        clock: Clock,
        monitor: Monitor,
        *,
        quiet: tuple[time, time] | None,
        day_start: time,
        trial: bool,
        idle: asyncio.Event,
        drawer: Drawer,
        link: Callable[[Document], str | None] = lambda _: None,
        makes_sense: Callable[[Transaction, Calendar, str], bool] = lambda tx, calendar, key: True,
    ) -> None:
        """`idle` is set while no message stands in line to be stored. `link`: where a file can be fetched.

        `makes_sense`: whether what was put in line unasked under a key still does; asked of what is late.
        """
        self._database = database
        self._channels = channels
        self._clock = clock
        self._monitor = monitor
        self._quiet = QuietHours(quiet)
        self._day_start = day_start
        self._trial = trial
        self._idle = idle
        self._link = link
        self._makes_sense = makes_sense
        self._news = asyncio.Event()
        self._ended: list[tuple[Going, Outcome]] = []
        self._tasks: dict[int, asyncio.Task[None]] = {}  # by parcel: what is on its way
        self._in_flight: Counter[str] = Counter()  # by channel
        self._settling = Settling(channels)
        self._drawings = Drawings(database, drawer, clock, self.wake)
        self._readings = Readings(database, clock, day_start=day_start, read=self.wake)

    def wake(self) -> None:
        """Something was put in line."""
        self._news.set()

    async def draw(self) -> None:
        """Draws the pictures of what is due, for ever."""
        await self._drawings.run()

    async def read(self) -> None:
        """Reads what takes long for what is due, for ever."""
        await self._readings.run()

    async def run(self) -> None:
        """Sends what is due, for ever; when storage fails, it waits and tries again."""
        failed = 0
        while True:
            await self._let_messages_first()
            self._news.clear()
            ended, self._ended = self._ended, []
            now = self._clock.now()
            room = {name: IN_FLIGHT - self._in_flight[name] for name in self._channels}
            try:
                step = await self._database.write(partial(self._look, ended=ended, now=now, room=room))
                failed = 0
                self._monitor.green("delivery")
            except StorageError as error:
                self._ended = ended + self._ended
                log.error("storage: %s", error)
                self._monitor.red("delivery", str(error))
                await self._clock.sleep(pause_after(failed))
                failed += 1
                continue
            for wanted in step.wanted:
                self._drawings.want(wanted)
            for waiting in step.sought:
                self._readings.want(waiting)
            for going in step.going:
                self._in_flight[going.parcel.channel] += 1
                self._tasks[going.parcel.id] = asyncio.create_task(self._send(going))
            await self._clock.wait(self._news, self._wait(step.again_at))

    async def finish(self) -> None:
        """Waits for what is on its way and notes how it ended; what was claimed and never left is due as before."""
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=5)
        ended, self._ended = self._ended, []
        try:
            await self._database.write(partial(self._end, ended=ended, on_its_way=set(self._tasks)))
        except StorageError as error:  # the next start says it again, marked
            log.error("storage: %s", error)

    async def _let_messages_first(self) -> None:
        """What stands in line is stored before it is answered: a platform brings again what waits for too long."""
        if self._idle.is_set():
            return
        with suppress(TimeoutError):  # not wait_for, which may swallow a cancellation before Python 3.12
            async with asyncio.timeout(_STEP_BACK):
                await self._idle.wait()

    def _wait(self, again_at: datetime | None) -> float:
        if self._ended:
            return 0
        if again_at is None:
            return _LONGEST_WAIT
        return min(max((again_at - self._clock.now()).total_seconds(), 0.001), _LONGEST_WAIT)

    async def _send(self, going: Going) -> None:
        channel = going.parcel.channel
        try:
            steps.reach("send:before")
            outcome = await self._say(going.parcel, going.saying, silent=going.silent)
            steps.reach("send:after")
            self._monitor.sent(channel, outcome)
            self._ended.append((going, outcome))
        finally:  # before anybody looks: a task's own callback would come after the look that this news leads to
            self._in_flight[channel] -= 1
            del self._tasks[going.parcel.id]
            self._news.set()

    async def _say(self, parcel: Parcel, saying: Saying, *, silent: bool) -> Outcome:
        """Hands it to its channel, with the picture or the file that it refers to."""
        picture = file = None
        try:
            if isinstance(saying, Reply) and saying.picture is not None:
                picture = await self._database.read(partial(pictures.of, id=saying.picture, now=self._clock.now()))
            if isinstance(saying, Reply) and saying.document is not None:
                file = await self._database.read(partial(self._enclosed, id=saying.document))
                saying = saying if file is not None else replace(saying, text=f"{saying.text}\n{mark('file_gone')}")
        except StorageError as error:
            return Later(str(error))
        channel, key = self._channels[parcel.channel], str(parcel.id)
        try:
            return await channel.send(parcel.address, saying, key=key, silent=silent, picture=picture, file=file)
        except Exception as error:  # a bug there must leave no row on its way for ever
            log.error("outbox %s: %s", parcel.id, where_raised(error))
            return Unknown(where_raised(error))

    def _enclosed(self, tx: Transaction, *, id: int) -> Enclosed | None:
        """The file of this row, where it is still there."""
        document = documents.of(tx, id, self._clock.now())
        path = documents.place(self._database.path, document) if document is not None else None
        if document is None or path is None:
            return None
        until = calendar.current(tx, self._day_start).local(document.expires_at)
        return Enclosed(document, path, self._link(document), until)

    # On the writer's thread

    def _look(
        self, tx: Transaction, *, ended: Sequence[tuple[Going, Outcome]], now: datetime, room: dict[str, int]
    ) -> _Step:
        days = calendar.current(tx, self._day_start)
        self._settle_all(tx, ended, days, now)
        look = _Look(days, now, self._quiet.until(days, now))
        free = [name for name, places in room.items() if places > 0]  # the end of a send leads to the next look
        look.waits += [telling.tell(tx, days, now), *(lines.next_due(tx, name, now) for name in free)]
        for name in free:
            self._look_at(tx, name, room[name], look)
        again_at = min((wait for wait in look.waits if wait is not None), default=None)
        return _Step(look.going, again_at, look.wanted, look.sought)

    def _look_at(self, tx: Transaction, channel: str, room: int, look: _Look) -> None:
        """What goes now on one channel, while there is room."""
        signs = lines.heads(tx, channel, look.now, words=False)
        for parcel in merge(signs, self._words(tx, channel, look), key=lambda one: (one.urgency, one.id)):
            if parcel.id in look.taken:
                continue
            if not room:
                return
            wait = self._kept_back(tx, parcel, look) or self._try(tx, parcel, look)
            room -= wait is None
            look.waits.append(wait)

    def _words(self, tx: Transaction, channel: str, look: _Look) -> Iterator[Parcel]:
        """The words in line there, as long as its pace lets any of them go: behind those may stand thousands."""
        for parcel in lines.heads(tx, channel, look.now, words=True):
            full_until = self._channels[channel].pace.full_until(parcel, look.now)
            if full_until is not None:
                look.waits.append(full_until)
                return
            yield parcel

    def _end(self, tx: Transaction, *, ended: Sequence[tuple[Going, Outcome]], on_its_way: set[int]) -> None:
        self._settle_all(tx, ended, calendar.current(tx, self._day_start), self._clock.now())
        outbox.unclaim(tx, but=on_its_way)

    def _settle_all(
        self, tx: Transaction, ended: Sequence[tuple[Going, Outcome]], days: Calendar, now: datetime
    ) -> None:
        for going, outcome in ended:
            self._settling.settle(tx, going, outcome, days, now)

    def _kept_back(self, tx: Transaction, parcel: Parcel, look: _Look) -> datetime | None:
        """Until when quiet hours or the month's allowance hold the parcel back; what makes no sense any more ends."""
        if sense.has_ended(parcel, look.now):
            give_up(tx, parcel, Event.GIVEN_UP, "it lost its sense before it could be said", look.now)
            return look.now  # the next in line may go
        if sense.is_needless(tx, parcel):
            unsaid.note_needless(tx, parcel.id)
            outbox.end(tx, parcel, Event.GIVEN_UP, look.now)
            return look.now
        if look.quiet is not None and not parcel.urgency.is_answer:
            return look.quiet
        late = look.now - parcel.meant_at > leaving.LATE_AFTER
        if late and parcel.key is not None and not self._makes_sense(tx, look.days, parcel.key):
            unsaid.is_needless(tx, parcel.id)
            outbox.end(tx, parcel, Event.GIVEN_UP, look.now)
            return look.now
        most = self._channels[parcel.channel].pace.allowance
        until = allowance.held_until(tx, parcel, most, look.days, look.now) if most else None
        if until is None:
            return None
        end = parcel.meant_at + sense.KEPT
        if look.now > end:
            give_up(tx, parcel, Event.GIVEN_UP, "the month's allowance is used up", look.now)
            return look.now
        return min(until, end + timedelta(seconds=1))

    def _try(self, tx: Transaction, parcel: Parcel, look: _Look) -> datetime | None:
        """Lets the parcel go where its pace allows; else when that will be."""
        now, channel = look.now, self._channels[parcel.channel]
        try:
            saying = parcels.unpacked(parcel.body)
        except (ValueError, KeyError, TypeError) as error:
            give_up(tx, parcel, Event.REFUSED, f"it cannot be read: {type(error).__name__}", now)
            return now
        if isinstance(saying, Reply) and saying.seeks is not None:
            look.sought.append(apart.waits(tx, parcel, saying, now))
            return look.sought[-1].until
        if isinstance(saying, Reply) and saying.drawing is not None:
            found = drawing.settled(tx, parcel, saying, now)
            if isinstance(found, Wanted):
                look.wanted.append(found)
                return found.until
            parcel, saying = found
        pace = channel.pace
        paced = isinstance(saying, Reply)  # reactions, notices and menus are not counted as messages
        free_at = pace.free_at(parcel, group=not parcel.private, now=now)
        if free_at > now.timestamp() and (paced or pace.is_paused(parcel.chat)):
            return datetime.fromtimestamp(free_at, UTC)
        gathered = allowance.is_low(tx, parcel.channel, pace.allowance, look.days, now)
        if paced:
            pace.take(parcel, group=not parcel.private, now=now)
            if pace.allowance:
                allowance.spend(tx, parcel.channel, pace.allowance, 1, look.days, now)
        said = leaving.as_said(
            tx, parcel, saying, now, channel=channel, gathered=gathered, trial=self._trial, taken=look.taken
        )
        look.going.append(Going(outbox.claim(tx, parcel), said, silent=look.quiet is not None))
        return None
