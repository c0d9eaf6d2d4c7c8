-- Who may stand for what: whose hands a bulletin went through, and whom tests of it went to;
-- what of somebody is left when they are erased; what limits count by.

-- Each time that somebody wrote a bulletin or changed its pictures. approval_id: the last approval
-- before that, withdrawn or not; 0: none. The triggers note it, whichever statement changes it.
CREATE TABLE bulletin_change (
  id INTEGER PRIMARY KEY,
  bulletin_id INTEGER NOT NULL REFERENCES bulletin (id),
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  approval_id INTEGER NOT NULL
) STRICT;
CREATE INDEX bulletin_change_by ON bulletin_change (bulletin_id, staff_id, approval_id);
-- Of before: what the audit says of each since its last approval.
INSERT INTO bulletin_change (bulletin_id, staff_id, at, approval_id)
SELECT a.subject_id, s.id, a.at,
       coalesce((SELECT max(p.id) FROM approval p WHERE p.bulletin_id = a.subject_id), 0)
  FROM audit a JOIN staff s ON s.name = a.who JOIN bulletin b ON b.id = a.subject_id
 WHERE a.subject = 'bulletin' AND a.act IN ('bulletin drafted', 'bulletin edited',
    'picture attached', 'picture taken off', 'picture removed')
   AND a.id > coalesce((SELECT max(x.id) FROM audit x WHERE x.subject = 'bulletin'
    AND x.subject_id = a.subject_id AND x.act = 'bulletin approved'), 0)
 ORDER BY a.id;
CREATE TRIGGER bulletin_written AFTER INSERT ON bulletin BEGIN
  INSERT INTO bulletin_change (bulletin_id, staff_id, at, approval_id)
  VALUES (new.id, new.changed_by, new.changed_at, 0);
END;
CREATE TRIGGER bulletin_changed AFTER UPDATE OF title, source, content_hash, changed_by ON bulletin BEGIN
  INSERT INTO bulletin_change (bulletin_id, staff_id, at, approval_id)
  SELECT new.id, new.changed_by, new.changed_at, coalesce(max(id), 0) FROM approval
   WHERE bulletin_id = new.id;
END;
CREATE TRIGGER bulletin_change_stays BEFORE UPDATE ON bulletin_change
  BEGIN SELECT RAISE (ABORT, 'who changed a bulletin is never changed'); END;
CREATE TRIGGER bulletin_change_is_kept BEFORE DELETE ON bulletin_change
  BEGIN SELECT RAISE (ABORT, 'who changed a bulletin is never deleted'); END;
CREATE TRIGGER approval_by_another BEFORE INSERT ON approval
  WHEN EXISTS (SELECT 1 FROM bulletin_change c WHERE c.bulletin_id = new.bulletin_id
    AND c.staff_id = new.staff_id AND c.approval_id = coalesce((SELECT max(a.id) FROM approval a
      WHERE a.bulletin_id = new.bulletin_id), 0))
  BEGIN SELECT RAISE (ABORT, 'nobody approves what they changed since the last approval'); END;

-- Whom a test of a bulletin went to, one row a mail. The audit holds a digest of the hashes; the
-- addresses go after some time, or with the person. hash: keyed, of the address as it is compared.
CREATE TABLE test_recipient (
  id INTEGER PRIMARY KEY,
  audit_id INTEGER NOT NULL REFERENCES audit (id),
  letter_id INTEGER NOT NULL UNIQUE REFERENCES letter (id),
  at INTEGER NOT NULL,
  address TEXT, -- NULL: it is known by its hash only
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX test_recipient_audit ON test_recipient (audit_id);
CREATE INDEX test_recipient_at ON test_recipient (at);
CREATE INDEX test_recipient_named ON test_recipient (at) WHERE address IS NOT NULL;
CREATE TRIGGER test_recipient_stays BEFORE UPDATE ON test_recipient
  WHEN new.address IS NOT NULL OR new.hash <> old.hash OR new.audit_id <> old.audit_id
    OR new.letter_id <> old.letter_id OR new.at <> old.at
  BEGIN SELECT RAISE (ABORT, 'whom a test went to is only forgotten, never changed'); END;
CREATE TRIGGER test_recipient_is_kept BEFORE DELETE ON test_recipient
  BEGIN SELECT RAISE (ABORT, 'whom a test went to is never deleted'); END;

-- While somebody is erased, inside that transaction only: the keys of their addresses (in each
-- way of writing them), and the mails that go with them.
CREATE TABLE erasing_address (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE erasing_mail (inbound_id INTEGER PRIMARY KEY) STRICT;
CREATE INDEX bounce_address ON bounce (lower(address)) WHERE address IS NOT NULL;
CREATE INDEX parsed_from ON parsed (lower(from_address)) WHERE from_address IS NOT NULL;

-- words: those that the text indexes still hold of them, as FTS5 takes deleted words out only when
-- it merges.  left -> going -> gone
ALTER TABLE erasure ADD COLUMN words TEXT NOT NULL DEFAULT 'left'
  CHECK (words IN ('left', 'going', 'gone'));
CREATE INDEX erasure_words ON erasure (id) WHERE words <> 'gone';

-- What staff or an import said of somebody goes with them; nothing else of evidence ever does.
DROP TRIGGER evidence_stays;
CREATE TRIGGER evidence_stays BEFORE UPDATE ON evidence
  WHEN new.basis IS NOT NULL OR (new.id, new.subscription_id, new.at, new.act, new.how,
      new.wording_id, new.inbound_id, new.staff_id, new.given_at) IS NOT (old.id,
      old.subscription_id, old.at, old.act, old.how, old.wording_id, old.inbound_id, old.staff_id,
      old.given_at)
  BEGIN SELECT RAISE (ABORT, 'evidence is never changed'); END;

-- What limits count by: a keyed hash of the mailbox behind an address, however that is written and
-- whatever tag it carries (mail_limit_key). NULL: from before, or for nobody who could have asked.
ALTER TABLE letter ADD COLUMN limit_hash BLOB CHECK (length(limit_hash) = 32);
CREATE INDEX letter_limit ON letter (limit_hash, kind, created_at) WHERE limit_hash IS NOT NULL;
CREATE INDEX letter_kind ON letter (kind, created_at);
