-- One log of what the staff did and may take back. Until now an act on codes stood in frame_change
-- and once more in undo, and everything else in undo alone. An act on codes keeps its number, for
-- that is shown; everything else gets one behind them.
PRAGMA defer_foreign_keys = ON;
CREATE INDEX coding_place_change ON coding_place (change_id) WHERE change_id IS NOT NULL;

CREATE TABLE change_frame AS SELECT * FROM frame_change;
DROP TABLE frame_change;
CREATE TABLE frame_change (
  id INTEGER PRIMARY KEY,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  kind TEXT NOT NULL, -- by domain/sorting/undo_kinds.c
  said TEXT NOT NULL, -- one sentence without the name of a person
  -- What takes it back, packed by the act and read by its kind. NULL: the rows that name it.
  inverse BLOB,
  -- It was done together with others and is taken back with them.
  part_of INTEGER REFERENCES frame_change (id) ON DELETE SET NULL,
  -- Of acts on codes, which are kept for good.
  consultation_id INTEGER REFERENCES consultation (id),
  what TEXT CHECK (what IN ('add', 'rename', 'describe', 'move', 'retire', 'revive',
    'merge', 'split', 'code', 'uncode', 'place', 'accept', 'refuse', 'recode', 'settle')),
  passed_at INTEGER, -- it could not be taken back, and undoing goes past it
  undone_by INTEGER REFERENCES staff (id),
  undone_at INTEGER,
  CHECK ((kind = 'frame') = (what IS NOT NULL)),
  CHECK ((kind = 'frame') = (consultation_id IS NOT NULL))
) STRICT;
INSERT INTO frame_change (id, staff_id, at, kind, said, consultation_id, what, undone_by, undone_at)
SELECT id, staff_id, at, 'frame', said, consultation_id, what, undone_by, undone_at
  FROM change_frame;
DROP TABLE change_frame;
ALTER TABLE frame_change RENAME TO change;

-- What was packed is unpacked: numbers of eight bytes, the lowest first, and texts behind their
-- length. Four of the bytes are read, since no length and no number of an act needs more.
CREATE TABLE change_byte (hex TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO change_byte (hex, value)
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 255)
SELECT printf('%02X', i), i FROM n;

-- Of what was done together: where each text begins, a kind and what takes it back in turns.
CREATE TABLE change_text (
  undo_id INTEGER NOT NULL,
  step INTEGER NOT NULL,
  begin INTEGER NOT NULL,
  len INTEGER NOT NULL,
  PRIMARY KEY (undo_id, step)
) STRICT, WITHOUT ROWID;
INSERT INTO change_text (undo_id, step, begin, len)
WITH RECURSIVE walk(undo_id, step, begin, len) AS (
  SELECT id, -1, 1, 8 FROM undo WHERE kind = 'bulk' -- how many there are
  UNION ALL
  SELECT w.undo_id, w.step + 1, w.begin + w.len + 8,
      (SELECT value FROM change_byte WHERE hex = hex(substr(u.inverse, w.begin + w.len, 1)))
      + (SELECT value FROM change_byte WHERE hex = hex(substr(u.inverse, w.begin + w.len + 1, 1))) * 256
      + (SELECT value FROM change_byte WHERE hex = hex(substr(u.inverse, w.begin + w.len + 2, 1))) * 65536
      + (SELECT value FROM change_byte WHERE hex = hex(substr(u.inverse, w.begin + w.len + 3, 1))) * 16777216
    FROM walk w JOIN undo u ON u.id = w.undo_id
   WHERE w.begin + w.len + 7 <= length(u.inverse))
SELECT undo_id, step, begin, len FROM walk WHERE step >= 0;

-- Every act of the undo by itself. number 0: it was done alone.
CREATE TABLE change_part (
  undo_id INTEGER NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  inverse BLOB NOT NULL,
  change_id INTEGER, -- its number in the log
  PRIMARY KEY (undo_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO change_part (undo_id, number, kind, inverse)
SELECT id, 0, kind, inverse FROM undo
 UNION ALL
SELECT u.id, k.step / 2 + 1, CAST(substr(u.inverse, k.begin, k.len) AS TEXT),
       substr(u.inverse, i.begin, i.len)
  FROM undo u JOIN change_text k ON k.undo_id = u.id AND k.step % 2 = 0
  JOIN change_text i ON i.undo_id = u.id AND i.step = k.step + 1;
UPDATE change_part SET change_id =
      (SELECT value FROM change_byte WHERE hex = hex(substr(inverse, 1, 1)))
      + (SELECT value FROM change_byte WHERE hex = hex(substr(inverse, 2, 1))) * 256
      + (SELECT value FROM change_byte WHERE hex = hex(substr(inverse, 3, 1))) * 65536
      + (SELECT value FROM change_byte WHERE hex = hex(substr(inverse, 4, 1))) * 16777216
 WHERE kind = 'frame';
UPDATE change_part SET change_id = (SELECT coalesce(max(id), 0) FROM change) + n.n
  FROM (SELECT undo_id, number, row_number() OVER (ORDER BY undo_id, number) AS n
          FROM change_part WHERE kind <> 'frame') n
 WHERE n.undo_id = change_part.undo_id AND n.number = change_part.number;

-- What nothing could take back was marked as taken back; only the audit knew which.
INSERT INTO change (id, staff_id, at, kind, said, inverse, part_of, passed_at, undone_by, undone_at)
SELECT p.change_id, u.staff_id, u.at, p.kind, u.what, iif(p.kind = 'bulk', NULL, p.inverse),
       iif(p.number, w.change_id, NULL), iif(passed, u.undone_at, NULL),
       iif(u.undone_at IS NULL OR passed, NULL, u.staff_id), iif(passed, NULL, u.undone_at)
  FROM change_part p
  JOIN (SELECT undo.*, EXISTS (SELECT 1 FROM audit a WHERE a.subject = 'undo'
           AND a.subject_id = undo.id AND a.event = 'passed over' AND a.at = undone_at) AS passed
          FROM undo) u ON u.id = p.undo_id
  JOIN change_part w ON w.undo_id = p.undo_id AND w.number = 0
 WHERE p.kind <> 'frame' ORDER BY p.change_id;
UPDATE change SET part_of = iif(p.number, w.change_id, NULL),
       passed_at = iif(p.number = 0 AND change.undone_at IS NULL, u.undone_at, NULL)
  FROM change_part p JOIN undo u ON u.id = p.undo_id
  JOIN change_part w ON w.undo_id = p.undo_id AND w.number = 0
 WHERE p.kind = 'frame' AND change.id = p.change_id AND change.kind = 'frame';

DROP TABLE change_part;
DROP TABLE change_text;
DROP TABLE change_byte;
DROP TABLE undo;
CREATE INDEX change_last ON change (staff_id, at, id)
  WHERE undone_at IS NULL AND passed_at IS NULL AND part_of IS NULL;
CREATE INDEX change_part_of ON change (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX change_old ON change (at) WHERE kind <> 'frame';
CREATE INDEX change_consultation ON change (consultation_id, id)
  WHERE consultation_id IS NOT NULL;
