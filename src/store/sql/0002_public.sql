-- What the public's pages need.

-- A link that was sent to somebody's own address. Only its hash is here.
CREATE TABLE link_token (
  id INTEGER PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('manage', 'move-old', 'move-new')),
  person_id INTEGER NOT NULL REFERENCES person (id),
  move_id INTEGER REFERENCES move (id),
  token_hash BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  CHECK ((purpose = 'manage') = (move_id IS NULL))
) STRICT;
CREATE INDEX link_token_person ON link_token (person_id);
CREATE INDEX link_token_expires ON link_token (expires_at);

-- Another address, confirmed at both.  open -> done | ended (voided, taken)
CREATE TABLE move (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id),
  address TEXT,
  address_key TEXT,
  how TEXT NOT NULL CHECK (how IN ('page', 'staff')),
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'ended')),
  asked_at INTEGER NOT NULL,
  old_at INTEGER,
  new_at INTEGER,
  ended_at INTEGER,
  CHECK (state <> 'done' OR (old_at IS NOT NULL AND new_at IS NOT NULL))
) STRICT;
CREATE INDEX move_person ON move (person_id, asked_at);

-- What was asked for on a page and when, whether or not anybody has that address: for the
-- limits. Only a keyed hash of the address; gone after some days.
CREATE TABLE page_ask (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX page_ask_hash ON page_ask (hash, purpose, at);
CREATE INDEX page_ask_at ON page_ask (at);

-- Somebody who was erased; number stands on their receipt.
CREATE TABLE erasure (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL UNIQUE REFERENCES person (id),
  number TEXT NOT NULL UNIQUE,
  how TEXT NOT NULL CHECK (how IN ('page', 'staff')),
  at INTEGER NOT NULL,
  letter_id INTEGER REFERENCES letter (id), -- while the receipt still has an address
  look_at INTEGER
) STRICT;
CREATE INDEX erasure_look ON erasure (look_at) WHERE look_at IS NOT NULL;

CREATE INDEX delivery_digest ON delivery (due_at, subscription_id)
  WHERE state = 'digest' AND letter_id IS NULL;
CREATE INDEX delivery_letter ON delivery (letter_id) WHERE letter_id IS NOT NULL;
CREATE INDEX subscription_pause_ends ON subscription (paused_until)
  WHERE state = 'paused' AND paused_until IS NOT NULL;
CREATE INDEX bulletin_published ON bulletin (list_id, number) WHERE started_at IS NOT NULL;
