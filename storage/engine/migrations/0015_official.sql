-- Targets that are changed in a chat, and official counts beside the bot's.

-- The target as the folder said it when it was last loaded: only where it says another one does loading change the target.
ALTER TABLE communes ADD COLUMN listed_target INTEGER;
UPDATE communes SET listed_target = target;

-- What was stated as the official number of phones in all; of one day the newest counts that was not taken back.
CREATE TABLE official (
    id INTEGER PRIMARY KEY,
    commune INTEGER REFERENCES communes (id), -- none: the whole campaign
    day INTEGER NOT NULL, -- at its end, or by `at` where it was stated before that
    n INTEGER NOT NULL,
    takes_back INTEGER UNIQUE REFERENCES official (id), -- this row states nothing, but takes that one back
    at INTEGER NOT NULL,
    by INTEGER NOT NULL REFERENCES people (id)
);
CREATE INDEX official_commune ON official (commune, day);
