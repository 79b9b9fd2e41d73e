"""A database of an older version is brought up to date, one numbered script after the other."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from storage.engine.errors import StorageMisuse
from storage.engine.format import APPLICATION_ID, MIGRATIONS
from storage.engine.transaction import Transaction, in_transaction


def migrate(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    """Applies the numbered files that this database has not seen, each in a transaction of its own."""
    files = sorted(MIGRATIONS.glob("[0-9]*.sql"))
    version = _number(Transaction(connection), "user_version")
    if version == len(files):
        return
    if read_only:
        raise StorageMisuse(
            f"{path} was written by an older Bacung: start 'bacung run' once, which brings it up to date"
        )
    for number in range(version + 1, len(files) + 1):
        _apply(connection, number, files[number - 1].read_text(encoding="utf-8"))


def _apply(connection: sqlite3.Connection, number: int, script: str) -> None:
    def work(tx: Transaction) -> None:
        if _number(tx, "user_version") >= number:  # another process was quicker
            return
        for statement in _statements(script):
            tx.run(statement)
        tx.run(f"PRAGMA user_version = {number}")
        tx.run(f"PRAGMA application_id = {APPLICATION_ID}")

    in_transaction(connection, work)


def _number(tx: Transaction, pragma: str) -> int:
    row = tx.one(f"PRAGMA {pragma}")
    return int(row[pragma]) if row else 0


def _statements(script: str) -> Iterator[str]:
    """The single statements of a migration, which must stand in our transaction, not in executescript's own."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
