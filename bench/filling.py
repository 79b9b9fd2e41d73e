"""A database with any number of reports in a few seconds: rows as `storage.reports.record` would have written them."""

from datetime import date

from storage.engine.times import day_number
from storage.engine.transaction import Transaction

# Reports go round the students who have joined and the days of the phase; each is 1-4 phones and, every fifth, a home;
# they are sent between 17:00 and 22:00.
_REPORTS = """
WITH RECURSIVE numbers (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < :number),
students AS (
    SELECT row_number() OVER (ORDER BY m.person) - 1 AS place, m.person, m.team, min(i.chat) AS chat
    FROM members m JOIN identities i ON i.person = m.person GROUP BY m.person, m.team
)
INSERT INTO reports (person, team, day, at, chat, message)
SELECT s.person, s.team, :first + n.i % :days, (:first + n.i % :days) * 86400 + 36000 + n.i * 7919 % 18000,
       s.chat, CAST(n.i + 1000 AS TEXT)
FROM numbers n JOIN students s ON s.place = n.i % :students ORDER BY n.i
"""
_VERSIONS = """
INSERT INTO versions (report, number, change, at, by, text)
SELECT id, 1, 'said', at, person, 'nhà bà Lan xóm 4 được 3, vắng 1' FROM reports ORDER BY id
"""
_COUNTS = """
INSERT INTO counts (report, number, hamlet, outcome, n)
SELECT r.id, 1, (SELECT min(h.id) FROM hamlets h WHERE h.commune = t.commune), 'activated', 1 + r.id % 4
FROM reports r JOIN teams t ON t.id = r.team
UNION ALL
SELECT r.id, 1, (SELECT min(h.id) FROM hamlets h WHERE h.commune = t.commune), 'absent', 1
FROM reports r JOIN teams t ON t.id = r.team WHERE r.id % 5 = 0
"""
_SUMS = """
INSERT INTO sums (scope, id, day, outcome, n)
WITH facts AS (
    SELECT r.team, r.person, c.hamlet, r.day, c.outcome, c.n FROM counts c JOIN reports r ON r.id = c.report
),
scoped AS (
    SELECT 'team' AS scope, team AS id, day, outcome, n FROM facts
    UNION ALL SELECT 'person', person, day, outcome, n FROM facts
    UNION ALL SELECT 'hamlet', hamlet, day, outcome, n FROM facts
)
SELECT scope, id, day, outcome, sum(n) FROM scoped GROUP BY scope, id, day, outcome
UNION ALL SELECT scope, id, 0, outcome, sum(n) FROM scoped GROUP BY scope, id, outcome
"""
_SHARES = """
INSERT INTO shares (team, person, day, outcome, n)
SELECT r.team, r.person, r.day, c.outcome, sum(c.n) FROM counts c JOIN reports r ON r.id = c.report
GROUP BY r.team, r.person, r.day, c.outcome
"""
_QUARTERS = """
INSERT INTO quarters (team, day, quarter, n)
SELECT r.team, r.day, r.at / 900, sum(c.n) FROM counts c JOIN reports r ON r.id = c.report
WHERE c.outcome = 'activated' GROUP BY r.team, r.day, r.at / 900
"""


def fill(tx: Transaction, number: int, first: date, days: int) -> None:
    """Puts so many reports into a database that has none, over the days of a phase."""
    row = tx.one("SELECT count(DISTINCT person) AS n FROM identities")
    assert row is not None
    tx.run(_REPORTS, number=number, first=day_number(first), days=days, students=row["n"])
    for sql in (_VERSIONS, _COUNTS, _SUMS, _SHARES, _QUARTERS):
        tx.run(sql)
