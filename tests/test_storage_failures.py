"""A full disk, a locked database, files that are not ours: nothing is lost, nothing half stored, and it is said."""

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from storage import database
from storage.database import Transaction, session
from storage.errors import StorageBusy, StorageFull, StorageMisuse
from tests.crash.program import hold
from tests.crash.supervisor import nursery
from tests.talk import PATIENCE, Talk
from tests.test_command_line import Shell


def _limit_pages(more: int | None) -> database.Work[None]:
    """The database may grow by so many pages from now on; None: without limit."""

    def work(tx: Transaction) -> None:
        pages = tx.one("PRAGMA page_count")
        assert pages is not None
        tx.one(f"PRAGMA max_page_count = {2_000_000_000 if more is None else pages[0] + more}")

    return work


async def test_a_full_disk_loses_nothing(talk: Talk) -> None:
    """While there is no room nothing is confirmed and nothing stored; once there is, everything counts once."""
    an = await talk.person("An")
    await talk.settled()
    await talk.app.database.write(_limit_pages(0))
    for n in range(60):
        an.says(f"xóm {n} được 1 " + "tin dài " * 60)
    await asyncio.sleep(0.5)
    assert talk.emulator.updates.pending
    assert talk.done_by("hv1").get("activated", 0) < 60
    talk.recount()
    await talk.app.database.write(_limit_pages(None))
    talk.clock.advance(timedelta(minutes=1))
    await an.says("xóm 99 được 1").hears("Xóm 99: 1 máy")
    await talk.settled()
    assert talk.done_by("hv1")["activated"] == 61


async def test_a_batch_is_abandoned_whole(talk: Talk) -> None:
    """Where room ends in the middle, not even the first messages of the batch are marked as seen."""
    an = await talk.person("An")
    await talk.settled()
    before = talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM seen"))["n"]
    await talk.app.database.write(_limit_pages(3))
    for n in range(90):
        an.user.sends(f"xóm {n} được 1 " + "tin dài " * 100, at=talk.clock.now())
    await asyncio.sleep(0.5)
    assert talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM seen"))["n"] - before in range(90)
    assert (
        talk.done_by("hv1").get("activated", 0)
        == talk.look(lambda tx: tx.one("SELECT count(*) AS n FROM reports"))["n"]
    )
    await talk.app.database.write(_limit_pages(None))
    talk.clock.advance(timedelta(minutes=1))
    await talk.settled()
    assert talk.done_by("hv1")["activated"] == 90


async def test_a_locked_database_is_waited_for(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process holds it for longer than we wait: tried again, nothing lost."""
    an = await talk.person("An")
    await talk.settled()
    await talk.stop()
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    await talk.start()
    await an.says("xóm 4 được 1").hears("1 máy")
    holder = nursery.Process(target=hold, args=(talk.database, 1.5))
    holder.start()
    try:
        await asyncio.sleep(0.4)
        said = an.says("xóm 4 được 2")
        await said.hears("em 3 máy")
    finally:
        holder.join(PATIENCE)
    assert talk.done_by("hv1") == {"activated": 3}


def test_errors_are_told_by_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Full and busy are errors of their own; a mistake in SQL is not one of storage."""
    path = tmp_path / "bacung.db"
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with session(path), pytest.raises(StorageBusy), session(path):
        pass
    with pytest.raises(StorageFull), session(path) as tx:
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
        assert [row["name"] for row in tx.all("SELECT name FROM meta")] == ["kept"]


async def test_a_second_bot_is_refused(talk: Talk) -> None:
    """One bot a database: the other says which process has it."""
    await talk.person("An")
    other = database.Database(talk.database)
    with pytest.raises(StorageMisuse, match=r"another bot \(process \d+\) uses"):
        await other.open()


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
    foreign = tmp_path / "foreign.db"
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE songs (title TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(StorageMisuse, match="another program"), session(foreign):
        pass
    newer = tmp_path / "newer.db"
    with session(newer) as tx:
        tx.run("PRAGMA user_version = 999")
    with pytest.raises(StorageMisuse, match="newer Bacung"), session(newer):
        pass
    text = tmp_path / "text.db"
    text.write_text("just a text, long enough to be looked at as a database", encoding="utf-8")
    with pytest.raises(StorageMisuse, match="no database"), session(text):
        pass
    with pytest.raises(StorageMisuse, match="no such database"), session(tmp_path / "none.db", read_only=True):
        pass
