"""What takes long to read is read beside all others, over a connection that only reads, one after the other.

What waits for its words has not left the queue: nobody's answer waits behind it but in its own chat and class.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from bot.clock import Clock
from bot.sending import parcels
from bot.trouble import where_raised
from handlers import apart, calendar
from handlers.messages import Reply, Sought
from handlers.turn import House
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.running import failures
from storage.talk import holding, outbox
from storage.talk.outbox import Parcel

log = logging.getLogger(__name__)
PATIENCE = timedelta(seconds=20)  # after which it is read again, where reading failed


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the outbox that waits for its words."""

    parcel: Parcel
    reply: Reply
    until: datetime


@dataclass(frozen=True, slots=True)
class _Bug:
    """It could not be read, for a reason that is no trouble of the storage."""

    where: str


def waits(tx: Transaction, parcel: Parcel, reply: Reply, now: datetime) -> Waiting:
    """The row is held until it has been read."""
    until = now + PATIENCE
    holding.hold(tx, parcel.id, until)
    return Waiting(parcel, reply, until)


class Readings:
    """Reads what is wanted, in the order in which it was."""

    def __init__(self, database: Database, clock: Clock, *, day_start: time, read: Callable[[], None]) -> None:
        """`read` is called when what waited for its words may go."""
        self._database = database
        self._clock = clock
        self._day_start = day_start
        self._read = read
        self._line: asyncio.Queue[Waiting] = asyncio.Queue()

    def want(self, waiting: Waiting) -> None:
        """Somebody waits for these words."""
        self._line.put_nowait(waiting)

    async def run(self) -> None:
        """Reads, for ever; where storage fails, the row is looked at again when its time is over."""
        while True:
            waiting = await self._line.get()
            now = self._clock.now()
            try:
                found = await self._database.read(partial(self._found, waiting=waiting, now=now))
                await self._database.write(partial(self._keep, waiting=waiting, found=found, now=now))
            except StorageError as error:
                log.error("storage: %s", error)
            self._read()

    def _found(self, tx: Transaction, *, waiting: Waiting, now: datetime) -> Reply | _Bug:
        """On the reader's thread."""
        try:
            return apart.found(tx, self._house(tx), waiting.parcel.chat, _sought(waiting), now)
        except StorageError:
            raise
        except Exception as error:  # it must not be read again for ever
            return _Bug(where_raised(error))

    def _keep(self, tx: Transaction, *, waiting: Waiting, found: Reply | _Bug, now: datetime) -> None:
        row, house = waiting.parcel, self._house(tx)
        if isinstance(found, _Bug):
            found = _on_record(tx, house, waiting, found, now)
        said = apart.said(tx, house, row.chat, waiting.reply, found, now)
        outbox.rewrite(tx, row.id, parcels.packed(said))
        parcels.bind(tx, said, row.id)
        holding.release(tx, [row.id], now)

    def _house(self, tx: Transaction) -> House:
        return House(calendar.current(tx, self._day_start))


def _sought(waiting: Waiting) -> Sought:
    assert waiting.reply.seeks is not None
    return waiting.reply.seeks


def _on_record(tx: Transaction, house: House, waiting: Waiting, bug: _Bug, now: datetime) -> Reply:
    """The failure is kept, and whoever asked is told to ask again."""
    trace, sought, row = secrets.token_hex(4), _sought(waiting), waiting.parcel
    log.error("failure %s: %s", trace, bug.where)
    key = f"{row.channel} {row.address} apart"
    failures.add(tx, trace=trace, at=now, place="handler", key=key, text=sought.command, error=bug.where)
    return apart.failed(tx, house, row.chat, sought, now, trace=trace)
