"""Hamlets in use: what a person's reports count for where they name none, until the work day ends."""

from datetime import date, datetime

from storage import campaign
from storage.campaign import Hamlet
from storage.database import Transaction
from storage.times import day_number, stamp


def use(tx: Transaction, person: int, hamlet: int, *, day: date, at: datetime) -> None:
    """From now on the person's reports of this day count for the hamlet where they name none."""
    tx.run(
        """INSERT INTO hamlets_in_use (person, hamlet, day, at) VALUES (:person, :hamlet, :day, :at)
           ON CONFLICT (person) DO UPDATE SET hamlet = excluded.hamlet, day = excluded.day, at = excluded.at""",
        person=person,
        hamlet=hamlet,
        day=day_number(day),
        at=stamp(at),
    )


def leave(tx: Transaction, person: int) -> bool:
    """None is in use any more; False where none was."""
    return tx.run("DELETE FROM hamlets_in_use WHERE person = :person", person=person) > 0


def in_use(tx: Transaction, person: int, day: date, at: datetime | None = None) -> Hamlet | None:
    """The hamlet in use on this day, for what was typed at a moment; None where there is none."""
    row = tx.one(
        """SELECT coalesce(h.merged_into, h.id) AS hamlet FROM hamlets_in_use u JOIN hamlets h ON h.id = u.hamlet
           WHERE u.person = :person AND u.day = :day AND u.at <= :at""",
        person=person,
        day=day_number(day),
        at=stamp(at) if at is not None else 1 << 60,
    )
    return campaign.hamlet(tx, row["hamlet"]) if row else None
