"""What people were told unasked of a work day, so that nobody hears the same twice, or too much in an evening."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from storage.engine.heaps import Heap
from storage.engine.times import day_number, moment, stamp
from storage.engine.transaction import Transaction

OF_PERSON = (
    Heap(
        "choices",
        "SELECT person, day, what FROM told_unasked WHERE person = :person",
        "DELETE FROM told_unasked WHERE (person, day, what) IN ({which})",
    ),
)


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was said. Not `counts`: inside another message."""

    at: datetime
    counts: bool


def of(tx: Transaction, person: int, day: date) -> Mapping[str, Told]:
    """What a person was told of a work day."""
    rows = tx.all(
        "SELECT what, at, counts FROM told_unasked WHERE person = :person AND day = :day ORDER BY at, what",
        person=person,
        day=day_number(day),
    )
    return {row["what"]: Told(moment(row["at"]), bool(row["counts"])) for row in rows}


def note(tx: Transaction, person: int, day: date, what: str, *, at: datetime, counts: bool = True) -> None:
    """The person is told this; what was noted before stays as it was."""
    tx.run(
        """INSERT INTO told_unasked (person, day, what, at, counts) VALUES (:person, :day, :what, :at, :counts)
           ON CONFLICT (person, day, what) DO NOTHING""",
        person=person,
        day=day_number(day),
        what=what,
        at=stamp(at),
        counts=int(counts),
    )


def undo_after(tx: Transaction, latest: datetime) -> None:
    """What was told later than can be was told by a clock that was wrong, and may be told again."""
    tx.run("DELETE FROM told_unasked WHERE at > :after", after=stamp(latest))


def prune(tx: Transaction, before: datetime) -> None:
    """Forgets what was told before a moment."""
    tx.run("DELETE FROM told_unasked WHERE at < :before", before=stamp(before))
