"""Hamlets in use: what a person's reports count for where they name none, until the work day ends."""

from datetime import date, datetime

from storage.campaign import hamlets
from storage.campaign.hamlets import Hamlet
from storage.engine.times import day_number, stamp
from storage.engine.transaction import Transaction

_KEPT_DAYS = 2  # as far back as a message may come late


def use(tx: Transaction, person: int, hamlet: int | None, *, day: date, at: datetime, announced: bool = False) -> None:
    """From this moment the person's reports of the day count for the hamlet where they name none; None: for none.

    `announced`: it was said in words, and ends where work is told of another hamlet.
    """
    number = day_number(day)
    tx.run(
        """INSERT INTO hamlets_used (person, day, at, hamlet, announced)
           VALUES (:person, :day, :at, :hamlet, :announced)
           ON CONFLICT (person, day, at) DO UPDATE SET hamlet = excluded.hamlet, announced = excluded.announced""",
        person=person,
        day=number,
        at=stamp(at),
        hamlet=hamlet,
        announced=int(announced),
    )
    tx.run("DELETE FROM hamlets_used WHERE person = :person AND day < :day", person=person, day=number - _KEPT_DAYS)


def in_use(tx: Transaction, person: int, day: date, at: datetime | None = None) -> Hamlet | None:
    """The hamlet in use on this day, for what was typed at a moment (None: now); None where there is none."""
    row = tx.one(
        """SELECT coalesce(h.merged_into, h.id) AS hamlet FROM hamlets_used u LEFT JOIN hamlets h ON h.id = u.hamlet
           WHERE u.person = :person AND u.day = :day AND u.at <= :at ORDER BY u.at DESC LIMIT 1""",
        person=person,
        day=day_number(day),
        at=stamp(at) if at is not None else 1 << 60,
    )
    return hamlets.by_id(tx, row["hamlet"]) if row and row["hamlet"] is not None else None


def was_announced(tx: Transaction, person: int, day: date) -> bool:
    """Whether the hamlet in use now was said in words, and not chosen."""
    row = tx.one(
        "SELECT announced FROM hamlets_used WHERE person = :person AND day = :day ORDER BY at DESC LIMIT 1",
        person=person,
        day=day_number(day),
    )
    return row is not None and bool(row["announced"])
