"""Pictures that are still to be drawn: the facts of each, kept with the words that go with it, and what became of it.

A drawing waits until somebody's turn comes to hear of it; then it is drawn once, for all who are told of it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from storage.engine.times import moment, stamp
from storage.engine.transaction import Row, Transaction
from storage.talk import pictures

SAME = timedelta(days=1)  # so long the same facts are the same picture
KEPT = timedelta(days=7)  # longer than any message waits


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is to be drawn: `facts` of a `kind` of chart. `picture`: its row, once it is drawn.

    `asked_at`: when somebody first waited for it, since the program started; `failed`: it cannot be drawn.
    """

    id: int
    kind: str
    facts: Mapping[str, Any]
    asked_at: datetime | None
    failed: bool
    picture: int | None


_DRAWING = "id, kind, facts, asked_at, failed_at, picture"


def _drawing(row: Row) -> Drawing:
    return Drawing(
        id=row["id"],
        kind=row["kind"],
        facts=json.loads(row["facts"]),
        asked_at=moment(row["asked_at"]) if row["asked_at"] is not None else None,
        failed=row["failed_at"] is not None,
        picture=row["picture"],
    )


_packed = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def keep(tx: Transaction, kind: str, facts: Mapping[str, Any], *, at: datetime) -> int:
    """The row of a drawing of these facts, by which a Reply refers to it: a new one, or that of the same facts."""
    packed = _packed(facts)
    digest = sha256(f"{kind}\n{packed}".encode()).hexdigest()
    row = tx.one(
        """SELECT id FROM drawings WHERE digest = :digest AND made_at > :since AND failed_at IS NULL
           ORDER BY id DESC LIMIT 1""",
        digest=digest,
        since=stamp(at - SAME),
    )
    row = row or tx.one(
        """INSERT INTO drawings (kind, digest, facts, made_at, expires_at)
           VALUES (:kind, :digest, :facts, :made_at, :expires_at) RETURNING id""",
        kind=kind,
        digest=digest,
        facts=packed,
        made_at=stamp(at),
        expires_at=stamp(at + KEPT),
    )
    assert row is not None
    id: int = row["id"]
    return id


def of(tx: Transaction, id: int) -> Drawing | None:
    """The drawing of this row; None where its time is over."""
    row = tx.one(f"SELECT {_DRAWING} FROM drawings WHERE id = :id", id=id)
    return _drawing(row) if row else None


def wait_for(tx: Transaction, id: int, at: datetime) -> None:
    """Somebody waits for it from now on."""
    tx.run("UPDATE drawings SET asked_at = :at WHERE id = :id AND asked_at IS NULL", id=id, at=stamp(at))


def drawn(tx: Transaction, id: int, name: str, content: bytes, at: datetime) -> None:
    """Keeps the picture, under the name of a file.

    Raises:
        ValueError: as `pictures.keep`.
    """
    picture = pictures.keep(tx, name, content, at=at)
    tx.run("UPDATE drawings SET picture = :picture WHERE id = :id", id=id, picture=picture)


def fail(tx: Transaction, id: int, at: datetime) -> None:
    """It cannot be drawn: whoever waits for it hears the words alone."""
    tx.run("UPDATE drawings SET failed_at = :at WHERE id = :id", id=id, at=stamp(at))


def recover(tx: Transaction) -> None:
    """At start: nobody draws what was waited for, and none has waited too long."""
    tx.run("UPDATE drawings SET asked_at = NULL WHERE asked_at IS NOT NULL AND picture IS NULL AND failed_at IS NULL")


def prune(tx: Transaction, now: datetime) -> None:
    """Forgets drawings whose time is over."""
    tx.run("DELETE FROM drawings WHERE expires_at <= :now", now=stamp(now))
