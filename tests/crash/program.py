"""The bot's process as the crash tests start it: the real program, which may be told to die at a step.

It is forked from a process that has imported everything, so that a start costs milliseconds.
"""

import asyncio
import logging
import os
import resource
import signal
from collections import Counter
from datetime import datetime
from multiprocessing.synchronize import Event
from pathlib import Path

from bot import config
from bot.app import App
from bot.commands import data
from bot.drawing.drawer import Drawer
from storage.engine import steps
from tests.clocks import TestClock
from tests.crash import drawing


def run(environment: dict[str, str], now: datetime, die_at: str, nth: int, log: Path, files: int | None = None) -> None:
    """Runs the program in this environment from a moment on; it kills itself at the nth passing of a step.

    `files`: as many as it may open.
    """
    if files is not None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    for name in [name for name in os.environ if name.startswith("BACUNG_")]:
        del os.environ[name]
    os.environ.update(environment)
    logging.basicConfig(filename=log, level=logging.INFO, force=True)
    passed: Counter[str] = Counter()

    def reach(step: str) -> None:
        passed[step] += 1
        if step == die_at and passed[step] == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    steps.reach = reach
    steps.reach("start")
    app = App(config.load(), TestClock(now))
    app.drawer = Drawer(command=drawing.COMMAND)
    asyncio.run(app.run())


def restore(environment: dict[str, str], backup: Path, die_at: str) -> None:
    """Runs `bacung restore` in this environment; it kills itself at a step."""
    os.environ.update(environment)

    def reach(step: str) -> None:
        if step == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    steps.reach = reach
    data.restore(config.load(), backup)


def hold(path: Path, held: Event, enough: Event) -> None:
    """Holds the write lock of a database until it is enough, as another program might; `held` says that it does."""
    import sqlite3  # noqa: PLC0415 - only in the process that holds it

    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    held.set()
    enough.wait()
    connection.execute("ROLLBACK")
    connection.close()
