"""The files of a database, by its real path: whatever link leads there, one lock, one mark, one owner who may read.

Beside the file itself stand what SQLite keeps (`-wal`, `-shm`, `-journal`), the running bot's lock and sockets, and a
mark that a campaign is kept here. Without the mark a database that went missing would look like a first start.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path

from storage.engine.errors import StorageMisuse

OF_SQLITE = ("-wal", "-shm", "-journal")
LOCK, MARK = ".lock", ".kept"
_PRIVATE = 0o600  # join codes, names and the key of the sessions are in it
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MARK_SAYS = """\
A campaign is kept in {name}, beside this file.
If {name} is missing, put it back, or put a backup in its place: bacung restore FILE
Only to begin a new campaign here on purpose, remove this file too.
"""


def real(database: Path) -> Path:
    """Where the database stands, whatever path or link leads there."""
    return Path(os.path.realpath(database))


def beside(database: Path, suffix: str) -> Path:
    """A file beside the database."""
    file = real(database)
    return file.with_name(file.name + suffix)


def create_private(file: Path) -> None:
    """An empty file that only its owner may read, unless there is one already."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, _PRIVATE))


def keep_private(database: Path) -> None:
    """From now on only the owner may read the database, and what SQLite keeps beside it."""
    for suffix in ("", *OF_SQLITE):
        file = beside(database, suffix)
        with suppress(OSError):  # not there, or another user's: then that one decides
            if file.stat().st_mode & _OTHERS:
                file.chmod(_PRIVATE)


def sync_folder(file: Path) -> None:
    """What stands under which name in this file's folder is on disk when this returns."""
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def mark(database: Path) -> None:
    """A campaign is kept here from now on: a database that is missing was lost, and is none to be begun."""
    place = beside(database, MARK)
    if place.exists():
        return
    create_private(place)
    with place.open("w", encoding="utf-8") as file:
        file.write(_MARK_SAYS.format(name=real(database).name))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(place)


def refuse_lost(database: Path) -> None:
    """Raises StorageMisuse where there is no database, or an empty one, though a campaign was kept here."""
    size = _size(real(database))
    left = [file for file in (beside(database, MARK), beside(database, "-wal")) if _size(file)]
    if size or not left:
        return
    raise StorageMisuse(
        f"{database} is {'missing' if size is None else 'empty'}, though a campaign was kept there: put it back, or "
        "put a backup in its place with 'bacung restore FILE'; only to begin a new campaign there on purpose, remove "
        + " and ".join(map(str, left))
    )


def refuse_other_names(database: Path) -> None:
    """Raises StorageMisuse where the file has a second name, under which another bot might use it."""
    with suppress(OSError):
        if real(database).stat().st_nlink > 1:
            raise StorageMisuse(
                f"{database} has a second name (a hard link), under which another bot could damage it: remove that "
                "name; for a copy use 'bacung backup'"
            )


def _size(file: Path) -> int | None:
    """Bytes; None where it is not there."""
    try:
        return file.stat().st_size
    except OSError:
        return None
