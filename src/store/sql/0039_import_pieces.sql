-- An import is written in pieces: how many were to be added or kept off, and when that was done to
-- its end. NULL: it runs, or was broken off.
ALTER TABLE import ADD COLUMN wanted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE import ADD COLUMN done_at INTEGER;
UPDATE import SET wanted = added + kept_off, done_at = at;
