-- What an evening refers back to: homes that were reported already, and hamlets in use.

-- The same house said twice is looked for by evening, hamlet and label, instead of through all reports of the team.
CREATE TABLE homes_by_label (
    report INTEGER NOT NULL REFERENCES reports (id),
    hamlet INTEGER NOT NULL REFERENCES hamlets (id),
    label TEXT NOT NULL, -- folded; retention and erasure remove the row
    day INTEGER NOT NULL, -- the report's work day
    counts TEXT NOT NULL, -- JSON, by outcome
    PRIMARY KEY (report, hamlet, label)
) WITHOUT ROWID;
INSERT INTO homes_by_label (report, hamlet, label, day, counts)
    SELECT h.report, h.hamlet, h.label, r.day, h.counts FROM homes h JOIN reports r ON r.id = h.report
    WHERE h.label IS NOT NULL;
DROP TABLE homes;
ALTER TABLE homes_by_label RENAME TO homes;
CREATE INDEX homes_label ON homes (day, hamlet, label);

-- Which hamlet was in use when: what was typed before the newest choice counts for the one before it.
CREATE TABLE hamlets_used (
    person INTEGER NOT NULL REFERENCES people (id),
    day INTEGER NOT NULL,
    at INTEGER NOT NULL, -- from then on, until the next or the end of the work day
    hamlet INTEGER REFERENCES hamlets (id), -- none: it was left
    PRIMARY KEY (person, day, at)
) WITHOUT ROWID;
INSERT INTO hamlets_used (person, day, at, hamlet) SELECT person, day, at, hamlet FROM hamlets_in_use;
DROP TABLE hamlets_in_use;
