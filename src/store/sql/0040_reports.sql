-- The report of a consultation, its editions, and whom it quotes.

-- Markdown with placeholders; what stands now. hash: of the text.
CREATE TABLE report (
  id INTEGER PRIMARY KEY,
  consultation_id INTEGER NOT NULL UNIQUE REFERENCES consultation (id),
  text TEXT NOT NULL,
  hash TEXT NOT NULL,
  changed_by INTEGER NOT NULL REFERENCES staff (id),
  changed_at INTEGER NOT NULL
) STRICT;
-- Who wrote on it since the last edition that was approved.
CREATE TABLE report_writer (
  report_id INTEGER NOT NULL REFERENCES report (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  PRIMARY KEY (report_id, staff_id)
) STRICT, WITHOUT ROWID;

-- An edition is frozen: its text, what came of it, and the data it was made of. facts: of each
-- response, packed, to say later what has changed; data_hash is of them.
--   made -> asked for -> approved
CREATE TABLE report_edition (
  id INTEGER PRIMARY KEY,
  report_id INTEGER NOT NULL REFERENCES report (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  text TEXT NOT NULL,
  hash TEXT NOT NULL,
  markdown TEXT NOT NULL,
  html TEXT NOT NULL,
  csv TEXT NOT NULL,
  facts BLOB NOT NULL,
  data_hash TEXT NOT NULL,
  made_by INTEGER NOT NULL REFERENCES staff (id),
  made_at INTEGER NOT NULL,
  asked_of INTEGER REFERENCES staff (id),
  asked_at INTEGER,
  approved_by INTEGER REFERENCES staff (id),
  approved_at INTEGER,
  UNIQUE (report_id, number),
  CHECK ((asked_of IS NULL) = (asked_at IS NULL)),
  CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
  CHECK (approved_by <> made_by)
) STRICT;
-- Who wrote the words of an edition: none of them approves it.
CREATE TABLE report_edition_writer (
  edition_id INTEGER NOT NULL REFERENCES report_edition (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  PRIMARY KEY (edition_id, staff_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER report_edition_by_another BEFORE UPDATE OF approved_by ON report_edition
  WHEN EXISTS (SELECT 1 FROM report_edition_writer w
    WHERE w.edition_id = new.id AND w.staff_id = new.approved_by)
  BEGIN SELECT RAISE (ABORT, 'nobody approves an edition that they wrote'); END;
CREATE TRIGGER report_edition_stays BEFORE UPDATE OF report_id, number, text, hash, markdown, html,
  csv, facts, data_hash, made_by, made_at ON report_edition
  BEGIN SELECT RAISE (ABORT, 'an edition is never changed'); END;

-- Where somebody is quoted.
CREATE TABLE report_quote (
  edition_id INTEGER NOT NULL REFERENCES report_edition (id),
  coding_id INTEGER NOT NULL REFERENCES coding (id),
  response_id INTEGER NOT NULL REFERENCES response (id),
  line INTEGER NOT NULL,
  PRIMARY KEY (edition_id, coding_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_quote_response ON report_quote (response_id);
