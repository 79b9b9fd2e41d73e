"""SQLite: how a file is opened, known as ours, and set up."""

import sqlite3
from pathlib import Path

from storage.engine.errors import StorageMisuse, translated
from storage.engine.format import APPLICATION_ID, MIGRATIONS
from storage.engine.transaction import Row

BUSY_SECONDS = 5.0


_STATEMENTS = 400  # prepared statements kept by the driver: more than we have


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """An open connection with our settings. Raises StorageError, StorageMisuse."""
    try:
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            cached_statements=_STATEMENTS,
            check_same_thread=False,
        )
        try:
            _check_ours(connection, path)  # before the first setting that is written into the file
            _set_up(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise StorageMisuse(f"{path} is no database: set BACUNG_STORAGE__PATH to another file") from None
        raise translated(error) from error
    return connection


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Raises StorageMisuse where the file is another program's, or a newer version's."""
    # In this order: another process may be making the file just now, which fills and marks it in one transaction.
    filled = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if filled and mark != APPLICATION_ID:
        raise StorageMisuse(f"{path} is a database of another program: set BACUNG_STORAGE__PATH to another file")
    if version > len(list(MIGRATIONS.glob("[0-9]*.sql"))):
        raise StorageMisuse(f"{path} was written by a newer Bacung: install that version, or restore an older backup")


def _set_up(connection: sqlite3.Connection, *, read_only: bool) -> None:
    connection.row_factory = Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -2000")
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")  # else each savepoint writes pages to a temporary file
