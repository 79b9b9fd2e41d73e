"""Messages and payloads that could not be handled, kept until somebody looks."""

from datetime import datetime

from storage.database import Row, Transaction
from storage.times import stamp


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


def newest(tx: Transaction, limit: int = 5) -> list[Row]:
    """The newest ones: trace, at, place, error."""
    return tx.all("SELECT trace, at, place, error FROM failures ORDER BY id DESC LIMIT :limit", limit=limit)
