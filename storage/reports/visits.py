"""Promised return visits, as reports say them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage.engine.times import day_number, moment, stamp
from storage.engine.transaction import Row, Transaction


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that was promised. `home` as it was said, where it was and is not blanked; `hamlet` 0: none named.

    `person`: whose it is, where several people's are listed; else 0.
    """

    home: str | None
    hamlet: int
    at: datetime
    person: int = 0


def keep(tx: Transaction, report: int, visits: Sequence[Visit], *, at: datetime) -> None:
    """What the report promises from now on; what it promised before and does not now is taken back."""
    known = {(row["home"], row["hamlet"], row["at"]): row["id"] for row in _open_rows(tx, report)}
    wanted = {(visit.home, visit.hamlet, stamp(visit.at)) for visit in visits}
    for key, id in known.items():
        if key not in wanted:
            tx.run("UPDATE visits SET dropped_at = :at WHERE id = :id", id=id, at=stamp(at))
    for home, hamlet, moment_at in sorted(wanted - set(known), key=lambda key: key[2]):
        tx.run(
            "INSERT INTO visits (report, hamlet, home, at) VALUES (:report, :hamlet, :home, :at)",
            report=report,
            hamlet=hamlet,
            home=home,
            at=moment_at,
        )


def _open_rows(tx: Transaction, report: int) -> list[Row]:
    return tx.all(
        "SELECT id, home, hamlet, at FROM visits WHERE report = :report AND dropped_at IS NULL ORDER BY at, id",
        report=report,
    )


def of_report(tx: Transaction, report: int) -> list[Visit]:
    """What a report promises, the earliest first."""
    return [Visit(row["home"], row["hamlet"], moment(row["at"])) for row in _open_rows(tx, report)]


def of_team(tx: Transaction, team: int, first: datetime, last: datetime) -> list[Visit]:
    """What a team has promised for a span of time in reports that count, the earliest first."""
    rows = tx.all(
        """SELECT v.home, coalesce(h.merged_into, v.hamlet) AS hamlet, v.at, r.person
           FROM visits v JOIN reports r ON r.id = v.report JOIN hamlets h ON h.id = v.hamlet
           WHERE r.team = :team AND v.dropped_at IS NULL AND v.at >= :first AND v.at < :last
             AND (SELECT change FROM versions n WHERE n.report = r.id ORDER BY number DESC LIMIT 1) <> 'withdrawn'
           ORDER BY v.at, v.id""",
        team=team,
        first=stamp(first),
        last=stamp(last),
    )
    return [Visit(row["home"], row["hamlet"], moment(row["at"]), row["person"]) for row in rows]


def of_person(tx: Transaction, person: int, since: date) -> list[Visit]:
    """What a person has promised in reports that count, of work days since `since`, the earliest first."""
    rows = tx.all(
        """SELECT v.home, v.hamlet, v.at FROM reports r JOIN visits v ON v.report = r.id AND v.dropped_at IS NULL
           WHERE r.person = :person AND r.day >= :since
             AND (SELECT change FROM versions n WHERE n.report = r.id ORDER BY number DESC LIMIT 1) <> 'withdrawn'
           ORDER BY v.at, v.id""",
        person=person,
        since=day_number(since),
    )
    return [Visit(row["home"], row["hamlet"], moment(row["at"])) for row in rows]
