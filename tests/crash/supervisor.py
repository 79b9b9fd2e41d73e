"""Keeps the bot's process running as a machine would: whenever it dies, it is started again."""

import asyncio
import multiprocessing
import signal
import socket
from contextlib import suppress
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from storage.engine.database import session
from storage.engine.transaction import Transaction
from tests.crash import program
from tests.talk import done_by, write_campaign

PATIENCE = 20.0
_POLL = 0.005
nursery = multiprocessing.get_context("forkserver")
nursery.set_forkserver_preload(["tests.crash.program"])


class Supervisor:
    """One bot on one database, over one emulated platform that outlives it."""

    def __init__(self, folder: Path, emulator: Any, now: datetime) -> None:
        self.folder = folder
        self.emulator = emulator
        self.patience = PATIENCE
        self.deaths = 0
        self.ended = 0  # deaths that nobody caused
        self._end = ("", 0)  # the step at which the next life ends, and at which passing
        self._lives = 0  # how many more lives end so
        self.web_port = free_port()  # the same in all lives, since browsers come back to it
        self._skew = now - datetime.now(now.tzinfo)
        self._process: ForkServerProcess | None = None
        self._watch: asyncio.Task[None] | None = None
        self.files: int | None = None  # that the process may open
        write_campaign(folder / "campaign")

    def now(self) -> datetime:
        """The time of the evening."""
        return datetime.now().astimezone() + self._skew

    def move(self, by: timedelta) -> None:
        """Lets time pass for the next start."""
        self._skew += by

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / "bacung.db"

    @property
    def environment(self) -> dict[str, str]:
        """The settings as the program finds them in its environment."""
        return {
            "BACUNG_STORAGE__PATH": str(self.database),
            "BACUNG_CAMPAIGN__FOLDER": str(self.folder / "campaign"),
            "BACUNG_TELEGRAM__TOKEN": self.emulator.token,
            "BACUNG_WEB__PORT": str(self.web_port),
            "BACUNG_TELEGRAM__BASE_URL": self.emulator.url,
            "BACUNG_TELEGRAM__RATE": "0",
            "BACUNG_TELEGRAM__CHAT_RATE": "0",
            "BACUNG_TELEGRAM__GROUP_RATE": "0",
        }

    def end_next_life_at(self, step: str, nth: int) -> None:
        """The life after this one ends at a step."""
        self._end, self._lives = (step, nth), 1

    def spawn(self) -> ForkServerProcess:
        """Starts the bot's process."""
        self._lives -= 1
        die_at, nth = self._end if self._lives >= 0 else ("", 0)
        told = (self.environment, self.now(), die_at, nth, self.folder / "bot.log", self.files)
        process = nursery.Process(target=program.run, args=told, daemon=True)
        process.start()
        self._process = process
        return process

    async def start(self, die_at: str = "", nth: int = 0, lives: int = 1) -> None:
        """Starts the bot, which dies at a step in its first lives, and is started again whenever it died."""
        self._end, self._lives = (die_at, nth), lives
        self.spawn()
        self._watch = asyncio.create_task(self._keep_running())

    async def _keep_running(self) -> None:
        while True:
            assert self._process is not None
            if not self._process.is_alive():
                self.deaths += 1
                self.ended += self._process.exitcode != -signal.SIGKILL
                self.spawn()
            await asyncio.sleep(_POLL)

    def kill(self) -> None:
        """The process dies at once, wherever it is."""
        if self._process is not None:
            self._process.kill()
            self._process.join()

    async def stop(self) -> None:
        """Ends it for good."""
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        self.kill()

    async def until(self, what: Any, why: str, patience: float | None = None) -> None:
        """Waits until something holds."""
        waited = 0.0
        while not what():
            if waited > (patience or self.patience):
                log = (self.folder / "bot.log").read_text(encoding="utf-8")[-2000:]
                raise AssertionError(f"{why} did not come about; deaths: {self.deaths}; the bot's log:\n{log}")
            await asyncio.sleep(_POLL)
            waited += _POLL

    async def settled(self) -> None:
        """Everything said was taken, and everything to be said was sent."""
        await self.until(lambda: not self.emulator.updates.pending, "taking all updates")
        await self.until(lambda: self.look(_open) == 0, "sending all answers")

    def look(self, work: Any) -> Any:
        """Looks into the database."""
        with session(self.database, read_only=True) as tx:
            return work(tx)

    def done_by(self, ref: str) -> dict[str, int]:
        """All that counts for somebody, by outcome."""

        counts: dict[str, int] = self.look(lambda tx: done_by(tx, ref))
        return counts


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def _open(tx: Transaction) -> int:
    """What is to be taken from the web chat, and to be sent anywhere."""
    row = tx.one(
        """SELECT (SELECT count(*) FROM outbox WHERE state IN ('due', 'sending'))
            + (SELECT count(*) FROM actions WHERE body IS NOT NULL) AS n"""
    )
    return int(row["n"]) if row else 0
