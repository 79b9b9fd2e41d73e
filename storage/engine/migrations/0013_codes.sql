-- A code admits one account a platform, and one that was ended never lets anybody in again.

CREATE INDEX people_code ON people (upper(code));

-- 1: it came in by a code that is no more; whoever comes by the one of today takes its place.
ALTER TABLE identities ADD COLUMN earlier_code INTEGER NOT NULL DEFAULT 0;

-- Codes that were ended while the bot ran, in capitals: a roster that still names one does not bring it back.
CREATE TABLE ended_codes (
    code TEXT PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people (id),
    at INTEGER NOT NULL
) WITHOUT ROWID;

-- Accounts that gave a code which another account of the platform came in by, until its owner has answered.
CREATE TABLE claims (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given again: an old offer stands for no newer claim
    person INTEGER NOT NULL REFERENCES people (id),
    channel TEXT NOT NULL,
    sender TEXT NOT NULL,
    chat INTEGER NOT NULL REFERENCES chats (id), -- the newcomer's private one
    at INTEGER NOT NULL,
    UNIQUE (channel, sender)
);
CREATE INDEX claims_person ON claims (person);
