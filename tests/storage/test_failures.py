"""A full disk, a locked database, files that are not ours: nothing is lost, nothing half stored, and it is said."""

import asyncio
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage.engine import sqlite, steps
from storage.engine.database import session
from storage.engine.errors import StorageBroken, StorageBusy, StorageFull, StorageMisuse
from storage.engine.transaction import Transaction, Work
from tests.commands.test_command_line import Shell
from tests.crash.evening import AGAIN, nothing_twice
from tests.crash.program import hold
from tests.crash.supervisor import nursery
from tests.emulators.telegram.emulator import TEST_TOKEN
from tests.talk import PATIENCE, Talk


def _limit_pages(more: int | None) -> Work[None]:
    """The database may grow by so many pages from now on; None: without limit."""

    def work(tx: Transaction) -> None:
        pages = tx.one("PRAGMA page_count")
        assert pages is not None
        tx.one(f"PRAGMA max_page_count = {2_000_000_000 if more is None else pages['page_count'] + more}")

    return work


async def _there_is_room_again(talk: Talk) -> None:
    await talk.app.database.write(_limit_pages(None))
    talk.clock.advance(timedelta(minutes=1))  # whoever waits before trying again has waited long enough


@pytest.mark.on("telegram")
async def test_a_full_disk_loses_nothing(talk: Talk) -> None:
    """While there is no room nothing is confirmed and nothing stored; once there is, everything counts once."""
    an = await talk.person("An")
    await talk.settled()
    await talk.app.database.write(_limit_pages(0))
    for n in range(60):
        an.says(f"xóm {n} được 1 " + "tin dài " * 60)
    await asyncio.sleep(0.5)
    assert len(talk.emulator.updates.pending) == 60
    assert talk.done_by("hv1") == {}
    talk.recount()
    await _there_is_room_again(talk)
    await an.says("xóm 99 được 1").hears("Xóm 99: 1 máy")
    await talk.settled()
    assert talk.done_by("hv1") == {"activated": 61}
    nothing_twice(an.private)


@pytest.mark.on("telegram")
async def test_a_batch_is_abandoned_whole(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where room ends in the middle, not even the first messages of the batch are marked as seen."""
    an = await talk.person("An")
    await talk.settled()
    begun: list[str] = []
    before = talk.look(_seen)
    await talk.app.database.write(_limit_pages(24))
    monkeypatch.setattr(steps, "reach", begun.append)
    for n in range(90):
        an.user.sends(f"xóm {n} được 1 " + "tin dài " * 100, at=talk.clock.now())
    while "intake" not in talk.app.monitor.wrong:
        await talk.emulator_pause()
    await asyncio.sleep(0.3)  # by now it waits before it tries again
    assert 3 < begun.count("intake:event") < 90, "the room did not end in the middle"
    assert talk.look(_seen) == before
    assert talk.done_by("hv1") == {}
    assert len(talk.emulator.updates.pending) == 90
    await _there_is_room_again(talk)
    await talk.settled()
    assert talk.done_by("hv1") == {"activated": 90}
    for n in range(90):
        assert any(f"Xóm {n}: 1 máy" in text for text in an.private.texts)
    nothing_twice(an.private)


def _seen(tx: Transaction) -> int:
    row = tx.one("SELECT count(*) AS n FROM seen")
    assert row is not None
    return int(row["n"])


async def test_a_locked_database_is_waited_for(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process holds it for longer than we wait: tried again, nothing lost."""
    an = await talk.person("An")
    await talk.settled()
    await talk.stop()
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    await talk.start()
    await an.says("xóm 4 được 1").hears("1 máy")
    holder = nursery.Process(target=hold, args=(talk.database, 1.5))
    holder.start()
    try:
        await asyncio.sleep(0.4)
        said = an.says("xóm 4 được 2")
        await said.hears("em 3 máy")
    finally:
        await asyncio.to_thread(holder.join, PATIENCE)
    assert talk.done_by("hv1") == {"activated": 3}


class _LockAt:
    """Locks the database, as another program might, when the bot first passes a step."""

    def __init__(self, path: Path, step: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._step = step
        self.locked = asyncio.Event()

    def reach(self, step: str) -> None:
        """In the place of `steps.reach`."""
        if step == self._step and not self.locked.is_set():
            self._connection.execute("BEGIN IMMEDIATE")
            self.locked.set()

    async def release_after(self, seconds: float) -> None:
        """Waits until it is locked, and ends that some seconds later."""
        await asyncio.wait_for(self.locked.wait(), PATIENCE)
        await asyncio.sleep(seconds)
        self._connection.close()


@pytest.mark.parametrize("step", ["start:prepared", "send:after"])
async def test_a_database_locked_at_a_step(talk: Talk, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Locked just when polling begins, or when it is to be noted that an answer was sent: the bot goes on."""
    an = await talk.person("An")
    await talk.settled()
    await talk.stop()
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    lock = _LockAt(talk.database, step)
    monkeypatch.setattr(steps, "reach", lock.reach)
    await talk.start()
    first = an.says("xóm 4 được 2")
    await lock.release_after(0.5)
    talk.clock.advance(timedelta(minutes=1))
    await first.hears("em 2 máy")
    await an.says("xóm 4 được 1").hears("em 3 máy")
    await talk.settled()
    nothing_twice(an.private)
    assert not [text for text in an.private.texts if text.startswith(AGAIN)]


def test_errors_are_told_by_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Full and busy are errors of their own; a mistake in SQL is not one of storage."""
    path = tmp_path / "bacung.db"
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with session(path), pytest.raises(StorageBusy), session(path):
        pass
    with pytest.raises(StorageFull, match="make room"), session(path) as tx:
        _limit_pages(0)(tx)
        tx.run("INSERT INTO meta (name, value) VALUES ('x', :value)", value="x" * 100_000)
    with pytest.raises(sqlite3.OperationalError), session(path) as tx:
        tx.run("SELECT nonsense FROM nowhere")


def test_a_savepoint_undoes_only_itself(tmp_path: Path) -> None:
    """What happened before it in the transaction stays."""
    path = tmp_path / "bacung.db"
    with session(path) as tx:
        tx.run("INSERT INTO meta (name, value) VALUES ('kept', '1')")
        with pytest.raises(ZeroDivisionError), tx.savepoint():
            tx.run("INSERT INTO meta (name, value) VALUES ('undone', '1')")
            _ = 1 // 0
    with session(path, read_only=True) as tx:
        assert [row["name"] for row in tx.all("SELECT name FROM meta WHERE name IN ('kept', 'undone')")] == ["kept"]


async def test_a_second_bot_is_refused(talk: Talk, tmp_path: Path) -> None:
    """One bot a database: the other says which process has it, and ends; the first goes on."""
    an = await talk.person("An")
    shell = Shell(tmp_path / "shell")
    shell.database = talk.database
    line = await asyncio.to_thread(shell.refused, "run", BACUNG_WEB__PORT="0", **talk.platform.settings)
    assert f"another bot (process {os.getpid()}) uses {talk.database}" in line
    await an.says("xóm 4 được 2").hears("em 2 máy")


async def test_nobody_else_writes_while_the_bot_runs(talk: Talk, tmp_path: Path) -> None:
    """What is loaded is handed to the bot, what loading would do is tried on a copy, and a reader only reads."""
    an = await talk.person("An")
    shell = Shell(tmp_path / "shell")
    shell.database = talk.database
    (shell.campaign / "hamlets.csv").unlink()
    said = await asyncio.to_thread(shell.out, "load", str(shell.campaign), "--dry-run")
    assert "Nothing was stored" in said
    assert await asyncio.to_thread(shell.out, "load", str(shell.campaign)) == said.replace(
        "Nothing was stored: this was a dry run.", "Loaded."
    )
    with pytest.raises(StorageBroken):
        await talk.app.database.read(lambda tx: tx.run("DELETE FROM meta"))
    await an.says("xóm 4 được 2").hears("em 2 máy")


async def test_restore_is_refused_while_the_bot_runs(talk: Talk, tmp_path: Path) -> None:
    """A backup works beside it; putting one back does not."""
    await talk.person("An")
    shell = Shell(tmp_path / "shell")
    shell.database = talk.database
    copy = tmp_path / "copy.db"
    done = await asyncio.to_thread(shell.run, "backup", str(copy))
    assert done.returncode == 0, done.stderr
    refused = await asyncio.to_thread(shell.refused, "restore", str(copy))
    assert "another bot" in refused


def test_files_that_are_not_ours(tmp_path: Path) -> None:
    """Another program's database, a newer one of ours, and no database at all: one line each, nothing changed."""
    foreign, versioned, newer, text = (tmp_path / f"{name}.db" for name in ("foreign", "versioned", "newer", "text"))
    for path, version in ((foreign, 0), (versioned, 1)):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE songs (title TEXT)")
            connection.execute(f"PRAGMA user_version = {version}")
    with session(newer) as tx:
        tx.run("PRAGMA user_version = 999")
    text.write_text("just a text, long enough to be looked at as a database " * 100, encoding="utf-8")
    others = [(foreign, "another program"), (versioned, "another program")]
    for path, why in (*others, (newer, "newer Bacung"), (text, "no database")):
        _refused_untouched(path, why)
    with pytest.raises(StorageMisuse, match="no such database"), session(tmp_path / "none.db", read_only=True):
        pass


@pytest.mark.parametrize("whole", [True, False])
def test_a_damaged_file(tmp_path: Path, whole: bool) -> None:
    """Pages overwritten, or half the file gone: one line, nothing changed."""
    shell = Shell(tmp_path)
    shell.out("load", str(shell.campaign))
    pages = shell.database.read_bytes()
    half = len(pages) // 2
    shell.database.write_bytes(pages[:4096] + b"\xff" * (len(pages) - 4096) if whole else pages[:half])
    _refused_untouched(shell.database, "the database cannot be used (StorageBroken: SQLITE_CORRUPT)")


def _refused_untouched(path: Path, why: str) -> None:
    shell = Shell(path.parent)
    shell.database = path
    before = path.read_bytes()
    line = shell.refused("run", BACUNG_TELEGRAM__TOKEN=TEST_TOKEN, BACUNG_CAMPAIGN__FOLDER=str(shell.campaign))
    assert why in line
    assert path.name in line or "BACUNG_STORAGE__PATH" in line
    assert path.read_bytes() == before, "the file was written to"
