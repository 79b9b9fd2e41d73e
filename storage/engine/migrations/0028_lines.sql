-- What is found while a thousand teams' summaries are in line: what leaves next on a channel, and whose chat it is.

-- The channel of its chat, which never changes: each has lines of its own.
ALTER TABLE outbox ADD COLUMN channel TEXT NOT NULL DEFAULT '';
UPDATE outbox SET channel = coalesce((SELECT c.channel FROM chats c WHERE c.id = outbox.chat), '')
WHERE state IN ('due', 'sending');
CREATE INDEX outbox_line ON outbox (channel, words, class, id) WHERE state IN ('due', 'sending');
CREATE INDEX outbox_due ON outbox (channel, due_at) WHERE state IN ('due', 'sending');

CREATE INDEX identities_chat ON identities (chat);
CREATE INDEX scopes_commune ON scopes (commune);
