"""Messages in: each exactly once, a batch in one transaction, the platform told only after the commit."""

import asyncio
import logging
import re
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot import albums, new
from bot.channels.arrivals import Arrival, Unreadable
from bot.monitor import Monitor
from bot.newest import happened_at, note_newest
from bot.sending import parcels
from bot.steady import SteadyClock
from bot.trouble import where_raised
from handlers import calendar, router
from handlers.calendar import AS_IT_IS, NO_DAYS_OFF, DaysOff, Times
from handlers.door import secrets as secrets_in
from handlers.language import has_private, is_blank, mask
from handlers.messages import (
    Answered,
    Deletion,
    Event,
    Menu,
    Message,
    Moved,
    Notice,
    Press,
    Reaction,
    Reply,
    Saying,
    Tick,
)
from handlers.saying import quoted
from handlers.timetable import Planned
from handlers.turn import House, Turn
from storage.campaign import people
from storage.engine import steps
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.running import failures
from storage.talk import chats, outbox
from storage.talk.outbox import Class, Told
from storage.webchat import rooms

log = logging.getLogger(__name__)
MOST = 100  # events in one transaction
_BURST = 8  # batches that came while one was stored
_NEXT_POSTS = 0.01  # seconds
_WITH_TICKS = frozenset({rooms.CHANNEL})  # platforms that show under a message what became of it
_ESCAPED = re.compile(r"\\u(00[2-7][0-9a-fA-F])")  # figures and plain letters as JSON may write them
_LONGEST_LABEL = 40  # characters


@dataclass(frozen=True, slots=True)
class _Waiting:
    arrivals: Sequence[Arrival]
    done: asyncio.Future[None]


class Intake:
    """Takes what channels bring, in order; one batch at a time on the writer's thread."""

    def __init__(
        self,
        database: Database,
        clock: SteadyClock,
        monitor: Monitor,
        *,
        day_start: time,
        said: Callable[[], None],
        ended: Callable[[set[int]], None],
        idle: asyncio.Event,
        scarce: frozenset[str] = frozenset(),
        timetable: Sequence[Planned] = (),
        days_off: DaysOff = NO_DAYS_OFF,
        asked: Callable[[], None] = lambda: None,
        times: Times = AS_IT_IS,
    ):
        """`said` is called when there are answers to send, `ended` with devices of the web chat that are cut off.

        `idle` is set while nothing stands in line. `scarce`: channels whose platform grants only so many messages.
        `asked` is called when something of the timetable may have been asked for: by a press or a command. `times`:
        when the bot speaks unasked.
        """
        self._database = database
        self._clock = clock
        self._monitor = monitor
        self._day_start = day_start
        self._said = said
        self._ended = ended
        self._idle = idle
        self._idle.set()
        self._scarce = scarce
        self._timetable = timetable
        self._days_off = days_off
        self._asked = asked
        self._times = times
        self._line = 0  # how many batches were brought and are not yet stored
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue()

    async def take(self, arrivals: Sequence[Arrival]) -> None:
        """Returns when the arrivals are committed.

        Raises:
            StorageError: nothing of the batch is stored; the channel has to bring it again.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line += 1
        self._idle.clear()
        await self._queue.put(_Waiting(arrivals, done))
        await done

    async def run(self) -> None:
        """Handles what was brought, for ever; what several channels brought meanwhile goes into one batch."""
        while True:
            batch = [await self._queue.get()]
            size = len(batch[0].arrivals)
            while size < MOST and not self._queue.empty():
                batch.append(self._queue.get_nowait())
                size += len(batch[-1].arrivals)
            await asyncio.shield(asyncio.ensure_future(self._handle(batch)))  # whoever waits for it is told in the end
            self._line -= len(batch)
            # Many at once are a burst of posts, of which the next come as soon as these have been told 200.
            asyncio.get_running_loop().call_later(_NEXT_POSTS if len(batch) >= _BURST else 0, self._rest)

    def _rest(self) -> None:
        if not self._line:
            self._idle.set()

    async def finish(self) -> None:
        """Handles what is still in line: a platform that wants no acknowledgement will not bring it again."""
        if not self._queue.empty():
            await self._handle([self._queue.get_nowait() for _ in range(self._queue.qsize())])

    async def _handle(self, batch: Sequence[_Waiting]) -> None:
        arrivals = [arrival for waiting in batch for arrival in waiting.arrivals]
        for message in arrivals:  # people of the web chat have no time but ours, and a press has none
            if isinstance(message, Message) and message.chat.channel != rooms.CHANNEL:
                self._clock.wrote(message.chat.channel, message.edited_at or message.at)
        now = self._clock.now()
        try:
            newest, ended = await self._database.write(lambda tx: self._answer_all(tx, arrivals, now))
        except Exception as error:
            self._monitor.red("intake", str(error) if isinstance(error, StorageError) else type(error).__name__)
            for waiting in batch:
                if not waiting.done.done():
                    waiting.done.set_exception(error)
            return
        if ended:
            self._ended(ended)
        self._monitor.green("intake")
        self._monitor.took(arrivals, newest)
        self._said()
        if any(_may_ask(arrival) for arrival in arrivals):
            self._asked()
        for waiting in batch:
            if not waiting.done.done():
                waiting.done.set_result(None)

    def _answer_all(
        self, tx: Transaction, arrivals: Sequence[Arrival], now: datetime
    ) -> tuple[datetime | None, set[int]]:
        """Answers them; when the newest message of all until now was sent, and which devices were ended."""
        days = calendar.current(tx, self._day_start)
        house = House(days, self._scarce, self._timetable, self._days_off, self._times, apart=True)
        waiting = Counter(_asks_for(arrival) for arrival in arrivals)
        ended: set[int] = set()
        for arrival in arrivals:
            steps.reach("intake:event")
            if isinstance(arrival, Unreadable):
                if _set_aside(tx, arrival, now):
                    _tell_unread(tx, arrival, house, now)
                continue
            try:
                ended |= answer(tx, _masked(arrival), house, now, others_wait=waiting[_asks_for(arrival)] > 1)
            except StorageError:
                raise
            except Exception as error:  # it must not take the others with it, nor come again for ever
                log.error("failure: %s", where_raised(error))
                _set_aside(tx, Unreadable(arrival.chat.channel, arrival.id, where_raised(error), ""), now)
        return note_newest(tx, arrivals, now), ended


def _may_ask(arrival: Arrival) -> bool:
    """Whether it may be a press or a command; where there are no buttons, a label is typed."""
    if not isinstance(arrival, Message):
        return isinstance(arrival, Press)
    text = arrival.text
    return text.startswith("/") or (len(text) <= _LONGEST_LABEL and not any(map(str.isdigit, text)))


def _asks_for(arrival: Arrival) -> tuple[str, str, str] | None:
    """Whose message it is, and where: several of one person in one chat are each answered by a quote."""
    if not isinstance(arrival, Message):
        return None
    return arrival.chat.channel, arrival.chat.address, arrival.sender.id


def answer(tx: Transaction, event: Event, house: House, now: datetime, *, others_wait: bool = False) -> set[int]:
    """Handles one event whose text is masked: once, and so that its failure harms no other.

    `others_wait`: more messages of this person in this chat came with it. Returns the devices that it ended.
    """
    if not new.note(tx, event, now):
        return set()
    given = _not_ahead(event, now)
    event = secrets_in.hidden(tx, given) if isinstance(given, Message) else given  # all that anything is kept of
    try:
        with tx.savepoint():
            turn = _turn(tx, event, house, now)
            said = router.answer(given if _may_give_code(given, turn) else event, turn)
            urgency = _urgency(tx, event, turn) if said else Class.ANSWER
            if said:
                outbox.hasten_line(tx, turn.chat.id, now)
            key = albums.key_without_words(event)
            for saying in albums.once(tx, event, said):
                named = _named(saying, event, turn, quotes=others_wait)
                named = named if event.chat.private else _in_topic(named, event.chat.topic)
                _put(tx, named, turn, now, urgency, key=key)
                key = None
            return turn.ended
    except StorageError:
        raise
    except Exception as error:
        _failed(tx, event, house, error, now)
        return set()


def _may_give_code(event: Event, turn: Turn) -> bool:
    """Whether a code in it may be meant for the door."""
    return isinstance(event, Message) and (turn.person is None or secrets_in.is_given(event.text))


def _not_ahead(event: Event, now: datetime) -> Event:
    """What is dated in the future happens when it arrives: nobody reports of days to come.

    Only after it is known to be new: what makes it the same event is what the platform says of it.
    """
    if event.at > now:
        event = replace(event, at=now)
    if isinstance(event, Message) and event.edited_at is not None:
        edited = max(event.at, min(event.edited_at, now))  # and nothing is edited before it is sent
        event = event if edited == event.edited_at else replace(event, edited_at=edited)
    return event


def _turn(tx: Transaction, event: Event, house: House, now: datetime) -> Turn:
    chat = chats.at(tx, event.chat.channel, event.chat.address, private=event.chat.private, title=event.chat.title)
    person = None if isinstance(event, Moved) else people.of_sender(tx, event.chat.channel, event.sender.id)
    return Turn(tx, house, chat, happened_at(event), now, person)


def _named(saying: Saying, event: Event, turn: Turn, *, quotes: bool) -> Saying:
    """What is said to a message, with the message; `quotes`: it could be taken for an answer to another.

    Whoever has not joined writes nothing but a code, which is not said again.
    """
    if not isinstance(saying, Reply) or not isinstance(event, Message) or saying.to is not None or turn.person is None:
        return saying
    answers = saying.answers or Answered(event.id, turn.at, quoted(event.text))
    return replace(saying, answers=answers, quotes=saying.quotes or (answers.message if quotes else None))


def _put(
    tx: Transaction, saying: Saying, turn: Turn, now: datetime, urgency: Class = Class.ANSWER, key: str | None = None
) -> None:
    to = saying.to if isinstance(saying, Reply | Tick | Menu) and saying.to is not None else turn.chat.id
    if isinstance(saying, Tick) and chats.by_id(tx, to).channel not in _WITH_TICKS:
        return
    if urgency is Class.STRANGER and to != turn.chat.id:
        urgency = Class.ANSWER  # what a stranger did concerns a member
    told = Told.NEEDLESS if urgency is Class.STRANGER or isinstance(saying, Notice | Menu | Tick) else Told.NOT_YET
    parcels.put(tx, to, saying, urgency=urgency, at=now, told=told, key=key)


def _in_topic(saying: Saying, topic: str | None) -> Saying:
    """What is said in a group is said in the topic where it was asked; '': outside all."""
    if isinstance(saying, Reply) and saying.to is not None:
        return saying
    return replace(saying, topic=topic or "") if isinstance(saying, Reply | Reaction | Deletion) else saying


def _urgency(tx: Transaction, event: Event, turn: Turn) -> Class:
    """Of an answer: members come first; whoever has just joined is one."""
    if turn.person is not None or isinstance(event, Moved):
        return Class.ANSWER
    known = people.of_sender(tx, event.chat.channel, event.sender.id)
    return Class.ANSWER if known is not None else Class.STRANGER


def _failed(tx: Transaction, event: Event, house: House, error: Exception, now: datetime) -> None:
    """Keeps the failure, and tells the person to send again."""
    trace = secrets.token_hex(4)
    where = where_raised(error)
    log.error("failure %s: %s", trace, where)
    failures.add(
        tx,
        trace=trace,
        at=now,
        place="handler",
        key=f"{event.chat.channel} {event.chat.address} {event.id}",
        text=event.text if isinstance(event, Message) else None,
        error=where,
    )
    if isinstance(event, Message | Press):
        turn = _turn(tx, _as_of(event, now), house, now)  # its own time may be what failed
        _put(tx, turn.say("helping.failed", trace=trace), turn, now)


def _as_of(event: Message | Press, now: datetime) -> Event:
    return replace(event, at=now, edited_at=None) if isinstance(event, Message) else replace(event, at=now)


def _set_aside(tx: Transaction, arrival: Unreadable, now: datetime) -> bool:
    """Keeps what it was; False where that happened before."""
    fresh = new.note_unreadable(tx, arrival, now)
    if fresh:
        failures.add(
            tx,
            trace=secrets.token_hex(4),
            at=now,
            place="payload",
            key=f"{arrival.channel} {arrival.id}",
            text=secrets_in.without(tx, mask(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), arrival.raw)))[:2000],
            error=arrival.error,
        )
    return fresh


def _tell_unread(tx: Transaction, arrival: Unreadable, house: House, now: datetime) -> None:
    """Whoever said it to the bot in private waits for an answer."""
    if arrival.chat is None or arrival.sender is None:
        return
    message = Message(arrival.chat, arrival.sender, f"unread {arrival.id}", "", now)
    try:
        with tx.savepoint():
            turn = _turn(tx, message, house, now)
            for saying in router.unread(message, turn):
                _put(tx, saying, turn, now, _urgency(tx, message, turn))
    except StorageError:
        raise
    except Exception as error:  # what cannot be read must not come again for ever
        log.error("failure: %s", where_raised(error))


def _masked(event: Event) -> Event:
    """The event without anybody's identity or phone number: nothing later ever sees one; what is blank is no text."""
    title = mask(event.chat.title)
    if title != event.chat.title:
        event = replace(event, chat=replace(event.chat, title=title))
    if isinstance(event, Press):
        return replace(event, data=mask(event.data))  # whatever an app makes of a button
    if not isinstance(event, Message):
        return event
    if event.text and is_blank(event.text):
        return replace(event, text="")
    hidden = has_private(event.text)
    if not hidden:
        return event
    return replace(event, text=mask(event.text), hidden=frozenset(kind.value for kind in hidden))
