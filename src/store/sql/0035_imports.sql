-- An import as one thing: what came of it, and what takes it back within a day.

-- counts are of its lines. file: its name, as whoever imported it saw it, or ''.
CREATE TABLE import (
  id INTEGER PRIMARY KEY,
  list_id INTEGER NOT NULL REFERENCES list (id),
  at INTEGER NOT NULL,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  file TEXT NOT NULL,
  added INTEGER NOT NULL DEFAULT 0,
  kept_off INTEGER NOT NULL DEFAULT 0,
  passed_over INTEGER NOT NULL DEFAULT 0,
  bad INTEGER NOT NULL DEFAULT 0,
  undone_at INTEGER,
  undone_by INTEGER REFERENCES staff (id),
  CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT;
CREATE INDEX import_list ON import (list_id, id);

-- Whom it put on the list or kept off it, until it cannot be taken back any more. was: the state
-- before, NULL where there was no subscription. evidence_id: what it wrote; who has later
-- evidence has acted since, or somebody has for them.
CREATE TABLE imported (
  subscription_id INTEGER NOT NULL,
  import_id INTEGER NOT NULL REFERENCES import (id),
  evidence_id INTEGER NOT NULL,
  was TEXT,
  PRIMARY KEY (subscription_id, import_id)
) STRICT, WITHOUT ROWID;

-- Evidence is kept, but for that of an import that is being taken back: of the wrong file nothing
-- stays that names anybody.
DROP TRIGGER evidence_is_kept;
CREATE TRIGGER evidence_is_kept BEFORE DELETE ON evidence
  WHEN NOT EXISTS (SELECT 1 FROM imported i JOIN import m ON m.id = i.import_id
    WHERE i.subscription_id = old.subscription_id AND i.evidence_id = old.id
      AND m.undone_at IS NOT NULL)
  BEGIN SELECT RAISE (ABORT, 'evidence is never deleted'); END;
