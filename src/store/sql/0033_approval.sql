-- Approval without a dead end: a named colleague is asked, who approves, or returns the bulletin
-- with comments, or corrects it and has the correction agreed to by who asked; and each of them
-- is told by email, which is one more kind of notification.

-- approve: asked_by stands behind exactly this text and asks for approval of it. agree: asked_by,
-- who may approve, has changed something after reading the rest, approves it as it is now, and
-- asks a colleague to agree to the change; what the approval will bind stands in the row.
CREATE TABLE approval_request (
  id INTEGER PRIMARY KEY,
  bulletin_id INTEGER NOT NULL REFERENCES bulletin (id),
  kind TEXT NOT NULL CHECK (kind IN ('approve', 'agree')),
  asked_by INTEGER NOT NULL REFERENCES staff (id),
  asked_of INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  look_hash TEXT,
  audience INTEGER,
  last_subscription INTEGER,
  ended_at INTEGER,
  outcome TEXT CHECK (outcome IN ('approved', 'returned', 'replaced')),
  CHECK ((ended_at IS NULL) = (outcome IS NULL)),
  CHECK (kind = 'approve' OR (look_hash IS NOT NULL AND audience IS NOT NULL
    AND last_subscription IS NOT NULL)),
  CHECK (asked_by <> asked_of)
) STRICT;
CREATE INDEX approval_request_of ON approval_request (bulletin_id, id);
CREATE UNIQUE INDEX approval_request_open ON approval_request (bulletin_id) WHERE ended_at IS NULL;

-- What colleagues say about a bulletin, on the words of that hash. request_id: it was returned so.
CREATE TABLE bulletin_comment (
  id INTEGER PRIMARY KEY,
  bulletin_id INTEGER NOT NULL REFERENCES bulletin (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 4000),
  content_hash TEXT NOT NULL,
  request_id INTEGER REFERENCES approval_request (id)
) STRICT;
CREATE INDEX bulletin_comment_of ON bulletin_comment (bulletin_id, id);

-- Who agreed to what the approver had changed; NULL: the approver had changed nothing.
ALTER TABLE approval ADD COLUMN agreed_by INTEGER REFERENCES staff (id);

-- Still nobody approves their own words alone: a colleague stands behind exactly these, by having
-- asked about them or by agreeing. Who began the bulletin never approves it.
DROP TRIGGER approval_by_another;
CREATE TRIGGER approval_by_another BEFORE INSERT ON approval
  WHEN EXISTS (SELECT 1 FROM bulletin_change c WHERE c.bulletin_id = new.bulletin_id
    AND c.staff_id = new.staff_id AND c.approval_id = coalesce((SELECT max(a.id) FROM approval a
      WHERE a.bulletin_id = new.bulletin_id), 0))
  AND NOT EXISTS (SELECT 1 FROM approval_request q JOIN bulletin b ON b.id = q.bulletin_id
    WHERE q.bulletin_id = new.bulletin_id AND q.ended_at IS NULL
      AND q.content_hash = new.content_hash AND b.created_by <> new.staff_id
      AND ((q.kind = 'approve' AND q.asked_by <> new.staff_id)
        OR (q.kind = 'agree' AND q.asked_by = new.staff_id AND q.asked_of = new.agreed_by)))
  BEGIN SELECT RAISE (ABORT, 'nobody approves what they changed since the last approval'); END;

-- Notifications have one more kind; their content stays as it is, as in 0031.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''bulletin-sent''', '''bulletin-sent'', ''approval''')
 WHERE type = 'table' AND name = 'notification';
PRAGMA writable_schema = RESET;
