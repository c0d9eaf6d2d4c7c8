-- A report back: what those who took part in a consultation, and agreed to be contacted again, are
-- told afterwards, once each.
--   draft -> asked -> approved -> sent
--                     approved -> cancelled
CREATE TABLE report_back (
  id INTEGER PRIMARY KEY,
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  hash TEXT NOT NULL, -- of both
  state TEXT NOT NULL DEFAULT 'draft'
    CHECK (state IN ('draft', 'asked', 'approved', 'sent', 'cancelled')),
  written_by INTEGER NOT NULL REFERENCES staff (id),
  written_at INTEGER NOT NULL,
  asked_by INTEGER REFERENCES staff (id),
  asked_at INTEGER,
  approved_by INTEGER REFERENCES staff (id),
  approved_at INTEGER,
  ended_by INTEGER REFERENCES staff (id), -- who cancelled it
  ended_at INTEGER,
  UNIQUE (consultation_id, number),
  CHECK ((asked_by IS NULL) = (asked_at IS NULL)),
  CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
  CHECK ((state IN ('approved', 'sent', 'cancelled')) = (approved_at IS NOT NULL)),
  CHECK ((state IN ('sent', 'cancelled')) = (ended_at IS NOT NULL)),
  CHECK ((state = 'cancelled') = (ended_by IS NOT NULL))
) STRICT;
CREATE INDEX report_back_goes ON report_back (id) WHERE state = 'approved';
CREATE INDEX report_back_asked ON report_back (id) WHERE state = 'asked';

-- Who wrote its words: none of them approves it.
CREATE TABLE report_back_writer (
  report_back_id INTEGER NOT NULL REFERENCES report_back (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  PRIMARY KEY (report_back_id, staff_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER report_back_by_another BEFORE UPDATE OF approved_by ON report_back
  WHEN EXISTS (SELECT 1 FROM report_back_writer w
    WHERE w.report_back_id = new.id AND w.staff_id = new.approved_by)
  BEGIN SELECT RAISE (ABORT, 'nobody approves a report back that they wrote'); END;
CREATE TRIGGER report_back_stays BEFORE UPDATE OF subject, text, hash ON report_back
  WHEN old.approved_at IS NOT NULL
  BEGIN SELECT RAISE (ABORT, 'a report back that was approved is never changed'); END;

-- Whom it goes to, as it was approved: one row a mailbox, by the response it is written to.
-- notification_id: its email, once it was made; left_out: why it was not, after all.
CREATE TABLE report_back_recipient (
  report_back_id INTEGER NOT NULL REFERENCES report_back (id),
  response_id INTEGER NOT NULL REFERENCES response (id),
  notification_id INTEGER REFERENCES notification (id),
  left_out TEXT CHECK (left_out IN ('no', 'not known', 'no address', 'suppressed', 'excluded',
    'unmade')),
  PRIMARY KEY (report_back_id, response_id),
  CHECK (notification_id IS NULL OR left_out IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_back_waiting ON report_back_recipient (report_back_id, response_id)
  WHERE notification_id IS NULL AND left_out IS NULL;
CREATE INDEX report_back_notification ON report_back_recipient (notification_id)
  WHERE notification_id IS NOT NULL;
CREATE INDEX report_back_response ON report_back_recipient (response_id);

-- Notifications have one more kind, which like digests comes after the others; their content stays
-- as it is, as in 0031.
DROP INDEX notification_due_first;
DROP INDEX notification_due_digest;
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''needs'', ''flag''', '''needs'', ''flag'', ''report-back''')
 WHERE type = 'table' AND name = 'notification';
PRAGMA writable_schema = RESET;
CREATE INDEX notification_due_first ON notification (due_at, id)
 WHERE (state = 'queued' OR state = 'deferred') AND kind <> 'digest' AND kind <> 'report-back';
CREATE INDEX notification_due_digest ON notification (due_at, id)
 WHERE (state = 'queued' OR state = 'deferred') AND (kind = 'digest' OR kind = 'report-back');
