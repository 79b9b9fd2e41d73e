-- Answers and lists name homes as they were written, in that order, without reading the message anew.
ALTER TABLE homes ADD COLUMN said TEXT; -- none: of before; goes with the row
ALTER TABLE homes ADD COLUMN number INTEGER NOT NULL DEFAULT 0; -- its place in the message
