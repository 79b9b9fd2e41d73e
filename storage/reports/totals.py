"""Sums of what reports say, kept beside them, and the recount that proves them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from storage.engine.times import day_number, day_of, stamp
from storage.engine.transaction import Row, Transaction
from storage.reports.tallies import Counts, Line

ALL_DAYS = 0
_FOR_EVER = 1 << 30  # as a day


@dataclass(frozen=True, slots=True)
class Difference:
    """A sum that is not what the facts say.

    `scope`: of a team, person or hamlet; share: of a person in one team; quarter: of a team in a quarter of an hour;
    spot: of a person in a hamlet.
    """

    scope: str
    id: int
    day: int
    outcome: str
    kept: int
    counted: int


def _adding(*scopes: str) -> str:
    """A statement that adds `:n` to a line's sums, of its day and of all days, in each of these scopes."""
    rows = [f"('{scope}', :{scope}, {day}, :outcome, :n)" for scope in scopes for day in (":day", ALL_DAYS)]
    return f"""INSERT INTO sums (scope, id, day, outcome, n) VALUES {", ".join(rows)}
               ON CONFLICT (scope, id, day, outcome) DO UPDATE SET n = sums.n + excluded.n"""


_ADD = _adding("team", "person")
_ADD_IN_HAMLET = _adding("team", "person", "hamlet")
_ADD_SHARE = """INSERT INTO shares (team, person, day, outcome, n) VALUES (:team, :person, :day, :outcome, :n)
                ON CONFLICT (team, person, day, outcome) DO UPDATE SET n = shares.n + excluded.n"""

_ADD_SPOT = """INSERT INTO spots (person, hamlet, day, n) VALUES (:person, :hamlet, :day, :n)
               ON CONFLICT (person, hamlet, day) DO UPDATE SET n = spots.n + excluded.n"""


def add(tx: Transaction, *, person: int, team: int, day: date, lines: Iterable[Line], sign: int) -> None:
    """Adds a version's lines to the sums (`sign` 1) or takes them out again (-1)."""
    number = day_number(day)
    for line in lines:
        if line.n == 0:
            continue
        where = {"hamlet": line.hamlet} if line.hamlet else {}
        sql = _ADD_IN_HAMLET if line.hamlet else _ADD
        tx.run(sql, team=team, person=person, day=number, outcome=line.outcome, n=sign * line.n, **where)
        tx.run(_ADD_SHARE, team=team, person=person, day=number, outcome=line.outcome, n=sign * line.n)
        if line.hamlet and line.outcome == "activated":
            tx.run(_ADD_SPOT, person=person, hamlet=line.hamlet, day=number, n=sign * line.n)


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


def activated_by(tx: Transaction, person: int, team: int, day: date) -> tuple[int, int]:
    """Phones activated on a day by a person, and by a team."""
    row = tx.one(
        """SELECT (SELECT n FROM sums
                   WHERE scope = 'person' AND id = :person AND day = :day AND outcome = 'activated') AS mine,
                  (SELECT n FROM sums
                   WHERE scope = 'team' AND id = :team AND day = :day AND outcome = 'activated') AS team""",
        person=person,
        team=team,
        day=day_number(day),
    )
    assert row is not None
    return row["mine"] or 0, row["team"] or 0


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


Span = tuple[date, date]  # work days, both included


def _days(span: Span | None) -> dict[str, int]:
    """The bounds of a span as parameters; None: the sums of all days."""
    return {
        "first": ALL_DAYS if span is None else day_number(span[0]),
        "last": ALL_DAYS if span is None else day_number(span[1]),
    }


def _by_id(rows: Iterable[Row]) -> dict[int, Counts]:
    sums: dict[int, Counts] = {}
    for row in rows:
        sums.setdefault(row["id"], {})[row["outcome"]] = row["n"]
    return sums


# CROSS JOIN below keeps the order of the tables: a few teams, people or hamlets first, then their sums by key.


def of_teams(tx: Transaction, span: Span | None = None, *, commune: int | None = None) -> dict[int, Counts]:
    """Sums by outcome of every team, or of one commune's, over some days or all (None)."""
    rows = tx.all(
        """SELECT s.id, s.outcome, sum(s.n) AS n FROM teams t CROSS JOIN sums s
           WHERE s.scope = 'team' AND s.id = t.id AND s.day BETWEEN :first AND :last
             AND (:commune IS NULL OR t.commune = :commune)
           GROUP BY s.id, s.outcome HAVING sum(s.n) <> 0""",
        commune=commune,
        **_days(span),
    )
    return _by_id(rows)


def of_members(tx: Transaction, team: int, span: Span | None = None) -> dict[int, Counts]:
    """Sums by outcome of what everybody who is in the team did in it, over some days or all (None)."""
    rows = tx.all(
        """SELECT s.person AS id, s.outcome, sum(s.n) AS n FROM members m CROSS JOIN shares s
           WHERE m.team = :team AND s.team = m.team AND s.person = m.person AND s.day BETWEEN :first AND :last
           GROUP BY s.person, s.outcome HAVING sum(s.n) <> 0""",
        team=team,
        **({"first": ALL_DAYS, "last": _FOR_EVER} if span is None else _days(span)),
    )
    return _by_id(rows)


def of_member_by_day(tx: Transaction, team: int, person: int) -> dict[date, int]:
    """Phones that a person activated in a team on each day on which anything was counted there, the first day first."""
    rows = tx.all(
        """SELECT day, sum(CASE WHEN outcome = 'activated' THEN n ELSE 0 END) AS n FROM shares
           WHERE team = :team AND person = :person AND n <> 0 GROUP BY day ORDER BY day""",
        team=team,
        person=person,
    )
    return {day_of(row["day"]): row["n"] for row in rows}


def of_hamlets(tx: Transaction, commune: int, span: Span | None = None) -> dict[int, Counts]:
    """Sums by outcome of the commune's hamlets, over some days or all (None)."""
    rows = tx.all(
        """SELECT s.id, s.outcome, sum(s.n) AS n FROM hamlets h CROSS JOIN sums s
           WHERE h.commune = :commune AND s.scope = 'hamlet' AND s.id = h.id AND s.day BETWEEN :first AND :last
           GROUP BY s.id, s.outcome HAVING sum(s.n) <> 0""",
        commune=commune,
        **_days(span),
    )
    return _by_id(rows)


def activated_by_day(
    tx: Transaction, phase: int, span: Span, *, commune: int | None = None
) -> dict[int, dict[date, int]]:
    """Phones that each team of the phase activated on each of these days on which it counted anything."""
    rows = tx.all(
        """SELECT s.id, s.day, sum(CASE WHEN s.outcome = 'activated' THEN s.n ELSE 0 END) AS n
           FROM teams t CROSS JOIN sums s
           WHERE t.phase = :phase AND s.scope = 'team' AND s.id = t.id AND s.day BETWEEN :first AND :last
             AND (:commune IS NULL OR t.commune = :commune) AND s.n <> 0
           GROUP BY s.id, s.day ORDER BY s.day""",
        phase=phase,
        commune=commune,
        **_days(span),
    )
    days: dict[int, dict[date, int]] = {}
    for row in rows:
        days.setdefault(row["id"], {})[day_of(row["day"])] = row["n"]
    return days


def by_commune_and_day(tx: Transaction, span: Span, *, commune: int | None = None) -> dict[int, dict[date, int]]:
    """Phones that were activated in each commune on each of these days on which anything was counted there."""
    rows = tx.all(
        """SELECT t.commune AS id, s.day, sum(CASE WHEN s.outcome = 'activated' THEN s.n ELSE 0 END) AS n
           FROM teams t CROSS JOIN sums s
           WHERE s.scope = 'team' AND s.id = t.id AND s.day BETWEEN :first AND :last
             AND (:commune IS NULL OR t.commune = :commune) AND s.n <> 0
           GROUP BY t.commune, s.day ORDER BY s.day""",
        commune=commune,
        **_days(span),
    )
    days: dict[int, dict[date, int]] = {}
    for row in rows:
        days.setdefault(row["id"], {})[day_of(row["day"])] = row["n"]
    return days


def reporters(tx: Transaction, phase: int, day: date, *, commune: int | None = None) -> dict[int, set[int]]:
    """Who of each team of the phase has a report of this work day that counts, were it only a zero."""
    rows = tx.all(
        """SELECT m.team, m.person FROM teams t CROSS JOIN members m
           WHERE t.phase = :phase AND m.team = t.id AND (:commune IS NULL OR t.commune = :commune)
             AND EXISTS (
                 SELECT 1 FROM reports r
                 WHERE r.person = m.person AND r.day = :day AND NOT EXISTS (
                     SELECT 1 FROM versions v
                     WHERE v.report = r.id AND v.change = 'withdrawn'
                       AND v.number = (SELECT max(number) FROM versions WHERE report = r.id)))""",
        phase=phase,
        day=day_number(day),
        commune=commune,
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row["team"], set()).add(row["person"])
    return found


def said_before(tx: Transaction, report: int, moment: datetime) -> Counts:
    """What a report said just before a moment, by outcome; nothing where it did not exist or was withdrawn."""
    rows = tx.all(
        """SELECT outcome, sum(n) AS n FROM counts
           WHERE report = :report
             AND number = (SELECT max(number) FROM versions WHERE report = :report AND at < :moment)
           GROUP BY outcome""",
        report=report,
        moment=stamp(moment),
    )
    return {row["outcome"]: row["n"] for row in rows}


def activated_after(tx: Transaction, day: date, moment: datetime, *, commune: int | None = None) -> int:
    """Phones that reports of a work day count which were sent after a moment, everywhere or in one commune."""
    row = tx.one(
        """SELECT sum(c.n) AS n FROM people p CROSS JOIN reports r
           JOIN teams t ON t.id = r.team
           JOIN counts c ON c.report = r.id AND c.outcome = 'activated'
           WHERE r.person = p.id AND r.day = :day AND r.at > :moment
             AND (:commune IS NULL OR t.commune = :commune)
             AND c.number = (SELECT max(number) FROM versions WHERE report = r.id)""",
        day=day_number(day),
        moment=stamp(moment),
        commune=commune,
    )
    return row["n"] or 0 if row else 0


# The newest version of each report, as lines of each scope and day.
_RECOUNT = """
WITH newest AS (SELECT report, max(number) AS number FROM versions GROUP BY report),
facts AS (
    SELECT r.team, r.person, coalesce(h.merged_into, c.hamlet) AS hamlet, r.day, c.outcome, c.n
    FROM newest v JOIN reports r ON r.id = v.report
    JOIN counts c ON c.report = v.report AND c.number = v.number
    JOIN hamlets h ON h.id = c.hamlet
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


_SHARES = """
WITH counted AS (
    SELECT r.team, r.person, r.day, c.outcome, c.n FROM reports r
    JOIN counts c ON c.report = r.id AND c.number = (SELECT max(number) FROM versions WHERE report = r.id)
),
both_sides AS (
    SELECT team, person, day, outcome, n AS kept, 0 AS counted FROM shares
    UNION ALL SELECT team, person, day, outcome, 0, n FROM counted
)
SELECT 'share' AS scope, person AS id, day, outcome, sum(kept) AS kept, sum(counted) AS counted FROM both_sides
GROUP BY team, person, day, outcome HAVING sum(kept) <> sum(counted) ORDER BY team, person, day, outcome
"""
# Each version's phones from when it was said, less those of the one before.
_QUARTERS = """
WITH counted AS (
    SELECT r.team, r.day, v.at / 900 AS quarter, CASE WHEN c.number = v.number THEN c.n ELSE -c.n END AS n
    FROM versions v JOIN reports r ON r.id = v.report
    JOIN counts c ON c.report = v.report AND c.number IN (v.number, v.number - 1) AND c.outcome = 'activated'
),
both_sides AS (
    SELECT team, day, quarter, n AS kept, 0 AS counted FROM quarters
    UNION ALL SELECT team, day, quarter, 0, n FROM counted
)
SELECT 'quarter' AS scope, team AS id, day, 'activated' AS outcome, sum(kept) AS kept, sum(counted) AS counted
FROM both_sides GROUP BY team, day, quarter HAVING sum(kept) <> sum(counted) ORDER BY team, day, quarter
"""

_SPOTS = """
WITH counted AS (
    SELECT r.person, coalesce(h.merged_into, c.hamlet) AS hamlet, r.day, c.n FROM reports r
    JOIN counts c ON c.report = r.id AND c.number = (SELECT max(number) FROM versions WHERE report = r.id)
    JOIN hamlets h ON h.id = c.hamlet
    WHERE c.outcome = 'activated' AND c.hamlet <> 0
),
both_sides AS (
    SELECT person, hamlet, day, n AS kept, 0 AS counted FROM spots
    UNION ALL SELECT person, hamlet, day, 0, n FROM counted
)
SELECT 'spot' AS scope, person AS id, day, 'activated' AS outcome, sum(kept) AS kept, sum(counted) AS counted
FROM both_sides GROUP BY person, hamlet, day HAVING sum(kept) <> sum(counted) ORDER BY person, hamlet, day
"""


def differences(tx: Transaction) -> list[Difference]:
    """Recounts every sum from the reports; what is not as it should be."""
    return [
        Difference(row["scope"], row["id"], row["day"], row["outcome"], row["kept"], row["counted"])
        for sql in (_RECOUNT, _SHARES, _QUARTERS, _SPOTS)
        for row in tx.all(sql)
    ]
