-- The conversation: hamlets that are the same, the hamlet in use, homes that were named, and promised visits.

-- A hamlet that a student wrote and the lead knows to be another: what was counted there is that one's from then on.
ALTER TABLE hamlets ADD COLUMN merged_into INTEGER REFERENCES hamlets (id);

-- What a report counts for that names no hamlet, until the work day ends.
CREATE TABLE hamlets_in_use (
    person INTEGER PRIMARY KEY REFERENCES people (id),
    hamlet INTEGER NOT NULL REFERENCES hamlets (id),
    day INTEGER NOT NULL,
    at INTEGER NOT NULL -- what was typed before this does not know of it
);

-- Homes that a report names, to find the same house said twice.
CREATE TABLE homes (
    report INTEGER NOT NULL REFERENCES reports (id),
    hamlet INTEGER NOT NULL REFERENCES hamlets (id),
    label TEXT, -- folded; blanked by retention and erasure
    counts TEXT NOT NULL, -- JSON, by outcome
    PRIMARY KEY (report, hamlet, label)
);

-- Promised return visits of a report's newest version.
CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (id),
    hamlet INTEGER NOT NULL REFERENCES hamlets (id),
    home TEXT, -- as it was said; blanked by retention and erasure
    at INTEGER NOT NULL,
    dropped_at INTEGER -- a correction took it back
);
CREATE INDEX visits_report ON visits (report);
CREATE INDEX visits_at ON visits (at);
