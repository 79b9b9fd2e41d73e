"""`bacung load` while `bacung run` runs: two real processes, of which only the bot writes."""

import asyncio
import os
import signal
import socket
import sqlite3
import stat
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from bot import config, sockets
from bot.commands import data
from bot.folder import handover
from storage.engine.database import held, session
from storage.engine.errors import StorageMisuse
from tests.browsers import Browser
from tests.commands.test_command_line import Shell
from tests.crash.supervisor import free_port
from tests.talk import CAMPAIGN, PATIENCE, ROSTER, write_campaign

ROOT = Path(__file__).parents[2]
HOA = "hv9,Hoa,student,451,Đợt 1,MA-CUA-HOA\n"
LOCKED = "another program holds the database (BACUNG_STORAGE__PATH) locked: close it there, then try again"


class Bot:
    """`bacung run` on the shell's database, with a campaign that goes on today."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = shell.folder / "bot.log"
        self.process: Process

    async def start(self, *options: str) -> None:
        """Starts it, and returns once it answers."""
        with self.log.open("ab") as log:
            self.process = await _started(self.shell, "run", *options, port=self.port, stderr=log.fileno())
        async with Browser(self.url) as browser:
            await browser.until_reached()
        await _until(self.socket.exists)

    async def kill(self) -> None:
        """It dies at once."""
        self.process.kill()
        await self.process.wait()

    @property
    def socket(self) -> Path:
        """Where it takes what is handed over."""
        return self.shell.database.with_name(f"{self.shell.database.name}{handover.SUFFIX}")

    async def has_taken(self) -> None:
        """Waits until a campaign is in its hands."""
        await _until(lambda: "handed over" in self.log.read_text(encoding="utf-8"))

    def people(self) -> set[str]:
        """Who is loaded."""
        with session(self.shell.database, read_only=True) as tx:
            return {row["ref"] for row in tx.all("SELECT ref FROM people WHERE left_at IS NULL")}

    def roster(self, more: str = "", **files: str) -> None:
        """Writes the folder anew, with more people or other files."""
        files = {name.replace("_", "."): text for name, text in files.items()}
        today = CAMPAIGN.replace("2023-05-16", '"today"')
        write_campaign(self.shell.campaign, {"campaign.toml": today, "roster.csv": ROSTER + more, **files})


async def _started(shell: Shell, *arguments: str, port: int = 0, stderr: int = PIPE) -> Process:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("BACUNG_")}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=ROOT,
        env=inherited | {"BACUNG_STORAGE__PATH": str(shell.database), "BACUNG_WEB__PORT": str(port)},
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=stderr,
    )


async def _until(what: Callable[[], Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not what():  # noqa: ASYNC110 - another process is at work
            await asyncio.sleep(0.01)


class Loading:
    """A `bacung load` on its way."""

    def __init__(self, process: Process) -> None:
        self.process = process

    @classmethod
    async def begun(cls, bot: Bot) -> "Loading":
        """Starts it."""
        return cls(await _started(bot.shell, "load", str(bot.shell.campaign)))

    async def waits(self) -> None:
        """Until it is connected to a bot."""
        process = psutil.Process(self.process.pid)
        await _until(lambda: process.net_connections("unix"))

    async def ended(self) -> tuple[int | None, str, list[str]]:
        """Its exit code, what it says and its lines on stderr."""
        out, err = await asyncio.wait_for(self.process.communicate(), PATIENCE + handover.PATIENCE)
        return self.process.returncode, out.decode(), err.decode().splitlines()


async def _load(bot: Bot) -> tuple[int | None, str, list[str]]:
    return await (await Loading.begun(bot)).ended()


@contextmanager
def _writing(database: Path) -> Iterator[None]:
    """Another program writes to the database, so that whoever else would has to wait."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def _running(folder: Path) -> AsyncIterator[Bot]:
    bot = Bot(Shell(folder))
    bot.roster()
    assert (await _load(bot))[0] == 0
    await bot.start()
    try:
        yield bot
    finally:
        if bot.process.returncode is None:
            bot.process.send_signal(signal.SIGCONT)
            await bot.kill()


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bot]:
    """A bot that runs."""
    async with _running(tmp_path / "house") as one:
        yield one


async def test_a_student_who_is_added_reports_at_once(bot: Bot) -> None:
    """In mid-phase, without a restart; whoever is connected goes on, and what was reported stays."""
    async with Browser(bot.url) as an, Browser(bot.url) as hoa:
        await an.join("MA-CUA-AN")
        await an.connect()
        await an.says("xóm 4 được 3")
        await an.hears("em 3 máy")
        assert (await hoa.get("/vao/MA-CUA-HOA")).status == 404
        bot.roster(HOA)
        code, said, wrong = await _load(bot)
        assert (code, wrong) == (0, [])
        assert said.splitlines() == [
            "people: 1 added: hv9 Hoa",
            "members: 1 added: hv9 Hoa in 451, Đợt 1",
            "Loaded.",
        ]
        await hoa.join("MA-CUA-HOA")
        await hoa.connect()
        await hoa.says("xóm 5 được 2")
        await hoa.hears("em 2 máy", "cả tổ 5")
        await an.says("được 1")
        await an.hears("em 4 máy")
    assert (await _load(bot))[:2] == (0, "nothing changes\n")
    assert bot.process.returncode is None


async def test_what_is_wrong_changes_nothing(bot: Bot) -> None:
    """A bad row is named by file, line and reason, as while the bot stands still; so is what contradicts its data."""
    before = bot.people()
    bot.roster(HOA + "hv10,Lan,student,999,Đợt 1,\nhv1,An,student,451,Đợt 1,\n")
    code, said, wrong = await _load(bot)
    assert (code, said) == (2, "")
    assert [line.partition(":")[0] + ":" + line.split(":")[1] for line in wrong] == ["roster.csv:12", "roster.csv:13"]
    assert "999" in wrong[0]
    async with Browser(bot.url) as an:
        await an.join("MA-CUA-AN")
        await an.connect()
        await an.says("xóm 4 được 3")
        await an.hears("em 3 máy")
    bot.roster(HOA.replace("451", "452"), communes_csv="code,name,target\n452,Xã Xuân Thu,9260\n397,Xã Minh Phú,1\n")
    for name in ("roster.csv", "hamlets.csv"):
        file = bot.shell.campaign / name
        file.write_text(file.read_text(encoding="utf-8").replace("451", "452"), encoding="utf-8")
    code, said, wrong = await _load(bot)
    assert (code, said, len(wrong)) == (2, "", 1)
    assert wrong[0].startswith("communes.csv:2: 'Xã Xuân Thu' is loaded already with code '451'")
    assert bot.people() == before


async def test_the_bot_is_killed_before_it_took_the_campaign(bot: Bot) -> None:
    """Then nothing else writes, and the command loads it itself."""
    bot.roster(HOA)
    bot.process.send_signal(signal.SIGSTOP)
    loading = await Loading.begun(bot)
    await loading.waits()
    await bot.kill()
    code, said, wrong = await loading.ended()
    assert (code, wrong) == (0, [])
    assert "people: 1 added: hv9 Hoa" in said
    assert "hv9" in bot.people()


async def test_the_bot_is_killed_with_the_campaign_in_hand(bot: Bot) -> None:
    """Nothing half of it is loaded; one line says what to do, and doing so helps, also after a restart."""
    bot.roster(HOA)
    with _writing(bot.shell.database):
        loading = await Loading.begun(bot)
        await bot.has_taken()
        await bot.kill()
        code, said, wrong = await loading.ended()
    assert (code, said, len(wrong)) == (2, "", 1)
    assert "run 'bacung load' again" in wrong[0]
    assert "hv9" not in bot.people()
    assert bot.socket.exists()
    await bot.start()
    assert (await _load(bot))[0] == 0
    assert "hv9" in bot.people()


async def test_two_loads_at_once(bot: Bot) -> None:
    """The second is told so and changes nothing; the first, which is slow to hand over, is not harmed."""
    bot.roster(HOA)
    bot.process.send_signal(signal.SIGSTOP)
    first = await Loading.begun(bot)
    await first.waits()
    first.process.send_signal(signal.SIGSTOP)
    bot.process.send_signal(signal.SIGCONT)
    bot.roster()
    code, said, wrong = await _load(bot)
    assert (code, said, len(wrong)) == (2, "", 1)
    assert "is loading a campaign already" in wrong[0]
    first.process.send_signal(signal.SIGCONT)
    code, said, wrong = await first.ended()
    assert (code, wrong) == (0, [])
    assert "Loaded." in said
    assert "hv9" in bot.people()


async def test_a_database_that_another_program_holds(bot: Bot) -> None:
    """One line, as from any other command; nothing is loaded, also not later."""
    bot.roster(HOA)
    with _writing(bot.shell.database):
        assert await _load(bot) == (2, "", [LOCKED])
    assert bot.process.returncode is None
    assert "hv9" not in bot.people()
    assert (await _load(bot))[0] == 0


async def test_what_nobody_takes_is_withdrawn(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that hangs loads nothing when it goes on, long after the command has said that nothing was loaded."""
    monkeypatch.setattr(handover, "PATIENCE", 0.5)
    settings = config.load({"BACUNG_STORAGE__PATH": str(bot.shell.database)})
    bot.roster(HOA)
    bot.process.send_signal(signal.SIGSTOP)
    with pytest.raises(StorageMisuse, match=r"nothing was loaded, nobody took it .*: another bot \(process \d+\)"):
        await asyncio.to_thread(data.load, settings, bot.shell.campaign, dry_run=False)
    killed = await Loading.begun(bot)
    await killed.waits()
    killed.process.kill()
    await killed.ended()
    bot.process.send_signal(signal.SIGCONT)
    await _until(lambda: bot.log.read_text(encoding="utf-8").count("load: withdrawn") >= 2)
    assert "hv9" not in bot.people()
    assert (await _load(bot))[0] == 0
    assert "hv9" in bot.people()


@pytest.mark.parametrize("sent", [b"", b'{"plan": ', b"[1]\n", b"\xff\n"])
async def test_what_is_no_campaign_is_left_alone(bot: Bot, sent: bytes) -> None:
    """A command that is killed while it hands over, or another program that comes by: the bot goes on."""
    reader, writer = await asyncio.open_unix_connection(sock=_reached(bot.socket))
    assert await reader.readline() == b'["ready", []]\n'
    writer.write(sent)
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()
    bot.roster(HOA)
    assert (await _load(bot))[0] == 0


def _reached(place: Path) -> socket.socket:
    with sockets.short(place) as name:
        line = socket.socket(socket.AF_UNIX)
        line.connect(name)
    return line


def test_whoever_has_the_database_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that starts just now, or another command that ends soon, is no reason to give up."""
    bot = Bot(Shell(tmp_path))
    bot.roster()
    with ExitStack() as other:
        other.enter_context(held(bot.shell.database))
        monkeypatch.setattr(data, "sleep", lambda seconds: other.close())
        data.load(config.load({"BACUNG_STORAGE__PATH": str(bot.shell.database)}), bot.shell.campaign, dry_run=False)
    assert "hv1" in bot.people()


async def test_its_place_is_the_owners_and_goes_with_the_bot(tmp_path: Path) -> None:
    """However long the path: nobody else can hand anything over, and a bot that ends in good order leaves nothing."""
    async with _running(tmp_path / ("x" * 120)) as bot:
        assert stat.S_IMODE(bot.socket.stat().st_mode) == 0o600
        assert len(str(bot.socket)) > 108
        bot.roster(HOA)
        assert (await _load(bot))[0] == 0
        bot.process.terminate()
        assert await bot.process.wait() == 0
        assert not bot.socket.exists()


async def test_a_demonstration_takes_no_campaign(tmp_path: Path) -> None:
    """Real people have no place in it."""
    bot = Bot(Shell(tmp_path))
    bot.roster()
    await bot.start("--demo")
    try:
        code, said, wrong = await _load(bot)
        assert (code, said, len(wrong)) == (2, "", 1)
        assert "a demonstration runs on this database" in wrong[0]
    finally:
        await bot.kill()
