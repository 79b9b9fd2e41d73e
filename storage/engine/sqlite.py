"""SQLite: how a file is opened, known as ours, and set up."""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from storage.engine.beside import create_private, keep_private, real, refuse_lost
from storage.engine.errors import StorageMisuse
from storage.engine.format import APPLICATION_ID, MIGRATIONS
from storage.engine.translating import translated

BUSY_SECONDS = 5.0
_SOUND = (3, 51, 3)  # https://sqlite.org/wal.html#walresetbug
_STATEMENTS = 400  # prepared statements kept by the driver: more than we have


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """An open connection with our settings. Raises StorageError, StorageMisuse."""
    refuse_folder(path)
    refuse_lost(path)
    try:
        if not read_only:
            with suppress(OSError):  # SQLite says what is wrong
                create_private(real(path))
            keep_private(path)
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
            raise StorageMisuse(
                f"{path} is no database: put a backup in its place with 'bacung restore FILE', "
                "or set BACUNG_STORAGE__PATH to another file"
            ) from None
        raise translated(error) from error
    return connection


def refuse_folder(path: Path) -> None:
    """Raises StorageMisuse where the path is a folder's, before anything is put beside it."""
    if path.is_dir():
        raise StorageMisuse(f"{path} is a folder: set BACUNG_STORAGE__PATH to a file, such as {path / 'bacung.db'}")


@dataclass(frozen=True, slots=True)
class Engine:
    """What keeps the data, and what whoever runs the bot should know of it."""

    name: str
    version: str
    warning: str | None


def engine() -> Engine:
    """SQLite in the version in use."""
    sound = ".".join(map(str, _SOUND))
    warning = (
        f"older than {sound}: by a rare bug it may damage the database where several connections write at once. "
        "While the bot runs only the bot writes; let no other program write to the file, and install a newer SQLite"
    )
    old = sqlite3.sqlite_version_info < _SOUND
    return Engine("SQLite", sqlite3.sqlite_version, warning if old else None)


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
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -2000")
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA temp_store = MEMORY")  # else each savepoint writes pages to a temporary file
