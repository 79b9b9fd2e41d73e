-- Sums of what was read from the reports one by one until now: who did what in which team, and what changed when.

-- What a person did in a team, since many work in more than one. Of all days there is no row: a phase has few days.
CREATE TABLE shares (
    team INTEGER NOT NULL,
    person INTEGER NOT NULL,
    day INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (team, person, day, outcome)
) WITHOUT ROWID;
INSERT INTO shares (team, person, day, outcome, n)
SELECT r.team, r.person, r.day, c.outcome, sum(c.n)
FROM reports r JOIN counts c ON c.report = r.id AND c.number = (SELECT max(number) FROM versions WHERE report = r.id)
GROUP BY r.team, r.person, r.day, c.outcome;

-- By how many phones each quarter of an hour changed a team's work day: what stood there at some time is the sum until
-- then, and what was changed of a day since it was over is the sum of the quarters after it.
CREATE TABLE quarters (
    team INTEGER NOT NULL,
    day INTEGER NOT NULL,
    quarter INTEGER NOT NULL, -- since 1970-01-01
    n INTEGER NOT NULL,
    PRIMARY KEY (team, day, quarter)
) WITHOUT ROWID;
INSERT INTO quarters (team, day, quarter, n)
SELECT team, day, quarter, sum(n) FROM (
    SELECT r.team, r.day, v.at / 900 AS quarter, c.n
    FROM versions v JOIN reports r ON r.id = v.report
    JOIN counts c ON c.report = v.report AND c.number = v.number AND c.outcome = 'activated'
    UNION ALL
    SELECT r.team, r.day, v.at / 900, -c.n
    FROM versions v JOIN reports r ON r.id = v.report
    JOIN counts c ON c.report = v.report AND c.number = v.number - 1 AND c.outcome = 'activated'
) AS changes GROUP BY team, day, quarter HAVING sum(n) <> 0;

-- Of a person's day the newest report is found first.
DROP INDEX reports_person;
CREATE INDEX reports_person ON reports (person, day, at);
