-- What an officer says to all team chats, after a yes.
CREATE TABLE broadcasts (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given again: buttons name it
    by INTEGER NOT NULL REFERENCES people (id),
    chat INTEGER NOT NULL REFERENCES chats (id), -- where it was asked for, and its progress is shown
    text TEXT, -- masked; blanked by retention and erasure
    made_at INTEGER NOT NULL,
    begun_at INTEGER, -- the yes
    meant_at INTEGER, -- when it should be read: then, or at the end of the quiet hours
    stopped_at INTEGER,
    ended_at INTEGER, -- nothing of it waits any more; also where it was never sent
    shown TEXT, -- what its progress said last, in numbers
    first_row INTEGER, -- of the outbox: the message in which its progress stands
    last_row INTEGER -- its newest edit
);
CREATE INDEX broadcasts_open ON broadcasts (id) WHERE begun_at IS NOT NULL AND ended_at IS NULL;

-- To whom it goes.
CREATE TABLE broadcast_chats (
    broadcast INTEGER NOT NULL REFERENCES broadcasts (id),
    chat INTEGER NOT NULL REFERENCES chats (id),
    outbox INTEGER, -- its row there; none: it is not in line yet
    PRIMARY KEY (broadcast, chat)
) WITHOUT ROWID;
