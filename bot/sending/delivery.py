"""Messages out: what was committed is sent, at least once, in order for each chat, paced, retried where it helps."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import partial

from bot.channels.base import Channel
from bot.channels.outcomes import Begun, Gone, Later, MovedTo, Outcome, Refused, Sent, Shown, Unknown
from bot.clock import Clock
from bot.monitor import Monitor
from bot.sending import allowance, parcels
from bot.trouble import pause_after
from handlers import calendar
from handlers.calendar import Calendar
from handlers.messages import Deletion, Notice, Reaction, Reply, Saying
from handlers.texts import mark
from storage.engine import steps
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.running import failures
from storage.talk import chats, outbox, pictures
from storage.talk.outbox import Again, Class, Parcel

log = logging.getLogger(__name__)
IN_FLIGHT = 30
MERGE_AFTER = timedelta(minutes=2)  # answers that would leave later than this go out as one
MERGED_MOST = 3500  # characters
LATE_AFTER = timedelta(minutes=10)
GIVE_UP_AFTER = timedelta(hours=24)
MOST_REPEATS = 5  # of what may be repeated without anybody seeing it
_LONGEST_WAIT = 30.0
_STEP_BACK = 1.0  # the longest that answers give way to messages


@dataclass(frozen=True, slots=True)
class _Going:
    """A parcel on its way, as it is said."""

    parcel: Parcel
    saying: Saying
    silent: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """What one look at the queue found: what goes now, and when to look again."""

    going: list[_Going]
    again_at: float | None


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
    ) -> None:
        """`idle` is set while no message stands in line to be stored."""
        self._database = database
        self._channels = channels
        self._clock = clock
        self._monitor = monitor
        self._quiet = quiet
        self._day_start = day_start
        self._trial = trial
        self._idle = idle
        self._news = asyncio.Event()
        self._ended: list[tuple[_Going, Outcome]] = []
        self._tasks: dict[int, asyncio.Task[None]] = {}  # by parcel: what is on its way

    def wake(self) -> None:
        """Something was put in line."""
        self._news.set()

    async def run(self) -> None:
        """Sends what is due, for ever; when storage fails, it waits and tries again."""
        failed = 0
        while True:
            await self._let_messages_first()
            self._news.clear()
            ended, self._ended = self._ended, []
            now = self._clock.now()
            try:
                room = IN_FLIGHT - len(self._tasks)
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
            for going in step.going:
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

    def _wait(self, again_at: float | None) -> float:
        if self._ended:
            return 0
        if again_at is None:
            return _LONGEST_WAIT
        return min(max(again_at - self._clock.now().timestamp(), 0.001), _LONGEST_WAIT)

    async def _send(self, going: _Going) -> None:
        try:
            steps.reach("send:before")
            outcome = await self._say(going.parcel, going.saying, silent=going.silent)
            steps.reach("send:after")
            self._monitor.sent(going.parcel.channel, outcome)
            self._ended.append((going, outcome))
        finally:  # before anybody looks: a task's own callback would come after the look that this news leads to
            del self._tasks[going.parcel.id]
            self._news.set()

    async def _say(self, parcel: Parcel, saying: Saying, *, silent: bool) -> Outcome:
        """Hands it to its channel, with the picture that it refers to."""
        picture = None
        if isinstance(saying, Reply) and saying.picture is not None:
            try:
                picture = await self._database.read(partial(pictures.of, id=saying.picture, now=self._clock.now()))
            except StorageError as error:
                return Later(str(error))
        channel = self._channels[parcel.channel]
        return await channel.send(parcel.address, saying, key=str(parcel.id), silent=silent, picture=picture)

    # On the writer's thread

    def _look(self, tx: Transaction, *, ended: Sequence[tuple[_Going, Outcome]], now: datetime, room: int) -> _Step:
        self._settle_all(tx, ended, now)
        days = calendar.current(tx, self._day_start)
        quiet = self._quiet_until(days, now)
        going: list[_Going] = []
        waits: list[float] = []
        for parcel in outbox.heads(tx):
            if parcel.channel not in self._channels:
                continue  # switched off for now: it waits for the channel to come back
            if parcel.due_at > now:
                waits.append(parcel.due_at.timestamp())
                continue
            if parcel.expires_at is not None and parcel.expires_at <= now:
                outbox.settle(tx, parcel.id, "expired")
                waits.append(now.timestamp())  # the next in line may go
                continue
            if quiet is not None and parcel.urgency is not Class.ANSWER:
                waits.append(quiet.timestamp())
                continue
            if len(going) >= room:
                break  # the end of a send that is on its way leads to the next look
            wait = self._held(tx, parcel, days, now) or self._try(
                tx, parcel, going, silent=quiet is not None, days=days, now=now
            )
            if wait is not None:
                waits.append(wait)
        outbox.claim(tx, [one.parcel for one in going])
        return _Step(going, min(waits, default=None))

    def _end(self, tx: Transaction, *, ended: Sequence[tuple[_Going, Outcome]], on_its_way: set[int]) -> None:
        self._settle_all(tx, ended, self._clock.now())
        outbox.unclaim(tx, but=on_its_way)

    def _held(self, tx: Transaction, parcel: Parcel, days: Calendar, now: datetime) -> float | None:
        """Until when the month's allowance holds the parcel back; what is held for too long is not said at all."""
        most = self._channels[parcel.channel].pace.allowance
        until = allowance.held_until(tx, parcel, most, days, now) if most else None
        if until is None:
            return None
        if now - parcel.meant_at > GIVE_UP_AFTER:
            outbox.settle(tx, parcel.id, "expired")
            return now.timestamp()  # the next in line may go
        return min(until, parcel.meant_at + GIVE_UP_AFTER + timedelta(seconds=1)).timestamp()

    def _try(
        self, tx: Transaction, parcel: Parcel, going: list[_Going], *, silent: bool, days: Calendar, now: datetime
    ) -> float | None:
        """Lets the parcel go where its pace allows; else when that will be."""
        saying = parcels.unpacked(parcel.body)
        pace = self._channels[parcel.channel].pace
        paced = isinstance(saying, Reply)  # reactions, notices and menus are not counted as messages
        free_at = pace.free_at(parcel, group=not parcel.private, now=now)
        if free_at > now.timestamp() and (paced or pace.is_paused(parcel.chat)):
            return free_at
        gathered = allowance.is_low(tx, parcel.channel, pace.allowance, days, now)
        if paced:
            pace.take(parcel, group=not parcel.private, now=now)
            self._count(tx, parcel.channel, 1, days, now)
        going.append(_Going(parcel, self._as_said(tx, parcel, saying, now, gathered=gathered), silent))
        return None

    def _count(self, tx: Transaction, channel: str, messages: int, days: Calendar, now: datetime) -> None:
        most = self._channels[channel].pace.allowance
        if most and messages:
            allowance.spend(tx, channel, most, messages, days, now)

    def _as_said(self, tx: Transaction, parcel: Parcel, saying: Saying, now: datetime, *, gathered: bool) -> Saying:
        """The saying as it leaves: merged where late, with its marks, and with the message that it edits."""
        if not isinstance(saying, Reply):
            return saying
        late = now - parcel.meant_at
        if parcel.urgency is Class.ANSWER and saying.picture is None and (late > MERGE_AFTER or gathered):
            saying = _merged(tx, parcel, saying, now)
        if parcel.urgency is Class.ANSWER and not self._channels[parcel.channel].deletes:
            saying = _with_request(tx, parcel, saying, now)
        if saying.picture is not None:
            saying = replace(saying, edits=None, replaces=None)  # a picture comes anew: none can be put into a text
        if saying.replaces is not None:
            saying = replace(saying, edits=outbox.sent_id(tx, saying.replaces), replaces=None)
        if parcel.urgency is not Class.ANSWER and late > LATE_AFTER:
            saying = replace(saying, text=f"{mark('late')} {saying.text}")
        unseen = saying.edits is not None or self._channels[parcel.channel].once  # a repeat that nobody sees
        if parcel.again is not Again.NO and not unseen:
            saying = replace(saying, text=f"{mark('again')} {saying.text}")
        if self._trial and not saying.text.startswith(mark("trial")):  # an edit that is said anew has it
            saying = replace(saying, text=f"{mark('trial')} {saying.text}")
        return saying

    def _quiet_until(self, calendar: Calendar, now: datetime) -> datetime | None:
        """The end of the quiet hours, where it is quiet now."""
        if self._quiet is None:
            return None
        first, last = self._quiet
        local = calendar.local(now)
        clock = local.time()
        inside = first <= clock < last if first <= last else clock >= first or clock < last
        if not inside:
            return None
        end = datetime.combine(local.date(), last, calendar.zone)
        return end if end > local else end + timedelta(days=1)

    def _settle_all(self, tx: Transaction, ended: Sequence[tuple[_Going, Outcome]], now: datetime) -> None:
        for going, outcome in ended:
            if isinstance(going.saying, Reply):  # one was counted when it left
                took = (
                    outcome.messages if isinstance(outcome, Sent) else int(isinstance(outcome, Shown | Begun | Unknown))
                )
                self._count(tx, going.parcel.channel, took - 1, calendar.current(tx, self._day_start), now)
            self._settle(tx, going, outcome, now)

    def _settle(self, tx: Transaction, going: _Going, outcome: Outcome, now: datetime) -> None:
        parcel = going.parcel
        match outcome:
            case Sent(id=id):
                outbox.sent(tx, parcel.id, id)
            case Shown():
                outbox.go_on(tx, parcel.id, _without_picture(parcel), now)
            case Begun(rest):
                outbox.go_on(tx, parcel.id, parcels.packed(Reply(rest)), now, unsaid=True)
            case Later(reason, after):
                self._later(tx, parcel, reason, after, now)
            case MovedTo(address):
                chats.move(tx, parcel.chat, address, now)
                outbox.postpone(tx, parcel.id, now.replace(microsecond=0))
            case Gone(reason):
                outbox.settle(tx, parcel.id, "failed")
                chats.mark_gone(tx, parcel.chat, now)
                outbox.drop_for(tx, parcel.chat)
                log.info("chat %s is gone: %s", parcel.chat, reason)
            case Refused(reason) if isinstance(going.saying, Reply) and going.saying.edits is not None:
                log.info("outbox %s: cannot edit (%s), said anew", parcel.id, reason)
                anew = replace(going.saying, edits=None, replaces=None)
                outbox.rewrite(tx, parcel.id, parcels.packed(anew))
                outbox.postpone(tx, parcel.id, now.replace(microsecond=0))
            case Refused(reason) if isinstance(going.saying, Reply) and going.saying.picture is not None:
                log.info("outbox %s: no picture (%s), said without", parcel.id, reason)
                outbox.rewrite(tx, parcel.id, _without_picture(parcel))
                outbox.postpone(tx, parcel.id, now.replace(microsecond=0))
            case Refused(reason) if isinstance(going.saying, Reaction | Deletion):
                log.info("outbox %s: not done (%s), said in words", parcel.id, reason)
                words = Reply(going.saying.text, quotes=going.saying.message)
                outbox.say_instead(tx, parcel.id, parcels.packed(words))
                outbox.postpone(tx, parcel.id, now.replace(microsecond=0))
            case Refused(reason):
                _failed(tx, parcel, going.saying, reason, now)
            case Unknown(reason):
                _unknown(tx, parcel, going.saying, reason, now)

    def _later(self, tx: Transaction, parcel: Parcel, reason: str, after: float | None, now: datetime) -> None:
        if now - parcel.meant_at > GIVE_UP_AFTER:
            _failed(tx, parcel, None, reason, now)
            return
        if after is not None:
            until = self._channels[parcel.channel].pace.pause(parcel.chat, after, now)
            outbox.postpone(tx, parcel.id, until)
            return
        outbox.postpone(tx, parcel.id, now + timedelta(seconds=pause_after(parcel.attempts)))


def _without_picture(parcel: Parcel) -> str:
    """The body of the same words alone, as they were before delivery put marks to them."""
    saying = parcels.unpacked(parcel.body)
    assert isinstance(saying, Reply)
    return parcels.packed(replace(saying, picture=None, edits=None, replaces=None))


def _merged(tx: Transaction, parcel: Parcel, saying: Reply, now: datetime) -> Reply:
    """One answer with all that waits behind it in the chat, up to a picture; its buttons are the last one's."""
    heading = mark("merged")
    texts, taken, last = [saying.text.removeprefix(f"{heading}\n\n")], [], saying  # merged before, and tried in vain
    for other in outbox.behind(tx, parcel, now):
        more = parcels.unpacked(other.body)
        if not isinstance(more, Reply) or more.picture is not None:
            break
        if sum(map(len, texts)) + len(more.text) > MERGED_MOST:
            break
        texts.append(more.text)
        taken.append(other)
        last = more
    if not taken:
        return saying
    merged = Reply("\n\n".join([heading, *texts]), last.buttons)
    outbox.merge(tx, parcel, parcels.packed(merged), taken)
    return merged


def _with_request(tx: Transaction, parcel: Parcel, saying: Reply, now: datetime) -> Reply:
    """The answer with the words of a deletion right behind it, which no bot can carry out there: one message."""
    for other in outbox.behind(tx, parcel, now)[:1]:
        more = parcels.unpacked(other.body)
        if isinstance(more, Deletion):
            saying = replace(saying, text=f"{saying.text}\n{more.text}")
            outbox.merge(tx, parcel, parcels.packed(saying), [other])
    return saying


def _failed(tx: Transaction, parcel: Parcel, saying: Saying | None, reason: str, now: datetime) -> None:
    outbox.settle(tx, parcel.id, "failed")
    if isinstance(saying, Notice):
        return  # a press that is too old to be answered: the message beside it says what came of it
    log.warning("outbox %s failed: %s", parcel.id, reason)
    failures.add(
        tx, trace=f"outbox {parcel.id}", at=now, place="delivery", key=f"chat {parcel.chat}", text=None, error=reason
    )


def _unknown(tx: Transaction, parcel: Parcel, saying: Saying, reason: str, now: datetime) -> None:
    """It may have arrived: said again once, marked; what can be repeated unseen is simply repeated."""
    log.info("outbox %s: outcome unknown (%s)", parcel.id, reason)
    harmless = not isinstance(saying, Reply) or saying.edits is not None
    tried = parcel.attempts >= MOST_REPEATS if harmless else parcel.again is Again.UNKNOWN
    if isinstance(saying, Notice) or tried:
        outbox.settle(tx, parcel.id, "unknown")
    else:
        outbox.postpone(tx, parcel.id, now + timedelta(seconds=1), again=True)
