-- What a mail that was taken as a response seems to be, by its own words: proposed to the
-- officials, one of whom decides. whole 1: no response at all; 0: perhaps one, with that in it.
-- sign: which fact tells it; words: the sentence that does. Derived while open:
--   open -> accepted | refused (by whom, when), and back by undo
CREATE TABLE proposal (
  response_id INTEGER NOT NULL REFERENCES response (id),
  kind TEXT NOT NULL CHECK (kind IN ('advertisement', 'question', 'subscribe', 'unsubscribe',
    'thanks', 'complaint', 'information', 'automatic', 'risk')),
  whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
  sign TEXT NOT NULL CHECK (sign IN ('offers', 'in bulk', 'asks', 'wants mail', 'wants none',
    'only thanks', 'complains', 'names act', 'own data', 'asks records', 'absent', 'by machine',
    'self-harm', 'harm now', 'harm to a child', 'harm to others')),
  words TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'refused')),
  staff_id INTEGER REFERENCES staff (id),
  at INTEGER,
  PRIMARY KEY (response_id, kind),
  CHECK ((state = 'open') = (staff_id IS NULL) AND (state = 'open') = (at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX proposal_open ON proposal (kind, response_id) WHERE state = 'open';
