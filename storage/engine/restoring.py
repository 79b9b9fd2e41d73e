"""A backup takes the database's place, and what was there is put aside as it is, readable or not.

Whenever it is cut short, the old database stands in its place whole, or the new one.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from glob import escape
from itertools import count
from pathlib import Path

from storage.engine import steps
from storage.engine.backup import copy
from storage.engine.beside import OF_SQLITE, beside, create_private, keep_private, real, sync_folder
from storage.engine.errors import StorageBusy, StorageError
from storage.engine.sqlite import BUSY_SECONDS
from storage.engine.translating import translated

_ASIDE = ".before-restore"
_ASIDE_TOO = ("-wal", "-journal", "")  # the file itself last: where it stands, all stands


def prepared(backup: Path, database: Path) -> Path:
    """A copy of a backup beside the database, to be looked over before it takes the place.

    Raises:
        StorageError, StorageMisuse: the backup cannot be read, or is not ours.
    """
    part = beside(database, ".restoring")
    for stale in part.parent.glob(f"{escape(part.name)}*"):  # of a restore that was cut short
        stale.unlink()
    copy(backup, part)
    steps.reach("restore:copied")
    return part


def put(part: Path, database: Path) -> Path | None:
    """The prepared copy takes the database's place; where what was there stands now, None: there was nothing.

    Raises:
        StorageBusy: another program uses the old one, which stays.
    """
    aside = _put_aside(database)
    steps.reach("restore:aside")
    try:
        _settle(database)
    except StorageBusy:
        if aside is not None:
            for suffix in _ASIDE_TOO:
                beside(aside, suffix).unlink(missing_ok=True)
        raise
    for suffix in OF_SQLITE:  # they belong to the old one; beside another it would take them for its own
        beside(database, suffix).unlink(missing_ok=True)
    steps.reach("restore:alone")
    part.replace(real(database))
    steps.reach("restore:put")
    sync_folder(real(database))
    return aside


def _put_aside(database: Path) -> Path | None:
    """Byte by byte, under a name that nothing has; complete once the file itself has its name."""
    there = [suffix for suffix in _ASIDE_TOO if _holds(beside(database, suffix), empty=not suffix)]
    if not there:
        return None
    aside = _free_name(database)
    for suffix in there:
        part = beside(aside, f"{suffix}.part")
        part.unlink(missing_ok=True)
        create_private(part)
        shutil.copyfile(beside(database, suffix), part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(beside(aside, suffix))
    keep_private(aside)
    sync_folder(aside)
    return aside


def _holds(file: Path, *, empty: bool) -> bool:
    """Whether there is something to be kept; an `empty` one too?"""
    return file.exists() and (empty or file.stat().st_size > 0)


def _free_name(database: Path) -> Path:
    names = (beside(database, f"{_ASIDE}-{n}" if n > 1 else _ASIDE) for n in count(1))
    return next(name for name in names if not any(beside(name, suffix).exists() for suffix in _ASIDE_TOO))


def _settle(database: Path) -> None:
    """All that the old one has committed is in its file, so that it is whole without what stands beside it.

    Raises:
        StorageBusy: another program uses it.
    """
    try:
        with closing(
            sqlite3.connect(f"{real(database).as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        ) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        problem = translated(error)
        if isinstance(problem, StorageBusy) or not isinstance(problem, StorageError):
            raise problem from error
        return  # it is missing or cannot be read: there is nothing to settle, and a copy of it as it is
    if busy:
        raise StorageBusy("StorageBusy: another program reads the database")
