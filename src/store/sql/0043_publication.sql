-- What is published of responses: what was decided of each, what is redacted in it, and the text
-- that stands on the public pages.

-- Decided by one person, released by another. Withholding needs no release.
--   (no row) -> decided -> released -> decided (something changed) | withdrawn -> released
-- content_hash: of what would be published, as whoever decided had it before them. fell: a release
-- ended by itself, and why.
CREATE TABLE publication (
  response_id INTEGER PRIMARY KEY REFERENCES response (id),
  decision TEXT NOT NULL CHECK (decision IN ('publish', 'without name', 'withhold')),
  reason TEXT CHECK (reason IN ('refused', 'defamatory', 'identifies', 'health', 'abusive', 'legal',
    'not a response', 'other')),
  decided_by INTEGER NOT NULL REFERENCES staff (id),
  decided_at INTEGER NOT NULL,
  content_hash TEXT,
  released_by INTEGER REFERENCES staff (id),
  released_at INTEGER,
  withdrawn_by INTEGER REFERENCES staff (id),
  withdrawn_at INTEGER,
  fell TEXT CHECK (fell IN ('respondent', 'redaction', 'text')),
  CHECK ((decision = 'withhold') = (reason IS NOT NULL)),
  CHECK (decision = 'withhold' OR content_hash IS NOT NULL),
  CHECK ((released_by IS NULL) = (released_at IS NULL)),
  CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL)),
  CHECK (released_at IS NULL OR (decision <> 'withhold' AND withdrawn_at IS NULL)),
  CHECK (released_by <> decided_by)
) STRICT;

-- The words as they are published, made anew at each release. token: its address.
CREATE TABLE published (
  response_id INTEGER PRIMARY KEY REFERENCES publication (response_id),
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  token TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL CHECK (type IN ('individual', 'organisation', 'unknown')),
  label TEXT NOT NULL,
  organisation TEXT,
  words TEXT NOT NULL -- all of it, in small letters, to be searched
) STRICT;
CREATE INDEX published_list ON published (consultation_id, token);
CREATE TABLE published_answer (
  response_id INTEGER NOT NULL REFERENCES published (response_id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0), -- 0: no question
  text TEXT NOT NULL,
  PRIMARY KEY (response_id, position)
) STRICT, WITHOUT ROWID;

-- A passage that is not published, or a proposal that a person dismissed. Places as of codings.
CREATE TABLE redaction (
  id INTEGER PRIMARY KEY,
  response_id INTEGER NOT NULL REFERENCES response (id),
  part INTEGER NOT NULL CHECK (part >= -1),
  from_char INTEGER NOT NULL CHECK (from_char >= 0),
  to_char INTEGER NOT NULL CHECK (to_char > from_char),
  bytes_hash INTEGER NOT NULL,
  words_hash INTEGER NOT NULL,
  words INTEGER NOT NULL,
  placed TEXT NOT NULL DEFAULT 'set' CHECK (placed IN ('set', 're-anchored', 'needs re-anchoring')),
  state TEXT NOT NULL CHECK (state IN ('accepted', 'dismissed')),
  reason TEXT NOT NULL CHECK (reason IN ('name', 'contact', 'third party', 'child', 'health',
    'defamatory', 'security', 'other')),
  kind TEXT, -- what proposed it; NULL: a person chose it
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  ended_by INTEGER REFERENCES staff (id),
  ended_at INTEGER,
  CHECK ((ended_by IS NULL) = (ended_at IS NULL))
) STRICT;
CREATE INDEX redaction_response ON redaction (response_id) WHERE ended_at IS NULL;

-- The responses of a consultation are released as a whole: search engines may find them.
CREATE TABLE publication_set (
  consultation_id INTEGER PRIMARY KEY REFERENCES consultation (id),
  released_by INTEGER NOT NULL REFERENCES staff (id),
  released_at INTEGER NOT NULL
) STRICT;

-- Whatever way a change comes, what was released before it stands nowhere after it.
CREATE TRIGGER publication_respondent
  AFTER UPDATE OF permission, type, name, organisation ON respondent
  WHEN new.permission IS NOT old.permission OR new.type IS NOT old.type
    OR new.name IS NOT old.name OR new.organisation IS NOT old.organisation
BEGIN
  UPDATE publication SET released_by = NULL, released_at = NULL, fell = 'respondent'
   WHERE released_at IS NOT NULL
     AND response_id IN (SELECT id FROM response WHERE respondent_id = new.id);
END;
CREATE TRIGGER publication_redacted AFTER INSERT ON redaction
BEGIN
  UPDATE publication SET released_by = NULL, released_at = NULL, fell = 'redaction'
   WHERE released_at IS NOT NULL AND response_id = new.response_id;
END;
CREATE TRIGGER publication_redaction_changed AFTER UPDATE ON redaction
BEGIN
  UPDATE publication SET released_by = NULL, released_at = NULL, fell = 'redaction'
   WHERE released_at IS NOT NULL AND response_id = new.response_id;
END;
CREATE TRIGGER publication_ends AFTER UPDATE OF released_at ON publication
  WHEN new.released_at IS NULL AND old.released_at IS NOT NULL
BEGIN
  DELETE FROM published WHERE response_id = new.response_id;
END;
-- Whose mail is erased is published no more.
CREATE TRIGGER publication_erased AFTER UPDATE OF text ON parsed
  WHEN new.text IS NULL AND old.text IS NOT NULL
BEGIN
  UPDATE publication SET released_by = NULL, released_at = NULL, fell = 'text'
   WHERE released_at IS NOT NULL
     AND response_id IN (SELECT id FROM response WHERE inbound_id = new.inbound_id);
END;

-- The words of a quotation as they stand in the edition: of what was redacted since.
ALTER TABLE report_quote ADD COLUMN hash TEXT;
