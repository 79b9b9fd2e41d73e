"""What the command line asks to be written: by the running bot, which alone writes, or here where none runs.

Both ends of a socket beside the database: one line of JSON there, one line back when it is committed.
"""

import asyncio
import json
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from time import monotonic, sleep
from typing import Literal

from pydantic import TypeAdapter

from bot import sockets
from bot.clock import Clock
from bot.config import Config
from bot.trouble import where_raised
from handlers import calendar, texts
from handlers.running import forgetting
from storage.campaign import erased, people
from storage.engine.beside import beside
from storage.engine.database import Database, held, session
from storage.engine.errors import StorageError, StorageInUse, StorageMisuse
from storage.engine.transaction import Transaction
from storage.private import erasing
from storage.running import audits

log = logging.getLogger(__name__)
SUFFIX = ".errand"
PATIENCE = 20.0  # seconds until what nobody takes is given up
_TRY_AGAIN = 0.2  # seconds
_TRIES = 10
_MOST = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Note:
    """Something was done at the command line that belongs on record."""

    operator: str
    what: str
    subject: int = 0
    detail: str = ""
    errand: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class Erase:
    """A person is to be erased."""

    operator: str
    ref: str
    errand: Literal["erase"] = "erase"


@dataclass(frozen=True, slots=True)
class Blank:
    """The words of days until this one are to go."""

    operator: str | None
    day: date
    errand: Literal["blank"] = "blank"


Errand = Note | Erase | Blank
_ERRAND: TypeAdapter[Errand] = TypeAdapter(Errand)


def step(tx: Transaction, errand: Errand, *, now: datetime, day_start: time) -> int:
    """Carries out a part of it, in a transaction of its own; how much was left to do: 0, it is done.

    Raises:
        StorageMisuse: there is nobody of that id.
    """
    match errand:
        case Note():
            audits.add(
                tx,
                at=now,
                by=None,
                what=errand.what,
                subject=errand.subject,
                detail=errand.detail,
                operator=errand.operator,
            )
        case Erase():
            person = people.by_ref_ever(tx, errand.ref)
            if person is None or erased.is_erased(tx, person.id):
                raise StorageMisuse(f"nobody has the id '{errand.ref}': see 'bacung codes' or the roster")
            erasing.erase(tx, person, at=now, name=texts.plain("audit.erased"))
            after = people.by_id(tx, person.id)
            assert after is not None
            audits.add(
                tx,
                at=now,
                by=None,
                what="person erased",
                subject=person.id,
                detail=after.ref,
                operator=errand.operator,
            )
        case Blank():
            known = calendar.current(tx, day_start)
            return forgetting.forget(tx, known, errand.day, at=now, operator=errand.operator)
    return 0


class Doer:
    """The bot's end."""

    def __init__(self, database: Database, clock: Clock, *, day_start: time, changed: Callable[[], None]) -> None:
        """`changed` is called when something was carried out."""
        self._database = database
        self._clock = clock
        self._day_start = day_start
        self._changed = changed

    async def run(self) -> None:
        """Carries out what it is asked to, for ever; where no socket can be made, the bot goes on without one."""
        try:
            with sockets.listener(beside(self._database.path, SUFFIX)) as listening:
                server = await asyncio.start_unix_server(self._answer, sock=listening, limit=_MOST)
                try:
                    await asyncio.Event().wait()
                finally:
                    server.close()
        except OSError as error:
            log.warning("errands: nothing can be asked of the running bot (%s)", error.strerror or error)
            await asyncio.Event().wait()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                errand = _ERRAND.validate_json(await reader.readuntil())
            writer.write(json.dumps(await self._done(errand)).encode() + b"\n")
            await writer.drain()
        except (EOFError, TimeoutError, ConnectionError):
            log.info("errands: withdrawn")
        except Exception as error:
            log.error("errands: %s", where_raised(error))
        finally:
            writer.close()

    async def _done(self, errand: Errand) -> str:
        """Why it was not done; '' where it was."""
        log.info("errands: %s", errand.errand)
        try:
            while await self._database.write(
                lambda tx: step(tx, errand, now=self._clock.now(), day_start=self._day_start)
            ):
                pass
            if not isinstance(errand, Note):
                await self._leave_no_trace()
        except (StorageMisuse, StorageError) as error:
            return str(error)
        self._changed()
        return ""

    async def _leave_no_trace(self) -> None:
        """What was erased stands in the write-ahead log until it is emptied; who reads keeps it for a moment."""
        for _ in range(_TRIES):
            if await self._database.empty_log():
                return
            await asyncio.sleep(_TRY_AGAIN)
        log.warning("errands: what was erased leaves the write-ahead log with its next checkpoint")


def do(config: Config, errand: Errand) -> None:
    """The other end: returns when it is committed, by the running bot, or here where none runs.

    Raises:
        StorageMisuse, StorageError: it was not done.
    """
    path, day_start = config.storage.path, config.schedule.day_start
    until = monotonic() + PATIENCE
    while True:
        try:
            with held(path):
                left = 1
                while left:
                    with session(path) as tx:
                        left = step(tx, errand, now=Clock().now(), day_start=day_start)
            return
        except StorageInUse as error:
            why = _asked(path, errand)
            if why == "":
                return
            if why is not None:
                raise StorageMisuse(why) from None
            if monotonic() > until:
                raise StorageMisuse(f"nobody took it for {PATIENCE:.0f} s: {error}") from None
        sleep(_TRY_AGAIN)


def _asked(database: Path, errand: Errand) -> str | None:
    """What the running bot says, '' where it did it; None: nobody answers."""
    try:
        with sockets.short(beside(database, SUFFIX)) as name, socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE)
            line.connect(name)
            line.sendall(_ERRAND.dump_json(errand) + b"\n")
            line.settimeout(None)  # it is taken: what comes of it is known when the bot says so, or ends
            said: str = json.loads(line.makefile("rb").readline())
    except (OSError, ValueError):
        return None
    return said
