"""A book beside the database: small, with the same tables, in memory, kept as bytes; nobody else ever looks into it.

The verbs of storage/ work on it as on the database itself, and what they write stands nowhere but there.
"""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from storage.engine.errors import StorageError
from storage.engine.migrating import migrate
from storage.engine.transaction import Transaction

_PAGE = 1024  # bytes: most tables hold a row or none
_NAME = Path("aside")  # for errors alone: it is no file


class AsideFailed(Exception):
    """A statement failed in a book beside: a fault of ours, and no trouble of the database, which goes on."""


class Aside:
    """An open book."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.tx = Transaction(connection)

    def take(self, source: Transaction, table: str, which: str = "TRUE", **params: Any) -> None:
        """Copies rows of a table. What they refer to may be missing here."""
        for row in source.all(f"SELECT * FROM {table} WHERE {which}", **params):
            values: dict[str, Any] = dict(row)
            marks = ", ".join(f":{name}" for name in values)
            self.tx.run(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", **values)

    def kept(self) -> bytes:
        """The book as bytes."""
        return zlib.compress(self._connection.serialize(), 1)


@contextmanager
def opened(kept: bytes | None = None) -> Iterator[Aside]:
    """The book that was kept, or an empty one; whoever changes it keeps it anew.

    Raises:
        AsideFailed: instead of any StorageError of the book: the database itself is well.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.deserialize(zlib.decompress(kept) if kept is not None else _empty())
        try:
            migrate(connection, _NAME, read_only=False)  # it may have been kept by an older version
            yield Aside(connection)
        except (StorageError, sqlite3.Error) as error:
            raise AsideFailed(str(error)) from error


@lru_cache(maxsize=1)
def _empty() -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        migrate(connection, _NAME, read_only=False)
        return connection.serialize()
