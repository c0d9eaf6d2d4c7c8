-- name: audit_last
-- scan: reads one row, the end of the primary key
SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1;

-- name: audit_add
-- ?1 at ?2 who ?3 event ?4 subject ?5 subject id ?6 detail ?7 hash ?8 about ?9 about id
-- ?10 content hash
INSERT INTO audit (at, who, event, subject, subject_id, detail, hash, form, about, about_id, content_hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 2, ?8, ?9, ?10);

-- part: audit_blind
-- Nothing that says of the codes of a reply which this person codes blindly, nor of codings
-- that others put in that consultation while it is so. What was taken back and is not known to be
-- something else may have been a tag.
   AND NOT (subject = 'response' AND (event IN ('tagged', 'untagged', 'coding found again',
       'coding lost', 'rule applied') OR (event = 'taken back'
         AND coalesce(about, 'tag') IN ('tag', 'untag')))
     AND EXISTS (SELECT 1 FROM sample_unit u JOIN sample_coder o ON o.sample_id = u.sample_id
       JOIN sample m ON m.id = u.sample_id WHERE u.response_id = subject_id
         AND o.staff_id = ?5 AND o.done_at IS NULL AND m.ended_at IS NULL))
   AND NOT (subject = 'frame change' AND EXISTS (SELECT 1 FROM change f
       JOIN sample m ON m.consultation_id = f.consultation_id
       JOIN sample_coder o ON o.sample_id = m.id WHERE f.id = subject_id AND f.staff_id <> ?5
         AND f.what IN ('code', 'uncode', 'place', 'accept', 'refuse', 'recode', 'reconcile')
         AND o.staff_id = ?5 AND o.done_at IS NULL AND m.ended_at IS NULL))
   AND NOT (subject = 'undo' AND coalesce(about, 'bulk') IN ('tag', 'untag', 'frame', 'bulk')
     AND who <> (SELECT name FROM staff WHERE id = ?5) AND EXISTS (SELECT 1 FROM sample_coder o
       JOIN sample m ON m.id = o.sample_id
      WHERE o.staff_id = ?5 AND o.done_at IS NULL AND m.ended_at IS NULL))

-- part: audit_recipients
-- Whom a test went to: by address, later by the beginning of its hash.
       (SELECT group_concat(coalesce(t.address, 'hash ' || lower(substr(hex(t.hash), 1, 12))), ', ')
          FROM test_recipient t WHERE t.audit_id = a.id) AS recipients

-- part: audit_subject
-- By the word of now: the hash of an older row is over the word of then.
       CASE subject WHEN 'letter' THEN 'notification'
                    WHEN 'second coding' THEN 'double coding' ELSE subject END

-- name: audit_list
-- The newest first. ?1 subject or NULL ?2 subject id or NULL ?3 most ?4 from this id ?5 who asks
-- ?6 below this id
-- scan: walks the newest rows of the primary key
SELECT id, at, who, event,
       -- with: audit_subject
       AS subject, subject_id, detail, hash,
       -- with: audit_recipients
  FROM audit a
 WHERE (?1 IS NULL OR ?1 =
       -- with: audit_subject
       )
   AND (?2 IS NULL OR subject_id = ?2) AND id >= ?4 AND id < ?6
   -- with: audit_blind
 ORDER BY id DESC LIMIT ?3;

-- name: audit_most
SELECT coalesce(max(id), 0) AS id FROM audit;

-- name: audit_at
-- When that row was written, or the first one after it. ?1 id
SELECT at FROM audit WHERE id >= ?1 ORDER BY id LIMIT 1;

-- name: audit_last_at
-- scan: the newest row alone
SELECT at FROM audit ORDER BY id DESC LIMIT 1;

-- name: audit_backup_at
-- scan: walks back from the newest row, of which few are older than a copy
SELECT at FROM audit WHERE event = 'copied' AND subject = 'store' ORDER BY id DESC LIMIT 1;

-- name: audit_acts_last
-- Of what changes the thing itself. ?1 subject ?2 subject id ?3 acts, as GLOB reads it
SELECT coalesce(max(id), 0) AS id FROM audit
 WHERE subject = ?1 AND subject_id = ?2 AND event GLOB ?3
   AND event NOT IN ('bulletin tested', 'bulletin version kept aside',
                     'bulletin version thrown away', 'bulletin commented on');

-- name: audit_acts_since
-- The same, the newest first. ?4 after this id ?5 most
SELECT id, at, who, event, detail FROM audit
 WHERE subject = ?1 AND subject_id = ?2 AND event GLOB ?3 AND id > ?4
   AND event NOT IN ('bulletin tested', 'bulletin version kept aside',
                     'bulletin version thrown away', 'bulletin commented on')
 ORDER BY id DESC LIMIT ?5;

-- name: audit_page
-- The newest first, by keyset. ?1 below this id ?2 subject or NULL ?3 who or NULL ?4 most
-- ?5 who asks ?6 from this id
-- scan: walks the newest rows of the primary key
-- what: its name or number as people know it, where it still has one
SELECT id, at, who, event,
       -- with: audit_subject
       AS subject, subject_id, detail,
       CASE subject
         WHEN 'response' THEN (SELECT c.name || printf('-%04d', r.number) FROM response r
           JOIN consultation c ON c.id = r.consultation_id WHERE r.id = a.subject_id)
         WHEN 'bulletin' THEN (SELECT l.name || ' #' || b.number FROM bulletin b
           JOIN list l ON l.id = b.list_id WHERE b.id = a.subject_id)
         WHEN 'consultation' THEN (SELECT name FROM consultation WHERE id = a.subject_id)
         WHEN 'list' THEN (SELECT name FROM list WHERE id = a.subject_id)
         WHEN 'staff' THEN (SELECT name FROM staff WHERE id = a.subject_id)
         WHEN 'code' THEN (SELECT name FROM code WHERE id = a.subject_id)
       END AS what,
       -- with: audit_recipients
  FROM audit a
 WHERE id < ?1 AND id >= ?6 AND (?2 IS NULL OR ?2 =
       -- with: audit_subject
       )
   AND (?3 IS NULL OR who = ?3)
   -- with: audit_blind
 ORDER BY id DESC LIMIT ?4;

-- name: audit_chain
-- ?1 after this row ?2 most
SELECT id, at, who, event, subject, subject_id, detail, hash, form, about, about_id, content_hash
  FROM audit WHERE id > ?1
 ORDER BY id LIMIT ?2;

-- name: audit_hash
-- ?1 row
SELECT hash FROM audit WHERE id = ?1;

-- name: staff_add
-- ?1 name ?2 email ?3 now
INSERT INTO staff (name, email, created_at) VALUES (?1, ?2, ?3);

-- name: staff_typed
-- As somebody types who they are: ?1 name in whatever letters, or an address that one has.
-- scan: a dozen people
SELECT id, name FROM staff s
 WHERE ended_at IS NULL AND (name = ?1 COLLATE NOCASE OR (email = ?1 COLLATE NOCASE AND NOT EXISTS (
   SELECT 1 FROM staff o WHERE o.id <> s.id AND o.ended_at IS NULL AND o.email = s.email COLLATE NOCASE)))
 ORDER BY name = ?1 DESC, name = ?1 COLLATE NOCASE DESC, id LIMIT 1;

-- name: staff_by_name
SELECT id, name FROM staff WHERE name = ?1 AND ended_at IS NULL;
