"""`bacung run --demo`: example people, everything marked, and never beside what is real."""

import asyncio
import json
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage.engine.database import session
from storage.running import meta
from tests.browsers import Browser
from tests.commands.test_command_line import Shell
from tests.crash.supervisor import free_port
from tests.talk import Talk

pytestmark = pytest.mark.on("telegram")  # beside it the web chat is what these are about

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def demonstration(database: Path) -> AsyncIterator[dict[str, str]]:
    """The command itself; the links it prints, by role."""
    settings = {"BACUNG_STORAGE__PATH": str(database), "BACUNG_WEB__PORT": str(free_port())}
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("BACUNG_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run", "--demo"),
        cwd=ROOT,
        env=inherited | settings,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
    )
    links: dict[str, str] = {}
    try:
        assert process.stdout is not None
        async with asyncio.timeout(30):
            while len(links) < 4 and (line := await process.stdout.readline()):
                if found := re.match(r"\s+(\w+) .*?(http://\S+)", line.decode()):
                    links[found[1]] = found[2]
        yield links
    finally:
        process.kill()
        await process.communicate()


async def test_a_newcomer_tries_it(tmp_path: Path) -> None:
    """Four links; the student reports, the officer sees the sum; every answer says that it is a trial."""
    async with demonstration(tmp_path / "demo.db") as links:
        assert list(links) == ["student", "lead", "officer", "admin"]
        url = links["student"].rpartition("/vao/")[0]
        async with Browser(url) as student, Browser(url) as officer:
            for browser, role in ((student, "student"), (officer, "officer")):
                await browser.join(links[role].rpartition("/")[2])
                await browser.connect()
                assert browser.welcome["trial"]
            await student.says("nhà bà Lan được 3, vắng 1")
            await student.hears("THỬ", "3 máy, 1 nhà vắng")
            await officer.says("/tong")
            await officer.hears("THỬ", "3")
            for browser in (student, officer):
                assert all(one["text"].startswith("THỬ ·") for one in browser.from_bot())


async def test_it_goes_on_where_it_was(tmp_path: Path) -> None:
    """Started again, the demonstration has its reports still; the same database is none for real."""
    for expected in (3, 6):
        async with demonstration(tmp_path / "demo.db") as links:
            url, _, code = links["student"].rpartition("/vao/")
            async with Browser(url) as student:
                await student.join(code)
                await student.connect()
                await student.says("được 3")
                await student.hears(f"em {expected} máy")
    shell = Shell(tmp_path / "shell")
    shell.database = tmp_path / "demo.db"
    assert "holds a demonstration" in shell.refused("run")


async def test_refused_over_people_who_joined(talk: Talk, tmp_path: Path) -> None:
    """Where somebody is in, even before the first report, the example campaign does not take the place of theirs."""
    an = await talk.person("An")
    await talk.stop()
    shell = Shell(tmp_path / "shell")
    shell.database = talk.database
    assert "holds real reports or people" in await asyncio.to_thread(shell.refused, "run", "--demo")
    await talk.start()
    await an.says("xóm 4 được 1").hears("Xóm 4: 1 máy")


async def test_refused_over_real_reports(talk: Talk, tmp_path: Path) -> None:
    """Where people have reported for real, no demonstration begins."""
    an = await talk.person("An")
    await an.says("xóm 4 được 3").hears("3 máy")
    await talk.stop()
    shell = Shell(tmp_path / "shell")
    shell.database = talk.database
    assert "holds real reports" in await asyncio.to_thread(shell.refused, "run", "--demo")
    await talk.start()
    await an.says("xóm 4 được 1").hears("em 4 máy")


EXAMPLE = str(ROOT / "examples" / "soc-son")


def test_one_that_never_began_leaves_nothing(tmp_path: Path) -> None:
    """Where its port is taken, the database is still free for a real campaign."""
    shell = Shell(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        line = shell.refused("run", "--demo", BACUNG_WEB__PORT=str(taken.getsockname()[1]))
    assert "cannot listen on" in line
    status = json.loads(shell.out("status", "--json"))
    assert (status["demonstration"], status["campaign"]) == (False, None)
    assert "no campaign is loaded" in shell.refused("run")
    shell.out("load", str(shell.campaign))
    assert json.loads(shell.out("totals", "--json"))["target"] == 12560 + 9120 + 9260


def test_refused_over_a_real_campaign_that_nobody_has_joined(tmp_path: Path) -> None:
    """Its people hold their codes already; neither the example nor a mark comes to them."""
    shell = Shell(tmp_path)
    shell.out("load", str(shell.campaign))
    codes = shell.out("codes", "--csv")
    for folder in ({}, {"BACUNG_CAMPAIGN__FOLDER": str(shell.campaign)}):
        assert "holds real reports or people" in shell.refused("run", "--demo", BACUNG_WEB__PORT="0", **folder)
    assert shell.out("codes", "--csv") == codes
    assert not json.loads(shell.out("status", "--json"))["demonstration"]


async def test_over_the_example_itself(tmp_path: Path) -> None:
    """Its people are nobody's: where only they are, a demonstration may begin."""
    shell = Shell(tmp_path)
    await asyncio.to_thread(shell.out, "load", EXAMPLE)
    async with demonstration(shell.database) as links:
        assert len(links) == 4
    for command in ("status", "totals"):
        assert (await asyncio.to_thread(shell.out, command)).startswith("This is a demonstration: nothing of it counts")
        assert json.loads(await asyncio.to_thread(shell.out, command, "--json"))["demonstration"] is True


async def test_it_is_marked_once_it_listens(tmp_path: Path) -> None:
    """And from then on."""
    async with demonstration(tmp_path / "demo.db"):
        with session(tmp_path / "demo.db", read_only=True) as tx:
            assert meta.get(tx, "demonstration") is not None
