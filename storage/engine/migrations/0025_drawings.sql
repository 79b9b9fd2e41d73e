-- Pictures that are still to be drawn: the facts that each shows, as they were when its words were said. No resident is in them.
CREATE TABLE drawings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used again, since what is said names it
    kind TEXT NOT NULL, -- of the chart
    digest TEXT NOT NULL, -- of kind and facts: the same picture is drawn once
    facts TEXT NOT NULL, -- JSON
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    asked_at INTEGER, -- when somebody first waited for it, since the program started
    failed_at INTEGER, -- it cannot be drawn
    picture INTEGER REFERENCES pictures (id) ON DELETE SET NULL -- as it was drawn
);
CREATE INDEX drawings_digest ON drawings (digest);
CREATE INDEX drawings_expire ON drawings (expires_at);
CREATE INDEX drawings_picture ON drawings (picture);
