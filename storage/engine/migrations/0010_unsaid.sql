-- Nothing leaves the outbox unsaid and untold; groups that take no text for now; topics; what strangers are told.

-- Of a row that ended unsaid (due_at: when): whether somebody was told. 0 not yet, 1 yes, 2 nobody has to hear of it.
ALTER TABLE outbox ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
UPDATE outbox SET told = 2 WHERE state NOT IN ('due', 'sending'); -- history
UPDATE outbox SET told = 2 WHERE id IN (SELECT outbox FROM bodies WHERE body LIKE '{"notice"%' OR body LIKE '{"menu"%');
CREATE INDEX outbox_unsaid ON outbox (told, due_at) WHERE state IN ('failed', 'unknown', 'expired');

-- Signs on people's messages wait in a line of their own.
DROP INDEX outbox_open;
CREATE INDEX outbox_open ON outbox (chat, class, words, id) WHERE state IN ('due', 'sending');

-- A group that lets the bot in but takes no text from it: since when. What is to be said there waits.
ALTER TABLE chats ADD COLUMN closed_at INTEGER;
-- The topic of a group in which it is a team's chat, by the platform's id; none: the whole group.
ALTER TABLE chats ADD COLUMN topic TEXT;

-- Answers to people who have not joined, of which there are only so many; forgotten after two days.
CREATE TABLE strangers_told (
    channel TEXT NOT NULL,
    sender TEXT NOT NULL,
    what TEXT NOT NULL, -- which answer
    at INTEGER NOT NULL,
    n INTEGER NOT NULL, -- how often in this second
    PRIMARY KEY (channel, sender, what, at)
) WITHOUT ROWID;
