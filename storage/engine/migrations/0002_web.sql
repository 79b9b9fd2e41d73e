-- The web chat: a chat server of our own. Moments in posts and actions are milliseconds, since people see their order.

CREATE TABLE rooms (
    id INTEGER PRIMARY KEY,
    person INTEGER UNIQUE REFERENCES people (id), -- whose private chat with the bot
    team INTEGER UNIQUE REFERENCES teams (id), -- or whose room
    commands TEXT NOT NULL DEFAULT '[]', -- JSON: what the bot's menu offers in it
    CHECK ((person IS NULL) <> (team IS NULL))
);

-- What stands in the rooms. A post that changes gets a new `change`, so that a browser that was away asks for what is newer.
CREATE TABLE posts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    room INTEGER NOT NULL REFERENCES rooms (id),
    person INTEGER REFERENCES people (id), -- null: the bot
    uuid TEXT, -- by which its browser knows it
    key TEXT UNIQUE, -- of what the bot says: a repeat finds what is there
    text TEXT NOT NULL, -- masked
    at INTEGER NOT NULL,
    edited_at INTEGER,
    reply INTEGER, -- the post that it answers
    buttons TEXT, -- JSON
    reaction TEXT,
    taken INTEGER NOT NULL DEFAULT 0, -- the bot has it
    change INTEGER NOT NULL UNIQUE
);
CREATE INDEX posts_room ON posts (room, id);

-- How far somebody has read.
CREATE TABLE read_marks (
    room INTEGER NOT NULL REFERENCES rooms (id),
    person INTEGER NOT NULL REFERENCES people (id),
    upto INTEGER NOT NULL,
    PRIMARY KEY (room, person)
) WITHOUT ROWID;

-- Pictures and files of the bot's posts.
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    post INTEGER NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    width INTEGER, -- of a picture, in pixels
    height INTEGER,
    content BLOB NOT NULL
);
CREATE INDEX files_post ON files (post);

-- Browsers that joined with a code.
CREATE TABLE devices (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (id),
    nonce TEXT NOT NULL, -- what its cookie is signed over
    name TEXT NOT NULL, -- "Chrome · Android"
    joined_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
);
CREATE INDEX devices_person ON devices (person);

-- What people did, in the order in which it came, until the bot has it; then only the UUID stays, by which a repeat is known.
CREATE TABLE actions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES people (id),
    uuid TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('say', 'edit', 'press', 'join')),
    room INTEGER NOT NULL REFERENCES rooms (id),
    post INTEGER,
    at INTEGER NOT NULL,
    body TEXT, -- JSON; gone once the bot has it
    digest BLOB NOT NULL, -- of what was asked, to tell a repeat from another use of the UUID
    UNIQUE (person, uuid)
);
CREATE INDEX actions_waiting ON actions (id) WHERE body IS NOT NULL;
