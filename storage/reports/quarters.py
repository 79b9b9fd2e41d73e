"""By how much each quarter of an hour changed a team's work day: what stood there when, what changed later."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from storage.engine.times import day_number, day_of, moment, stamp
from storage.engine.transaction import Transaction

QUARTER = timedelta(minutes=15)
_SECONDS = int(QUARTER.total_seconds())
MOST_DAYS = 7  # work days back that are looked at for later changes; messages change the last two


def _quarter(at: datetime) -> int:
    return stamp(at) // _SECONDS


def begun(at: datetime) -> datetime:
    """When the quarter of an hour began in which a moment falls."""
    return moment(_quarter(at) * _SECONDS)


def add(tx: Transaction, *, team: int, day: date, at: datetime, n: int) -> None:
    """From this moment the team's work day has so many phones more, or fewer."""
    if n:
        tx.run(
            """INSERT INTO quarters (team, day, quarter, n) VALUES (:team, :day, :quarter, :n)
               ON CONFLICT (team, day, quarter) DO UPDATE SET n = quarters.n + excluded.n""",
            team=team,
            day=day_number(day),
            quarter=_quarter(at),
            n=n,
        )


def until(tx: Transaction, day: date, at: datetime, *, commune: int | None = None) -> dict[int, int]:
    """The phones that stood in each team's work day when the quarter of `at` began; nothing where there were none."""
    rows = tx.all(
        """SELECT q.team, sum(q.n) AS n FROM teams t CROSS JOIN quarters q
           WHERE q.team = t.id AND q.day = :day AND q.quarter < :quarter AND (:commune IS NULL OR t.commune = :commune)
           GROUP BY q.team HAVING sum(q.n) <> 0""",
        day=day_number(day),
        quarter=_quarter(at),
        commune=commune,
    )
    return {row["team"]: row["n"] for row in rows}


# Day by day, so that of each only the quarters since then are looked at, however many it has.
_LATER = f"""
WITH RECURSIVE back (day) AS (SELECT :today - 1 UNION ALL SELECT day - 1 FROM back WHERE day > :today - {MOST_DAYS})
SELECT q.team, q.day, sum(q.n) AS n FROM teams t CROSS JOIN back b CROSS JOIN quarters q
WHERE q.team = t.id AND q.day = b.day AND q.quarter >= :quarter AND (:commune IS NULL OR t.commune = :commune)
GROUP BY q.team, q.day HAVING sum(q.n) <> 0 ORDER BY q.day DESC
"""


def changed_since(
    tx: Transaction, at: datetime, today: date, *, commune: int | None = None
) -> dict[int, Mapping[date, int]]:
    """By how many phones each team's work days before `today` were changed since the quarter of `at` began."""
    rows = tx.all(_LATER, today=day_number(today), quarter=_quarter(at), commune=commune)
    changes: dict[int, dict[date, int]] = {}
    for row in rows:
        changes.setdefault(row["team"], {})[day_of(row["day"])] = row["n"]
    return dict(changes)


def of_day(tx: Transaction, day: date, *, commune: int | None = None) -> dict[int, dict[datetime, int]]:
    """By how much each quarter of an hour changed each team's work day, by when it began, the first one first."""
    rows = tx.all(
        """SELECT q.team, q.quarter, q.n FROM teams t CROSS JOIN quarters q
           WHERE q.team = t.id AND q.day = :day AND q.n <> 0 AND (:commune IS NULL OR t.commune = :commune)
           ORDER BY q.team, q.quarter""",
        day=day_number(day),
        commune=commune,
    )
    found: dict[int, dict[datetime, int]] = {}
    for row in rows:
        found.setdefault(row["team"], {})[moment(row["quarter"] * _SECONDS)] = row["n"]
    return found
