-- One more kind of letter: to those who send, that a bulletin is sent, with the head of the audit.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE letter_kept AS SELECT * FROM letter;
DROP TABLE letter;

CREATE TABLE letter (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('confirm', 'welcome', 'left', 'not-subscribed',
    'closed-request', 'closed-refused', 'already-subscribed', 'acknowledgement', 'help', 'probe', 'test',
    'manage', 'move-old', 'move-new', 'moved', 'digest', 'erased',
    'answer', 'forward', 'leave-asked', 'bulletin-sent')),
  once TEXT NOT NULL UNIQUE,
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL COLLATE NOCASE,
  subject TEXT NOT NULL,
  mail BLOB,
  message_id TEXT NOT NULL,
  list_id INTEGER REFERENCES list (id),
  consultation_id INTEGER REFERENCES consultation (id),
  inbound_id INTEGER REFERENCES inbound (id),
  state TEXT NOT NULL CHECK (state = 'queued' OR state = 'sending' OR state = 'sent' OR
    state = 'doubt' OR state = 'deferred' OR state = 'refused' OR state = 'skipped'),
  attempts INTEGER NOT NULL DEFAULT 0,
  doubt INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  started_at INTEGER,
  settled_at INTEGER,
  relay TEXT,
  reply_text TEXT,
  reply_code INTEGER CHECK (reply_code BETWEEN 200 AND 599),
  reply_status TEXT,
  given_up INTEGER NOT NULL DEFAULT 0 CHECK (given_up IN (0, 1)),
  limit_hash BLOB CHECK (length(limit_hash) = 32),
  reply TEXT GENERATED ALWAYS AS (CASE WHEN reply_code IS NULL
  THEN reply_text ELSE reply_code || coalesce(' ' || reply_status, '') ||
  coalesce(' ' || nullif(reply_text, ''), '') END) VIRTUAL
) STRICT;
CREATE INDEX letter_due ON letter (due_at, id) WHERE (state = 'queued' OR state = 'deferred');
CREATE INDEX letter_due_first ON letter (due_at, id)
  WHERE (state = 'queued' OR state = 'deferred') AND kind <> 'digest';
CREATE INDEX letter_due_digest ON letter (due_at, id)
  WHERE (state = 'queued' OR state = 'deferred') AND kind = 'digest';
CREATE INDEX letter_open ON letter (state) WHERE (state = 'sending' OR state = 'doubt');
CREATE INDEX letter_recipient ON letter (recipient, kind, created_at);
CREATE INDEX letter_message_id ON letter (message_id);
CREATE INDEX letter_inbound ON letter (inbound_id) WHERE inbound_id IS NOT NULL;
CREATE INDEX letter_to ON letter (recipient, created_at);
CREATE INDEX letter_limit ON letter (limit_hash, kind, created_at) WHERE limit_hash IS NOT NULL;
CREATE INDEX letter_kind ON letter (kind, created_at);
INSERT INTO letter (id, kind, once, sender, recipient, subject, mail, message_id, list_id, consultation_id,
  inbound_id, state, attempts, doubt, created_at, due_at, started_at, settled_at, relay, reply_text,
  reply_code, reply_status, given_up, limit_hash)
SELECT id, kind, once, sender, recipient, subject, mail, message_id, list_id, consultation_id,
  inbound_id, state, attempts, doubt, created_at, due_at, started_at, settled_at, relay, reply_text,
  reply_code, reply_status, given_up, limit_hash FROM letter_kept;
DROP TABLE letter_kept;
