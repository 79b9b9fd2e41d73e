-- Who did what, where, with what stood before and after; and who was erased.

ALTER TABLE audits ADD COLUMN chat INTEGER REFERENCES chats (id); -- none: the command line, or the clock
ALTER TABLE audits ADD COLUMN operator TEXT; -- of the command line: the machine's user
ALTER TABLE audits ADD COLUMN before TEXT NOT NULL DEFAULT '';
ALTER TABLE audits ADD COLUMN after TEXT NOT NULL DEFAULT '';
CREATE INDEX audits_at ON audits (at);
CREATE INDEX audits_by ON audits (by, id);

-- What was done stays done: a row is never taken away, and of its words only blanks can be made (erasure).
CREATE TRIGGER audits_are_kept BEFORE DELETE ON audits
BEGIN
    SELECT RAISE(ABORT, 'what is on record stays');
END;
CREATE TRIGGER audits_are_not_changed BEFORE UPDATE ON audits
WHEN NEW.id <> OLD.id OR NEW.at <> OLD.at OR coalesce(NEW.by, 0) <> coalesce(OLD.by, 0)
    OR NEW.what <> OLD.what OR NEW.subject <> OLD.subject
    OR coalesce(NEW.chat, 0) <> coalesce(OLD.chat, 0) OR coalesce(NEW.operator, '') <> coalesce(OLD.operator, '')
    OR NEW.before NOT IN (OLD.before, '') OR NEW.after NOT IN (OLD.after, '') OR NEW.detail NOT IN (OLD.detail, '')
BEGIN
    SELECT RAISE(ABORT, 'what is on record stays');
END;

-- People of whom nothing but their sums is kept. The digest knows their id of the roster again, and tells it to nobody.
CREATE TABLE erased (
    person INTEGER PRIMARY KEY REFERENCES people (id),
    at INTEGER NOT NULL,
    digest BLOB NOT NULL UNIQUE
);
INSERT INTO meta (name, value) VALUES ('erasure_key', lower(hex(randomblob(16))));
