"""Broadcasts go out: put in line for all chats, their progress shown in one message that is edited, until they end."""

import asyncio
import logging
from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta
from functools import partial

from bot.sending import parcels
from bot.steady import SteadyClock
from handlers import calendar, offering
from handlers.messages import Reply, Rows
from handlers.running import broadcast as words
from handlers.states import STOP_BROADCAST
from handlers.turn import OFFER_LASTS
from storage.engine import steps
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.running import broadcasts
from storage.running.broadcasts import Broadcast, Standing
from storage.talk import chats, gathering
from storage.talk.outbox import Class, Told

log = logging.getLogger(__name__)
_AT_ONCE = 50  # chats in one transaction
_LOOK_AGAIN = 1.0  # seconds while one goes out: as often as a platform lets a message be edited
_LONGEST_WAIT = 30.0
_TRY_AGAIN = 5.0
KEPT = timedelta(hours=24)  # so long a chat that takes no text is tried


class Broadcaster:
    """Looks after those that were begun, one step after the other."""

    def __init__(
        self,
        database: Database,
        clock: SteadyClock,
        *,
        day_start: time,
        edits: Collection[str],
        said: Callable[[], None],
    ) -> None:
        """`edits`: the channels where a message of the bot can be edited; elsewhere only begin and end are told."""
        self._database = database
        self._clock = clock
        self._day_start = day_start
        self._edits = edits
        self._said = said
        self._news = asyncio.Event()
        self._news.set()

    def wake(self) -> None:
        """One may have been begun or stopped."""
        self._news.set()

    async def run(self) -> None:
        """Does what is to be done, for ever."""
        while True:
            self._news.clear()
            try:
                going = await self._database.read(broadcasts.running)
                for one in going:
                    await self._database.write(partial(self._step, id=one.id, now=self._clock.now()))
                    steps.reach("broadcast")
                    self._said()
            except StorageError as error:
                log.error("storage: %s", error)
                await self._clock.sleep(_TRY_AGAIN)
                continue
            if going:
                await self._clock.sleep(_LOOK_AGAIN)
            else:
                await self._clock.wait(self._news, _LONGEST_WAIT)
                await self._clock.sleep(_LOOK_AGAIN / 10)  # messages that come one after the other are one look

    def _step(self, tx: Transaction, *, id: int, now: datetime) -> None:
        broadcast = broadcasts.by_id(tx, id)
        if broadcast is None or broadcast.ended_at is not None or broadcast.meant_at is None:
            return
        days = calendar.current(tx, self._day_start)
        if broadcast.stopped_at is None:
            reply = words.for_teams(tx, days, broadcast, now)
            for chat in broadcasts.to_be_put(tx, id, _AT_ONCE):
                _put_for(tx, broadcast, chat, reply, broadcast.meant_at)
        standing = broadcasts.standing(tx, id)
        over = not standing.waiting
        if not _is_read(tx, broadcast):
            return  # an edit goes after what it edits, and the end after the last edit
        shown = f"{standing.sent} {standing.waiting} {len(standing.unsaid)} {broadcast.meant_at > now}"
        there = chats.by_id(tx, broadcast.chat)
        if shown != broadcast.shown and (over or broadcast.shown is None or there.channel in self._edits):
            text = words.progress(tx, days, broadcast, standing, now)
            self._show(tx, broadcast, standing, text, shown, now)
        if over:
            broadcasts.end(tx, id, now)

    def _show(
        self, tx: Transaction, broadcast: Broadcast, standing: Standing, text: str, shown: str, now: datetime
    ) -> None:
        stop: Rows = ()
        if standing.waiting and broadcast.stopped_at is None:
            stop = (
                offering.buttons(
                    tx,
                    STOP_BROADCAST,
                    broadcast.id,
                    chat=broadcast.chat,
                    person=broadcast.by,
                    deadline=now + OFFER_LASTS,
                ),
            )
        reply = Reply(text, stop, replaces=broadcast.first_row)
        key = f"progress:{broadcast.id}:{shown}"
        parcels.put(tx, broadcast.chat, reply, urgency=Class.ANSWER, at=now, key=key)
        row = gathering.by_key(tx, key)
        if row is not None:
            broadcasts.note_shown(tx, broadcast.id, shown, row)


def _put_for(tx: Transaction, broadcast: Broadcast, chat: int, reply: Reply, at: datetime) -> None:
    """In line for one chat; what cannot be said there is told to whoever sends it, and to nobody else."""
    key = f"{words.key_of(broadcast)}:chat {chat}"
    parcels.put(tx, chat, reply, urgency=Class.BROADCAST, at=at, expires_at=at + KEPT, key=key, told=Told.YES)
    row = gathering.by_key(tx, key)
    assert row is not None
    broadcasts.note_put(tx, broadcast.id, chat, row)


def _is_read(tx: Transaction, broadcast: Broadcast) -> bool:
    """Whether what was last said of its progress is no longer on its way."""
    return broadcast.last_row is None or gathering.is_over(tx, broadcast.last_row)
