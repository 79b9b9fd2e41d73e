-- Help that is asked for: an old person to be fetched, or the like.
CREATE TABLE assistance (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again, since buttons name it
    person INTEGER NOT NULL REFERENCES people (id), -- who asks
    team INTEGER NOT NULL REFERENCES teams (id),
    day INTEGER NOT NULL, -- the work day in which it was asked for
    at INTEGER, -- when somebody has to be there; none: no time was said
    n INTEGER NOT NULL, -- how many old people
    hamlet INTEGER NOT NULL REFERENCES hamlets (id),
    what TEXT, -- in the words of whoever asks, masked; blanked by retention and erasure
    told TEXT, -- what the team's chat is told of it, without names; blanked likewise
    asked_at INTEGER, -- none: only proposed so far
    helper INTEGER REFERENCES people (id),
    taken_at INTEGER,
    done_at INTEGER,
    report INTEGER REFERENCES reports (id), -- counts it for the helper; while that is withdrawn it is not done
    called_off_at INTEGER,
    called_at INTEGER, -- when the team was told again that nobody had taken it
    reminded_at INTEGER, -- when the helper was reminded
    pressed_at INTEGER -- when the helper was asked what came of it
);
CREATE INDEX assistance_day ON assistance (day);
