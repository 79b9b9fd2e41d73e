"""Sums of what reports say, kept beside them, and the recount that proves them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from storage.database import Transaction
from storage.times import day_number, day_of

ALL_DAYS = 0
Counts = dict[str, int]  # by outcome


@dataclass(frozen=True, slots=True)
class Line:
    """How often one outcome happened in one hamlet (0: none named)."""

    hamlet: int
    outcome: str
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A sum that is not what the facts say."""

    scope: str
    id: int
    day: int
    outcome: str
    kept: int
    counted: int


_ADD = """
INSERT INTO sums (scope, id, day, outcome, n) VALUES (:scope, :id, :day, :outcome, :n)
ON CONFLICT (scope, id, day, outcome) DO UPDATE SET n = n + excluded.n
"""


def add(tx: Transaction, *, person: int, team: int, day: date, lines: Iterable[Line], sign: int) -> None:
    """Adds a version's lines to the sums (`sign` 1) or takes them out again (-1)."""
    number = day_number(day)
    rows = []
    for line in lines:
        if line.n == 0:
            continue
        scopes = [("team", team), ("person", person)] + ([("hamlet", line.hamlet)] if line.hamlet else [])
        rows += [
            {"scope": scope, "id": id, "day": when, "outcome": line.outcome, "n": sign * line.n}
            for scope, id in scopes
            for when in (number, ALL_DAYS)
        ]
    if rows:
        tx.run_many(_ADD, rows)


def of(tx: Transaction, scope: str, id: int, day: date | None = None) -> Counts:
    """Sums by outcome of a team, person or hamlet: of one day, or of all (None). Zeros are left out."""
    rows = tx.all(
        "SELECT outcome, n FROM sums WHERE scope = :scope AND id = :id AND day = :day AND n <> 0",
        scope=scope,
        id=id,
        day=ALL_DAYS if day is None else day_number(day),
    )
    return {row["outcome"]: row["n"] for row in rows}


def activated(tx: Transaction, scope: str, id: int, day: date | None = None) -> int:
    """Phones activated by a team, person or in a hamlet, of one day or of all."""
    row = tx.one(
        "SELECT n FROM sums WHERE scope = :scope AND id = :id AND day = :day AND outcome = 'activated'",
        scope=scope,
        id=id,
        day=ALL_DAYS if day is None else day_number(day),
    )
    return row["n"] if row else 0


def between(tx: Transaction, scope: str, id: int, first: date, last: date) -> Counts:
    """Sums by outcome over some days, both included."""
    rows = tx.all(
        """SELECT outcome, sum(n) AS n FROM sums
           WHERE scope = :scope AND id = :id AND day BETWEEN :first AND :last GROUP BY outcome HAVING sum(n) <> 0""",
        scope=scope,
        id=id,
        first=day_number(first),
        last=day_number(last),
    )
    return {row["outcome"]: row["n"] for row in rows}


def by_day(tx: Transaction, scope: str, id: int) -> dict[date, Counts]:
    """Sums by day and outcome, the first day first."""
    rows = tx.all(
        """SELECT day, outcome, n FROM sums WHERE scope = :scope AND id = :id AND day <> 0 AND n <> 0
           ORDER BY day""",
        scope=scope,
        id=id,
    )
    days: dict[date, Counts] = {}
    for row in rows:
        days.setdefault(day_of(row["day"]), {})[row["outcome"]] = row["n"]
    return days


def merged(many: Iterable[Mapping[str, int]]) -> Counts:
    """Several sums added up."""
    whole: Counts = {}
    for counts in many:
        for outcome, n in counts.items():
            whole[outcome] = whole.get(outcome, 0) + n
    return {outcome: n for outcome, n in whole.items() if n}


# The newest version of each report, as lines of each scope and day.
_RECOUNT = """
WITH newest AS (SELECT report, max(number) AS number FROM versions GROUP BY report),
facts AS (
    SELECT r.team, r.person, c.hamlet, r.day, c.outcome, c.n
    FROM newest v JOIN reports r ON r.id = v.report
    JOIN counts c ON c.report = v.report AND c.number = v.number
),
scoped AS (
    SELECT 'team' AS scope, team AS id, day, outcome, n FROM facts
    UNION ALL SELECT 'person', person, day, outcome, n FROM facts
    UNION ALL SELECT 'hamlet', hamlet, day, outcome, n FROM facts WHERE hamlet <> 0
),
dated AS (
    SELECT scope, id, day, outcome, n FROM scoped UNION ALL SELECT scope, id, 0, outcome, n FROM scoped
),
counted AS (SELECT scope, id, day, outcome, sum(n) AS n FROM dated GROUP BY scope, id, day, outcome),
both_sides AS (
    SELECT scope, id, day, outcome, n AS kept, 0 AS counted FROM sums
    UNION ALL SELECT scope, id, day, outcome, 0, n FROM counted
)
SELECT scope, id, day, outcome, sum(kept) AS kept, sum(counted) AS counted FROM both_sides
GROUP BY scope, id, day, outcome HAVING sum(kept) <> sum(counted) ORDER BY scope, id, day, outcome
"""


def differences(tx: Transaction) -> list[Difference]:
    """Recounts every sum from the reports; what is not as it should be."""
    return [
        Difference(row["scope"], row["id"], row["day"], row["outcome"], row["kept"], row["counted"])
        for row in tx.all(_RECOUNT)
    ]
