"""Holds what a database says at the end against what was done: by person and day, by hamlet, and its own recount."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from bot.simulation.desk import Desk
from bot.simulation.evening import Student
from bot.simulation.truth import Sums
from storage.campaign import communes
from storage.engine.transaction import Transaction
from storage.reports import breakdown, totals


def differences(tx: Transaction, truth: Sums, students: Iterable[Student], desks: Mapping[str, Desk]) -> list[str]:
    """A line for each sum that is not what was done, and for each that is not what the reports say."""
    students = list(students)
    return [*_of_people(tx, truth, desks), *_of_hamlets(tx, truth, students), *map(str, totals.differences(tx))]


def _of_people(tx: Transaction, truth: Sums, desks: Mapping[str, Desk]) -> list[str]:
    done: dict[str, dict[date, Counter[str]]] = {}
    for (who, day, _, outcome), n in truth.items():
        done.setdefault(who, {}).setdefault(day, Counter())[outcome] += n
    lines = []
    for who, desk in desks.items():
        meant, stored = done.get(who, {}), totals.by_day(tx, "person", desk.person.id)
        for day in sorted(meant.keys() | stored.keys()):
            lines += _told(f"{who} {day}", meant.get(day, {}), stored.get(day, {}))
    return lines


def _of_hamlets(tx: Transaction, truth: Sums, students: Iterable[Student]) -> list[str]:
    """What names no hamlet is its commune's rest, `451/`."""
    commune = {student.ref: student.commune for student in students}
    meant: dict[str, Counter[str]] = {}
    for (who, _, hamlet, outcome), n in truth.items():
        meant.setdefault(f"{commune[who]}/{hamlet}", Counter())[outcome] += n
    known = [place.id for place in communes.every(tx)]
    stored = {part.id: part.counts for part in breakdown.rows(tx, "hamlet", known, None)}
    lines = []
    for place in sorted(meant.keys() | stored.keys()):
        lines += _told(place, meant.get(place, {}), stored.get(place, {}))
    return lines


def _told(what: str, meant: Mapping[str, int], stored: Mapping[str, int]) -> list[str]:
    return [
        f"{what}: {outcome} {meant.get(outcome, 0)}, stored {stored.get(outcome, 0)}"
        for outcome in sorted(meant.keys() | stored.keys())
        if meant.get(outcome, 0) != stored.get(outcome, 0)
    ]
