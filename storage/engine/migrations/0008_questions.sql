-- What was asked is answered by the next message alone, or by a number within two minutes: whether something was said since.
ALTER TABLE questions ADD COLUMN passed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE questions ADD COLUMN asked_at INTEGER NOT NULL DEFAULT 0;
