"""Days on which somebody is off duty, as they said themselves."""

from collections.abc import Iterable
from datetime import date

from storage.engine.times import day_number, day_of
from storage.engine.transaction import Transaction


def take(tx: Transaction, person: int, days: Iterable[date]) -> list[date]:
    """The person is off duty on these days; those of them that are new."""
    return [
        day
        for day in days
        if tx.one(
            "INSERT INTO days_off (person, day) VALUES (:person, :day) ON CONFLICT DO NOTHING RETURNING day",
            person=person,
            day=day_number(day),
        )
    ]


def give_back(tx: Transaction, person: int, days: Iterable[date]) -> list[date]:
    """The person is on duty on these days after all; those of them that were taken off."""
    return [
        day
        for day in days
        if tx.one(
            "DELETE FROM days_off WHERE person = :person AND day = :day RETURNING day",
            person=person,
            day=day_number(day),
        )
    ]


def of_person(tx: Transaction, person: int, *, since: date) -> list[date]:
    """The person's days off from a day on, the first first."""
    rows = tx.all(
        "SELECT day FROM days_off WHERE person = :person AND day >= :since ORDER BY day",
        person=person,
        since=day_number(since),
    )
    return [day_of(row["day"]) for row in rows]


def of_team(tx: Transaction, team: int, day: date) -> set[int]:
    """Who of the team is off duty on this day."""
    rows = tx.all(
        """SELECT m.person FROM members m CROSS JOIN people p CROSS JOIN days_off d
           WHERE m.team = :team AND p.id = m.person AND p.left_at IS NULL AND p.role IN ('student', 'lead')
             AND d.person = m.person AND d.day = :day""",
        team=team,
        day=day_number(day),
    )
    return {row["person"] for row in rows}


def in_phase(tx: Transaction, phase: int, day: date) -> dict[int, set[int]]:
    """Who of each team of the phase is off duty on this day."""
    rows = tx.all(
        """SELECT m.team, m.person FROM teams t JOIN members m ON m.team = t.id
           JOIN people p ON p.id = m.person JOIN days_off d ON d.person = m.person AND d.day = :day
           WHERE t.phase = :phase AND p.left_at IS NULL AND p.role IN ('student', 'lead')""",
        phase=phase,
        day=day_number(day),
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row["team"], set()).add(row["person"])
    return found
