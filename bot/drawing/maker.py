"""Files that officers asked for are made one after the other, in a process of their own, and put in line for who waits.

A file that is there is said at least once, as all that is said; what the program's end cuts off is made anew.
"""

import asyncio
import logging
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict
from datetime import time
from functools import partial
from pathlib import Path

from bot.clock import Clock
from bot.drawing import work as works
from bot.drawing.drawer import Drawer, NotDrawn
from bot.drawing.work import ENDINGS, Made, Work
from bot.sending import parcels
from handlers import calendar
from handlers.figures.files import exporting
from storage.engine import steps
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.transaction import Transaction
from storage.talk import documents
from storage.talk.documents import Wanted
from storage.talk.outbox import Class

log = logging.getLogger(__name__)
PATIENCE = 600.0  # seconds that one file may take
_LONGEST_WAIT = 600.0  # between looks at what is over
_TRY_AGAIN = 5.0


class Maker:
    """Makes what is asked for, for ever."""

    def __init__(
        self,
        database: Database,
        drawer: Drawer,
        clock: Clock,
        *,
        day_start: time,
        template: Callable[[], Path | None],
        said: Callable[[], None],
    ) -> None:
        """`drawer`: its own, lest pictures wait for spreadsheets; `template`: the letter's, where there is one."""
        self._database = database
        self._drawer = drawer
        self._clock = clock
        self._day_start = day_start
        self._template = template
        self._said = said
        self._folder = documents.folder(database.path)
        self._news = asyncio.Event()
        self._news.set()

    def wake(self) -> None:
        """Something may have been asked for."""
        self._news.set()

    async def run(self) -> None:
        """Makes one after the other, and removes what is over; where storage fails, it tries again."""
        while True:
            self._news.clear()
            try:
                await self._sweep()
                for wanted in await self._database.read(documents.wanted):
                    await self._make(wanted)
                    self._said()
            except StorageError as error:
                log.error("storage: %s", error)
                await self._clock.sleep(_TRY_AGAIN)
                continue
            await self._clock.wait(self._news, _LONGEST_WAIT)

    async def _make(self, wanted: Wanted) -> None:
        if wanted.tries >= documents.TRIES:
            await self._end(wanted, None, None)
            return
        await self._database.write(partial(documents.begin, id=wanted.id))
        file = f"{wanted.id}-{secrets.token_hex(8)}{ENDINGS[wanted.kind]}"
        now = self._clock.now()
        work = Work(
            wanted.kind,
            self._database.path,
            wanted.communes,
            now,
            self._day_start,
            self._folder / file,
            self._template(),
        )
        made: Made | str | None = None
        try:
            await asyncio.to_thread(_private, self._folder)
            made = works.answered(await self._drawer.draw("file", works.asked(work), patience=PATIENCE))
        except (NotDrawn, OSError) as error:
            log.error("file %s: %s", wanted.id, error if isinstance(error, NotDrawn) else os.strerror(error.errno or 0))
        steps.reach("file:made")
        await self._end(wanted, made, work)

    async def _end(self, wanted: Wanted, made: Made | str | None, work: Work | None) -> None:
        """Whoever waits has it in line, in the transaction that says that it is there."""
        await self._database.write(partial(self._tell, wanted=wanted, made=made, work=work))

    def _tell(self, tx: Transaction, *, wanted: Wanted, made: Made | str | None, work: Work | None) -> None:
        now, days = self._clock.now(), calendar.current(tx, self._day_start)
        if isinstance(made, Made) and work is not None:
            documents.made(
                tx,
                wanted.id,
                name=made.name,
                file=work.into.name,
                size=made.size,
                as_of=work.now,
                numbers=asdict(made),
                at=now,
            )
        else:
            documents.give_up(tx, wanted.id, now)
        for ask in documents.waiting(tx, wanted.id):
            reply = exporting.told(tx, days, ask, wanted, now, wrong=made if isinstance(made, str) else "")
            if reply is not None:
                parcels.put(tx, ask.chat, reply, urgency=Class.ANSWER, at=now, key=f"file:{wanted.id}:{ask.id}")
            documents.told(tx, ask.id, now)

    async def _sweep(self) -> None:
        """What lies there and is nobody's any more goes: over, forgotten, or left by a program that ended."""
        now = self._clock.now()
        known = await self._database.read(partial(documents.files, now=now))
        await asyncio.to_thread(_remove_others, self._folder, known)


def _private(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)


def _remove_others(folder: Path, known: set[str]) -> None:
    if folder.is_dir():
        for file in folder.iterdir():
            if file.name not in known:
                file.unlink(missing_ok=True)
