"""A day's reports of some teams as they count now, with when they were sent: what hours and repetitions are seen in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage.engine.times import day_number, moment
from storage.engine.transaction import Row, Transaction
from storage.reports.tallies import Counts


@dataclass(frozen=True, slots=True)
class Sent:
    """A report that counts. `words`: of its message, where something failed and they are still kept; '' else."""

    person: int
    team: int
    at: datetime
    counts: Counts
    words: str = ""


# The members come first and their reports of the day by key, so that it costs the same however many other days have.
_OF_TEAM = """
SELECT r.id, r.person, r.team, r.at, c.outcome, c.n, CASE WHEN c.outcome = 'failed' THEN v.text END AS words
FROM members m CROSS JOIN reports r CROSS JOIN versions v CROSS JOIN counts c
WHERE m.team = :team AND r.person = m.person AND r.day = :day AND r.team = :team
  AND v.report = r.id AND v.number = (SELECT max(number) FROM versions WHERE report = r.id)
  AND v.change IN ('said', 'corrected') AND c.report = v.report AND c.number = v.number
"""


def of_teams(tx: Transaction, teams: Sequence[int], day: date) -> list[Sent]:
    """The reports of a work day, the first first; neither those taken back nor what was adjusted to a sum."""
    grouped: dict[int, list[Row]] = {}
    for team in teams:
        for row in tx.all(_OF_TEAM, team=team, day=day_number(day)):
            grouped.setdefault(row["id"], []).append(row)
    return [_sent(rows) for _, rows in sorted(grouped.items(), key=lambda one: (one[1][0]["at"], one[0]))]


def _sent(rows: Sequence[Row]) -> Sent:
    first, counts, words = rows[0], dict[str, int](), ""
    for row in rows:
        if row["n"]:
            counts[row["outcome"]] = counts.get(row["outcome"], 0) + row["n"]
        words = words or row["words"] or ""
    return Sent(first["person"], first["team"], moment(first["at"]), counts, words)


def most_of_teams(tx: Transaction, day: date) -> dict[int, int]:
    """By team, how many reports its people have of a work day at most: of its people, those of other teams too.

    Counted in the index alone, so that it costs next to nothing.
    """
    rows = tx.all(
        """SELECT m.team, count(*) AS n FROM members m CROSS JOIN reports r
           WHERE r.person = m.person AND r.day = :day GROUP BY m.team""",
        day=day_number(day),
    )
    return {row["team"]: row["n"] for row in rows}
