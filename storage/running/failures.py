"""Messages and payloads that could not be handled, kept until somebody looks."""

from dataclasses import dataclass
from datetime import datetime

from storage.engine.times import moment, stamp
from storage.engine.transaction import Transaction


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
