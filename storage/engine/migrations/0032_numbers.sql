-- Offers are numbered as practices are: no number is ever given again, since buttons name it.
CREATE TABLE offers_numbered (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat INTEGER NOT NULL REFERENCES chats (id),
    person INTEGER NOT NULL REFERENCES people (id), -- whose it is to press
    kind TEXT NOT NULL,
    subject INTEGER NOT NULL,
    version INTEGER NOT NULL, -- of the subject, when it was offered
    deadline INTEGER NOT NULL,
    choices TEXT, -- JSON, {label: choice}, where the labels are not the kind's own
    used_at INTEGER,
    used TEXT, -- the choice
    outbox INTEGER -- the row in which it was said; none: not said yet, or of before; the row may be forgotten earlier
);
INSERT INTO offers_numbered (id, chat, person, kind, subject, version, deadline, choices, used_at, used, outbox)
SELECT id, chat, person, kind, subject, version, deadline, choices, used_at, used, outbox FROM offers;
DROP TABLE offers;
ALTER TABLE offers_numbered RENAME TO offers;
CREATE INDEX offers_chat ON offers (chat, person);
