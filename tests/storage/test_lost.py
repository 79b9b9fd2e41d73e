"""The database file goes away, or is written over, under the running bot: nothing more is called stored, all is red."""

import asyncio
import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage.engine import steps
from storage.engine.errors import StorageFull
from storage.engine.transaction import Transaction
from tests.browsers import Browser
from tests.commands.test_command_line import Shell
from tests.talk import CODES, PATIENCE, Talk

pytestmark = pytest.mark.on("telegram")  # with the web chat beside it
NOTICED = 10.0  # seconds, on a machine that does other things too


def _deleted(database: Path) -> None:
    database.unlink()


def _moved(database: Path) -> None:
    database.rename(database.with_name("elsewhere.db"))


def _truncated(database: Path) -> None:
    os.truncate(database, database.stat().st_size // 2)


def _emptied(database: Path) -> None:
    os.truncate(database, 0)


def _zeroed(database: Path) -> None:
    _write_over(database, 0, b"\0" * database.stat().st_size)


def _overwritten(database: Path) -> None:
    """All but its first page, as a program might that knows nothing of databases."""
    _write_over(database, 4096, b"\xa5" * (database.stat().st_size - 4096))


def _replaced(database: Path) -> None:
    """By an older copy of itself, as a careless restore would."""
    copy = database.with_name("copy.db")
    copy.write_bytes(database.read_bytes())
    copy.replace(database)


def _written_back(database: Path) -> None:
    """An older copy of itself is written into it."""
    _write_over(database, 0, database.with_name("older.db").read_bytes())


def _without_wal(database: Path) -> None:
    database.with_name(f"{database.name}-wal").unlink()


def _zeroed_wal(database: Path) -> None:
    wal = database.with_name(f"{database.name}-wal")
    _write_over(wal, 0, b"\0" * wal.stat().st_size)


def _write_over(file: Path, at: int, content: bytes) -> None:
    with file.open("r+b") as opened:
        opened.seek(at)
        opened.write(content)


_ALL = [_deleted, _moved, _truncated, _emptied, _zeroed, _overwritten, _replaced, _without_wal, _zeroed_wal]


async def _red(monitor: Browser, saying: str = "") -> str:
    """Waits until health is red and says so; what it says."""
    async with asyncio.timeout(NOTICED):
        while (answer := await monitor.get("/healthz")).status == 200 or saying not in answer.text:  # noqa: ASYNC110 - seconds are what is promised
            await asyncio.sleep(0.02)
    return answer.text


async def _settled_in_the_file(talk: Talk) -> None:
    """What was said stands in the file itself, as it does after every thousand pages."""
    with closing(sqlite3.connect(talk.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


@pytest.mark.parametrize("how", _ALL, ids=lambda one: one.__name__)
async def test_what_is_lost_is_never_called_stored(talk: Talk, tmp_path: Path, how: Callable[[Path], None]) -> None:
    """At once no ✅ any more, within seconds all red with what to do, though nobody writes; people's words wait."""
    an = await talk.person("An")
    async with Browser(await talk.url()) as binh:
        await binh.join(CODES["Bình"])
        await binh.connect()
        await an.says("xóm 4 được 2").hears("2 máy")
        await talk.settled()
        how(talk.database)
        why = await _red(binh, '"database"')  # whoever sends may notice first
        assert "database" in json.loads(why)["wrong"]
        assert "bacung restore" in why
        ready = await binh.get("/readyz")
        assert ready.status == 503
        assert json.loads(ready.text)["wrong"].items() >= json.loads(why)["wrong"].items()
        for n in range(5):
            an.says(f"xóm {n} được 1")
        told = len(an.private.from_bot)
        unsent = await binh.says("xóm 4 được 3")
        await asyncio.sleep(0.5)
        assert len(an.private.from_bot) == told
        assert len(talk.emulator.updates.pending) == 5
        assert unsent in binh.queue
        assert unsent not in binh.acks
        await _says_what_health_says(talk, tmp_path, why)
    await _end(talk)


async def _says_what_health_says(talk: Talk, tmp_path: Path, why: str) -> None:
    shell = Shell(tmp_path / "shell")
    done = await asyncio.to_thread(shell.run, "status", "--json", BACUNG_STORAGE__PATH=str(talk.database))
    assert done.returncode in (1, 2), done.stdout
    said = json.loads(done.stdout.splitlines()[0])
    assert said["running"] is True
    assert said["wrong"]["database"] == json.loads(why)["wrong"]["database"]


async def _end(talk: Talk) -> None:
    """What is left of the database is not recounted at the end."""
    await talk.stop()
    talk.recount = lambda: None  # type: ignore[method-assign]


async def test_not_one_is_answered_after_it(talk: Talk) -> None:
    """Reports without a pause while the file goes away: whatever was answered was stored while it was there."""
    an = await talk.person("An")
    for n in range(40):
        an.says(f"xóm 4 được {n + 1}")
        if n == 20:
            await talk.settled()
            answered = len(an.private.from_bot)
            talk.database.unlink()
    async with asyncio.timeout(PATIENCE):
        while "intake" not in talk.app.monitor.wrong:
            await talk.emulator_pause()
    assert len(an.private.from_bot) == answered
    assert len(talk.emulator.updates.pending) == 19
    await _end(talk)


async def test_an_older_copy_written_into_it_is_noticed(talk: Talk) -> None:
    """Same file, same size or more, a valid header: what was written since is not there any more."""
    an = await talk.person("An")
    await talk.settled()
    await _settled_in_the_file(talk)
    talk.database.with_name("older.db").write_bytes(talk.database.read_bytes())
    for n in range(1, 9):
        await an.says(f"xóm {n} được 1").hears(f"Xóm {n}")
    await talk.settled()
    async with Browser(await talk.url()) as monitor:
        async with asyncio.timeout(PATIENCE):  # what another program moved into the file is looked over first
            while (await monitor.get("/healthz")).status != 200:
                talk.clock.advance(timedelta(seconds=31))
                await asyncio.sleep(0.02)
        await _settled_in_the_file(talk)
        if talk.database.stat().st_size > talk.database.with_name("older.db").stat().st_size:
            os.truncate(talk.database.with_name("older.db"), talk.database.stat().st_size)
        _written_back(talk.database)
        await _red(monitor, saying="bacung restore")
    await _end(talk)


async def test_what_was_moved_and_comes_back_goes_on(talk: Talk) -> None:
    """Moved away and back: all that waited is taken once, and health is green."""
    an = await talk.person("An")
    await talk.settled()
    elsewhere = talk.database.with_name("elsewhere.db")
    talk.database.rename(elsewhere)
    async with Browser(await talk.url()) as monitor:
        said = an.says("xóm 4 được 3")
        assert "put it back" in await _red(monitor)
        elsewhere.rename(talk.database)
        async with asyncio.timeout(PATIENCE):
            while (await monitor.get("/healthz")).status != 200:
                talk.clock.advance(timedelta(seconds=31))
                await asyncio.sleep(0.02)
    await said.hears("3 máy")
    await talk.settled()
    assert talk.done_by("hv1") == {"activated": 3}


async def test_what_another_program_wrote_is_looked_over(talk: Talk) -> None:
    """A touch, or another program's checkpoint: for a moment nothing is stored, then all is as before."""
    an = await talk.person("An")
    await talk.settled()
    talk.database.touch()
    await an.says("xóm 4 được 1").hears("em 1 máy")
    await _settled_in_the_file(talk)
    async with asyncio.timeout(PATIENCE):
        while not talk.look(_has_a_report):
            talk.clock.advance(timedelta(seconds=31))
            await asyncio.sleep(0.02)
    async with Browser(await talk.url()) as monitor, asyncio.timeout(PATIENCE):
        while (await monitor.get("/healthz")).status != 200:
            await talk.emulator_pause()


def _has_a_report(tx: Transaction) -> bool:
    return tx.one("SELECT 1 AS x FROM reports") is not None


async def test_status_says_what_health_says_while_the_disk_is_full(
    talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be noted in the database is told by the bot itself; when it has ended, that is said."""
    shell = Shell(tmp_path / "shell")
    shell.database = talk.database
    an = await talk.person("An")
    await talk.settled()
    well = await asyncio.to_thread(shell.run, "status", "--json")
    assert (well.returncode, json.loads(well.stdout)["running"], json.loads(well.stdout)["wrong"]) == (0, True, {})

    def reach(step: str) -> None:
        if step == "commit:before":
            raise StorageFull("StorageFull: no room")

    with monkeypatch.context() as full:
        full.setattr(steps, "reach", reach)
        an.says("xóm 4 được 3")
        async with Browser(await talk.url()) as monitor:
            why = json.loads(await _red(monitor))["wrong"]
        said = await asyncio.to_thread(shell.run, "status")
    assert said.returncode == 1
    assert "bot           WRONG" in said.stdout
    assert all(place in said.stdout and what in said.stdout for place, what in why.items())
    talk.clock.advance(timedelta(minutes=1))
    await talk.stop()
    ended = await asyncio.to_thread(shell.run, "status")
    assert (ended.returncode, "not running" in ended.stdout) == (0, True)
