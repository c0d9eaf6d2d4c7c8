-- Every act on codes and codings, so that it can be taken back. said: one sentence without
-- the name of a person.
CREATE TABLE frame_change (
  id INTEGER PRIMARY KEY,
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  what TEXT NOT NULL CHECK (what IN ('add', 'rename', 'describe', 'move', 'retire', 'revive',
    'merge', 'split', 'code', 'uncode', 'place', 'accept', 'refuse', 'recode', 'settle')),
  said TEXT NOT NULL,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  undone_by INTEGER REFERENCES staff (id),
  undone_at INTEGER
) STRICT;
CREATE INDEX frame_change_consultation ON frame_change (consultation_id, id);

-- A code as it was before a change and after it; no row before: the change made it.
CREATE TABLE frame_change_code (
  code_id INTEGER NOT NULL REFERENCES code (id),
  change_id INTEGER NOT NULL REFERENCES frame_change (id),
  stage TEXT NOT NULL CHECK (stage IN ('before', 'after')),
  parent_id INTEGER,
  name TEXT NOT NULL,
  definition TEXT NOT NULL,
  examples TEXT NOT NULL,
  colour TEXT NOT NULL,
  questions TEXT NOT NULL,
  state TEXT NOT NULL,
  merged_into INTEGER,
  PRIMARY KEY (change_id, code_id, stage)
) STRICT, WITHOUT ROWID;
CREATE INDEX frame_change_code_of ON frame_change_code (code_id, change_id);
CREATE INDEX frame_change_code_name ON frame_change_code (name) WHERE stage = 'before';

CREATE TABLE frame_change_coding (
  change_id INTEGER NOT NULL REFERENCES frame_change (id),
  coding_id INTEGER NOT NULL REFERENCES coding (id),
  effect TEXT NOT NULL CHECK (effect IN ('made', 'ended', 'placed')),
  PRIMARY KEY (change_id, coding_id)
) STRICT, WITHOUT ROWID;

-- Where a coding stood before it was placed anew; change_id NULL: when its reply was read anew.
CREATE TABLE coding_place (
  id INTEGER PRIMARY KEY,
  coding_id INTEGER NOT NULL REFERENCES coding (id),
  at INTEGER NOT NULL,
  change_id INTEGER REFERENCES frame_change (id),
  part INTEGER NOT NULL,
  from_char INTEGER NOT NULL,
  to_char INTEGER NOT NULL,
  bytes_hash INTEGER NOT NULL,
  words_hash INTEGER NOT NULL,
  words INTEGER NOT NULL,
  placed TEXT NOT NULL
) STRICT;
CREATE INDEX coding_place_coding ON coding_place (coding_id, id);

-- What a rule or a machine would code.  open -> accepted | refused | gone;  taken back: open
CREATE TABLE suggestion (
  id INTEGER PRIMARY KEY,
  response_id INTEGER NOT NULL REFERENCES response (id),
  code_id INTEGER NOT NULL REFERENCES code (id),
  part INTEGER CHECK (part >= -1),
  from_char INTEGER CHECK (from_char >= 0),
  to_char INTEGER CHECK (to_char > from_char),
  bytes_hash INTEGER,
  words_hash INTEGER,
  words INTEGER,
  by_what TEXT NOT NULL CHECK (by_what IN ('rule', 'machine')),
  because TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'refused', 'gone')),
  change_id INTEGER REFERENCES frame_change (id),
  CHECK ((state IN ('accepted', 'refused')) = (change_id IS NOT NULL))
) STRICT;
CREATE INDEX suggestion_response ON suggestion (response_id, code_id);
CREATE INDEX suggestion_code ON suggestion (code_id) WHERE state = 'open';
CREATE INDEX suggestion_change ON suggestion (change_id) WHERE change_id IS NOT NULL;

-- Blind second coding. wanted: as it was asked for; from_count: units it was drawn from.
CREATE TABLE sample (
  id INTEGER PRIMARY KEY,
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  number INTEGER NOT NULL,
  question_id INTEGER REFERENCES question (id), -- NULL: a unit is a whole reply
  wanted TEXT NOT NULL,
  seed INTEGER NOT NULL,
  by_type INTEGER NOT NULL CHECK (by_type IN (0, 1)),
  from_count INTEGER NOT NULL,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  ended_by INTEGER REFERENCES staff (id),
  ended_at INTEGER,
  UNIQUE (consultation_id, number)
) STRICT;

CREATE TABLE sample_unit (
  sample_id INTEGER NOT NULL REFERENCES sample (id),
  position INTEGER NOT NULL,
  response_id INTEGER NOT NULL REFERENCES response (id),
  PRIMARY KEY (sample_id, position),
  UNIQUE (sample_id, response_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sample_unit_response ON sample_unit (response_id);

CREATE TABLE sample_coder (
  sample_id INTEGER NOT NULL REFERENCES sample (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  done_at INTEGER,
  PRIMARY KEY (sample_id, staff_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sample_coder_open ON sample_coder (staff_id) WHERE done_at IS NULL;

-- The units that a coder is done with.
CREATE TABLE sample_done (
  sample_id INTEGER NOT NULL REFERENCES sample (id),
  position INTEGER NOT NULL,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (sample_id, position, staff_id)
) STRICT, WITHOUT ROWID;

-- What the first coding said of a unit when it was drawn.
CREATE TABLE sample_first (
  sample_id INTEGER NOT NULL REFERENCES sample (id),
  position INTEGER NOT NULL,
  code_id INTEGER NOT NULL REFERENCES code (id),
  PRIMARY KEY (sample_id, position, code_id)
) STRICT, WITHOUT ROWID;

-- What a second coder put. It counts nowhere but in the figures of its sample.
CREATE TABLE second_coding (
  id INTEGER PRIMARY KEY,
  sample_id INTEGER NOT NULL REFERENCES sample (id),
  response_id INTEGER NOT NULL REFERENCES response (id),
  code_id INTEGER NOT NULL REFERENCES code (id),
  part INTEGER CHECK (part >= -1),
  from_char INTEGER CHECK (from_char >= 0),
  to_char INTEGER CHECK (to_char > from_char),
  bytes_hash INTEGER,
  words_hash INTEGER,
  words INTEGER,
  placed TEXT NOT NULL DEFAULT 'set' CHECK (placed IN ('set', 'found again', 'lost')),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE INDEX second_coding_of ON second_coding (sample_id, staff_id) WHERE ended_at IS NULL;
CREATE INDEX second_coding_response ON second_coding (response_id) WHERE ended_at IS NULL;

-- What a person decided where coders disagreed; the last one that was not taken back counts.
CREATE TABLE settlement (
  id INTEGER PRIMARY KEY,
  sample_id INTEGER NOT NULL REFERENCES sample (id),
  position INTEGER NOT NULL,
  code_id INTEGER NOT NULL REFERENCES code (id),
  holds INTEGER NOT NULL CHECK (holds IN (0, 1)),
  note TEXT,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  change_id INTEGER NOT NULL REFERENCES frame_change (id),
  ended_at INTEGER
) STRICT;
CREATE INDEX settlement_of ON settlement (sample_id, position, code_id) WHERE ended_at IS NULL;
CREATE INDEX settlement_change ON settlement (change_id);
