-- Of a message's edits the one that was made last counts, in whatever order they come: what the newest until now was.

ALTER TABLE seen ADD COLUMN made_at INTEGER; -- of the key of a message that was edited; milliseconds since 1970
ALTER TABLE seen ADD COLUMN number INTEGER; -- tells which of those made in the same moment was the later
