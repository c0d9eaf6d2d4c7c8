-- What came in or was decided is immutable or append-only; what is derived from it
-- (parsed, parsed_fts, attachment) can be made anew from inbound_raw.
-- Times are unix seconds UTC. Names of people stand in person, letter, inbound*,
-- respondent, said, delivery.reply, bounce and note only, so that erasing them keeps the
-- rest.

CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
  email TEXT,
  created_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;

-- Lists and the people on them.
CREATE TABLE list (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 40),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
  address TEXT NOT NULL UNIQUE,
  from_name TEXT NOT NULL,
  owner TEXT NOT NULL,
  entry TEXT NOT NULL CHECK (entry IN ('open', 'closed')),
  relay TEXT,
  first_number INTEGER NOT NULL DEFAULT 1 CHECK (first_number >= 1),
  wording_id INTEGER REFERENCES wording (id),
  description TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE topic (
  id INTEGER PRIMARY KEY,
  list_id INTEGER NOT NULL REFERENCES list (id),
  position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 61),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  UNIQUE (list_id, name),
  UNIQUE (list_id, position)
) STRICT;

-- The exact words that somebody was shown when they agreed. Never changed.
CREATE TABLE wording (
  id INTEGER PRIMARY KEY,
  list_id INTEGER NOT NULL REFERENCES list (id),
  version TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (list_id, version)
) STRICT;

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  address TEXT NOT NULL,
  address_key TEXT NOT NULL UNIQUE,
  name TEXT,
  language TEXT CHECK (length(language) BETWEEN 2 AND 20), -- NULL: the usual one
  created_at INTEGER NOT NULL,
  erased_at INTEGER -- nothing of them is in this row any more
) STRICT;

--   requested -> pending -> active <-> paused -> left
--       |            ^         |                  |
--       v            +---------|--- (join again) -+
--    refused                stopped (bounces)
CREATE TABLE subscription (
  id INTEGER PRIMARY KEY,
  list_id INTEGER NOT NULL REFERENCES list (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
  state TEXT NOT NULL CHECK (state IN ('requested', 'refused', 'pending', 'active', 'paused',
    'left', 'stopped', 'suppressed')),
  topics INTEGER NOT NULL DEFAULT 0,
  all_topics INTEGER NOT NULL DEFAULT 1 CHECK (all_topics IN (0, 1)),
  frequency TEXT NOT NULL DEFAULT 'each' CHECK (frequency IN ('each', 'weekly', 'monthly')),
  paused_until INTEGER, -- of a pause that ends by itself
  active_since INTEGER,
  changed_at INTEGER NOT NULL,
  UNIQUE (list_id, person_id)
) STRICT;
CREATE INDEX subscription_person ON subscription (person_id);
-- With all that an audience is counted by, so that counting reads no rows.
CREATE INDEX subscription_state ON subscription (list_id, state, id, active_since, all_topics, topics,
  frequency);

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  subscription_id INTEGER NOT NULL REFERENCES subscription (id),
  at INTEGER NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('asked', 'confirmed', 'added', 'imported', 'accepted',
    'refused', 'topics', 'frequency', 'paused', 'resumed', 'name', 'language', 'address', 'left',
    'removed', 'stopped', 'suppressed', 'released', 'erased')),
  how TEXT NOT NULL CHECK (how IN ('mail', 'staff', 'import', 'page', 'one-click', 'clock', 'bounce',
    'complaint')),
  wording_id INTEGER REFERENCES wording (id),
  inbound_id INTEGER REFERENCES inbound (id),
  staff_id INTEGER REFERENCES staff (id),
  basis TEXT,
  given_at INTEGER
) STRICT;
CREATE INDEX evidence_subscription ON evidence (subscription_id, id);
CREATE TRIGGER evidence_stays BEFORE UPDATE ON evidence
  BEGIN SELECT RAISE (ABORT, 'evidence is never changed'); END;
CREATE TRIGGER evidence_is_kept BEFORE DELETE ON evidence
  BEGIN SELECT RAISE (ABORT, 'evidence is never deleted'); END;

-- One question to one address: works once, and not for ever. Only its hash is here.
CREATE TABLE confirmation (
  id INTEGER PRIMARY KEY,
  subscription_id INTEGER NOT NULL REFERENCES subscription (id),
  token_hash BLOB NOT NULL UNIQUE,
  wording_id INTEGER REFERENCES wording (id),
  topics INTEGER, -- what was chosen on a page, for when it is confirmed; NULL: nothing was
  all_topics INTEGER,
  frequency TEXT,
  language TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
CREATE INDEX confirmation_subscription ON confirmation (subscription_id, created_at);

-- Updates.
--   draft -> approved -> scheduled -> sending <-> paused -> sent
--     ^________|_____________|          |         |
--        (edit)                       held      cancelled (from anywhere before sent)
CREATE TABLE bulletin (
  id INTEGER PRIMARY KEY,
  list_id INTEGER NOT NULL REFERENCES list (id),
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'approved', 'scheduled', 'sending', 'paused',
    'sent', 'cancelled', 'held')),
  why_held TEXT,
  zone TEXT,
  due_at INTEGER,
  created_by INTEGER NOT NULL REFERENCES staff (id),
  created_at INTEGER NOT NULL,
  changed_by INTEGER NOT NULL REFERENCES staff (id),
  changed_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  filled_to INTEGER NOT NULL DEFAULT 0, -- subscription
  filled_rows INTEGER NOT NULL DEFAULT 0,
  filled INTEGER NOT NULL DEFAULT 0 CHECK (filled IN (0, 1)),
  breaker_from INTEGER NOT NULL DEFAULT 0, -- ledger rows before that were looked at by a person
  CHECK (state <> 'scheduled' OR due_at IS NOT NULL),
  CHECK (state NOT IN ('sending', 'sent') OR started_at IS NOT NULL)
) STRICT;
-- A cancelled draft that nobody got gives its number back: the series has no gaps.
CREATE UNIQUE INDEX bulletin_number ON bulletin (list_id, number)
  WHERE state <> 'cancelled' OR started_at IS NOT NULL;
CREATE INDEX bulletin_series ON bulletin (list_id, number);
CREATE INDEX bulletin_state ON bulletin (state, due_at);
CREATE TRIGGER bulletin_ends_whole BEFORE UPDATE OF state ON bulletin
  WHEN new.state = 'sent' AND (new.filled = 0 OR EXISTS (SELECT 1 FROM delivery
    WHERE bulletin_id = new.id AND state IN ('queued', 'deferred', 'sending', 'doubt')))
  BEGIN SELECT RAISE (ABORT, 'a bulletin is not sent while a row of its ledger is open'); END;

CREATE TABLE approval (
  id INTEGER PRIMARY KEY,
  bulletin_id INTEGER NOT NULL REFERENCES bulletin (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  look_hash TEXT NOT NULL, -- of templates, names and addresses
  audience INTEGER NOT NULL,
  last_subscription INTEGER NOT NULL,
  withdrawn_at INTEGER
) STRICT;
CREATE INDEX approval_bulletin ON approval (bulletin_id, id);

-- The ledger. doubt: how often it was found under way with nobody sending it.
--   queued -> sending -> sent | refused | deferred (-> sending) | doubt (held) | skipped
--   digest: waits for the digest at due_at; it is in that letter once letter_id says which
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  bulletin_id INTEGER NOT NULL REFERENCES bulletin (id),
  subscription_id INTEGER NOT NULL REFERENCES subscription (id),
  state TEXT NOT NULL CHECK (state = 'queued' OR state = 'sending' OR state = 'sent' OR
    state = 'doubt' OR state = 'deferred' OR state = 'refused' OR state = 'skipped' OR
    state = 'digest'),
  attempts INTEGER NOT NULL DEFAULT 0,
  doubt INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  started_at INTEGER,
  settled_at INTEGER,
  relay TEXT,
  reply TEXT,
  letter_id INTEGER REFERENCES letter (id), -- the digest that it is in
  UNIQUE (bulletin_id, subscription_id)
) STRICT;
-- OR and not IN, here and wherever these indexes are asked: for each IN in a predicate SQLite
-- builds a table anew at every UPDATE, which cost a third of what a mail costs in all.
CREATE INDEX delivery_due ON delivery (bulletin_id, due_at, id)
  WHERE (state = 'queued' OR state = 'deferred');
CREATE INDEX delivery_open ON delivery (bulletin_id, state) WHERE (state = 'sending' OR state = 'doubt');
CREATE INDEX delivery_subscription ON delivery (subscription_id);

-- Attempts that did not end a row; the last one stands in the row itself.
CREATE TABLE attempt (
  id INTEGER PRIMARY KEY,
  delivery_id INTEGER REFERENCES delivery (id),
  letter_id INTEGER REFERENCES letter (id),
  at INTEGER NOT NULL,
  relay TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('deferred', 'unsure', 'trouble', 'found')),
  reply TEXT,
  CHECK ((delivery_id IS NULL) <> (letter_id IS NULL))
) STRICT;
CREATE INDEX attempt_delivery ON attempt (delivery_id, id) WHERE delivery_id IS NOT NULL;
CREATE INDEX attempt_letter ON attempt (letter_id, id) WHERE letter_id IS NOT NULL;

-- What holds mail back now, in the words of whoever sends; until_at 0: nobody knows.
CREATE TABLE pace (
  id INTEGER PRIMARY KEY,
  words TEXT NOT NULL,
  until_at INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- Single mails: confirmation, welcome, acknowledgement. once: what it answers, so that
-- nothing is answered twice. The text goes when the letter has gone.
CREATE TABLE letter (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('confirm', 'welcome', 'left', 'not-subscribed',
    'closed-request', 'closed-refused', 'already-subscribed', 'acknowledgement', 'help', 'probe', 'test',
    'manage', 'move-old', 'move-new', 'moved', 'digest', 'erased',
    'answer', 'forward')),
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
  reply TEXT
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

-- What came in.
CREATE TABLE mailbox (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  uidvalidity INTEGER NOT NULL DEFAULT 0,
  last_uid INTEGER NOT NULL DEFAULT 0,
  seen_at INTEGER
) STRICT;

-- item: "UIDVALIDITY/UID" of an IMAP mailbox, the base name in a Maildir.
CREATE TABLE inbound (
  id INTEGER PRIMARY KEY,
  mailbox_id INTEGER NOT NULL REFERENCES mailbox (id),
  uidvalidity INTEGER NOT NULL,
  item TEXT NOT NULL,
  sha256 BLOB NOT NULL,
  size INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  cut INTEGER NOT NULL DEFAULT 0 CHECK (cut IN (0, 1)),
  state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done')),
  kind TEXT CHECK (kind IN ('human', 'bounce', 'delay', 'delivered', 'complaint', 'autoreply',
    'list', 'command')),
  taken_as TEXT CHECK (taken_as IN ('reply', 'join', 'confirm', 'leave', 'help', 'bounce',
    'notice', 'complaint', 'autoreply', 'list', 'own', 'copy', 'unsorted', 'discarded')),
  why TEXT,
  CHECK (state = 'new' OR (kind IS NOT NULL AND taken_as IS NOT NULL)),
  UNIQUE (mailbox_id, item)
) STRICT;
CREATE INDEX inbound_new ON inbound (id) WHERE state = 'new';
CREATE INDEX inbound_hash ON inbound (mailbox_id, sha256);
CREATE INDEX inbound_taken ON inbound (taken_as, id);

CREATE TABLE inbound_raw (
  inbound_id INTEGER PRIMARY KEY REFERENCES inbound (id),
  bytes BLOB NOT NULL
) STRICT;
CREATE TRIGGER inbound_raw_stays BEFORE UPDATE ON inbound_raw
  WHEN length(new.bytes) > 0
  BEGIN SELECT RAISE (ABORT, 'raw mail is never changed, only blanked'); END;

-- Derived.
CREATE TABLE parsed (
  inbound_id INTEGER PRIMARY KEY REFERENCES inbound (id),
  from_name TEXT,
  from_address TEXT,
  subject TEXT,
  sent_at INTEGER,
  message_id TEXT,
  in_reply_to TEXT,
  text TEXT,
  text_new TEXT,
  text_quoted TEXT,
  files TEXT,
  reasons TEXT NOT NULL,
  limits_hit TEXT NOT NULL
) STRICT;
CREATE INDEX parsed_message_id ON parsed (message_id) WHERE message_id IS NOT NULL;

CREATE TABLE attachment (
  inbound_id INTEGER NOT NULL REFERENCES inbound (id),
  position INTEGER NOT NULL,
  name TEXT,
  type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  text TEXT,
  text_source TEXT,
  text_state TEXT NOT NULL CHECK (text_state IN ('waiting', 'done', 'none', 'unreadable')),
  text_reason TEXT,
  PRIMARY KEY (inbound_id, position),
  CHECK (text_state <> 'unreadable' OR text_reason IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_waiting ON attachment (inbound_id) WHERE text_state = 'waiting';

CREATE VIRTUAL TABLE parsed_fts USING fts5 (subject, from_name, from_address, text, files,
  content = 'parsed', content_rowid = 'inbound_id',
  tokenize = 'porter unicode61 remove_diacritics 2');
-- Merged in larger steps than by default: while thousands of mails come in, that is half of
-- what the index writes, and a search still asks few segments.
INSERT INTO parsed_fts (parsed_fts, rank) VALUES ('automerge', 16);
INSERT INTO parsed_fts (parsed_fts, rank) VALUES ('crisismerge', 64);
-- Rows of parsed whose words are not in the index yet: store_commit() adds them, all of a
-- transaction at once. FTS5 writes a segment at each savepoint, so one at each row would
-- cost more than all the rest of a mail.
CREATE TABLE parsed_unindexed (inbound_id INTEGER PRIMARY KEY) STRICT;
CREATE TRIGGER parsed_added AFTER INSERT ON parsed BEGIN
  INSERT INTO parsed_unindexed (inbound_id) VALUES (new.inbound_id);
END;
CREATE TRIGGER parsed_dropped AFTER DELETE ON parsed BEGIN
  INSERT INTO parsed_fts (parsed_fts, rowid, subject, from_name, from_address, text, files)
  SELECT 'delete', old.inbound_id, old.subject, old.from_name, old.from_address, old.text,
    old.files
   WHERE NOT EXISTS (SELECT 1 FROM parsed_unindexed WHERE inbound_id = old.inbound_id);
  DELETE FROM parsed_unindexed WHERE inbound_id = old.inbound_id;
END;
CREATE TRIGGER parsed_changed AFTER UPDATE ON parsed
  WHEN NOT EXISTS (SELECT 1 FROM parsed_unindexed WHERE inbound_id = old.inbound_id) BEGIN
  INSERT INTO parsed_fts (parsed_fts, rowid, subject, from_name, from_address, text, files)
  VALUES ('delete', old.inbound_id, old.subject, old.from_name, old.from_address, old.text,
    old.files);
  INSERT INTO parsed_unindexed (inbound_id) VALUES (new.inbound_id);
END;

-- What came back, whichever way: a bounce mail (a row a failed recipient), a refusal of the
-- relay, a feedback report. subscription_id: whose it was, where a tag of ours proves it.
-- effect: what it did to the list, and points: how many there were after it.
CREATE TABLE bounce (
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
  reason TEXT,
  diagnostic TEXT,
  effect TEXT NOT NULL CHECK (effect IN ('foreign', 'notice', 'kept', 'elsewhere', 'moot', 'old',
    'again', 'same day', 'waiting', 'point', 'dead', 'unclear', 'left')),
  points INTEGER,
  CHECK ((source = 'smtp') = (inbound_id IS NULL)),
  CHECK (subscription_id IS NOT NULL OR effect = 'foreign')
) STRICT;
CREATE INDEX bounce_inbound ON bounce (inbound_id) WHERE inbound_id IS NOT NULL;
CREATE INDEX bounce_delivery ON bounce (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX bounce_probe ON bounce (probe_id) WHERE probe_id IS NOT NULL;
CREATE INDEX bounce_subscription ON bounce (subscription_id, id) WHERE subscription_id IS NOT NULL;

-- The points of those who have had any. day, first_day: of the last and the first point;
-- since: what was sent before that counts no more; look_at: when to look whether a mail got
-- through meanwhile.
CREATE TABLE bounce_score (
  subscription_id INTEGER PRIMARY KEY REFERENCES subscription (id),
  points INTEGER NOT NULL CHECK (points >= 0),
  day TEXT NOT NULL,
  first_day TEXT NOT NULL,
  since INTEGER NOT NULL,
  look_at INTEGER
) STRICT;
CREATE INDEX bounce_score_look ON bounce_score (look_at) WHERE look_at IS NOT NULL;

-- The last question to an address before it is stopped; look_at: when the clock looks again.
--   due -> open -> alive (silence) | dead (came back) | unclear (another trouble)
--    +-------+---> dropped (left the list meanwhile)
CREATE TABLE probe (
  id INTEGER PRIMARY KEY,
  subscription_id INTEGER NOT NULL REFERENCES subscription (id),
  letter_id INTEGER REFERENCES letter (id),
  state TEXT NOT NULL CHECK (state IN ('due', 'open', 'alive', 'dead', 'unclear', 'dropped')),
  created_at INTEGER NOT NULL,
  look_at INTEGER,
  ended_at INTEGER,
  CHECK (state <> 'open' OR letter_id IS NOT NULL),
  CHECK ((state IN ('due', 'open')) = (ended_at IS NULL)),
  CHECK ((look_at IS NULL) = (ended_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX probe_under_way ON probe (subscription_id) WHERE state IN ('due', 'open');
CREATE INDEX probe_look ON probe (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX probe_letter ON probe (letter_id) WHERE letter_id IS NOT NULL;
CREATE INDEX probe_subscription ON probe (subscription_id);

-- Addresses that no list may write to. Only a keyed hash of each is kept, so that this outlives
-- the person's erasure without naming them.
CREATE TABLE suppression (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  staff_id INTEGER REFERENCES staff (id), -- NULL: they were erased at their own wish
  created_at INTEGER NOT NULL
) STRICT;

-- Consultations and what people answered.
--   draft -> open <-> closed -> in analysis -> reported
CREATE TABLE consultation (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 40),
  title TEXT NOT NULL,
  address TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed', 'in analysis', 'reported')),
  zone TEXT NOT NULL,
  opens_at INTEGER NOT NULL,
  closes_at INTEGER NOT NULL,
  closed_at INTEGER, -- when a person closed it before its time
  next_number INTEGER NOT NULL DEFAULT 1,
  introduction TEXT NOT NULL,
  outcome TEXT, -- what was decided, later
  outcome_at INTEGER,
  created_at INTEGER NOT NULL,
  CHECK (closes_at > opens_at)
) STRICT;

CREATE TABLE question (
  id INTEGER PRIMARY KEY,
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (consultation_id, position)
) STRICT;

CREATE TABLE extension (
  id INTEGER PRIMARY KEY,
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  old_closes_at INTEGER NOT NULL,
  new_closes_at INTEGER NOT NULL,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX extension_consultation ON extension (consultation_id, id);

CREATE TABLE respondent (
  id INTEGER PRIMARY KEY,
  address_key TEXT NOT NULL,
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  name TEXT,
  type TEXT NOT NULL DEFAULT 'unknown' CHECK (type IN ('individual', 'organisation', 'unknown')),
  permission TEXT NOT NULL DEFAULT 'unknown'
    CHECK (permission IN ('name', 'without name', 'none', 'unknown')),
  contact TEXT NOT NULL DEFAULT 'unknown' CHECK (contact IN ('yes', 'no', 'unknown')),
  organisation TEXT,
  type_by TEXT NOT NULL DEFAULT 'form' CHECK (type_by IN ('form', 'person')),
  permission_by TEXT NOT NULL DEFAULT 'form' CHECK (permission_by IN ('form', 'person')),
  contact_by TEXT NOT NULL DEFAULT 'form' CHECK (contact_by IN ('form', 'person')),
  name_by TEXT NOT NULL DEFAULT 'form' CHECK (name_by IN ('form', 'person')),
  organisation_by TEXT NOT NULL DEFAULT 'form' CHECK (organisation_by IN ('form', 'person')),
  UNIQUE (consultation_id, address_key)
) STRICT;

--   received -> included | excluded (reason), and back; each change is in screening.
CREATE TABLE response (
  id INTEGER PRIMARY KEY,
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  number INTEGER NOT NULL,
  inbound_id INTEGER NOT NULL UNIQUE REFERENCES inbound (id),
  respondent_id INTEGER NOT NULL REFERENCES respondent (id),
  channel TEXT NOT NULL CHECK (channel IN ('e-mail', 'entered')),
  received_at INTEGER NOT NULL,
  late INTEGER NOT NULL CHECK (late IN (0, 1)),
  state TEXT NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'included', 'excluded')),
  reason TEXT,
  assigned_to INTEGER REFERENCES staff (id),
  fingerprint INTEGER, -- derived: its words and files, to find the same again
  UNIQUE (consultation_id, number),
  CHECK ((state = 'excluded') = (reason IS NOT NULL))
) STRICT;
CREATE INDEX response_respondent ON response (respondent_id, fingerprint, id);
CREATE INDEX response_state ON response (consultation_id, state, id);

-- Derived: what the form in a reply says, and where; value NULL: not clear, note says why.
CREATE TABLE said (
  response_id INTEGER NOT NULL REFERENCES response (id),
  field TEXT NOT NULL CHECK (field IN ('name', 'organisation', 'type', 'permission', 'contact')),
  value TEXT,
  place TEXT NOT NULL,
  note TEXT,
  PRIMARY KEY (response_id, field)
) STRICT, WITHOUT ROWID;

-- A stretch of a reply apportioned to a question (NULL: general). part -1 is the mail's new
-- text, else an attachment's. A machine's are derived; a person's are ended, never deleted.
CREATE TABLE answer (
  id INTEGER PRIMARY KEY,
  response_id INTEGER NOT NULL REFERENCES response (id),
  question_id INTEGER REFERENCES question (id),
  part INTEGER NOT NULL CHECK (part >= -1),
  from_char INTEGER NOT NULL CHECK (from_char >= 0),
  to_char INTEGER NOT NULL CHECK (to_char > from_char),
  by_what TEXT NOT NULL CHECK (by_what IN ('person', 'machine')),
  how TEXT NOT NULL CHECK (how IN ('number', 'question', 'rest', 'person')),
  staff_id INTEGER REFERENCES staff (id),
  at INTEGER NOT NULL,
  ended_by INTEGER REFERENCES staff (id),
  ended_at INTEGER,
  CHECK ((by_what = 'person') = (staff_id IS NOT NULL))
) STRICT;
CREATE INDEX answer_response ON answer (response_id, question_id) WHERE ended_at IS NULL;

-- A later reply of one person, linked to an earlier one. proposed -> holds; ended_at ends it.
CREATE TABLE link (
  id INTEGER PRIMARY KEY,
  response_id INTEGER NOT NULL REFERENCES response (id),
  of_id INTEGER NOT NULL REFERENCES response (id),
  as_what TEXT NOT NULL CHECK (as_what IN ('duplicate', 'amendment', 'composite')),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'holds')),
  by_what TEXT NOT NULL CHECK (by_what IN ('person', 'machine')),
  staff_id INTEGER REFERENCES staff (id),
  at INTEGER NOT NULL,
  ended_by INTEGER REFERENCES staff (id),
  ended_at INTEGER,
  CHECK (response_id <> of_id)
) STRICT;
CREATE UNIQUE INDEX link_holds ON link (response_id) WHERE ended_at IS NULL;
CREATE INDEX link_response ON link (response_id, id);
CREATE INDEX link_of ON link (of_id) WHERE ended_at IS NULL;

-- A standard text that many people sent.  proposed <-> confirmed, proposed <-> refused
CREATE TABLE campaign (
  id INTEGER PRIMARY KEY,
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  number INTEGER NOT NULL,
  standard TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'refused')),
  found_at INTEGER NOT NULL,
  decided_by INTEGER REFERENCES staff (id),
  decided_at INTEGER,
  UNIQUE (consultation_id, number)
) STRICT;

-- Derived: how near a reply is to a standard text. Per cent: share of the reply that stands in
-- the standard text, of_standard the other way round, alike of both together.
CREATE TABLE membership (
  response_id INTEGER PRIMARY KEY REFERENCES response (id),
  campaign_id INTEGER NOT NULL REFERENCES campaign (id),
  closeness TEXT NOT NULL CHECK (closeness IN ('standard', 'modified', 'look')),
  share INTEGER NOT NULL,
  of_standard INTEGER NOT NULL,
  alike INTEGER NOT NULL
) STRICT;
CREATE INDEX membership_campaign ON membership (campaign_id, closeness);

CREATE TABLE screening (
  id INTEGER PRIMARY KEY,
  response_id INTEGER NOT NULL REFERENCES response (id),
  old_state TEXT NOT NULL,
  new_state TEXT NOT NULL,
  reason TEXT,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX screening_response ON screening (response_id, id);

-- The code frame: a tree. A tag is a code at the top of it. questions: the positions of
-- those that it is offered for, as "1,3"; empty: all.
--   live <-> retired,  live -> merged,  any -> undone (the act that made it was taken back)
CREATE TABLE code (
  id INTEGER PRIMARY KEY,
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  parent_id INTEGER REFERENCES code (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  definition TEXT NOT NULL DEFAULT '',
  examples TEXT NOT NULL DEFAULT '',
  colour TEXT NOT NULL DEFAULT 'blue',
  questions TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'live' CHECK (state IN ('live', 'retired', 'merged', 'undone')),
  merged_into INTEGER REFERENCES code (id),
  created_at INTEGER NOT NULL,
  CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
  CHECK (parent_id <> id AND merged_into <> id)
) STRICT;
CREATE UNIQUE INDEX code_name ON code (consultation_id, name) WHERE state <> 'undone';
CREATE INDEX code_parent ON code (parent_id) WHERE parent_id IS NOT NULL;

-- Never deleted: ended_at says when a coding stopped to hold, superseded_by what went on in
-- its place. part, from_char and to_char mark a passage as in answer; NULL: the response as a
-- whole. The hashes and the count of words find a passage again without keeping what it says.
CREATE TABLE coding (
  id INTEGER PRIMARY KEY,
  response_id INTEGER NOT NULL REFERENCES response (id),
  code_id INTEGER NOT NULL REFERENCES code (id),
  part INTEGER CHECK (part >= -1),
  from_char INTEGER CHECK (from_char >= 0),
  to_char INTEGER CHECK (to_char > from_char),
  bytes_hash INTEGER,
  words_hash INTEGER,
  words INTEGER,
  placed TEXT NOT NULL DEFAULT 'set' CHECK (placed IN ('set', 'found again', 'lost')),
  by_what TEXT NOT NULL CHECK (by_what IN ('person', 'rule', 'machine')),
  because TEXT,
  staff_id INTEGER REFERENCES staff (id),
  at INTEGER NOT NULL,
  superseded_by INTEGER REFERENCES coding (id),
  ended_by INTEGER REFERENCES staff (id),
  ended_at INTEGER,
  CHECK ((part IS NULL) = (from_char IS NULL) AND (from_char IS NULL) = (to_char IS NULL)),
  CHECK ((part IS NULL) = (bytes_hash IS NULL) AND (part IS NULL) = (words_hash IS NULL)
    AND (part IS NULL) = (words IS NULL))
) STRICT;
CREATE UNIQUE INDEX coding_holds ON coding (response_id, code_id)
  WHERE ended_at IS NULL AND from_char IS NULL;
CREATE INDEX coding_response ON coding (response_id) WHERE ended_at IS NULL;
CREATE INDEX coding_code ON coding (code_id, response_id) WHERE ended_at IS NULL;
CREATE INDEX coding_astray ON coding (placed) WHERE ended_at IS NULL AND placed <> 'set';

CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  response_id INTEGER NOT NULL REFERENCES response (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  text TEXT NOT NULL,
  withdrawn_by INTEGER REFERENCES staff (id),
  withdrawn_at INTEGER
) STRICT;
CREATE INDEX note_response ON note (response_id, id);

-- The team's own: when a reply has this, do that. Ended, never deleted.
CREATE TABLE rule (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
  consultation_id INTEGER REFERENCES consultation (id),
  field TEXT NOT NULL CHECK (field IN ('sender', 'subject', 'text') OR field LIKE 'header:_%'),
  has TEXT NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('tag', 'assign', 'mark', 'suggest')),
  value TEXT NOT NULL,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  ended_by INTEGER REFERENCES staff (id),
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX rule_name ON rule (name) WHERE ended_at IS NULL;

-- A rule is applied to a reply once, so that what a person undid stays undone.
CREATE TABLE rule_match (
  response_id INTEGER NOT NULL REFERENCES response (id),
  rule_id INTEGER NOT NULL REFERENCES rule (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (response_id, rule_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_match_rule ON rule_match (rule_id);

-- Append-only and chained: hash = sha256 over the row before and this row. Names ids
-- and states, never people.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX audit_subject ON audit (subject, subject_id, id);
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
  BEGIN SELECT RAISE (ABORT, 'the audit is never changed'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
  BEGIN SELECT RAISE (ABORT, 'the audit is never deleted'); END;
