"""Copies of a database: consistent, verified, also while the bot runs."""

import os
import sqlite3
from pathlib import Path

from storage.engine.errors import StorageMisuse, translated
from storage.engine.format import APPLICATION_ID
from storage.engine.sqlite import connect


def copy(source: Path, target: Path) -> None:
    """A consistent copy of a database, also while it is written to; verified before it takes its name.

    Raises:
        StorageError: the copy could not be made or did not verify; `target` is as it was.
    """
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
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
