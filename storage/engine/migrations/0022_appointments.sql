-- Promised visits as appointments: they are done, put off, called off or missed, and may go to somebody else.

ALTER TABLE visits ADD COLUMN day INTEGER NOT NULL DEFAULT 0; -- the work day in which `at` falls
UPDATE visits SET day = (at + 10800) / 86400; -- of before this column: in Vietnam, where work days start at four
ALTER TABLE visits ADD COLUMN made_at INTEGER; -- when it was promised for this time; none: of before this column
ALTER TABLE visits ADD COLUMN goes INTEGER REFERENCES people (id); -- who goes there: whoever promised it, until it is somebody else's
UPDATE visits SET goes = (SELECT person FROM reports r WHERE r.id = visits.report);
ALTER TABLE visits ADD COLUMN misses INTEGER NOT NULL DEFAULT 0; -- how often it was missed before it was put off
ALTER TABLE visits ADD COLUMN moved_from INTEGER REFERENCES visits (id); -- it was put off: what it was before
ALTER TABLE visits ADD COLUMN reminded_at INTEGER;
ALTER TABLE visits ADD COLUMN called_off_at INTEGER;
ALTER TABLE visits ADD COLUMN done_at INTEGER;
ALTER TABLE visits ADD COLUMN result INTEGER REFERENCES reports (id); -- what came of it; while that is withdrawn the visit is not done
CREATE INDEX visits_day ON visits (day);
CREATE INDEX visits_goes ON visits (goes, day);
