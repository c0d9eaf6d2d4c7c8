-- A letter that is typed in beside its picture: the files as somebody chose them, until they are
-- kept with the response (then they are in its mail, and bytes is empty), and each page as a
-- picture that a program made of them. What nobody has used after a day goes.
--   waiting -> done | unreadable (with the reason)
CREATE TABLE scan (
  id INTEGER PRIMARY KEY,
  token TEXT NOT NULL, -- of one form: its files belong together
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  inbound_id INTEGER REFERENCES inbound (id), -- of the response that it has become
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT,
  bytes BLOB NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'unreadable')),
  reason TEXT,
  CHECK ((state = 'unreadable') = (reason IS NOT NULL))
) STRICT;
CREATE INDEX scan_token ON scan (token, id);
CREATE INDEX scan_waits ON scan (id) WHERE state = 'waiting';
CREATE INDEX scan_inbound ON scan (inbound_id) WHERE inbound_id IS NOT NULL;
CREATE INDEX scan_unused ON scan (at) WHERE inbound_id IS NULL;

CREATE TABLE scan_page (
  scan_id INTEGER NOT NULL REFERENCES scan (id),
  number INTEGER NOT NULL,
  png BLOB NOT NULL,
  PRIMARY KEY (scan_id, number)
) STRICT, WITHOUT ROWID;
