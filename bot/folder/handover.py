"""`bacung load` hands a campaign to the running bot, which alone writes: both ends of a socket beside the database.

The bot says that it is ready, is given a folder's contents as one line of JSON, and answers with another. So nothing
waits that nobody takes, a line that was cut short is none, and each end sees at once when the other one dies.
"""

import asyncio
import json
import logging
import socket
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from bot import sockets
from bot.clock import Clock
from bot.folder import storing
from bot.folder.storing import Found
from bot.trouble import where_raised
from storage.campaign.plan import CampaignError
from storage.engine.beside import beside
from storage.engine.database import Database
from storage.engine.errors import StorageBusy, StorageError, StorageMisuse

log = logging.getLogger(__name__)
SUFFIX = ".sock"
PATIENCE = 20.0  # seconds until what nobody takes is withdrawn, and until a taker gives up one who sends nothing
_MOST = 1 << 26  # bytes: all rows that a folder may have are half of it


class _Outcome(StrEnum):
    """How the bot answers."""

    READY = "ready"
    LOADED = "loaded"
    REFUSED = "refused"
    BUSY = "busy"  # another program holds the database
    BROKEN = "broken"


class Taker:
    """The bot's end: takes one campaign at a time, and writes it as it writes all else."""

    def __init__(self, database: Database, clock: Clock, *, day_start: time, trial: bool) -> None:
        self._database = database
        self._clock = clock
        self._day_start = day_start
        self._trial = trial
        self._at_work = False
        self._callers: set[asyncio.Task[Any]] = set()

    async def run(self) -> None:
        """Takes what is handed over, for ever; where no socket can be made, the bot goes on without one."""
        try:
            with sockets.listener(_place(self._database.path)) as listener:
                server = await asyncio.start_unix_server(self._answer, sock=listener, limit=_MOST)
                try:
                    await asyncio.Event().wait()
                finally:
                    server.close()
                    for caller in self._callers:
                        caller.cancel()
                    await asyncio.gather(*self._callers, return_exceptions=True)
        except OSError as error:
            log.warning("load: nothing can be loaded while the bot runs (%s)", error.strerror or error)
            await asyncio.Event().wait()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._callers.add(task)
        try:
            if why := self._why_not():
                writer.write(_line(_Outcome.REFUSED, [why]))
            else:
                await self._take(reader, writer)
            await writer.drain()
        except (EOFError, TimeoutError, ConnectionError):
            log.info("load: withdrawn")
        except Exception as error:
            log.error("load: %s", where_raised(error))
        finally:
            self._callers.discard(task)
            writer.close()

    def _why_not(self) -> str:
        if self._trial:
            return "a demonstration runs on this database: set BACUNG_STORAGE__PATH to another file"
        if self._at_work:
            return "the bot is loading a campaign already: try again when that other 'bacung load' has ended"
        return ""

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._at_work = True
        try:
            writer.write(_line(_Outcome.READY, []))
            async with asyncio.timeout(PATIENCE):
                handed = await reader.readuntil()
            writer.write(_line(*await self._load(handed)))
        finally:
            self._at_work = False

    async def _load(self, handed: bytes) -> tuple[_Outcome, list[str]]:
        said = await asyncio.to_thread(TypeAdapter(Found).validate_json, handed)
        log.info("load: %d communes and %d people handed over", len(said.plan.communes), len(said.plan.people))
        now = self._clock.now()
        try:
            changes = await self._database.write(lambda tx: storing.store(tx, said, now=now, day_start=self._day_start))
        except CampaignError as error:
            return _Outcome.REFUSED, error.lines
        except StorageError as error:
            log.error("storage: %s", error)
            return _Outcome.BUSY if isinstance(error, StorageBusy) else _Outcome.BROKEN, [str(error)]
        log.info("load: done, %d changes", len(changes))
        return _Outcome.LOADED, storing.told(changes)


def hand_over(database: Path, said: Found, patience: float) -> list[str] | None:
    """The other end: what the running bot did with it. None: nobody took it for so many seconds, and nobody will.

    Raises:
        CampaignError: it is refused, and nothing was loaded.
        StorageError: it could not be stored.
        StorageMisuse: the bot ended before it answered.
    """
    with sockets.short(_place(database)) as name, socket.socket(socket.AF_UNIX) as line:
        line.settimeout(max(patience, 0.1))
        try:
            line.connect(name)
            answers = line.makefile("rb")
            outcome, lines = _read(answers.readline())
            if outcome is _Outcome.READY:
                line.sendall(TypeAdapter(Found).dump_json(said) + b"\n")
        except (OSError, EOFError):
            return None
        if outcome is _Outcome.READY:
            line.settimeout(None)  # it is taken: what comes of it is known when the bot says so, or ends
            try:
                outcome, lines = _read(answers.readline())
            except (OSError, EOFError):
                raise StorageMisuse(
                    "the bot took the campaign and did not answer (its log says why): run 'bacung load' again"
                ) from None
    match outcome:
        case _Outcome.BUSY:
            raise StorageBusy(*lines)
        case _Outcome.BROKEN:
            raise StorageError(*lines)
        case _Outcome.REFUSED:
            raise CampaignError(lines)
    return lines


def _line(outcome: _Outcome, lines: list[str]) -> bytes:
    return json.dumps([outcome.value, lines]).encode() + b"\n"


def _read(line: bytes) -> tuple[_Outcome, list[str]]:
    if not line.endswith(b"\n"):
        raise EOFError
    outcome, lines = json.loads(line)
    return _Outcome(outcome), lines


def _place(database: Path) -> Path:
    return beside(database, SUFFIX)
