"""What people wish to hear unasked: at another time than it is set for everybody, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from storage.engine.heaps import Heap
from storage.engine.times import moment, stamp
from storage.engine.transaction import Transaction

OF_PERSON = (
    Heap(
        "choices",
        "SELECT person, job FROM wishes WHERE person = :person",
        "DELETE FROM wishes WHERE (person, job) IN ({which})",
    ),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """One person's wish for a job of the schedule. `at` None: the time that is set; `since`: when it was made."""

    at: time | None
    muted: bool
    since: datetime


def of(tx: Transaction, person: int) -> Mapping[str, Wish]:
    """What a person wishes, by job."""
    rows = tx.all("SELECT job, minute, muted, at FROM wishes WHERE person = :person ORDER BY job", person=person)
    return {row["job"]: Wish(_time(row["minute"]), bool(row["muted"]), moment(row["at"])) for row in rows}


def _time(minute: int | None) -> time | None:
    return time(*divmod(minute, 60)) if minute is not None else None


def put(tx: Transaction, person: int, job: str, *, at: time | None, muted: bool, when: datetime) -> None:
    """From now on the person hears of this job then, or never."""
    tx.run(
        """INSERT INTO wishes (person, job, minute, muted, at) VALUES (:person, :job, :minute, :muted, :at)
           ON CONFLICT (person, job) DO UPDATE SET minute = excluded.minute, muted = excluded.muted,
               at = excluded.at""",
        person=person,
        job=job,
        minute=at.hour * 60 + at.minute if at is not None else None,
        muted=int(muted),
        at=stamp(when),
    )


def is_muted(tx: Transaction, person: int, job: str) -> bool:
    """Whether the person wants to hear nothing of this job."""
    row = tx.one("SELECT 1 FROM wishes WHERE person = :person AND job = :job AND muted = 1", person=person, job=job)
    return row is not None


def with_times(tx: Transaction) -> list[int]:
    """Who has a time of their own for anything."""
    rows = tx.all("SELECT DISTINCT person FROM wishes WHERE minute IS NOT NULL AND muted = 0 ORDER BY person")
    return [row["person"] for row in rows]
