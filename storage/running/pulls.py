"""Addresses from which spreadsheets pull totals: whose communes each shows, known by a digest, until taken back."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from storage.engine.heaps import Heap
from storage.engine.times import moment, stamp
from storage.engine.transaction import Row, Transaction

MOST = 5  # of one person at a time
_BYTES = 24  # of a secret
_LONGEST = 64  # characters of what may be a secret


@dataclass(frozen=True, slots=True)
class Pull:
    """An address that works. `used_at` None: nothing was pulled from it yet."""

    id: int
    person: int
    made_at: datetime
    used_at: datetime | None


_PULL = "id, person, made_at, used_at"


def _pull(row: Row) -> Pull:
    used = row["used_at"]
    return Pull(row["id"], row["person"], moment(row["made_at"]), moment(used) if used is not None else None)


def make(tx: Transaction, person: int, at: datetime) -> str:
    """A new address for a person: the word in it that nobody can guess, and that is told this once only."""
    secret = secrets.token_urlsafe(_BYTES)
    row = tx.one(
        "INSERT INTO pulls (person, digest, made_at) VALUES (:person, :digest, :at) RETURNING id",
        person=person,
        digest=_digest(secret),
        at=stamp(at),
    )
    assert row is not None
    return f"{row['id']}-{secret}"


def of_word(tx: Transaction, word: str) -> Pull | None:
    """The address with this word; None where there is none, or it was taken back. Costs the same for any wrong word."""
    number, dash, secret = word.partition("-")
    if not dash or not (number.isascii() and number.isdecimal()) or len(number) > 15 or len(secret) > _LONGEST:
        return None
    row = tx.one(f"SELECT {_PULL}, digest FROM pulls WHERE id = :id AND ended_at IS NULL", id=int(number))
    kept: bytes = row["digest"] if row is not None else bytes(hashlib.sha256().digest_size)
    same = hmac.compare_digest(kept, _digest(secret))
    return _pull(row) if row is not None and same else None


def of_person(tx: Transaction, person: int) -> list[Pull]:
    """A person's addresses that work, the oldest first."""
    rows = tx.all(f"SELECT {_PULL} FROM pulls WHERE person = :person AND ended_at IS NULL ORDER BY id", person=person)
    return [_pull(row) for row in rows]


def note_use(tx: Transaction, id: int, at: datetime) -> None:
    """Something was pulled from it."""
    tx.run("UPDATE pulls SET used_at = :at WHERE id = :id", id=id, at=stamp(at))


def end(tx: Transaction, id: int, at: datetime) -> bool:
    """It works no more; False where it did not before."""
    return tx.run("UPDATE pulls SET ended_at = :at WHERE id = :id AND ended_at IS NULL", id=id, at=stamp(at)) > 0


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


OF_PERSON = (Heap("choices", "SELECT id FROM pulls WHERE person = :person", "DELETE FROM pulls WHERE id IN ({which})"),)
