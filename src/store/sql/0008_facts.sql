-- What became of a mail as facts, not as a sentence that somebody searches later: what a server
-- answered, in parts; why a row of the ledger was skipped; what an entry of the audit is about.
-- Stores of before are brought up: what was printed into one sentence is taken apart again, once,
-- here. What cannot be told is 'unknown'.

-- Whose word it was: reply_code NULL: ours, in reply_text. reply: for people, all of it.
ALTER TABLE delivery RENAME COLUMN reply TO reply_text;
ALTER TABLE delivery ADD COLUMN reply_code INTEGER CHECK (reply_code BETWEEN 200 AND 599);
ALTER TABLE delivery ADD COLUMN reply_status TEXT;
ALTER TABLE delivery ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0 CHECK (given_up IN (0, 1));
ALTER TABLE delivery ADD COLUMN reply TEXT GENERATED ALWAYS AS (CASE WHEN reply_code IS NULL
  THEN reply_text ELSE reply_code || coalesce(' ' || reply_status, '') ||
  coalesce(' ' || nullif(reply_text, ''), '') END) VIRTUAL;
ALTER TABLE letter RENAME COLUMN reply TO reply_text;
ALTER TABLE letter ADD COLUMN reply_code INTEGER CHECK (reply_code BETWEEN 200 AND 599);
ALTER TABLE letter ADD COLUMN reply_status TEXT;
ALTER TABLE letter ADD COLUMN given_up INTEGER NOT NULL DEFAULT 0 CHECK (given_up IN (0, 1));
ALTER TABLE letter ADD COLUMN reply TEXT GENERATED ALWAYS AS (CASE WHEN reply_code IS NULL
  THEN reply_text ELSE reply_code || coalesce(' ' || reply_status, '') ||
  coalesce(' ' || nullif(reply_text, ''), '') END) VIRTUAL;
ALTER TABLE attempt RENAME COLUMN reply TO reply_text;
ALTER TABLE attempt ADD COLUMN reply_code INTEGER CHECK (reply_code BETWEEN 200 AND 599);
ALTER TABLE attempt ADD COLUMN reply_status TEXT;
ALTER TABLE attempt ADD COLUMN reply TEXT GENERATED ALWAYS AS (CASE WHEN reply_code IS NULL
  THEN reply_text ELSE reply_code || coalesce(' ' || reply_status, '') ||
  coalesce(' ' || nullif(reply_text, ''), '') END) VIRTUAL;

-- frequency: of the digest that a row waits for or went into. skip_reason: domain/core/skip.h; OR and
-- not IN, as in 0001_start.sql.
ALTER TABLE delivery ADD COLUMN frequency TEXT CHECK (frequency IN ('weekly', 'monthly'));
ALTER TABLE delivery ADD COLUMN skip_reason TEXT CHECK (skip_reason = 'unknown' OR
  skip_reason = 'not active' OR skip_reason = 'topics' OR skip_reason = 'paused' OR
  skip_reason = 'cancelled' OR skip_reason = 'left' OR skip_reason = 'stopped' OR
  skip_reason = 'complained' OR skip_reason = 'suppressed' OR skip_reason = 'settled');

-- ---- the ledger of before ----

UPDATE delivery SET skip_reason = CASE
    WHEN reply_text = 'is not an active subscriber any more' THEN 'not active'
    WHEN reply_text = 'has chosen topics that it has no section on' THEN 'topics'
    WHEN reply_text = 'has paused these updates' THEN 'paused'
    WHEN reply_text = 'the update was cancelled' THEN 'cancelled'
    WHEN reply_text = 'left the list before it was sent' THEN 'left'
    WHEN reply_text = 'stopped before it was sent: mail to the address comes back' THEN 'stopped'
    WHEN reply_text = 'complained before it was sent' THEN 'complained'
    WHEN reply_text = 'suppressed before it was sent' THEN 'suppressed'
  END WHERE state = 'skipped';
UPDATE delivery SET reply_text = NULL WHERE skip_reason IS NOT NULL;
-- A row that was under way when its bulletin was cancelled kept what the server had said; one
-- that rested in doubt until a person left it so had nothing.
UPDATE delivery SET skip_reason = CASE
    WHEN doubt > 0 AND settled_at IS NOT NULL THEN 'settled'
    WHEN (SELECT b.state FROM bulletin b WHERE b.id = delivery.bulletin_id) = 'cancelled'
      THEN 'cancelled'
    ELSE 'unknown'
  END WHERE state = 'skipped' AND skip_reason IS NULL;

UPDATE delivery SET frequency = CASE WHEN reply_text GLOB '*monthly*' THEN 'monthly'
    ELSE 'weekly' END, reply_text = NULL WHERE state = 'digest';

UPDATE delivery SET given_up = 1, reply_text = substr(reply_text, 28)
 WHERE reply_text GLOB 'given up after many tries: *' AND state = 'refused';
UPDATE letter SET given_up = 1, reply_text = substr(reply_text, 28)
 WHERE reply_text GLOB 'given up after many tries: *' AND state = 'refused';

-- "550 5.1.1 no such person" apart: the code, then the status where it is one.
UPDATE delivery SET reply_code = CAST(substr(reply_text, 1, 3) AS INTEGER),
  reply_text = substr(reply_text, 5) WHERE reply_text GLOB '[2-5][0-9][0-9] *';
UPDATE letter SET reply_code = CAST(substr(reply_text, 1, 3) AS INTEGER),
  reply_text = substr(reply_text, 5) WHERE reply_text GLOB '[2-5][0-9][0-9] *';
UPDATE attempt SET reply_code = CAST(substr(reply_text, 1, 3) AS INTEGER),
  reply_text = substr(reply_text, 5) WHERE reply_text GLOB '[2-5][0-9][0-9] *';

UPDATE delivery SET reply_status = substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1),
  reply_text = substr(reply_text, instr(reply_text || ' ', ' ') + 1)
 WHERE reply_code IS NOT NULL AND reply_text GLOB '[245].[0-9]*.[0-9]*'
   AND substr(reply_text, 1, 1) = substr(reply_code, 1, 1)
   AND instr(reply_text || ' ', ' ') <= 12
   AND substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1) NOT GLOB '*[^0-9.]*'
   AND substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1) NOT GLOB '*.*.*.*'
   AND substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1) NOT GLOB '*..*'
   AND substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1) GLOB '*.*.*[0-9]';
UPDATE letter SET reply_status = substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1),
  reply_text = substr(reply_text, instr(reply_text || ' ', ' ') + 1)
 WHERE reply_code IS NOT NULL AND reply_text GLOB '[245].[0-9]*.[0-9]*'
   AND substr(reply_text, 1, 1) = substr(reply_code, 1, 1)
   AND instr(reply_text || ' ', ' ') <= 12
   AND substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1) NOT GLOB '*[^0-9.]*'
   AND substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1) NOT GLOB '*.*.*.*'
   AND substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1) NOT GLOB '*..*'
   AND substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1) GLOB '*.*.*[0-9]';
UPDATE attempt SET reply_status = substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1),
  reply_text = substr(reply_text, instr(reply_text || ' ', ' ') + 1)
 WHERE reply_code IS NOT NULL AND reply_text GLOB '[245].[0-9]*.[0-9]*'
   AND substr(reply_text, 1, 1) = substr(reply_code, 1, 1)
   AND instr(reply_text || ' ', ' ') <= 12
   AND substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1) NOT GLOB '*[^0-9.]*'
   AND substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1) NOT GLOB '*.*.*.*'
   AND substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1) NOT GLOB '*..*'
   AND substr(reply_text, 1, instr(reply_text || ' ', ' ') - 1) GLOB '*.*.*[0-9]';

-- A row is never skipped without a reason.
CREATE TRIGGER delivery_skip_says_why AFTER UPDATE OF state ON delivery
  WHEN new.state = 'skipped' AND new.skip_reason IS NULL
  BEGIN SELECT RAISE (ABORT, 'a row of the ledger is skipped without a reason'); END;
CREATE TRIGGER delivery_skip_says_why_at_once AFTER INSERT ON delivery
  WHEN new.state = 'skipped' AND new.skip_reason IS NULL
  BEGIN SELECT RAISE (ABORT, 'a row of the ledger is skipped without a reason'); END;

DROP INDEX delivery_trouble;
CREATE INDEX delivery_trouble ON delivery (bulletin_id, state, skip_reason, reply_code, reply_status,
  reply_text, given_up) WHERE (state = 'refused' OR state = 'skipped' OR state = 'deferred');

-- ---- what came back ----

-- The reasons are those of mail/message.h, the effects those of domain/delivery/bounce_words.c.
CREATE TABLE bounce_now (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('mail', 'smtp', 'report')),
  inbound_id INTEGER REFERENCES inbound (id),
  delivery_id INTEGER REFERENCES delivery (id),
  probe_id INTEGER REFERENCES probe (id),
  subscription_id INTEGER REFERENCES subscription (id),
  address TEXT,
  action TEXT,
  status TEXT,
  verdict TEXT NOT NULL CHECK (verdict IN ('permanent', 'transient', 'unknown')),
  reason TEXT CONSTRAINT bounce_reason CHECK (reason IN (
    'no_such_address', 'no_such_domain', 'moved', 'mailbox_full',
    'disabled', 'policy', 'content', 'authentication', 'too_large', 'rate', 'network', 'expired',
    'other')), -- NULL: a report gives none
  diagnostic TEXT,
  effect TEXT NOT NULL CONSTRAINT bounce_effect CHECK (effect IN (
    'foreign', 'notice', 'kept', 'elsewhere', 'moot', 'old',
    'again', 'same day', 'waiting', 'point', 'dead', 'unclear', 'left')),
  points INTEGER,
  CHECK ((source = 'smtp') = (inbound_id IS NULL)),
  CHECK (subscription_id IS NOT NULL OR effect = 'foreign')
) STRICT;
INSERT INTO bounce_now SELECT id, at, source, inbound_id, delivery_id, probe_id, subscription_id,
    address, action, status, verdict, CASE WHEN reason IS NULL OR reason IN ('no_such_address',
    'no_such_domain', 'moved', 'mailbox_full', 'disabled', 'policy', 'content', 'authentication',
    'too_large', 'rate', 'network', 'expired') THEN reason ELSE 'other' END, diagnostic, effect,
    points FROM bounce;
DROP TABLE bounce;
ALTER TABLE bounce_now RENAME TO bounce;
CREATE INDEX bounce_inbound ON bounce (inbound_id) WHERE inbound_id IS NOT NULL;
CREATE INDEX bounce_delivery ON bounce (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX bounce_probe ON bounce (probe_id) WHERE probe_id IS NOT NULL;
CREATE INDEX bounce_subscription ON bounce (subscription_id, id) WHERE subscription_id IS NOT NULL;
CREATE INDEX bounce_at ON bounce (at) WHERE subscription_id IS NOT NULL;

-- ---- the audit ----

-- form: which fields the hash of a row is over (domain/core/audit.h). about: what the act was done to or
-- took back within its subject, by the names of domain/sorting/undo_kinds.c, and which; content_hash: of the
-- text of a bulletin at that time. In rows of form 1 these three are what is read here out of
-- detail, which their hash is over; NULL: nothing of the kind, or not known.
ALTER TABLE audit ADD COLUMN form INTEGER NOT NULL DEFAULT 1 CHECK (form IN (1, 2));
ALTER TABLE audit ADD COLUMN about TEXT;
ALTER TABLE audit ADD COLUMN about_id INTEGER;
ALTER TABLE audit ADD COLUMN content_hash TEXT CHECK (length(content_hash) = 64);
DROP TRIGGER audit_stays;
UPDATE audit SET about = CASE detail WHEN 'screening' THEN 'screen' WHEN 'tag' THEN 'tag'
    WHEN 'tag taken off' THEN 'untag' WHEN 'assignment' THEN 'assign' WHEN 'note' THEN 'note'
    WHEN 'respondent' THEN 'respondent' WHEN 'link' THEN 'link' WHEN 'answers' THEN 'answers' END
 WHERE act = 'taken back' AND subject = 'response';
UPDATE audit SET about = detail WHERE act = 'undone' AND subject = 'undo';
UPDATE audit SET content_hash = substr(detail, 9, 64)
 WHERE act IN ('bulletin tested', 'bulletin approved') AND detail GLOB 'content *'
   AND length(detail) >= 72 AND substr(detail, 9, 64) NOT GLOB '*[^0-9a-f]*';
UPDATE audit SET content_hash = substr(detail, -64)
 WHERE act IN ('bulletin drafted', 'bulletin edited', 'picture attached', 'picture taken off')
   AND length(detail) >= 72 AND substr(detail, -64) NOT GLOB '*[^0-9a-f]*';
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
  BEGIN SELECT RAISE (ABORT, 'the audit is never changed'); END;
CREATE INDEX audit_content ON audit (subject_id, content_hash) WHERE content_hash IS NOT NULL;
