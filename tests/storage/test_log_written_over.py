"""A WAL that is written over is seen by the very next transaction: nothing is called stored that stands in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engine.database import Database
from storage.engine.guard import StorageLost
from storage.engine.transaction import Transaction


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """Closed also after a test that fails: its thread would keep everything waiting."""
    opened = Database(tmp_path / "bacung.db")
    await opened.open()
    try:
        yield opened
    finally:
        await opened.close()


def _note(tx: Transaction, name: str) -> None:
    tx.run("INSERT INTO meta (name, value) VALUES (:name, '1')", name=name)


def _zeroed(database: Path) -> None:
    wal = database.with_name(f"{database.name}-wal")
    with wal.open("r+b") as file:
        file.write(b"\0" * wal.stat().st_size)


async def test_before_a_transaction(database: Database, tmp_path: Path) -> None:
    """It is refused, and so is each after it."""
    path = tmp_path / "bacung.db"
    await database.write(lambda tx: _note(tx, "stays"))
    _zeroed(path)
    for name in ("first", "second"):
        with pytest.raises(StorageLost, match="WAL that was written over"):
            await database.write(lambda tx, name=name: _note(tx, name))  # type: ignore[misc]


async def test_within_a_transaction(database: Database, tmp_path: Path) -> None:
    """Its outcome is an error: what it said of itself is told nobody."""
    path = tmp_path / "bacung.db"
    await database.write(lambda tx: _note(tx, "stays"))

    def meanwhile(tx: Transaction) -> None:
        _note(tx, "lost")
        _zeroed(path)

    with pytest.raises(StorageLost, match="WAL that was written over"):
        await database.write(meanwhile)


async def test_a_log_that_was_moved_into_the_file_is_whole(database: Database) -> None:
    """Cut to nothing, and begun again: the bot does so itself."""
    for name in ("one", "two"):
        await database.write(lambda tx, name=name: _note(tx, name))  # type: ignore[misc]
        assert await database.empty_log()
    await database.write(lambda tx: _note(tx, "three"))
