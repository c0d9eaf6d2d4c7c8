-- What somebody may see of a mail that its text does not say stands behind its files, as one
-- more of them: it has a place for codings, is found, judged and erased as they are, and is
-- no file. What was read before stays as it is until it is read anew.
ALTER TABLE attachment ADD COLUMN also INTEGER NOT NULL DEFAULT 0 CHECK (also IN (0, 1));
