"""Copies of a database: consistent, verified, also while the bot runs."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from storage.engine.beside import LOCK, MARK, OF_SQLITE, create_private, real, sync_folder
from storage.engine.errors import StorageBusy, StorageMisuse
from storage.engine.format import APPLICATION_ID
from storage.engine.sqlite import connect
from storage.engine.translating import translated

_BESIDE = (
    *OF_SQLITE,
    LOCK,
    MARK,
    ".sock",
    ".state",
    ".errand",
)  # what SQLite and the running bot keep beside a database


def belongs_to(file: Path, database: Path) -> bool:
    """Whether a file is the database itself or one that is kept beside it, whatever path or link leads to it."""
    return any(_same(file, one) for path in (database, real(database)) for one in _kept(path))


def _kept(database: Path) -> list[Path]:
    return [database, *(database.with_name(database.name + suffix) for suffix in _BESIDE)]


def _same(file: Path, other: Path) -> bool:
    with suppress(OSError):  # one of them is not there yet
        return file.samefile(other)
    return os.path.realpath(file) == os.path.realpath(other)


def is_open(file: Path) -> bool:
    """Whether a database may be in use, or its program died: a part of it still stands beside it."""
    return any(Path(f"{file}{suffix}").exists() for suffix in ("-wal", "-journal"))


def copy(source: Path, target: Path) -> None:
    """A consistent copy of a database, also while it is written to; verified before it takes its name.

    Only the owner may read it: whoever has it has every join code, and the key of the sessions.

    Raises:
        StorageError: the copy could not be made or did not verify; `target` is as it was.
    """
    part = target.with_name(f"{target.name}.{os.getpid()}.part")  # nobody else's file, whatever else is there
    part.unlink(missing_ok=True)
    create_private(part)
    try:
        origin = connect(source, read_only=True)
        try:
            origin.execute("VACUUM INTO ?", (str(part),))
        finally:
            origin.close()
        verify(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target)
    except sqlite3.Error as error:
        raise translated(error) from error
    finally:
        part.unlink(missing_ok=True)


def verify(path: Path) -> None:
    """Raises StorageMisuse where the file is damaged or not ours, StorageBusy where another program holds it."""
    if path.is_dir():
        raise StorageMisuse(f"{path} is a folder: give a file that 'bacung backup' has written")
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        finally:
            connection.close()
    except sqlite3.Error as error:
        if isinstance(problem := translated(error), StorageBusy):
            raise problem from error
        raise StorageMisuse(f"{path} is not a database: give a file that 'bacung backup' has written") from error
    if not ours:
        raise StorageMisuse(f"{path} is no database of Bacung: give a file that 'bacung backup' has written")
    if not whole:
        raise StorageMisuse(f"{path} is damaged: take an older backup")
