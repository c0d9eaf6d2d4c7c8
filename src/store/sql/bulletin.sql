-- part: was_seen
-- By somebody but its author. b: the bulletin
   (b.started_at IS NOT NULL OR b.changed_by <> b.created_by
    OR EXISTS (SELECT 1 FROM bulletin_change c WHERE c.bulletin_id = b.id
      AND c.staff_id <> b.created_by)
    OR EXISTS (SELECT 1 FROM approval a WHERE a.bulletin_id = b.id)
    OR EXISTS (SELECT 1 FROM approval_request q WHERE q.bulletin_id = b.id)
    OR EXISTS (SELECT 1 FROM bulletin_comment k WHERE k.bulletin_id = b.id)
    OR EXISTS (SELECT 1 FROM audit e WHERE e.subject = 'bulletin' AND e.subject_id = b.id
      AND e.event = 'bulletin tested'))

-- name: bulletin_was_seen
-- ?1 bulletin: its number is its own for good
SELECT
-- with: was_seen
       AS seen FROM bulletin b WHERE b.id = ?1;

-- name: bulletin_next_number
-- ?1 list: the lowest number from the list's first that no bulletin has, but one that was cancelled
-- before anybody but its author had seen it
-- scan: the numbers of one list
WITH taken (number) AS MATERIALIZED (
  SELECT b.number FROM bulletin b WHERE b.list_id = ?1 AND (b.state <> 'cancelled' OR
-- with: was_seen
  ))
SELECT min(n) AS number FROM (
  SELECT first_number AS n FROM list WHERE id = ?1
  UNION ALL
  SELECT t.number + 1 FROM taken t JOIN list l ON l.id = ?1 WHERE t.number >= l.first_number)
 WHERE n NOT IN (SELECT number FROM taken);

-- name: bulletin_untouched
-- ?1 list ?2 the text that a new one begins with
SELECT number FROM bulletin WHERE list_id = ?1 AND state = 'draft' AND source = ?2
 ORDER BY number LIMIT 1;

-- name: bulletin_add
-- ?1 list ?2 number ?3 title ?4 source ?5 hash ?6 staff ?7 now
INSERT INTO bulletin (list_id, number, title, source, content_hash, state, created_by, created_at,
  changed_by, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, 'draft', ?6, ?7, ?6, ?7);

-- name: bulletin_find
-- ?1 list name ?2 number: the live one, else the last cancelled
SELECT b.*, l.name AS list_name FROM bulletin b JOIN list l ON l.id = b.list_id
 WHERE l.name = ?1 AND b.number = ?2
 ORDER BY b.state = 'cancelled' AND b.started_at IS NULL, b.id DESC LIMIT 1;

-- name: bulletin_by_id
SELECT b.*, l.name AS list_name FROM bulletin b JOIN list l ON l.id = b.list_id WHERE b.id = ?1;

-- name: bulletin_edit
-- ?1 id ?2 title ?3 source ?4 hash ?5 staff ?6 now: back to draft
UPDATE bulletin SET title = ?2, source = ?3, content_hash = ?4, changed_by = ?5, changed_at = ?6,
  state = 'draft', due_at = NULL, zone = NULL, hold_reason = NULL
 WHERE id = ?1;

-- name: version_add
-- ?1 bulletin ?2 staff ?3 now ?4 kind ?5 source ?6 hash
INSERT INTO bulletin_version (bulletin_id, staff_id, at, kind, source, content_hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: version_write
-- Somebody's own that is kept aside. ?1 bulletin ?2 id ?3 staff ?4 now ?5 source ?6 hash
UPDATE bulletin_version SET source = ?5, content_hash = ?6, at = ?4
 WHERE id = ?2 AND bulletin_id = ?1 AND staff_id = ?3 AND kind = 'aside';

-- name: version_last
-- The words that were approved or asked about last. ?1 bulletin
SELECT v.at, v.kind, v.source, v.content_hash, s.name AS staff
  FROM bulletin_version v JOIN staff s ON s.id = v.staff_id
 WHERE v.bulletin_id = ?1 AND v.kind IN ('asked', 'approved') ORDER BY v.id DESC LIMIT 1;

-- name: version_asides
-- ?1 bulletin
SELECT v.id, v.at, s.name AS staff FROM bulletin_version v JOIN staff s ON s.id = v.staff_id
 WHERE v.bulletin_id = ?1 AND v.kind = 'aside' ORDER BY v.id DESC;

-- name: version_by_id
-- One that is kept aside. ?1 bulletin ?2 id
SELECT v.at, v.source, v.content_hash, s.name AS staff
  FROM bulletin_version v JOIN staff s ON s.id = v.staff_id
 WHERE v.id = ?2 AND v.bulletin_id = ?1 AND v.kind = 'aside';

-- name: version_drop
-- ?1 bulletin ?2 id
DELETE FROM bulletin_version WHERE id = ?2 AND bulletin_id = ?1 AND kind = 'aside';

-- name: bulletin_told_lately
-- Is the newest event of a bulletin somebody's writing of late? ?1 bulletin ?2 who ?3 since
SELECT EXISTS (SELECT 1 FROM audit a WHERE a.id = (SELECT max(x.id) FROM audit x
    WHERE x.subject = 'bulletin' AND x.subject_id = ?1)
  AND a.event = 'bulletin edited' AND a.who = ?2 AND a.at > ?3) AS told;

-- name: bulletin_state_set
-- ?1 id ?2 state ?3 why held
UPDATE bulletin SET state = ?2, hold_reason = ?3 WHERE id = ?1;

-- name: bulletin_schedule
-- ?1 id ?2 due ?3 zone
UPDATE bulletin SET state = 'scheduled', due_at = ?2, zone = ?3, due_before = NULL,
  zone_before = NULL, hold_reason = NULL WHERE id = ?1;

-- name: bulletin_grace
-- It is sent at once, and until then may be stopped. ?1 id ?2 due ?3 zone
UPDATE bulletin SET
  due_before = CASE WHEN state = 'scheduled' THEN iif(due_at > ?2, due_at, due_before) END,
  zone_before = CASE WHEN state = 'scheduled' THEN iif(due_at > ?2, zone, zone_before) END,
  state = 'scheduled', due_at = ?2, zone = ?3, hold_reason = NULL WHERE id = ?1;

-- name: bulletin_unschedule
-- ?1 id: what is approved stays so
UPDATE bulletin SET state = 'approved', due_at = NULL, zone = NULL, due_before = NULL,
  zone_before = NULL WHERE id = ?1;

-- name: bulletin_start
-- ?1 id ?2 now
UPDATE bulletin SET state = 'sending', started_at = coalesce(started_at, ?2), hold_reason = NULL
 WHERE id = ?1;

-- name: bulletin_finish
-- ?1 now: every bulletin whose ledger is whole and closed
UPDATE bulletin SET state = 'sent', finished_at = ?1
 WHERE state = 'sending' AND filled = 1
   AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.bulletin_id = bulletin.id
     AND (d.state = 'queued' OR d.state = 'deferred'))
   AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.bulletin_id = bulletin.id
     AND (d.state = 'sending' OR d.state = 'in doubt'))
RETURNING id, number;

-- name: bulletin_sent_counts
-- ?1 bulletin: rows of its ledger, and of them those that were sent or wait for a digest
SELECT b.filled_rows AS rows,
  (SELECT coalesce(sum(t.n), 0) FROM bulletin_tally t
    WHERE t.bulletin_id = b.id AND t.state = 'sent') AS sent,
  (SELECT coalesce(sum(t.n), 0) FROM bulletin_tally t
    WHERE t.bulletin_id = b.id AND t.state = 'digest') AS digests
  FROM bulletin b WHERE b.id = ?1;

-- name: bulletin_list
-- scan: some hundred updates
SELECT l.name AS list, b.number, b.title, b.state, b.due_at, b.zone, b.started_at, b.finished_at
  FROM bulletin b JOIN list l ON l.id = b.list_id
 WHERE (?1 IS NULL OR l.name = ?1)
 ORDER BY l.name, b.number, b.id;

-- name: bulletin_search
-- ?1 ?2 ?3 words, or NULL ?4 most: the newest first that have all of them
-- scan: some hundred bulletins
SELECT l.id AS list_id, l.name AS list, l.title AS list_title, b.number, b.title, b.state,
       b.started_at
  FROM bulletin b JOIN list l ON l.id = b.list_id
 WHERE b.state <> 'cancelled' AND (?1 IS NULL OR instr(lower(b.title || ' ' || b.source), ?1) > 0)
   AND (?2 IS NULL OR instr(lower(b.title || ' ' || b.source), ?2) > 0)
   AND (?3 IS NULL OR instr(lower(b.title || ' ' || b.source), ?3) > 0)
 ORDER BY b.id DESC LIMIT ?4;

-- name: bulletin_marks
-- What is asked for most of a list. ?1 list: the number of its last one that has begun, and of the
-- next one that goes out or waits for its time; 0: none
SELECT coalesce((SELECT b.number FROM bulletin b WHERE b.list_id = l.id AND b.started_at IS NOT NULL
    ORDER BY b.started_at DESC, b.id DESC LIMIT 1), 0) AS last,
  coalesce((SELECT b.number FROM bulletin b WHERE b.list_id = l.id
      AND b.state IN ('approved', 'scheduled', 'sending', 'paused', 'on hold')
    ORDER BY b.state = 'approved', b.due_at, b.number LIMIT 1), 0) AS next
  FROM list l WHERE l.id = ?1;

-- name: bulletin_due
-- ?1 now
SELECT id, due_at, number FROM bulletin WHERE state = 'scheduled' AND due_at <= ?1
 ORDER BY due_at LIMIT 1;

-- name: bulletin_to_fill
SELECT id, filled_to, filled_rows FROM bulletin WHERE state = 'sending' AND filled = 0 LIMIT 1;

-- name: bulletin_sending
-- A few at a time.
SELECT id, list_id FROM bulletin WHERE state = 'sending' ORDER BY id;

-- name: approval_add
-- ?1 bulletin ?2 staff ?3 now ?4 hash ?5 hash of the look ?6 audience ?7 last subscription
INSERT INTO approval (bulletin_id, staff_id, at, content_hash, look_hash, audience,
  last_subscription)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: bulletin_own_work
-- ?1 bulletin ?2 staff
SELECT
-- with: own_work
       AS own FROM bulletin b WHERE b.id = ?1;

-- name: bulletin_stood_for
-- Whose asking about exactly these words lets somebody approve what they changed in them.
-- ?1 bulletin ?2 staff
SELECT q.asked_by, q.at FROM bulletin b JOIN approval_request q ON q.bulletin_id = b.id
 WHERE b.id = ?1 AND q.ended_at IS NULL AND q.kind = 'approve' AND q.asked_by <> ?2
   AND q.content_hash = b.content_hash
   AND (b.changed_by = ?2 OR EXISTS (SELECT 1 FROM bulletin_change c
    WHERE c.bulletin_id = b.id AND c.staff_id = ?2 AND c.approval_id = coalesce((SELECT max(a.id)
      FROM approval a WHERE a.bulletin_id = b.id), 0)));

-- name: bulletin_scheduled_by
-- Who gave it its time. ?1 bulletin
SELECT s.id AS staff_id, a.at FROM audit a JOIN staff s ON s.name = a.who
 WHERE a.subject = 'bulletin' AND a.subject_id = ?1 AND a.event = 'bulletin scheduled'
   AND s.created_at <= a.at
 ORDER BY a.id DESC, s.id DESC LIMIT 1;

-- name: approval_in_force
-- ?1 bulletin
SELECT a.*, s.name AS staff FROM approval a JOIN staff s ON s.id = a.staff_id
 WHERE a.bulletin_id = ?1 AND a.withdrawn_at IS NULL ORDER BY a.id DESC LIMIT 1;

-- name: approval_withdraw
-- ?1 bulletin ?2 now
UPDATE approval SET withdrawn_at = ?2 WHERE bulletin_id = ?1 AND withdrawn_at IS NULL;

-- name: audience_count
-- ?1 list ?2 topics of the bulletin ?3 1 when everyone gets it ?4 now: who would get it, and
-- the newest of them
SELECT coalesce(sum(state = 'active'), 0) AS audience,
       coalesce(sum(state = 'active' AND frequency <> 'each'), 0) AS digests,
       coalesce(sum(state = 'paused'), 0) AS paused, coalesce(max(id), 0) AS last
  FROM subscription
 WHERE list_id = ?1 AND state IN ('active', 'paused') AND active_since <= ?4
   AND (?3 = 1 OR all_topics = 1 OR topics & ?2 <> 0);

-- name: audience_fill
-- A stretch of the ledger. ?1 bulletin ?2 list ?3 topics ?4 everyone ?5 approved at
-- ?6 last subscription approved ?7 after subscription ?8 up to subscription ?9 begun
-- ?10 seconds to spread over ?11 rows written before ?12 rows in all, at most
-- ?13 next weekly digest ?14 next monthly digest
-- Spread in the order of the rows, which is what the breaker counts on.
-- scan: the stretch, once it is numbered
INSERT INTO delivery (bulletin_id, subscription_id, state, due_at, settled_at, skip_reason,
  frequency)
SELECT ?1, id,
       CASE WHEN state = 'paused' THEN 'skipped' WHEN frequency = 'each' THEN 'queued'
         ELSE 'digest' END,
       CASE frequency WHEN 'weekly' THEN ?13 WHEN 'monthly' THEN ?14
         ELSE ?9 + ?10 * (?11 + row_number() OVER (ORDER BY id) - 1) / max(?12, 1) END,
       CASE WHEN state = 'paused' THEN ?9 END,
       CASE WHEN state = 'paused' THEN 'paused' END,
       CASE WHEN state <> 'paused' THEN nullif(frequency, 'each') END
  FROM subscription
 WHERE id > ?7 AND id <= ?8 AND id <= ?6 AND list_id = ?2 AND state IN ('active', 'paused')
   AND active_since <= ?5 AND (?4 = 1 OR all_topics = 1 OR topics & ?3 <> 0)
 ORDER BY id
ON CONFLICT (bulletin_id, subscription_id) DO NOTHING;

-- name: bulletin_filled_to
-- ?1 id ?2 subscription ?3 1 when that was all ?4 rows that were added
UPDATE bulletin SET filled_to = ?2, filled = ?3, filled_rows = filled_rows + ?4 WHERE id = ?1;

-- name: bulletin_finishable
-- The same question as bulletin_finish asks, without the writer's lock.
SELECT id FROM bulletin b WHERE b.state = 'sending' AND b.filled = 1
   AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.bulletin_id = b.id
     AND (d.state = 'queued' OR d.state = 'deferred'))
   AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.bulletin_id = b.id
     AND (d.state = 'sending' OR d.state = 'in doubt'));

-- name: approval_show
-- ?1 bulletin
SELECT a.at, s.name AS staff, a.audience, a.content_hash, a.withdrawn_at,
       (SELECT g.name FROM staff g WHERE g.id = a.agreed_by) AS agreed FROM approval a
  JOIN staff s ON s.id = a.staff_id WHERE a.bulletin_id = ?1 ORDER BY a.id DESC LIMIT 1;

-- name: test_staff
-- ?1 address: whether somebody of the staff has it now
-- scan: a dozen people
SELECT EXISTS (SELECT 1 FROM staff WHERE email = ?1 COLLATE NOCASE AND ended_at IS NULL) AS is_staff;

-- name: test_count
-- ?1 since
SELECT count(*) AS n FROM test_recipient WHERE at > ?1;

-- name: test_recipient_add
-- ?1 audit ?2 notification ?3 now ?4 address ?5 hash
INSERT INTO test_recipient (audit_id, notification_id, at, address, hash) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: test_recipients_old
-- Those whose mail has its fate. ?1 before
SELECT EXISTS (SELECT 1 FROM test_recipient r JOIN notification t ON t.id = r.notification_id
  WHERE r.address IS NOT NULL AND r.at <= ?1 AND t.state IN ('sent', 'refused', 'skipped')) AS n;

-- name: test_recipients_notifications_forget
-- ?1 before
UPDATE notification SET recipient = 'erased', subject = '', mail = NULL, reply_code = NULL,
  reply_status = NULL, reply_text = NULL
 WHERE state IN ('sent', 'refused', 'skipped')
   AND id IN (SELECT notification_id FROM test_recipient WHERE address IS NOT NULL AND at <= ?1);

-- name: test_recipients_forget
-- ?1 before
UPDATE test_recipient SET address = NULL WHERE address IS NOT NULL AND at <= ?1
   AND (SELECT t.state FROM notification t WHERE t.id = notification_id) IN ('sent', 'refused', 'skipped');
