-- Somebody may be at risk: a flag on the mail that says so, whether it is a response, waits to be
-- sorted or was dealt with. The program proposes it by the words of the mail, or a person raises it.
--   proposed -> open (a person says so) | dismissed | closed
--   open -> closed (with what became of it) -> open again, as another round
--   dismissed -> open
-- raised_at, due_at, seen_at are of this round. untold: the emails about it reach nobody.
CREATE TABLE flag (
  id INTEGER PRIMARY KEY,
  inbound_id INTEGER NOT NULL UNIQUE REFERENCES inbound (id),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'open', 'dismissed', 'closed')),
  round INTEGER NOT NULL DEFAULT 1,
  raised_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  seen_at INTEGER,
  closed_at INTEGER,
  outcome TEXT CHECK (outcome IN ('passed on', 'known', 'supported', 'no risk', 'mistake')),
  untold INTEGER NOT NULL DEFAULT 0 CHECK (untold IN (0, 1)),
  CHECK ((state = 'closed') = (outcome IS NOT NULL)),
  CHECK ((state IN ('dismissed', 'closed')) = (closed_at IS NOT NULL))
) STRICT;
CREATE INDEX flag_waits ON flag (raised_at) WHERE state IN ('proposed', 'open');

-- Who did what of it, and what they wrote. Nothing of it is changed or taken out.
CREATE TABLE flag_step (
  id INTEGER PRIMARY KEY,
  flag_id INTEGER NOT NULL REFERENCES flag (id),
  what TEXT NOT NULL CHECK (what IN ('proposed', 'raised', 'dismissed', 'seen', 'noted', 'closed',
    'reopened', 'taken back')),
  round INTEGER NOT NULL,
  staff_id INTEGER REFERENCES staff (id), -- NULL: the program
  at INTEGER NOT NULL,
  text TEXT NOT NULL DEFAULT '' CHECK (length(text) <= 4000),
  outcome TEXT
) STRICT;
CREATE INDEX flag_step_of ON flag_step (flag_id, id);
CREATE UNIQUE INDEX flag_step_seen ON flag_step (flag_id, round, staff_id) WHERE what = 'seen';
CREATE TRIGGER flag_step_stays BEFORE UPDATE ON flag_step
  BEGIN SELECT RAISE (ABORT, 'what was done about a flag is never changed'); END;
CREATE TRIGGER flag_step_kept BEFORE DELETE ON flag_step
  BEGIN SELECT RAISE (ABORT, 'what was done about a flag is kept'); END;

-- One more role, and one more kind of notification; their content stays as it is, as in 0031.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''data protection'',', '''data protection'', ''safeguarding'',')
 WHERE type = 'table' AND name = 'granted';
UPDATE sqlite_schema SET sql = replace(sql, '''approval'', ''needs''', '''approval'', ''needs'', ''flag''')
 WHERE type = 'table' AND name = 'notification';
PRAGMA writable_schema = RESET;
