-- Of a mail that passes on what somebody else wrote: who that was, and how many bytes of
-- text_new, from its beginning, are those of whoever passes it on.
ALTER TABLE parsed ADD COLUMN forwarded_name TEXT;
ALTER TABLE parsed ADD COLUMN forwarded_address TEXT;
ALTER TABLE parsed ADD COLUMN note_bytes INTEGER NOT NULL DEFAULT 0 CHECK (note_bytes >= 0);
