"""What a function that reads or writes is given: a few verbs over one open transaction."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol, TypeVar

from storage.engine import steps
from storage.engine.errors import StorageBroken, StorageError
from storage.engine.translating import translated

T = TypeVar("T")


class Row(Protocol):
    """One row of what was asked for: its columns by their names, or one after the other."""

    def __getitem__(self, column: str, /) -> Any: ...

    def __iter__(self) -> Iterator[Any]: ...


class Transaction:
    """What a function that reads or writes is given: a few verbs over one open transaction.

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


def in_transaction(connection: sqlite3.Connection, work: Work[T]) -> T:
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


def snapshot(connection: sqlite3.Connection, work: Work[T]) -> T:
    """Runs `work` over one consistent state."""
    tx = Transaction(connection)
    tx.run("BEGIN")
    try:
        return work(tx)
    finally:
        connection.rollback()
