-- People whom an admin brought in by the bot: no roster names them, and loading one lets them stay.
ALTER TABLE people ADD COLUMN added_at INTEGER;
