"""All reports one after the other, as an export lists them: what each counts by now in each hamlet, without words."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from storage.engine.times import day_number
from storage.engine.transaction import Row, Transaction
from storage.reports.tallies import Counts

SLICE = 2000  # reports read at once


@dataclass(slots=True)
class Listed:
    """What one report counts in one hamlet (0: none named). `day` and `at` are as they are stored.

    `change`: how its newest version came about, `versions` how many there are; a withdrawn report counts nothing.
    """

    report: int
    person: int
    team: int
    day: int
    at: int
    versions: int
    change: str
    hamlet: int
    counts: Counts


# Some reports by their numbers first, then what belongs to each of them.
_LISTED = """
SELECT r.id, r.person, r.team, r.day, r.at, v.number, v.change, coalesce(h.merged_into, c.hamlet, 0) AS hamlet,
       c.outcome, c.n
FROM (SELECT id, person, team, day, at FROM reports WHERE id > :after ORDER BY id LIMIT :limit) r
JOIN versions v ON v.report = r.id AND v.number = (SELECT max(number) FROM versions WHERE report = r.id)
LEFT JOIN counts c ON c.report = v.report AND c.number = v.number
LEFT JOIN hamlets h ON h.id = c.hamlet
ORDER BY r.id, hamlet
"""


def each(tx: Transaction, teams: Collection[int], until: date) -> Iterator[Listed]:
    """The reports of these teams until a work day, in the order in which they came, a line for each hamlet in them."""
    last = day_number(until)
    after = 0
    while True:
        rows = tx.all(_LISTED, after=after, limit=SLICE)
        if not rows:
            return
        after = rows[-1]["id"]
        for _, group in groupby((row for row in rows if row["team"] in teams and row["day"] <= last), key=_line):
            yield _listed(list(group))


def count(tx: Transaction, teams: Collection[int], until: date) -> int:
    """How many reports these teams have until a work day, withdrawn ones among them."""
    rows = tx.all("SELECT team, count(*) AS n FROM reports WHERE day <= :until GROUP BY team", until=day_number(until))
    return sum(row["n"] for row in rows if row["team"] in teams)


def _line(row: Row) -> tuple[int, int]:
    return (row["id"], row["hamlet"])


def _listed(rows: list[Row]) -> Listed:
    counts: Counts = {}
    for row in rows:
        if row["outcome"] is not None and row["n"]:
            counts[row["outcome"]] = counts.get(row["outcome"], 0) + row["n"]
    id, person, team, day, at, versions, change, hamlet, *_ = rows[0]
    return Listed(id, person, team, day, at, versions, change, hamlet, counts)
