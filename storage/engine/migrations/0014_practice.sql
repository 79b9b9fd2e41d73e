-- Practice: half an hour in which what somebody says to the bot alone counts nothing, in a book of its own.
CREATE TABLE practices (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again, since buttons name it
    person INTEGER NOT NULL REFERENCES people (id),
    chat INTEGER NOT NULL REFERENCES chats (id),
    begun_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    ended_at INTEGER, -- earlier, or then
    book BLOB -- a small database (storage/engine/aside.py); gone when the practice has ended
);
CREATE INDEX practices_chat ON practices (chat);
CREATE INDEX practices_open ON practices (until) WHERE ended_at IS NULL;

-- Messages that reported there, in case their writer meant them: [Tính thật].
CREATE TABLE practised (
    id INTEGER PRIMARY KEY,
    practice INTEGER NOT NULL REFERENCES practices (id),
    message TEXT NOT NULL,
    about TEXT NOT NULL, -- the message whose report it made or changed: itself, or one before
    at INTEGER NOT NULL, -- when it was sent
    text TEXT NOT NULL, -- masked; the row goes after a week
    counted_at INTEGER, -- when it was said that it counts
    UNIQUE (practice, message)
);

-- What the rows of the outbox that answered there are about, by the numbers of that book.
CREATE TABLE practice_answers (
    outbox INTEGER PRIMARY KEY,
    practice INTEGER NOT NULL,
    report INTEGER,
    offers TEXT NOT NULL -- JSON, a list
);
CREATE INDEX practice_answers_practice ON practice_answers (practice);
