"""What can go wrong with storage, told apart by SQLite's result code, never by its words."""

import sqlite3


class StorageError(Exception):
    """The database could not do its work; nothing of the transaction is stored; it can be tried again."""


class StorageFull(StorageError):
    """There is no room left on the disk."""


class StorageBusy(StorageError):
    """Another process holds the database for longer than we wait."""


class StorageBroken(StorageError):
    """The file cannot be opened or read, or is damaged."""


class StorageMisuse(Exception):
    """The file is not a database of this program, or not of this version: one line that says what to do."""


_BY_CODE: dict[int, type[StorageError]] = {
    sqlite3.SQLITE_FULL: StorageFull,
    sqlite3.SQLITE_BUSY: StorageBusy,
    sqlite3.SQLITE_LOCKED: StorageBusy,
    sqlite3.SQLITE_PROTOCOL: StorageBusy,
    sqlite3.SQLITE_IOERR: StorageBroken,
    sqlite3.SQLITE_CORRUPT: StorageBroken,
    sqlite3.SQLITE_CANTOPEN: StorageBroken,
    sqlite3.SQLITE_NOTADB: StorageBroken,
    sqlite3.SQLITE_READONLY: StorageBroken,
    sqlite3.SQLITE_NOMEM: StorageBroken,
    sqlite3.SQLITE_PERM: StorageBroken,
    sqlite3.SQLITE_AUTH: StorageBroken,
}


def translated(error: sqlite3.Error) -> Exception:
    """Our error for a driver's error; the error itself where it is a bug in our SQL, not in the storage."""
    code = getattr(error, "sqlite_errorcode", None)
    kind = _BY_CODE.get(code & 0xFF) if code is not None else None
    return kind(f"{kind.__name__}: {error.sqlite_errorname}") if kind else error
