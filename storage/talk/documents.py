"""Files that officers asked for: to be made, made, and forgotten a day later. They lie beside the database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from storage.engine.beside import beside
from storage.engine.heaps import Heap
from storage.engine.times import moment, stamp
from storage.engine.transaction import Row, Transaction

KEPT = timedelta(hours=24)  # a file, for those who ask again and for whoever follows a link to it
SAME = timedelta(minutes=3)  # so long the same is not made anew for who asks for it again
TRIES = 3
SUFFIX = ".files"
TYPES = {
    "sheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "letter": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is still to be made. `kind`: sheet, csv or letter; `tries`: how often it was begun before."""

    id: int
    kind: str
    communes: tuple[int, ...]
    asked_at: datetime
    tries: int


@dataclass(frozen=True, slots=True)
class Document:
    """A file of `size` bytes, made; `file`: its name beside the database, `as_of`: the time of its `numbers`."""

    id: int
    kind: str
    communes: tuple[int, ...]
    name: str
    file: str
    size: int
    as_of: datetime
    expires_at: datetime
    numbers: Mapping[str, Any]

    @property
    def type(self) -> str:
        """What it is, as HTTP says it."""
        return TYPES[self.kind]


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody asked for a file, and waits in this chat."""

    id: int
    person: int
    chat: int
    at: datetime


def folder(database: Path) -> Path:
    """Where the files of a database lie; only its owner may look into it."""
    return beside(database, SUFFIX)


def place(database: Path, document: Document) -> Path | None:
    """Where this file lies; None where it is gone, since a copy of the database comes without its files."""
    file = folder(database) / document.file
    return file if file.is_file() else None


def ask(
    tx: Transaction, kind: str, communes: Sequence[int], *, person: int, chat: int, at: datetime
) -> Document | None:
    """Asks for a file; who asks twice, or asks what another waits for, does not have it made twice.

    The file, where the same was made a moment ago: then nobody has to wait for it.
    """
    names = _packed(communes)
    made = _newest(tx, kind, names, at)
    if made is not None:
        return made
    row = tx.one(
        "SELECT id FROM documents WHERE ended_at IS NULL AND kind = :kind AND communes = :communes LIMIT 1",
        kind=kind,
        communes=names,
    )
    if row is None:
        row = tx.one(
            "INSERT INTO documents (kind, communes, asked_at) VALUES (:kind, :communes, :at) RETURNING id",
            kind=kind,
            communes=names,
            at=stamp(at),
        )
    assert row is not None
    known = tx.one(
        "SELECT 1 FROM document_asks WHERE document = :document AND chat = :chat AND told_at IS NULL",
        document=row["id"],
        chat=chat,
    )
    if known is None:
        tx.run(
            "INSERT INTO document_asks (document, person, chat, at) VALUES (:document, :person, :chat, :at)",
            document=row["id"],
            person=person,
            chat=chat,
            at=stamp(at),
        )
    return None


def _packed(communes: Sequence[int]) -> str:
    return " ".join(map(str, sorted(communes)))


def _unpacked(communes: str) -> tuple[int, ...]:
    return tuple(map(int, communes.split()))


_MADE = "id, kind, communes, name, file, size, as_of, expires_at, numbers"


def _document(row: Row) -> Document:
    return Document(
        row["id"],
        row["kind"],
        _unpacked(row["communes"]),
        row["name"],
        row["file"],
        row["size"],
        moment(row["as_of"]),
        moment(row["expires_at"]),
        json.loads(row["numbers"]),
    )


def _newest(tx: Transaction, kind: str, communes: str, at: datetime) -> Document | None:
    row = tx.one(
        f"""SELECT {_MADE} FROM documents
            WHERE kind = :kind AND communes = :communes AND name IS NOT NULL AND expires_at > :now AND as_of > :since
            ORDER BY id DESC LIMIT 1""",
        kind=kind,
        communes=communes,
        now=stamp(at),
        since=stamp(at - SAME),
    )
    return _document(row) if row else None


def of(tx: Transaction, id: int, now: datetime) -> Document | None:
    """The file of this row; None where it was never made, or its time is over."""
    row = tx.one(
        f"SELECT {_MADE} FROM documents WHERE id = :id AND name IS NOT NULL AND expires_at > :now",
        id=id,
        now=stamp(now),
    )
    return _document(row) if row else None


# Making


def wanted(tx: Transaction) -> list[Wanted]:
    """What is to be made, the oldest first."""
    rows = tx.all("SELECT id, kind, communes, asked_at, tries FROM documents WHERE ended_at IS NULL ORDER BY id")
    return [_wanted(row) for row in rows]


def _wanted(row: Row) -> Wanted:
    return Wanted(row["id"], row["kind"], _unpacked(row["communes"]), moment(row["asked_at"]), row["tries"])


def begin(tx: Transaction, id: int) -> None:
    """It is being made; counted, since what ends the program each time is not to be tried for ever."""
    tx.run("UPDATE documents SET tries = tries + 1 WHERE id = :id", id=id)


def made(
    tx: Transaction,
    id: int,
    *,
    name: str,
    file: str,
    size: int,
    as_of: datetime,
    numbers: Mapping[str, Any],
    at: datetime,
) -> None:
    """It lies there, for a day. `numbers`: what its numbers come to, for what is said of it."""
    tx.run(
        """UPDATE documents SET ended_at = :at, name = :name, file = :file, size = :size, as_of = :as_of,
               numbers = :numbers, expires_at = :expires_at WHERE id = :id""",
        id=id,
        name=name,
        file=file,
        size=size,
        as_of=stamp(as_of),
        numbers=json.dumps(numbers, ensure_ascii=False),
        at=stamp(at),
        expires_at=stamp(at + KEPT),
    )


def give_up(tx: Transaction, id: int, at: datetime) -> None:
    """It cannot be made."""
    tx.run(
        "UPDATE documents SET ended_at = :at, expires_at = :expires_at WHERE id = :id",
        id=id,
        at=stamp(at),
        expires_at=stamp(at + KEPT),
    )


def waiting(tx: Transaction, id: int) -> list[Ask]:
    """Who waits for it."""
    rows = tx.all(
        "SELECT id, person, chat, at FROM document_asks WHERE document = :id AND told_at IS NULL ORDER BY id", id=id
    )
    return [Ask(row["id"], row["person"], row["chat"], moment(row["at"])) for row in rows]


def told(tx: Transaction, ask: int, at: datetime) -> None:
    """Whoever asked has it in line."""
    tx.run("UPDATE document_asks SET told_at = :at WHERE id = :ask", ask=ask, at=stamp(at))


# Forgetting


def files(tx: Transaction, now: datetime) -> set[str]:
    """The files whose time is not over; whatever else lies there goes."""
    rows = tx.all("SELECT file FROM documents WHERE file IS NOT NULL AND expires_at > :now", now=stamp(now))
    return {row["file"] for row in rows}


def prune(tx: Transaction, now: datetime) -> int:
    """Forgets what is over. How many."""
    return tx.run("DELETE FROM documents WHERE expires_at <= :now", now=stamp(now))


def expire(tx: Transaction, now: datetime) -> int:
    """The time of all files is over: somebody is erased who may be named in them. How many."""
    return tx.run("UPDATE documents SET expires_at = :now WHERE expires_at > :now", now=stamp(now))


OF_PERSON = (
    Heap(
        "choices",
        "SELECT id FROM document_asks WHERE person = :person",
        "DELETE FROM document_asks WHERE id IN ({which})",
    ),
)
