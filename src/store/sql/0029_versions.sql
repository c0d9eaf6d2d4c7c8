-- Versions of a bulletin that are kept beside the one that stands: what two people wrote at once,
-- of which only one can stand ("aside", until somebody throws it away), and the words that a
-- colleague was asked to approve or that were approved, so that what was changed since can be
-- shown. source is the whole text; pictures are in it by their names.
CREATE TABLE bulletin_version (
  id INTEGER PRIMARY KEY,
  bulletin_id INTEGER NOT NULL REFERENCES bulletin (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id), -- who wrote, asked or approved it
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('aside', 'asked', 'approved')),
  source TEXT NOT NULL,
  content_hash TEXT NOT NULL
) STRICT;
CREATE INDEX bulletin_version_of ON bulletin_version (bulletin_id, kind, id);
-- Of before: what was approved last and stands unchanged.
INSERT INTO bulletin_version (bulletin_id, staff_id, at, kind, source, content_hash)
SELECT b.id, a.staff_id, a.at, 'approved', b.source, b.content_hash
  FROM bulletin b JOIN approval a ON a.id = (SELECT max(x.id) FROM approval x
    WHERE x.bulletin_id = b.id)
 WHERE a.content_hash = b.content_hash;
