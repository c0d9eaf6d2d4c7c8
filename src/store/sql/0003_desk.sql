-- The staff's pages: who may sign in and do what, and what the desk needs to be quick.

-- How somebody of the staff signs in. totp: the secret, sealed with the store's key;
-- totp_step: the last step that was used.
CREATE TABLE login (
  staff_id INTEGER PRIMARY KEY REFERENCES staff (id),
  password TEXT,
  password_at INTEGER,
  totp BLOB,
  totp_step INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A role everywhere, for one list or for one consultation. Ended, never deleted.
CREATE TABLE granted (
  id INTEGER PRIMARY KEY,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  role TEXT NOT NULL CHECK (role IN ('reader', 'coder', 'editor', 'approver', 'data protection',
    'administrator')),
  list_id INTEGER REFERENCES list (id),
  consultation_id INTEGER REFERENCES consultation (id),
  by_id INTEGER REFERENCES staff (id),
  at INTEGER NOT NULL,
  ended_by INTEGER REFERENCES staff (id),
  ended_at INTEGER,
  CHECK (list_id IS NULL OR consultation_id IS NULL)
) STRICT;
CREATE UNIQUE INDEX granted_holds
  ON granted (staff_id, role, coalesce(list_id, 0), coalesce(consultation_id, 0))
  WHERE ended_at IS NULL;

-- Only the hash of the token is here.  open -> ended (why)
CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  how TEXT NOT NULL CHECK (how IN ('password', 'proxy')),
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  ended_at INTEGER,
  why_ended TEXT,
  CHECK ((ended_at IS NULL) = (why_ended IS NULL))
) STRICT;
CREATE INDEX session_staff ON session (staff_id, seen_at);
CREATE INDEX session_old ON session (seen_at);

-- Attempts to sign in that failed or are under way; key: a keyed hash of an account's name or
-- of a source, so that what somebody typed by mistake into the wrong field is not kept.
CREATE TABLE sign_in (
  key BLOB PRIMARY KEY CHECK (length(key) = 32),
  failures INTEGER NOT NULL,
  at INTEGER NOT NULL,
  until_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_old ON sign_in (at);

-- Derived by the triggers below: what the queue asks of each reply, in one narrow row.
CREATE TABLE desk (
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  number INTEGER NOT NULL,
  response_id INTEGER NOT NULL REFERENCES response (id),
  inbound_id INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  late INTEGER NOT NULL,
  unreadable INTEGER NOT NULL,
  marked INTEGER NOT NULL,
  assigned_to INTEGER,
  campaign_id INTEGER,
  type TEXT NOT NULL,
  permission TEXT NOT NULL,
  PRIMARY KEY (consultation_id, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX desk_response ON desk (response_id);
CREATE INDEX desk_state
  ON desk (consultation_id, state, late, unreadable, marked, assigned_to, campaign_id);

CREATE VIEW desk_now AS
  SELECT r.consultation_id, r.number, r.id AS response_id, r.inbound_id, r.received_at, r.state,
         r.late,
         EXISTS (SELECT 1 FROM attachment a WHERE a.inbound_id = r.inbound_id
           AND a.text_state = 'unreadable') AS unreadable,
         EXISTS (SELECT 1 FROM rule_match m JOIN rule u ON u.id = m.rule_id
           WHERE m.response_id = r.id AND u.act = 'mark') AS marked,
         r.assigned_to,
         (SELECT m.campaign_id FROM membership m WHERE m.response_id = r.id) AS campaign_id,
         rp.type, rp.permission
    FROM response r JOIN respondent rp ON rp.id = r.respondent_id;
INSERT INTO desk SELECT * FROM desk_now;

CREATE TRIGGER desk_add AFTER INSERT ON response BEGIN
  INSERT INTO desk SELECT * FROM desk_now WHERE response_id = new.id;
END;
CREATE TRIGGER desk_change AFTER UPDATE OF state, late, assigned_to ON response BEGIN
  UPDATE desk SET state = new.state, late = new.late, assigned_to = new.assigned_to
   WHERE response_id = new.id;
END;
CREATE TRIGGER desk_respondent AFTER UPDATE OF type, permission ON respondent
  WHEN new.type <> old.type OR new.permission <> old.permission BEGIN
  UPDATE desk SET type = new.type, permission = new.permission
   WHERE response_id IN (SELECT id FROM response WHERE respondent_id = new.id);
END;
CREATE TRIGGER desk_member AFTER INSERT ON membership BEGIN
  UPDATE desk SET campaign_id = new.campaign_id WHERE response_id = new.response_id;
END;
CREATE TRIGGER desk_member_no_more AFTER DELETE ON membership BEGIN
  UPDATE desk SET campaign_id = NULL WHERE response_id = old.response_id;
END;
CREATE TRIGGER desk_file AFTER INSERT ON attachment WHEN new.text_state = 'unreadable' BEGIN
  UPDATE desk SET unreadable = 1
   WHERE response_id = (SELECT id FROM response WHERE inbound_id = new.inbound_id);
END;
CREATE TRIGGER desk_file_read AFTER UPDATE OF text_state ON attachment
  WHEN (new.text_state = 'unreadable') <> (old.text_state = 'unreadable') BEGIN
  UPDATE desk SET unreadable = EXISTS (SELECT 1 FROM attachment a
     WHERE a.inbound_id = new.inbound_id AND a.text_state = 'unreadable')
   WHERE response_id = (SELECT id FROM response WHERE inbound_id = new.inbound_id);
END;
CREATE TRIGGER desk_file_gone AFTER DELETE ON attachment WHEN old.text_state = 'unreadable' BEGIN
  UPDATE desk SET unreadable = EXISTS (SELECT 1 FROM attachment a
     WHERE a.inbound_id = old.inbound_id AND a.text_state = 'unreadable')
   WHERE response_id = (SELECT id FROM response WHERE inbound_id = old.inbound_id);
END;
CREATE TRIGGER desk_mark AFTER INSERT ON rule_match
  WHEN (SELECT act FROM rule WHERE id = new.rule_id) = 'mark' BEGIN
  UPDATE desk SET marked = 1 WHERE response_id = new.response_id;
END;

-- A named filter, of one person or of all.
CREATE TABLE desk_view (
  id INTEGER PRIMARY KEY,
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  filter TEXT NOT NULL,
  shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
  at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX desk_view_name ON desk_view (consultation_id, staff_id, name)
  WHERE ended_at IS NULL;

-- Who has a reply open; stands in nobody's way once it ran out.
CREATE TABLE claim (
  response_id INTEGER PRIMARY KEY REFERENCES response (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  since_at INTEGER NOT NULL,
  until_at INTEGER NOT NULL
) STRICT;

-- What would take an act back. inverse: packed by the act, read by the kind's function.
CREATE TABLE undo (
  id INTEGER PRIMARY KEY,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL,
  inverse BLOB NOT NULL,
  undone_at INTEGER
) STRICT;
CREATE INDEX undo_last ON undo (staff_id, id) WHERE undone_at IS NULL;
CREATE INDEX undo_old ON undo (at);

-- The team's own words for answers; consultation NULL: for all. Ended, never deleted.
CREATE TABLE answer_text (
  id INTEGER PRIMARY KEY,
  consultation_id INTEGER REFERENCES consultation (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
  text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 20000),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX answer_text_name ON answer_text (coalesce(consultation_id, 0), name)
  WHERE ended_at IS NULL;
