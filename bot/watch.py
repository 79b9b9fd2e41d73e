"""Looks after the database file while the bot runs: what is lost is noticed within seconds, with nobody writing too."""

import asyncio
import logging

from bot.monitor import Monitor
from storage.engine.database import Database
from storage.engine.errors import StorageError

log = logging.getLogger(__name__)
EVERY = 2.0  # seconds


class Watch:
    """Red while the file is not what it was."""

    def __init__(self, database: Database, monitor: Monitor) -> None:
        self._database = database
        self._monitor = monitor

    async def run(self) -> None:
        """Looks every few seconds, for ever."""
        known = ""
        while True:
            try:
                await self._database.look_over()
                why = ""
            except StorageError as error:
                why = str(error)
            if why != known:
                if why:
                    log.error("storage: nothing more is stored or answered: %s", why)
                    self._monitor.red("database", why)
                else:
                    log.warning("storage: the database is back")
                    self._monitor.green("database")
            known = why
            await asyncio.sleep(EVERY)
