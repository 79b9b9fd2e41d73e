"""Every night a copy of the database goes into a folder, and copies age out, with all that was erased since."""

import asyncio
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path

from bot.clock import Clock
from bot.config import Storage
from bot.monitor import Monitor
from handlers import calendar
from storage.engine import beside
from storage.engine.backup import copy
from storage.engine.database import Database
from storage.engine.errors import StorageError, StorageMisuse
from storage.running import audits

log = logging.getLogger(__name__)
_LOOK = 600.0  # seconds
_NAME = re.compile(r"bacung-(\d{4}-\d\d-\d\d)\.db")
_ASIDE = ".before-restore"  # what a restore put aside


class Backups:
    """One copy a work day, named by its date."""

    def __init__(
        self, database: Database, settings: Storage, clock: Clock, monitor: Monitor, *, day_start: time
    ) -> None:
        self._database = database
        self._settings = settings
        self._clock = clock
        self._monitor = monitor
        self._day_start = day_start

    async def run(self) -> None:
        """Looks for ever whether today's copy is there; one that cannot be made is tried again."""
        while True:
            try:
                await self._look()
                self._monitor.green("backups")
            except (StorageError, StorageMisuse, OSError) as error:
                why = error.strerror or type(error).__name__ if isinstance(error, OSError) else str(error)
                log.error("backups: %s", why)
                self._monitor.red("backups", why)
            await self._clock.wait(asyncio.Event(), _LOOK)

    async def _look(self) -> None:
        now = self._clock.now()
        today = (await self._database.read(lambda tx: calendar.current(tx, self._day_start))).work_day(now)
        folder = self._settings.backups
        if folder is not None and not (file := folder / f"bacung-{today}.db").exists():
            folder.mkdir(parents=True, exist_ok=True)
            await asyncio.to_thread(copy, self._database.path, file)
            log.info("backups: %s", file.name)
            await self._database.write(lambda tx: audits.add(tx, at=now, by=None, what="backup made", subject=0))
        for old in list(aged(self._settings, self._database.path, today, now)):
            with suppress(OSError):  # it is not there any more, or is tried again
                old.unlink()
                log.info("backups: %s aged out", old.name)


def aged(settings: Storage, database: Path, today: date, now: datetime) -> Iterator[Path]:
    """Our copies, and what restores put aside, that are older than they may be; other files are none of ours."""
    oldest = today - timedelta(days=settings.backup_days)
    for file in settings.backups.iterdir() if settings.backups is not None and settings.backups.is_dir() else ():
        named = _NAME.fullmatch(file.name)
        if named and date.fromisoformat(named[1]) < oldest:
            yield file
    stands = beside.real(database)
    for file in stands.parent.glob(f"{stands.name}{_ASIDE}*"):
        if now - datetime.fromtimestamp(file.stat().st_mtime, now.tzinfo) > timedelta(days=settings.backup_days):
            yield file
