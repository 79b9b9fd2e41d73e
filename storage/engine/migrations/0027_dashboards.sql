-- Links to the dashboard, and the browser that each of them opened: kept as digests, so that whoever reads the database
-- can open none.

CREATE TABLE dashboards (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (id),
    chat INTEGER NOT NULL REFERENCES chats (id), -- where it was asked for, and where its opening is told
    link TEXT NOT NULL, -- digest of what the link has beside the row
    made_at INTEGER NOT NULL,
    opens_until INTEGER NOT NULL,
    opened_at INTEGER,
    cookie TEXT, -- digest of what the browser has beside the row
    name TEXT NOT NULL DEFAULT '', -- "Chrome · Android"
    shown_until INTEGER,
    ended_at INTEGER
);
CREATE INDEX dashboards_person ON dashboards (person);

-- Phones that a person counted in a hamlet, by day: sums as all others, for the way from a hamlet to its students and back.
CREATE TABLE spots (
    person INTEGER NOT NULL,
    hamlet INTEGER NOT NULL,
    day INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (person, hamlet, day)
) WITHOUT ROWID;
INSERT INTO spots (person, hamlet, day, n)
SELECT r.person, coalesce(h.merged_into, c.hamlet), r.day, sum(c.n)
FROM reports r JOIN counts c ON c.report = r.id AND c.number = (SELECT max(number) FROM versions WHERE report = r.id)
JOIN hamlets h ON h.id = c.hamlet
WHERE c.outcome = 'activated' AND c.hamlet <> 0
GROUP BY r.person, coalesce(h.merged_into, c.hamlet), r.day;
