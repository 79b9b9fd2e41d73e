-- What people ask of the timetable, gaps in which a platform brought nothing, and until when each was there.

CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    job TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('run', 'trial', 'close')),
    subject INTEGER NOT NULL, -- of a day that a lead closes the team; else 0
    day INTEGER NOT NULL, -- work day
    number INTEGER NOT NULL, -- from 1 among those of the same job, kind, subject and day
    person INTEGER NOT NULL REFERENCES people (id), -- who asks
    chat INTEGER NOT NULL REFERENCES chats (id), -- and where
    at INTEGER NOT NULL,
    done_at INTEGER, -- none: still to be done
    said TEXT, -- of a closed day: a digest of what was summed up
    UNIQUE (job, what, subject, day, number)
);
CREATE INDEX orders_open ON orders (id) WHERE done_at IS NULL;

CREATE TABLE contacts (
    channel TEXT PRIMARY KEY,
    at INTEGER NOT NULL -- until when the platform surely brought what people wrote
) WITHOUT ROWID;

CREATE TABLE gaps (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    told INTEGER NOT NULL DEFAULT 0, -- whether those whom it concerns were told
    UNIQUE (channel, begun_at)
);
