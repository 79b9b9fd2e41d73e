"""Messages and payloads that could not be handled, kept until somebody looks."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.heaps import Heap
from storage.engine.times import moment, stamp
from storage.engine.transaction import Transaction

OLD = (  # words of before a moment
    Heap(
        "failures",
        "SELECT id FROM failures WHERE text IS NOT NULL AND at < :before",
        "UPDATE failures SET text = NULL WHERE id IN ({which})",
    ),
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be handled, without what people wrote."""

    trace: str
    at: datetime
    place: str
    error: str


def add(tx: Transaction, *, trace: str, at: datetime, place: str, key: str, text: str | None, error: str) -> None:
    """Keeps a failure. `text` is masked; `error` names the kind of error and where, never values."""
    tx.run(
        """INSERT INTO failures (trace, at, place, key, text, error)
           VALUES (:trace, :at, :place, :key, :text, :error)""",
        trace=trace,
        at=stamp(at),
        place=place,
        key=key,
        text=text,
        error=error,
    )


def count(tx: Transaction) -> int:
    """How many there are."""
    row = tx.one("SELECT count(*) AS n FROM failures")
    return row["n"] if row else 0


def newest(tx: Transaction, limit: int = 5) -> list[Failure]:
    """The newest ones first."""
    rows = tx.all("SELECT trace, at, place, error FROM failures ORDER BY id DESC LIMIT :limit", limit=limit)
    return [Failure(row["trace"], moment(row["at"]), row["place"], row["error"]) for row in rows]


def forget_chat(tx: Transaction, channel: str, address: str) -> None:
    """What failed in this chat is nobody's from now on, and has no words."""
    place = f"{channel} {address} "
    rows = tx.all("SELECT id, key FROM failures WHERE key LIKE :place", place=f"{place}%")
    known = [{"id": row["id"]} for row in rows if row["key"].startswith(place)]
    tx.run_many("UPDATE failures SET text = NULL, key = '' WHERE id = :id", known)
