-- Files that officers asked for: what is in them, who asked, and where they lie until their time is over; and the addresses
-- from which spreadsheets pull totals, each known by a digest alone.

CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again, since links name it
    kind TEXT NOT NULL CHECK (kind IN ('sheet', 'csv', 'letter')),
    communes TEXT NOT NULL, -- their rows, the lowest first: "1 2 3"
    asked_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, -- begun so often; the program may have ended meanwhile
    ended_at INTEGER, -- made, or given up; none: still to be made
    name TEXT, -- as it is called where it is saved; none: it was given up
    file TEXT, -- under which it lies beside the database
    size INTEGER, -- bytes
    as_of INTEGER, -- the moment of its numbers
    numbers TEXT, -- JSON: what they come to
    expires_at INTEGER
);
CREATE INDEX documents_open ON documents (id) WHERE ended_at IS NULL;

CREATE TABLE document_asks (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    person INTEGER NOT NULL REFERENCES people (id),
    chat INTEGER NOT NULL REFERENCES chats (id),
    at INTEGER NOT NULL,
    told_at INTEGER -- the file, or why there is none, stands in line for the chat
);
CREATE INDEX document_asks_document ON document_asks (document);
CREATE INDEX document_asks_person ON document_asks (person);

ALTER TABLE files ADD COLUMN document INTEGER REFERENCES documents (id) ON DELETE SET NULL; -- whose content it is
ALTER TABLE files ADD COLUMN size INTEGER; -- bytes of that

CREATE TABLE pulls (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again, since addresses name it
    person INTEGER NOT NULL REFERENCES people (id), -- whose communes it shows
    digest BLOB NOT NULL, -- of its secret, which stands nowhere
    made_at INTEGER NOT NULL,
    used_at INTEGER, -- last
    ended_at INTEGER
);
CREATE INDEX pulls_person ON pulls (person);
