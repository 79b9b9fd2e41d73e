-- Whether a row of the outbox is a message of the bot's own, or only a sign, a deletion or the like on another's.
ALTER TABLE outbox ADD COLUMN words INTEGER NOT NULL DEFAULT 1;
-- What has left needs no more than its id there; of what waits the words were recognised by their JSON until now.
UPDATE outbox SET words = 0 WHERE id IN (SELECT outbox FROM bodies WHERE body NOT LIKE '{"text"%');
