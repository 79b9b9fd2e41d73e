"""The database file: one connection that writes, transactions as plain functions, migrations.

`Database.write` runs a whole function on the writer's thread and commits; nothing interleaves with it.
`session` is the same for the command line, without an event loop.
"""

import asyncio
import fcntl
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import aiosqlite

from storage.engine.beside import LOCK, beside, real, refuse_lost, refuse_other_names
from storage.engine.errors import StorageInUse, StorageMisuse
from storage.engine.guard import Guard
from storage.engine.migrating import migrate
from storage.engine.sqlite import connect, refuse_folder
from storage.engine.transaction import T, Transaction, Work, in_transaction, snapshot

# Its debug log shows what it is given to do, people's words among it.
logging.getLogger("aiosqlite").setLevel(logging.INFO)


class _Connection(aiosqlite.Connection):
    """aiosqlite's connection with one verb more: a whole function in one hop to its thread."""

    async def transact(self, work: Work[T], guard: Guard) -> T:
        return await self._execute(_guarded, self._conn, work, guard)  # type: ignore[no-any-return, no-untyped-call]

    async def guard(self, path: Path) -> Guard:
        return await self._execute(Guard, path, self._conn)  # type: ignore[no-any-return, no-untyped-call]

    async def look_over(self, guard: Guard) -> None:
        await self._execute(guard.look_over)  # type: ignore[no-untyped-call]

    async def empty_log(self, guard: Guard) -> bool:
        return await self._execute(_emptied, self._conn, guard)  # type: ignore[no-any-return, no-untyped-call]

    async def look(self, work: Work[T]) -> T:
        return await self._execute(snapshot, self._conn, work)  # type: ignore[no-any-return, no-untyped-call]


def _guarded(connection: sqlite3.Connection, work: Work[T], guard: Guard) -> T:
    """A transaction whose outcome stands in the file that the next start will open, or an error."""
    guard.before()
    result = in_transaction(connection, work)
    guard.after()
    return result


def _emptied(connection: sqlite3.Connection, guard: Guard) -> bool:
    """The WAL is moved into the file and cut; False where a reader kept it from that."""
    guard.before()
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    guard.after()
    return not busy


class Database:
    """The one writer of a database file, and a reader beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer: _Connection | None = None
        self._reader: _Connection | None = None
        self._guard: Guard | None = None
        self._lock: int | None = None

    async def open(self) -> None:
        """Takes the file for this process alone, and brings it up to date.

        Raises:
            StorageInUse: another bot runs on this file.
            StorageMisuse: it is not ours, or is missing where a campaign was kept.
            StorageError: it cannot be opened.
        """
        real(self.path).parent.mkdir(parents=True, exist_ok=True)
        self._lock = take_lock(self.path)
        try:
            with session(self.path):
                pass
            self._writer = await self._opened(read_only=False)
            self._reader = await self._opened(read_only=True)
            self._guard = await self._writer.guard(self.path)
        except BaseException:
            await self.close()
            raise

    async def _opened(self, *, read_only: bool) -> _Connection:
        connection = _Connection(lambda: connect(self.path, read_only=read_only), iter_chunk_size=64)
        await connection
        return connection

    async def write(self, work: Work[T]) -> T:
        """Runs `work` in a transaction and commits it. Not cut short when the caller is cancelled."""
        assert self._writer is not None, "open() first"
        assert self._guard is not None, "open() first"
        return await asyncio.shield(asyncio.ensure_future(self._writer.transact(work, self._guard)))

    async def empty_log(self) -> bool:
        """Moves the WAL into the file and cuts it: what was erased stands nowhere. False where a reader kept it."""
        assert self._writer is not None, "open() first"
        assert self._guard is not None, "open() first"
        return await asyncio.shield(asyncio.ensure_future(self._writer.empty_log(self._guard)))

    async def look_over(self) -> None:
        """Reads what was written through a fresh connection.

        Raises:
            StorageError: it is not there, or nothing can be written now; nothing is stored until it can.
        """
        assert self._writer is not None, "open() first"
        assert self._guard is not None, "open() first"
        await asyncio.shield(asyncio.ensure_future(self._writer.look_over(self._guard)))

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
        if self._guard is not None:
            self._guard.close()
            self._guard = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def take_lock(path: Path) -> int:
    """Marks the file as in use by this process, until the returned descriptor is closed or the process ends.

    Raises:
        StorageInUse: another process has it, under whatever name.
        StorageMisuse: it is a folder, or has a second name.
    """
    refuse_folder(path)
    refuse_other_names(path)
    descriptor = os.open(beside(path, LOCK), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
        os.close(descriptor)
        raise StorageInUse(
            f"another bot (process {holder or '?'}) uses {path}: "
            "stop it first, or set BACUNG_STORAGE__PATH to another file"
        ) from None
    os.truncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())
    return descriptor


@contextmanager
def held(path: Path) -> Iterator[None]:
    """The file is this process's alone, as it is the running bot's: of two that write, one is refused.

    Raises:
        StorageInUse: another process has it.
    """
    lock = take_lock(path)
    try:
        yield
    finally:
        os.close(lock)


@contextmanager
def session(path: Path, *, read_only: bool = False) -> Iterator[Transaction]:
    """One transaction for the command line: migrated, committed at the end, undone where something raises."""
    if read_only and not path.exists():
        refuse_lost(path)
        raise StorageMisuse(f"{path}: no such database; run 'bacung load FOLDER' first, or set BACUNG_STORAGE__PATH")
    connection = connect(path, read_only=read_only)
    try:
        migrate(connection, path, read_only=read_only)
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
