"""The two bots as processes: how each is set up, started, ended, and what it has stored."""

import csv
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from pathlib import Path
from typing import Protocol

from bench.platform import ROOT, Platform
from bench.students import STUDENTS, messages

CAMPAIGN = ROOT / "examples" / "soc-son"
BACUNG = Path(sys.executable).with_name("bacung")


class Bot(Protocol):
    """A bot that can be measured; its database is `folder / "bot.db"`."""

    name: str

    def prepare(self, folder: Path) -> None:
        """Lays out what the bot needs before it starts."""

    def start(self, platform: Platform, folder: Path) -> "subprocess.Popen[bytes]":
        """Starts the bot."""

    def stored(self, folder: Path) -> "Counter[tuple[str, str]]":
        """How often each message, by chat and id, was counted."""


class Plain:
    """bench/plain_bot.py."""

    name = "plain"

    def prepare(self, folder: Path) -> None:
        """It needs nothing."""

    def start(self, platform: Platform, folder: Path) -> "subprocess.Popen[bytes]":
        """Starts it."""
        base, database = f"{platform.url}/bot", str(folder / "bot.db")
        command = ["-m", "bench.plain_bot", "--base-url", base, "--token", platform.token, "--database", database]
        return popen([sys.executable, *command], folder, dict(os.environ))

    def stored(self, folder: Path) -> "Counter[tuple[str, str]]":
        """Rows by chat and message."""
        return _counted(folder, "SELECT chat, message FROM reports")


class Ours:
    """`bacung run`, durable as ever, its rates lifted; 100 students of the example campaign have joined."""

    name = "ours"

    def __init__(self) -> None:
        self._template: tempfile.TemporaryDirectory[str] | None = None

    def prepare(self, folder: Path) -> None:
        """Copies a database in which the students have joined; it is made by a real run, once."""
        if self._template is None:
            self._template = tempfile.TemporaryDirectory(prefix="bacung-bench-joined-")
            self._join(Path(self._template.name))
        shutil.copy(Path(self._template.name) / "bot.db", folder / "bot.db")

    def start(self, platform: Platform, folder: Path) -> "subprocess.Popen[bytes]":
        """Starts it."""
        return popen([str(BACUNG), "run"], folder, self.environment(folder, platform))

    def start_alone(self, folder: Path, **settings: str) -> "subprocess.Popen[bytes]":
        """Starts it without a platform: the web chat alone."""
        return popen([str(BACUNG), "run"], folder, self.environment(folder) | settings)

    def environment(self, folder: Path, platform: Platform | None = None) -> dict[str, str]:
        """The environment in which `bacung` uses this folder."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BACUNG_")}
        kept |= {
            "BACUNG_STORAGE__PATH": str(folder / "bot.db"),
            "BACUNG_CAMPAIGN__FOLDER": str(CAMPAIGN),
            "BACUNG_WEB__PORT": "0",
        }
        if platform is not None:
            kept |= {
                "BACUNG_TELEGRAM__TOKEN": platform.token,
                "BACUNG_TELEGRAM__BASE_URL": platform.url,
                "BACUNG_TELEGRAM__RATE": "0",
                "BACUNG_TELEGRAM__CHAT_RATE": "0",
                "BACUNG_TELEGRAM__GROUP_RATE": "0",
            }
        return kept

    def command(self, folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
        """Carries out a command of `bacung`."""
        return subprocess.run(
            [str(BACUNG), *words], cwd=ROOT, env=self.environment(folder), text=True, capture_output=True, check=False
        )

    def stored(self, folder: Path) -> "Counter[tuple[str, str]]":
        """Reports by chat and message."""
        return _counted(folder, "SELECT c.address, r.message FROM reports r JOIN chats c ON c.id = r.chat")

    def _join(self, folder: Path) -> None:
        loaded = self.command(folder, "load", str(CAMPAIGN))
        assert loaded.returncode == 0, loaded.stderr
        rows = csv.DictReader(StringIO(self.command(folder, "codes", "--csv").stdout))
        codes = [row["code"] for row in rows if row["role"] in ("student", "lead")][:STUDENTS]
        assert len(codes) == STUDENTS
        with Platform() as platform, running(self, platform, folder):
            platform.say([(student, f"/start {code}") for student, code in enumerate(codes)])
            assert platform.wait_for_answers(STUDENTS), "the students could not join"
            platform.wait_until_quiet(0.5)


def popen(command: list[str], folder: Path, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Starts a process; its words go into a log."""
    with (folder / "bot.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)


def _counted(folder: Path, sql: str) -> "Counter[tuple[str, str]]":
    with closing(sqlite3.connect(folder / "bot.db")) as connection:
        return Counter((str(chat), str(message)) for chat, message in connection.execute(sql))


@contextmanager
def running(bot: Bot, platform: Platform, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The bot while it runs; ended in good order."""
    process = bot.start(platform, folder)
    try:
        yield process
    finally:
        end(process)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Asks a bot to end, and insists after ten seconds."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def kill(process: "subprocess.Popen[bytes]") -> None:
    """kill -9."""
    process.kill()
    process.wait()


@contextmanager
def workplace(bot: Bot) -> Iterator[Path]:
    """A folder for one run of a bot, prepared."""
    with tempfile.TemporaryDirectory(prefix=f"bacung-bench-{bot.name}-") as name:
        folder = Path(name)
        bot.prepare(folder)
        yield folder


def resident(pid: int) -> float:
    """Resident memory of a process, in MB (1,000,000 bytes)."""
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 / 1e6


def processor_seconds(pid: int) -> float:
    """What a process has used of the processor, in its own code and the system's."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def warmed(platform: Platform, bot: Bot, number: int = 800) -> None:
    """Lets the bot answer some messages first: each text of each student, so that none is new when it is measured."""
    platform.forget()
    platform.say(messages(number))
    assert platform.wait_for_answers(number, 60), f"{bot.name} did not answer"
    time.sleep(0.2)
    platform.forget()
