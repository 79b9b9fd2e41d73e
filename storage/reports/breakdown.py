"""Sums of communes, and their parts by commune, hamlet, person or day; made from the sums, not from the reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from storage.engine.times import day_number, day_of
from storage.engine.transaction import Row, Transaction
from storage.reports import tallies
from storage.reports.tallies import Counts
from storage.reports.totals import ALL_DAYS, Span

WAYS = ("commune", "hamlet", "person", "day")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole: its id and name outside, and its sums by outcome."""

    id: str
    name: str
    counts: Counts


# The sums of all teams with their communes, of one day or of all (day 0).
_TEAMS = """
FROM sums s JOIN teams t ON t.id = s.id JOIN communes c ON c.id = t.commune
WHERE s.scope = 'team' AND s.n <> 0
"""


def of_communes(tx: Transaction, communes: Sequence[int], day: date | None = None) -> Counts:
    """Sums by outcome of some communes, of one day or of all."""
    rows = tx.all(
        f"SELECT t.commune, s.outcome, sum(s.n) AS n {_TEAMS} AND s.day = :day GROUP BY t.commune, s.outcome",
        day=_day(day),
    )
    wanted = set(communes)
    return tallies.merged({row["outcome"]: row["n"]} for row in rows if row["commune"] in wanted)


def rows(tx: Transaction, by: str, communes: Sequence[int], day: date | None) -> list[Part]:
    """The parts of some communes, of one day or of all; communes and people without any work are listed as well.

    `by` is one of WAYS.
    """
    wanted = set(communes)
    if by == "commune":
        return _grouped(_by_commune(tx, day), wanted)
    if by == "hamlet":
        return _by_hamlet(tx, wanted, day)
    if by == "person":
        return _grouped(_by_person(tx, day), wanted)
    return _grouped(_by_day(tx, day), wanted)


def hamlets_of_person(tx: Transaction, person: int, span: Span) -> dict[int, int]:
    """Phones that a person's reports of some days count in each hamlet; 0 is the row of no hamlet."""
    found = tx.all(
        """SELECT coalesce(h.merged_into, c.hamlet) AS hamlet, sum(c.n) AS n
           FROM reports r JOIN counts c ON c.report = r.id JOIN hamlets h ON h.id = c.hamlet
           WHERE r.person = :person AND r.day BETWEEN :first AND :last AND c.outcome = 'activated'
             AND c.number = (SELECT max(number) FROM versions WHERE report = r.id)
           GROUP BY coalesce(h.merged_into, c.hamlet) HAVING sum(c.n) <> 0 ORDER BY hamlet""",
        person=person,
        first=day_number(span[0]),
        last=day_number(span[1]),
    )
    return {row["hamlet"]: row["n"] for row in found}


def _day(day: date | None) -> int:
    return ALL_DAYS if day is None else day_number(day)


def _grouped(found: Sequence[Row | Mapping[str, Any]], wanted: set[int]) -> list[Part]:
    """Rows of (commune, id, name, outcome, n) as parts, in their order."""
    parts: dict[str, Part] = {}
    for row in found:
        if row["commune"] in wanted:
            part = parts.setdefault(str(row["id"]), Part(str(row["id"]), row["name"], {}))
            if row["outcome"] is not None:
                part.counts[row["outcome"]] = part.counts.get(row["outcome"], 0) + row["n"]
    return list(parts.values())


def _by_commune(tx: Transaction, day: date | None) -> list[Row]:
    return tx.all(
        """SELECT c.id AS commune, c.code AS id, c.name, s.outcome, s.n
           FROM communes c LEFT JOIN teams t ON t.commune = c.id
           LEFT JOIN sums s ON s.scope = 'team' AND s.id = t.id AND s.day = :day
           ORDER BY c.code, s.outcome""",
        day=_day(day),
    )


def _by_person(tx: Transaction, day: date | None) -> list[Row]:
    """Who is in a team there, or was when they did something: what somebody did stands where it was done."""
    return tx.all(
        """SELECT t.commune, p.ref AS id, p.name, s.outcome, sum(s.n) AS n
           FROM (SELECT team, person FROM members UNION SELECT team, person FROM shares) AS places
           JOIN teams t ON t.id = places.team JOIN people p ON p.id = places.person
           LEFT JOIN shares s ON s.team = places.team AND s.person = places.person AND (:day = 0 OR s.day = :day)
           GROUP BY t.commune, p.ref, p.name, s.outcome ORDER BY p.ref, s.outcome""",
        day=_day(day),
    )


def _by_day(tx: Transaction, day: date | None) -> list[Mapping[str, Any]]:
    """The days with work; `id` is the date."""
    found = tx.all(
        f"""SELECT t.commune, s.day, s.outcome, s.n {_TEAMS} AND s.day <> 0 AND (:day = 0 OR s.day = :day)
            ORDER BY s.day""",
        day=_day(day),
    )
    return [_dated(row) for row in found]


def _dated(row: Row) -> Mapping[str, Any]:
    named = day_of(row["day"]).isoformat()
    return {"commune": row["commune"], "id": named, "name": named, "outcome": row["outcome"], "n": row["n"]}


def _by_hamlet(tx: Transaction, wanted: set[int], day: date | None) -> list[Part]:
    """The hamlets with work; what was reported without a hamlet is the rest of its commune."""
    found = tx.all(
        """SELECT c.id AS commune, c.code, c.name AS commune_name, h.name, s.outcome, s.n
           FROM sums s JOIN hamlets h ON h.id = s.id JOIN communes c ON c.id = h.commune
           WHERE s.scope = 'hamlet' AND s.day = :day AND s.n <> 0 ORDER BY c.code, h.id""",
        day=_day(day),
    )
    parts: dict[str, Part] = {}
    named: dict[int, Counts] = {}
    for row in found:
        if row["commune"] in wanted:
            id = f"{row['code']}/{row['name']}"
            parts.setdefault(id, Part(id, row["name"], {})).counts[row["outcome"]] = row["n"]
            named.setdefault(row["commune"], {}).setdefault(row["outcome"], 0)
            named[row["commune"]][row["outcome"]] += row["n"]
    for commune in sorted(wanted):
        whole = of_communes(tx, [commune], day)
        minus = {outcome: -n for outcome, n in named.get(commune, {}).items()}
        rest = tallies.merged([whole, minus])
        if rest:
            code = tx.one("SELECT code FROM communes WHERE id = :commune", commune=commune)
            assert code is not None
            parts[f"{code['code']}/"] = Part(f"{code['code']}/", "", rest)
    return list(parts.values())
