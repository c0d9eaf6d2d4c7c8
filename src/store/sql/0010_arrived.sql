-- What a mail came to, so that a right to sort it is asked for that list or consultation. Of a
-- mail that came before this, or to neither, both stay NULL: it needs a right for everywhere.
ALTER TABLE inbound ADD COLUMN list_id INTEGER REFERENCES list (id);
ALTER TABLE inbound ADD COLUMN consultation_id INTEGER REFERENCES consultation (id);
