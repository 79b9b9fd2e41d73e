-- The whole memory of the bot. Moments are seconds, days are days since 1970-01-01 (storage/times.py).
-- Numbers are only ever added: what changes a report is a row of its own.

-- Small facts about this database: folder digest of the last load, the bot's user names, marks of the demonstration.
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE campaign (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    timezone TEXT NOT NULL,
    quota INTEGER NOT NULL -- phones a student a day
);

CREATE TABLE phases (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    first_day INTEGER NOT NULL,
    days INTEGER NOT NULL CHECK (days > 0)
);

CREATE TABLE communes (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE, -- without diacritics, case and "xã"
    target INTEGER NOT NULL CHECK (target >= 0),
    baseline INTEGER NOT NULL DEFAULT 0 CHECK (baseline >= 0)
);

CREATE TABLE hamlets (
    id INTEGER PRIMARY KEY,
    commune INTEGER REFERENCES communes (id),
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    homes INTEGER,
    listed INTEGER NOT NULL, -- 0: written by a student, not in the campaign's list
    UNIQUE (commune, folded)
);
-- Work where no hamlet was said.
INSERT INTO hamlets (id, commune, name, folded, listed) VALUES (0, NULL, '', '', 1);

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE, -- the roster's id
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('student', 'lead', 'officer', 'admin')),
    address TEXT, -- how the bot addresses this person, where the roster says
    code TEXT NOT NULL UNIQUE, -- joins
    locked_at INTEGER, -- code and identities no longer work
    left_at INTEGER -- no longer in the roster
);

-- An officer's communes; none: the whole campaign.
CREATE TABLE scopes (
    person INTEGER NOT NULL REFERENCES people (id),
    commune INTEGER NOT NULL REFERENCES communes (id),
    PRIMARY KEY (person, commune)
) WITHOUT ROWID;

CREATE TABLE teams (
    id INTEGER PRIMARY KEY,
    commune INTEGER NOT NULL REFERENCES communes (id),
    phase INTEGER NOT NULL REFERENCES phases (id),
    UNIQUE (commune, phase)
);

CREATE TABLE members (
    team INTEGER NOT NULL REFERENCES teams (id),
    person INTEGER NOT NULL REFERENCES people (id),
    PRIMARY KEY (team, person)
) WITHOUT ROWID;
CREATE INDEX members_person ON members (person);

CREATE TABLE chats (
    id INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    address TEXT NOT NULL, -- the platform's id
    kind TEXT NOT NULL CHECK (kind IN ('private', 'group')),
    title TEXT NOT NULL DEFAULT '',
    gone_at INTEGER, -- blocked, kicked, or moved to another address
    UNIQUE (channel, address)
);

CREATE TABLE team_chats (
    chat INTEGER PRIMARY KEY REFERENCES chats (id),
    team INTEGER NOT NULL REFERENCES teams (id),
    added_by INTEGER NOT NULL REFERENCES people (id),
    added_at INTEGER NOT NULL
);
CREATE INDEX team_chats_team ON team_chats (team);

-- Who writes on a platform: a person, by the code that was used to join.
CREATE TABLE identities (
    channel TEXT NOT NULL,
    sender TEXT NOT NULL, -- the platform's user id
    person INTEGER NOT NULL REFERENCES people (id),
    chat INTEGER NOT NULL REFERENCES chats (id), -- the private one
    joined_at INTEGER NOT NULL,
    PRIMARY KEY (channel, sender)
) WITHOUT ROWID;
CREATE INDEX identities_person ON identities (person);

-- Wrong codes, to slow down guessing.
CREATE TABLE code_failures (
    channel TEXT NOT NULL,
    sender TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX code_failures_sender ON code_failures (channel, sender, at);

CREATE TABLE days_off (
    person INTEGER NOT NULL REFERENCES people (id),
    day INTEGER NOT NULL,
    PRIMARY KEY (person, day)
) WITHOUT ROWID;

-- A report: what one message says was done. Who, when and where never change; what was said is its versions.
CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (id),
    team INTEGER NOT NULL REFERENCES teams (id),
    day INTEGER NOT NULL, -- work day
    at INTEGER NOT NULL, -- when the message was sent
    chat INTEGER NOT NULL REFERENCES chats (id),
    message TEXT NOT NULL
);
CREATE INDEX reports_message ON reports (chat, message);
CREATE INDEX reports_person ON reports (person, day);

CREATE TABLE versions (
    report INTEGER NOT NULL REFERENCES reports (id),
    number INTEGER NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('said', 'corrected', 'withdrawn', 'adjusted')),
    at INTEGER NOT NULL,
    by INTEGER NOT NULL REFERENCES people (id),
    text TEXT, -- masked; blanked by retention and erasure
    PRIMARY KEY (report, number)
) WITHOUT ROWID;

-- What a version says: phones, people or homes by hamlet and outcome. A row of 0 says "none". Below 0 only where adjusted.
CREATE TABLE counts (
    report INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hamlet INTEGER NOT NULL REFERENCES hamlets (id),
    outcome TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (report, number, hamlet, outcome),
    FOREIGN KEY (report, number) REFERENCES versions (report, number)
) WITHOUT ROWID;

-- Sums of the newest versions, kept in the same transaction; day 0 is all days together.
CREATE TABLE sums (
    scope TEXT NOT NULL CHECK (scope IN ('team', 'person', 'hamlet')),
    id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (scope, id, day, outcome)
) WITHOUT ROWID;

-- Messages about work whose number is still open.
CREATE TABLE drafts (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (id),
    day INTEGER NOT NULL,
    at INTEGER NOT NULL,
    chat INTEGER NOT NULL REFERENCES chats (id),
    message TEXT NOT NULL,
    why TEXT NOT NULL,
    holes TEXT NOT NULL, -- JSON: what was understood, and where a number is missing
    text TEXT, -- masked; blanked by retention and erasure
    settled_at INTEGER,
    report INTEGER REFERENCES reports (id) -- what it became; null while open, and where dropped
);
CREATE INDEX drafts_open ON drafts (person, day) WHERE settled_at IS NULL;
CREATE INDEX drafts_message ON drafts (chat, message);

-- What the conversation with a person in a chat waits for.
CREATE TABLE questions (
    chat INTEGER NOT NULL REFERENCES chats (id),
    person INTEGER NOT NULL REFERENCES people (id),
    kind TEXT NOT NULL,
    subject INTEGER NOT NULL,
    deadline INTEGER NOT NULL,
    PRIMARY KEY (chat, person)
) WITHOUT ROWID;

-- What buttons would do: the first press uses an offer up.
CREATE TABLE offers (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chats (id),
    person INTEGER NOT NULL REFERENCES people (id), -- whose it is to press
    kind TEXT NOT NULL,
    subject INTEGER NOT NULL,
    version INTEGER NOT NULL, -- of the subject, when it was offered
    deadline INTEGER NOT NULL,
    choices TEXT, -- JSON, {label: choice}, where the labels are not the kind's own
    used_at INTEGER,
    used TEXT -- the choice
);
CREATE INDEX offers_chat ON offers (chat, person);

-- Messages that were handled: 16 bytes of a digest of channel, chat, message, edit time and masked text.
CREATE TABLE seen (
    key BLOB PRIMARY KEY,
    day INTEGER NOT NULL
) WITHOUT ROWID;

-- What the bot says. due → sending → sent | failed | unknown; merged: said inside another row; expired: too late to say.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    chat INTEGER NOT NULL REFERENCES chats (id),
    class INTEGER NOT NULL, -- 0 answers, 1 appointments, 2 summaries, 3 broadcasts
    state TEXT NOT NULL DEFAULT 'due'
        CHECK (state IN ('due', 'sending', 'sent', 'failed', 'unknown', 'merged', 'expired')),
    meant_at INTEGER NOT NULL, -- when it should be read
    due_at INTEGER NOT NULL, -- not before: moved by retries and pauses
    expires_at INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    again INTEGER NOT NULL DEFAULT 0, -- may have been said before: 1 cut off by a crash, 2 never answered for
    sent_id TEXT, -- the platform's message id
    key TEXT, -- makes what is said unasked unique
    report INTEGER -- which this answers
);
CREATE INDEX outbox_open ON outbox (chat, class, id) WHERE state IN ('due', 'sending');
-- The words themselves, as JSON; gone once the platform has them. Apart, so that their space is used again.
CREATE TABLE bodies (
    outbox INTEGER PRIMARY KEY REFERENCES outbox (id) ON DELETE CASCADE,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX outbox_key ON outbox (key) WHERE key IS NOT NULL;
CREATE INDEX outbox_report ON outbox (report) WHERE report IS NOT NULL;

-- When a job of the schedule was done; its rows make up what was missed.
CREATE TABLE job_runs (
    job TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    done_at INTEGER NOT NULL,
    outcome TEXT NOT NULL, -- done, dropped (too late), begun (the schedule's first start)
    PRIMARY KEY (job, due_at)
) WITHOUT ROWID;

-- Messages and payloads that could not be handled.
CREATE TABLE failures (
    id INTEGER PRIMARY KEY,
    trace TEXT NOT NULL, -- what logs call it
    at INTEGER NOT NULL,
    place TEXT NOT NULL,
    key TEXT NOT NULL, -- channel, chat and message
    text TEXT, -- masked; blanked by retention and erasure
    error TEXT NOT NULL -- the kind of error and where, never values
);

-- Who changed what belongs to others.
CREATE TABLE audits (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    by INTEGER REFERENCES people (id), -- null: the command line
    what TEXT NOT NULL,
    subject INTEGER NOT NULL,
    detail TEXT NOT NULL
);

-- How each way to reach people is doing.
CREATE TABLE channels (
    name TEXT PRIMARY KEY,
    username TEXT NOT NULL, -- of the bot there
    state TEXT NOT NULL, -- up, down
    detail TEXT NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;
