"""SQLite's errors become ours, told apart by its result code, never by its words."""

import sqlite3

from storage.engine.errors import ConstraintViolated, StorageBroken, StorageBusy, StorageError, StorageFull

_BY_CODE: dict[int, type[StorageError | ConstraintViolated]] = {
    sqlite3.SQLITE_CONSTRAINT: ConstraintViolated,
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

# What whoever looks at the bot can do about it.
_TO_DO: dict[type[Exception], str] = {
    StorageFull: "the disk is full: make room on it, and the bot goes on by itself",
}


def translated(error: sqlite3.Error) -> Exception:
    """Our error for a driver's error; the error itself where it is a bug in our SQL, not in the storage."""
    code = getattr(error, "sqlite_errorcode", None)
    kind = _BY_CODE.get(code & 0xFF) if code is not None else None
    if kind is None:
        return error
    says = _TO_DO.get(kind, kind.__name__)
    return kind(f"{says}: {error.sqlite_errorname}")
