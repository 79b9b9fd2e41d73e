-- What somebody hears unasked: at which time, or not at all; and what they were told of each work day.

-- Other than it is set for everybody; no row: as it is set.
CREATE TABLE wishes (
    person INTEGER NOT NULL REFERENCES people (id),
    job TEXT NOT NULL,
    minute INTEGER, -- of the day; none: the time that is set
    muted INTEGER NOT NULL,
    at INTEGER NOT NULL, -- since when
    PRIMARY KEY (person, job)
) WITHOUT ROWID;

-- Nobody is told the same twice, or more than a few things in an evening. Forgotten after some days.
CREATE TABLE told_unasked (
    person INTEGER NOT NULL REFERENCES people (id),
    day INTEGER NOT NULL,
    what TEXT NOT NULL, -- as in the key of its row in the outbox, without the chat
    at INTEGER NOT NULL, -- its time
    counts INTEGER NOT NULL, -- 0: it was said inside another message
    PRIMARY KEY (person, day, what)
) WITHOUT ROWID;
