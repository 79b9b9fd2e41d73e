-- What a press changes is the message that carried the offer: the row of the outbox in which it was said.
ALTER TABLE offers ADD COLUMN outbox INTEGER; -- none: not said yet, or of before; the row may be forgotten earlier

-- In the web chat nobody is anybody else by what they typed: there a session is its person's.
DELETE FROM identities WHERE channel = 'web' AND sender <> CAST(person AS TEXT);
