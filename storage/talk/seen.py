"""Which messages were handled, so that none is counted twice however often a platform sends it."""

from datetime import datetime

from storage.engine.times import day_number
from storage.engine.transaction import Transaction


def note(tx: Transaction, key: bytes, at: datetime, *, unless: bytes | None = None) -> bool:
    """Marks a message as handled; False where it was before, or where `unless` was."""
    return (
        tx.run(
            """INSERT INTO seen (key, day)
               SELECT :key, :day WHERE NOT EXISTS (SELECT 1 FROM seen WHERE key = :unless)
               ON CONFLICT (key) DO NOTHING""",
            key=key,
            day=day_number(at.date()),
            unless=unless,
        )
        == 1
    )


def note_edit(tx: Transaction, key: bytes, at: datetime, *, made: datetime, number: int) -> bool:
    """Marks that a message was edited; False where an edit of it was handled that was made after this one.

    `number` tells which of two was the later where both were made in the same moment.
    """
    return (
        tx.run(
            """INSERT INTO seen (key, day, made_at, number) VALUES (:key, :day, :made, :number)
               ON CONFLICT (key) DO UPDATE SET day = excluded.day, made_at = excluded.made_at, number = excluded.number
               WHERE seen.made_at IS NULL
                  OR (seen.made_at, seen.number) <= (excluded.made_at, excluded.number)""",
            key=key,
            day=day_number(at.date()),
            made=round(made.timestamp() * 1000),
            number=number,
        )
        == 1
    )


def count_before(tx: Transaction, before: datetime) -> int:
    """How many keys `prune` could forget by now."""
    row = tx.one("SELECT count(*) AS n FROM seen WHERE day < :day", day=day_number(before.date()))
    return row["n"] if row else 0


def prune(tx: Transaction, before: datetime, limit: int) -> int:
    """Forgets messages handled before a day, some at a time. How many."""
    return tx.run(
        "DELETE FROM seen WHERE key IN (SELECT key FROM seen WHERE day < :day LIMIT :limit)",
        day=day_number(before.date()),
        limit=limit,
    )
