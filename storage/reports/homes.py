"""Homes that reports name, to notice the same house said twice. Labels are notes: they can be blanked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage.engine.times import day_number, moment
from storage.engine.transaction import Row, Transaction
from storage.reports.reports import Report


@dataclass(frozen=True, slots=True)
class Home:
    """A home in a report: folded label, hamlet (0: none named), counts by outcome; `said`: its name in a sentence."""

    label: str
    hamlet: int
    counts: Mapping[str, int]
    said: str


@dataclass(frozen=True, slots=True)
class Twin:
    """The same home with the same counts in another report of the evening."""

    report: int
    person: int
    name: str
    at: datetime


def keep(tx: Transaction, report: Report, homes: Sequence[Home], *, new: bool) -> None:
    """What the report names from now on, instead of what it named before; `new`: it named nothing before."""
    if not new:
        tx.run("DELETE FROM homes WHERE report = :report", report=report.id)
    for number, home in enumerate(homes):
        tx.run(
            """INSERT INTO homes (report, hamlet, label, day, counts, said, number)
               VALUES (:report, :hamlet, :label, :day, :counts, :said, :number)
               ON CONFLICT (report, hamlet, label) DO UPDATE SET counts = excluded.counts""",
            report=report.id,
            hamlet=home.hamlet,
            label=home.label,
            day=day_number(report.day),
            counts=_packed(home.counts),
            said=home.said,
            number=number,
        )


_encoded = json.JSONEncoder(sort_keys=True).encode


def _packed(counts: Mapping[str, int]) -> str:
    return _encoded(counts)


def twin(tx: Transaction, report: Report, home: Home) -> Twin | None:
    """The first other report of the team's day that counts this home with these counts; it is not withdrawn."""
    row = tx.one(
        """SELECT r.id, r.person, p.name, r.at
           FROM homes h CROSS JOIN reports r JOIN people p ON p.id = r.person
           WHERE r.id = h.report AND h.day = :day AND h.hamlet = :hamlet AND h.label = :label AND h.counts = :counts
             AND r.team = :team AND r.id <> :report
             AND (SELECT change FROM versions v WHERE v.report = r.id ORDER BY number DESC LIMIT 1) <> 'withdrawn'
           ORDER BY r.at, r.id LIMIT 1""",
        day=day_number(report.day),
        team=report.team,
        report=report.id,
        label=home.label,
        hamlet=home.hamlet,
        counts=_packed(home.counts),
    )
    return Twin(row["id"], row["person"], row["name"], moment(row["at"])) if row else None


def of_person(tx: Transaction, person: int, since: date) -> dict[int, list[Home]]:
    """The homes that a person's reports of this work day and later ones name, by report."""
    return _by_report(
        tx.all(
            f"""{_HOME} JOIN reports r ON r.id = h.report
                WHERE r.person = :person AND r.day >= :first ORDER BY h.report, h.number""",
            person=person,
            first=day_number(since),
        )
    )


def of_report(tx: Transaction, report: int) -> list[Home]:
    """The homes that a report names, in the order of the message."""
    rows = tx.all(f"{_HOME} WHERE h.report = :report ORDER BY h.number", report=report)
    return _by_report(rows).get(report, [])


_HOME = """SELECT h.report, h.label, coalesce(p.merged_into, h.hamlet) AS hamlet, h.counts,
    coalesce(h.said, h.label) AS said FROM homes h JOIN hamlets p ON p.id = h.hamlet"""


def _by_report(rows: Sequence[Row]) -> dict[int, list[Home]]:
    found: dict[int, list[Home]] = {}
    for row in rows:
        found.setdefault(row["report"], []).append(
            Home(row["label"], row["hamlet"], json.loads(row["counts"]), row["said"])
        )
    return found
