-- Files of an edition that another program makes, kept with it: made once, offered to all.
--   waiting -> made | failed (with the reason), and asked for again
-- page_hash: of the page that it was made of; another page (it was approved) is another file.
CREATE TABLE report_edition_file (
  id INTEGER PRIMARY KEY,
  edition_id INTEGER NOT NULL REFERENCES report_edition (id),
  form TEXT NOT NULL CHECK (form IN ('pdf', 'docx', 'xlsx')),
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'made', 'failed')),
  asked_by INTEGER NOT NULL REFERENCES staff (id),
  asked_at INTEGER NOT NULL,
  ended_at INTEGER,
  page_hash TEXT,
  bytes BLOB,
  reason TEXT,
  UNIQUE (edition_id, form),
  CHECK ((state = 'made') = (bytes IS NOT NULL)),
  CHECK ((state = 'made') = (page_hash IS NOT NULL)),
  CHECK ((state = 'failed') = (reason IS NOT NULL)),
  CHECK ((state = 'waiting') = (ended_at IS NULL))
) STRICT;
CREATE INDEX report_edition_file_waits ON report_edition_file (id) WHERE state = 'waiting';
