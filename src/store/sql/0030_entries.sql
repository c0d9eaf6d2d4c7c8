-- What did not come as an email of its respondent: a letter, a call, what was said at a meeting,
-- put in by hand; or an email that somebody sent on for somebody else. A response has the channel
-- that it came by.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE response_kept AS SELECT * FROM response;
DROP TABLE response;
CREATE TABLE response (
  id INTEGER PRIMARY KEY,
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  number INTEGER NOT NULL,
  inbound_id INTEGER NOT NULL UNIQUE REFERENCES inbound (id),
  respondent_id INTEGER NOT NULL REFERENCES respondent (id),
  channel TEXT NOT NULL CHECK (channel IN ('e-mail', 'paper', 'telephone', 'meeting')),
  received_at INTEGER NOT NULL,
  late INTEGER NOT NULL CHECK (late IN (0, 1)),
  state TEXT NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'included', 'excluded')),
  reason TEXT,
  assigned_to INTEGER REFERENCES staff (id),
  fingerprint INTEGER, -- derived: its words and files, to find the same again
  file_print INTEGER,
  UNIQUE (consultation_id, number),
  CHECK ((state = 'excluded') = (reason IS NOT NULL))
) STRICT;
INSERT INTO response (id, consultation_id, number, inbound_id, respondent_id, channel, received_at,
  late, state, reason, assigned_to, fingerprint, file_print)
SELECT id, consultation_id, number, inbound_id, respondent_id,
       CASE channel WHEN 'entered' THEN 'paper' ELSE channel END, received_at, late, state, reason,
       assigned_to, fingerprint, file_print
  FROM response_kept;
DROP TABLE response_kept;
CREATE INDEX response_respondent ON response (respondent_id, fingerprint, id);
CREATE INDEX response_state ON response (consultation_id, state, id);
CREATE TRIGGER fact_response AFTER UPDATE OF id, consultation_id, respondent_id, channel,
  received_at, late, state, reason ON response BEGIN
  DELETE FROM fact_fresh WHERE block IN (old.id / 256, new.id / 256);
END;
CREATE TRIGGER fact_response_gone AFTER DELETE ON response BEGIN
  DELETE FROM fact_fresh WHERE block = old.id / 256;
END;
CREATE TRIGGER queue_add AFTER INSERT ON response BEGIN
  INSERT INTO queue SELECT * FROM queue_now WHERE response_id = new.id;
END;
CREATE TRIGGER queue_change AFTER UPDATE OF state, late, assigned_to ON response BEGIN
  UPDATE queue SET state = new.state, late = new.late, assigned_to = new.assigned_to
   WHERE response_id = new.id;
END;

-- Who it is from, as it was said then, and who said so: kept as it was, as the mail is. What is
-- known of the respondent now stands in respondent.
CREATE TABLE entry (
  inbound_id INTEGER PRIMARY KEY REFERENCES inbound (id),
  how TEXT NOT NULL CHECK (how IN ('by hand', 'sent on')),
  channel TEXT NOT NULL CHECK (channel IN ('e-mail', 'paper', 'telephone', 'meeting')),
  name TEXT,
  organisation TEXT,
  address TEXT,
  type TEXT NOT NULL CHECK (type IN ('individual', 'organisation', 'unknown')),
  permission TEXT NOT NULL CHECK (permission IN ('name', 'without name', 'none', 'unknown')),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
  BEGIN SELECT RAISE (ABORT, 'what was said of a response is never changed'); END;
