-- What a scan found in something to be published, and a person said is no leak. mark: a keyed hash
-- of what was found and of the words around it, so that it is asked again once those change, and
-- no name stands here.
CREATE TABLE leak_settled (
  id INTEGER PRIMARY KEY,
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  mark BLOB NOT NULL CHECK (length(mark) = 32),
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  UNIQUE (consultation_id, mark)
) STRICT;
