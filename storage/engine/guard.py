"""Whether the database file is still the one that was opened, and holds what was written into it.

SQLite goes on with a file that was deleted, moved, cut or written over by others: it commits into what nobody will ever
open again. So before and after each transaction of the writer a look at the file (a few microseconds) says whether it
is the same; every few seconds what was written is read again by a fresh connection. The file's own time of change tells
of what others wrote into it: until that has been looked over, nothing more is stored.
"""

import logging
import os
import secrets
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.engine.beside import beside, real
from storage.engine.errors import StorageBroken, StorageError, StorageMisuse
from storage.engine.sqlite import connect
from storage.engine.translating import translated

log = logging.getLogger(__name__)
_HEADER = b"SQLite format 3\0"  # https://www.sqlite.org/fileformat.html
_LOG_HEADERS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_PIECE = 1 << 20  # bytes
_RESTORE = "end the bot, put a backup in its place with 'bacung restore FILE', and start the bot again"


class StorageLost(StorageBroken):
    """The file is no longer what was opened: whatever is committed now would be gone."""


class Guard:
    """Looks after one database file, from its opening to its closing. For the writer's thread alone."""

    def __init__(self, path: Path, writer: sqlite3.Connection) -> None:
        """`writer`: its open connection, which has read once, so that its WAL is there.

        Raises:
            StorageError: nothing can be written into it.
        """
        self._path = path
        file, wal = real(path), beside(path, "-wal")
        self._file, self._wal = str(file), str(wal)
        self._writer = writer
        # Open as long as SQLite has it: closing it would end the locks that SQLite holds in this process.
        self._open = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        held = os.fstat(self._open)
        # Where a file system has no lasting numbers, a file in the other's place shows by what is read from it.
        self._numbered = _number(file.stat()) == _number(held)
        self._log = _number(wal.stat()) if self._numbered and wal.exists() else None
        self._log_open = os.open(wal, os.O_RDONLY | os.O_CLOEXEC) if self._log is not None else None  # it has no locks
        self._size, self._changed_at = held.st_size, held.st_mtime_ns
        self._damage = ""  # what cannot be made good while the bot runs
        self._pulse = ""  # what was written last to be read again
        self._changes = -1

    def close(self) -> None:
        """Once all connections of this process are closed."""
        os.close(self._open)
        if self._log_open is not None:
            os.close(self._log_open)

    def before(self) -> None:
        """Raises StorageLost where nothing may be stored now."""
        held = self._same()
        if held.st_mtime_ns != self._changed_at:
            raise StorageLost(f"another program has written into {self._path}: it is being looked over")

    def after(self) -> None:
        """Something was committed, and SQLite may have written into the file.

        Raises:
            StorageLost: into one that nobody will open again.
        """
        held = self._same()
        self._size, self._changed_at = held.st_size, held.st_mtime_ns

    def look_over(self) -> None:
        """Reads what was written through a fresh connection; all of it where others have written.

        Raises:
            StorageLost: it is not there.
            StorageError: nothing can be written now.
        """
        foreign = self._same().st_mtime_ns != self._changed_at
        if not foreign:
            self._beat()
        self._read_again(whole=foreign)
        if foreign and self._stands_in_the_file():
            log.warning("storage: another program has written into %s; all is there", self._path)
            self.after()

    def _same(self) -> os.stat_result:
        """The open file, which stands in its place and is not cut."""
        if self._damage:
            raise StorageLost(self._damage)
        held = os.fstat(self._open)
        self._in_place(self._file, _number(held) if self._numbered else None)
        if self._log_open is not None:
            self._in_place(self._wal, self._log)
            if (beginning := os.pread(self._log_open, len(_LOG_HEADERS[0]), 0)) and beginning not in _LOG_HEADERS:
                raise self._damaged("has a WAL that was written over")
        if held.st_size < self._size or os.pread(self._open, len(_HEADER), 0) != _HEADER:
            raise self._damaged("was cut or written over")
        return held

    def _in_place(self, file: str, number: tuple[int, int] | None) -> None:
        """What was moved may be moved back, and the bot goes on."""
        try:
            there = os.stat(file)  # noqa: PTH116 - before and after each transaction
        except OSError:
            raise StorageLost(f"{file} is gone: put it back where it was; where it was deleted, {_RESTORE}") from None
        if number is not None and _number(there) != number:
            raise StorageLost(f"{file} is another file now: put the old one back, or {_RESTORE}")

    def _damaged(self, how: str) -> StorageLost:
        self._damage = f"{self._path} {how}: {_RESTORE}"
        return StorageLost(self._damage)

    def _beat(self) -> None:
        """Something new is written where something was, so that there is something to be read again."""
        if self._writer.total_changes == self._changes:
            return
        pulse = secrets.token_hex(8)
        try:
            self._writer.execute(
                """INSERT INTO meta (name, value) VALUES ('pulse', ?)
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value""",
                (pulse,),
            )
        except sqlite3.Error as error:
            raise translated(error) from error
        self._pulse, self._changes = pulse, self._writer.total_changes
        self.after()

    def _read_again(self, *, whole: bool) -> None:
        with suppress(OSError):
            with Path(self._wal).open("rb") as wal:
                beginning = wal.read(len(_LOG_HEADERS[0]))
            if beginning and beginning not in _LOG_HEADERS:
                raise self._damaged("has a WAL that was written over")
        try:
            with closing(connect(self._path, read_only=True)) as fresh:
                found = fresh.execute("SELECT value FROM meta WHERE name = 'pulse'").fetchone()
                sound = not whole or fresh.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        except sqlite3.Error as error:
            if isinstance(translated(error), StorageError):
                raise self._damaged("cannot be read any more") from error
            raise
        except (StorageError, StorageMisuse) as error:
            raise self._damaged("cannot be read any more") from error
        if not sound or (self._pulse and (found is None or found[0] != self._pulse)):
            raise self._damaged("does not hold what was written into it")

    def _stands_in_the_file(self) -> bool:
        """Whether the file itself holds what the WAL still shows; False: a reader keeps it from being told yet.

        What was moved from the WAL into the file before others wrote there is moved no second time: it would be gone
        with the WAL.

        Raises:
            StorageLost: it does not.
        """
        try:
            _, frames, moved = self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except sqlite3.Error as error:
            raise translated(error) from error
        if frames != moved:
            return False
        with TemporaryDirectory(dir=Path(self._file).parent) as folder:
            copy = Path(folder, "alone.db")
            self._copy(copy)
            try:
                with closing(sqlite3.connect(f"{copy.as_uri()}?immutable=1", uri=True)) as alone:
                    same = _tally(alone) == _tally(self._writer)
            except sqlite3.Error:
                same = False
        if not same:
            raise self._damaged("does not hold what was written into it")
        return True

    def _copy(self, to: Path) -> None:
        """The file without its WAL, read through the one descriptor that stays open."""
        with to.open("wb") as copy:
            at = 0
            while piece := os.pread(self._open, _PIECE, at):
                copy.write(piece)
                at += len(piece)


def _tally(connection: sqlite3.Connection) -> list[object]:
    """What stands in a database, table by table: how many rows, and the sums of their lengths."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found: list[object] = []
    for name in names:
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
        lengths = " + ".join(f'coalesce(length("{column}"), 0)' for column in columns)
        found.append((name, *connection.execute(f'SELECT count(*), total({lengths}) FROM "{name}"').fetchone()))
    return found


def _number(file: os.stat_result) -> tuple[int, int]:
    return file.st_dev, file.st_ino
