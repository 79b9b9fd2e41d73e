-- The pages of the guide and the questions of the check, as the campaign folder has them; and who answered what.
CREATE TABLE guide_pages (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE, -- what commands call it
    place INTEGER NOT NULL, -- in the list
    title TEXT NOT NULL,
    words TEXT NOT NULL, -- what it is found by beside its title, one a line
    text TEXT NOT NULL -- plain
);

CREATE TABLE check_questions (
    id INTEGER PRIMARY KEY,
    place INTEGER, -- none: no longer asked, but somebody was
    ask TEXT NOT NULL,
    answers TEXT NOT NULL, -- JSON, in their order
    correct INTEGER NOT NULL, -- which of them, from 0
    why TEXT NOT NULL
);

-- Each time that somebody took the check; the newest that was ended is the one that is shown.
CREATE TABLE check_runs (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (id),
    begun_at INTEGER NOT NULL,
    ended_at INTEGER
);
CREATE INDEX check_runs_person ON check_runs (person, id);

CREATE TABLE check_answers (
    run INTEGER NOT NULL REFERENCES check_runs (id),
    place INTEGER NOT NULL, -- from 0
    question INTEGER NOT NULL REFERENCES check_questions (id),
    chosen INTEGER, -- none: not answered yet
    PRIMARY KEY (run, place)
) WITHOUT ROWID;
CREATE INDEX check_answers_question ON check_answers (question);
