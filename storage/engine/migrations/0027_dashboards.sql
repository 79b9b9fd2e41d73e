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
