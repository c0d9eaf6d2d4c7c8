-- One more sign of a proposal: it is like mails that were of that kind. alike: the words of it
-- that say so, most weight first.
CREATE TABLE proposal_now (
  response_id INTEGER NOT NULL REFERENCES response (id),
  kind TEXT NOT NULL CHECK (kind IN ('advertisement', 'question', 'subscribe', 'unsubscribe',
    'thanks', 'complaint', 'information', 'automatic', 'risk')),
  whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
  sign TEXT NOT NULL CHECK (sign IN ('offers', 'in bulk', 'asks', 'wants mail', 'wants none',
    'only thanks', 'complains', 'names act', 'own data', 'asks records', 'absent', 'by machine',
    'self-harm', 'harm now', 'harm to a child', 'harm to others', 'learned')),
  words TEXT NOT NULL,
  alike TEXT,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'refused')),
  staff_id INTEGER REFERENCES staff (id),
  at INTEGER,
  PRIMARY KEY (response_id, kind),
  CHECK ((state = 'open') = (staff_id IS NULL) AND (state = 'open') = (at IS NULL)),
  CHECK ((sign = 'learned') = (alike IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO proposal_now (response_id, kind, whole, sign, words, state, staff_id, at)
SELECT response_id, kind, whole, sign, words, state, staff_id, at FROM proposal;
DROP TABLE proposal;
ALTER TABLE proposal_now RENAME TO proposal;
CREATE INDEX proposal_open ON proposal (kind, response_id) WHERE state = 'open';
CREATE INDEX proposal_refused ON proposal (response_id) WHERE whole = 1 AND state = 'refused';
