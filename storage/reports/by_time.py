"""Phones along time: of communes day by day, and of a team's evening hour by hour."""

from collections.abc import Sequence
from datetime import date, datetime

from storage.engine.times import day_number, day_of, stamp
from storage.engine.transaction import Row, Transaction
from storage.reports.totals import Span


def of_communes(tx: Transaction, span: Span, *, commune: int | None = None) -> dict[int, dict[date, int]]:
    """Phones of every commune, or of one, on each of these days on which there were any; from the sums of teams."""
    rows = tx.all(
        """SELECT t.commune, s.day, sum(s.n) AS n FROM teams t CROSS JOIN sums s
           WHERE s.scope = 'team' AND s.id = t.id AND s.day BETWEEN :first AND :last AND s.outcome = 'activated'
             AND (:commune IS NULL OR t.commune = :commune)
           GROUP BY t.commune, s.day HAVING sum(s.n) <> 0 ORDER BY t.commune, s.day""",
        first=day_number(span[0]),
        last=day_number(span[1]),
        commune=commune,
    )
    days: dict[int, dict[date, int]] = {}
    for row in rows:
        days.setdefault(row["commune"], {})[day_of(row["day"])] = row["n"]
    return days


# The newest version of each report of a team's day, by the hour in which its message was sent.
_HOURS = """
SELECT (r.at - :start) / 3600 AS hour, sum(c.n) AS n
FROM {people} CROSS JOIN reports r CROSS JOIN counts c
WHERE {who} AND r.day = :day AND r.team = :team AND r.at >= :start
  AND c.report = r.id AND c.outcome = 'activated'
  AND c.number = (SELECT max(number) FROM versions WHERE report = r.id)
GROUP BY (r.at - :start) / 3600 ORDER BY hour
"""


def of_team(tx: Transaction, team: int, day: date, start: datetime) -> dict[int, int]:
    """Phones of the team's members on a work day, by hours since `start`: those before it are left out.

    Hours of reports that were sent when the day was over are 24 and above.
    """
    members = _HOURS.format(people="members m", who="m.team = :team AND r.person = m.person")
    return _by_hour(tx.all(members, team=team, day=day_number(day), start=stamp(start)))


def of_everybody(tx: Transaction, team: int, day: date, start: datetime) -> dict[int, int]:
    """The same, with those who were of the team and are no more: dearer, since everybody is asked."""
    everybody = _HOURS.format(people="people p", who="r.person = p.id")
    return _by_hour(tx.all(everybody, team=team, day=day_number(day), start=stamp(start)))


def _by_hour(rows: Sequence[Row]) -> dict[int, int]:
    return {row["hour"]: row["n"] for row in rows if row["n"]}
