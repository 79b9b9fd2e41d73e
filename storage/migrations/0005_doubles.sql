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
