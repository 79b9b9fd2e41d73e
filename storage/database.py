"""The database file: one connection that writes, transactions as plain functions, migrations.

`Database.write` runs a whole function on the writer's thread and commits; nothing interleaves with it.
`session` is the same for the command line, without an event loop.
"""

import asyncio
import fcntl
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from storage import steps
from storage.errors import StorageBroken, StorageBusy, StorageError, StorageMisuse, translated

T = TypeVar("T")
Row = sqlite3.Row
Params = Mapping[str, Any]

# Its debug log shows what it is given to do, people's words among it.
logging.getLogger("aiosqlite").setLevel(logging.INFO)

MIGRATIONS = Path(__file__).parent / "migrations"
APPLICATION_ID = 0x6261636E  # "bacn", in the file's header: tells our files from others
BUSY_SECONDS = 5.0
_STATEMENTS = 400  # prepared statements kept by the driver: more than we have


class Transaction:
    """What a function that reads or writes is given: three verbs over one open transaction.

    SQL takes named parameters (`:person`), and keeps to what SQLite and PostgreSQL both speak.
    """

    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def one(self, sql: str, **params: Any) -> Row | None:
        """The first row, or None."""
        try:
            row: Row | None = self._connection.execute(sql, params).fetchone()
        except sqlite3.Error as error:
            raise translated(error) from error
        return row

    def all(self, sql: str, **params: Any) -> list[Row]:
        """All rows."""
        try:
            return self._connection.execute(sql, params).fetchall()
        except sqlite3.Error as error:
            raise translated(error) from error

    def each(self, sql: str, **params: Any) -> Iterator[Row]:
        """The rows one by one, for a reader that stops early."""
        try:
            yield from self._connection.execute(sql, params)
        except sqlite3.Error as error:
            raise translated(error) from error

    def run(self, sql: str, **params: Any) -> int:
        """Carries out a statement; the number of rows it changed."""
        try:
            return self._connection.execute(sql, params).rowcount
        except sqlite3.Error as error:
            raise translated(error) from error

    def run_many(self, sql: str, many: list[dict[str, Any]]) -> None:
        """Carries out a statement once for each set of parameters."""
        try:
            self._connection.executemany(sql, many)
        except sqlite3.Error as error:
            raise translated(error) from error

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What happens inside is undone where it raises; the rest of the transaction stays.

        A storage error passes without undoing: SQLITE_FULL and its like may have ended the whole transaction,
        so whoever opened it has to give it up.
        """
        self.run("SAVEPOINT inner_work")
        try:
            yield
        except StorageError:
            raise
        except BaseException:
            if not self._connection.in_transaction:
                raise StorageBroken("StorageBroken: the transaction ended by itself") from None
            self.run("ROLLBACK TO inner_work")
            self.run("RELEASE inner_work")
            raise
        self.run("RELEASE inner_work")


Work = Callable[[Transaction], T]


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
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


def _in_transaction(connection: sqlite3.Connection, work: Work[T]) -> T:
    """Runs `work` whole and commits, or leaves nothing of it."""
    tx = Transaction(connection)
    tx.run("BEGIN IMMEDIATE")
    try:
        result = work(tx)
        steps.reach("commit:before")
        tx.run("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.rollback()
        raise
    steps.reach("commit:after")
    return result


class _Connection(aiosqlite.Connection):
    """aiosqlite's connection with one verb more: a whole function in one hop to its thread."""

    async def transact(self, work: Work[T]) -> T:
        return await self._execute(_in_transaction, self._conn, work)  # type: ignore[no-any-return, no-untyped-call]

    async def look(self, work: Work[T]) -> T:
        return await self._execute(_snapshot, self._conn, work)  # type: ignore[no-any-return, no-untyped-call]


def _snapshot(connection: sqlite3.Connection, work: Work[T]) -> T:
    """Runs `work` over one consistent state."""
    tx = Transaction(connection)
    tx.run("BEGIN")
    try:
        return work(tx)
    finally:
        connection.rollback()


class Database:
    """The one writer of a database file, and a reader beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer: _Connection | None = None
        self._reader: _Connection | None = None
        self._lock: int | None = None

    async def open(self) -> None:
        """Takes the file for this process alone, and brings it up to date.

        Raises:
            StorageMisuse: another bot runs on this file, or it is not ours.
            StorageError: it cannot be opened.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = take_lock(self.path)
        try:
            with session(self.path):
                pass
            self._writer = await self._opened(read_only=False)
            self._reader = await self._opened(read_only=True)
        except BaseException:
            await self.close()
            raise

    async def _opened(self, *, read_only: bool) -> _Connection:
        connection = _Connection(lambda: _connect(self.path, read_only=read_only), iter_chunk_size=64)
        await connection
        return connection

    async def write(self, work: Work[T]) -> T:
        """Runs `work` in a transaction and commits it. Not cut short when the caller is cancelled."""
        assert self._writer is not None, "open() first"
        return await asyncio.shield(asyncio.ensure_future(self._writer.transact(work)))

    async def read(self, work: Work[T]) -> T:
        """Runs `work` over a read-only connection, beside the writer."""
        assert self._reader is not None, "open() first"
        return await self._reader.look(work)

    async def close(self) -> None:
        """Closes what is open; the file may then be taken by another."""
        for connection in (self._reader, self._writer):
            if connection is not None:
                await connection.close()
        self._reader = self._writer = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def take_lock(path: Path) -> int:
    """Marks the file as in use by this process, until the returned descriptor is closed or the process ends.

    Raises:
        StorageMisuse: another process has it.
    """
    descriptor = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
        os.close(descriptor)
        raise StorageMisuse(
            f"another bot (process {holder or '?'}) uses {path}: "
            "stop it first, or set BACUNG_STORAGE__PATH to another file"
        ) from None
    os.truncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return descriptor


@contextmanager
def session(path: Path, *, read_only: bool = False) -> Iterator[Transaction]:
    """One transaction for the command line: migrated, committed at the end, undone where something raises."""
    if read_only and not path.exists():
        raise StorageMisuse(f"{path}: no such database; run 'bacung load FOLDER' first, or set BACUNG_STORAGE__PATH")
    connection = _connect(path, read_only=read_only)
    try:
        _migrate(connection, path, read_only=read_only)
        tx = Transaction(connection)
        tx.run("BEGIN" if read_only else "BEGIN IMMEDIATE")
        yield tx
        if read_only:
            connection.rollback()
        else:
            tx.run("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.rollback()
        raise
    finally:
        connection.close()


def _migrate(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
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

    _in_transaction(connection, work)


def _number(tx: Transaction, pragma: str) -> int:
    row = tx.one(f"PRAGMA {pragma}")
    return int(row[0]) if row else 0


def _statements(script: str) -> Iterator[str]:
    """The single statements of a migration, which must stand in our transaction, not in executescript's own."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def copy(source: Path, target: Path) -> None:
    """A consistent copy of a database, also while it is written to; verified before it takes its name.

    Raises:
        StorageError: the copy could not be made or did not verify; `target` is as it was.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        origin = _connect(source, read_only=True)
        try:
            origin.execute("VACUUM INTO ?", (str(part),))
        finally:
            origin.close()
        verify(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except sqlite3.Error as error:
        raise translated(error) from error
    finally:
        part.unlink(missing_ok=True)


def verify(path: Path) -> None:
    """Raises StorageMisuse where the file is damaged or not ours."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise StorageMisuse(f"{path} is not a database: give a file that 'bacung backup' has written") from error
    if not ours:
        raise StorageMisuse(f"{path} is no database of Bacung: give a file that 'bacung backup' has written")
    if not whole:
        raise StorageMisuse(f"{path} is damaged: take an older backup")


__all__ = [
    "Database",
    "Row",
    "StorageBusy",
    "StorageError",
    "StorageMisuse",
    "Transaction",
    "copy",
    "session",
    "take_lock",
    "verify",
]
