-- name: notification_add
-- Does nothing when what it answers was answered before: look at the changes.
-- ?1 kind ?2 once ?3 sender ?4 recipient ?5 subject ?6 mail ?7 message id ?8 list
-- ?9 consultation ?10 inbound ?11 now ?12 what limits count by, or NULL
INSERT INTO notification (kind, once, sender, recipient, subject, mail, message_id, list_id,
  consultation_id, inbound_id, state, created_at, due_at, limit_hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'queued', ?11, ?11, ?12)
ON CONFLICT (once) DO NOTHING;

-- name: notification_known
-- ?1 once
SELECT id, subject FROM notification WHERE once = ?1;

-- name: notification_due
-- ?1 now ?2 most
SELECT t.id, t.sender, t.recipient, t.mail, l.relay, t.kind
  FROM notification t LEFT JOIN list l ON l.id = t.list_id
 WHERE (t.state = 'queued' OR t.state = 'deferred')
   AND t.kind <> 'digest' AND t.kind <> 'report-back' AND t.due_at <= ?1
 ORDER BY t.due_at, t.id LIMIT ?2;

-- name: notification_due_digest
-- ?1 now ?2 most
SELECT t.id, t.sender, t.recipient, t.mail, l.relay, t.kind
  FROM notification t LEFT JOIN list l ON l.id = t.list_id
 WHERE (t.state = 'queued' OR t.state = 'deferred')
   AND (t.kind = 'digest' OR t.kind = 'report-back') AND t.due_at <= ?1
 ORDER BY t.due_at, t.id LIMIT ?2;

-- name: notification_forwarded_to
-- Who of the staff has its address now, and what it carries: which consultation or list it came to,
-- and whether it is a response. ?1 id
-- scan: a dozen people
SELECT s.id AS staff_id, r.id AS response_id,
       coalesce(r.consultation_id, i.consultation_id) AS consultation_id, i.list_id
  FROM notification t JOIN inbound i ON i.id = t.inbound_id
  LEFT JOIN response r ON r.inbound_id = i.id
  JOIN staff s ON s.email = t.recipient COLLATE NOCASE AND s.ended_at IS NULL
 WHERE t.id = ?1;

-- name: notification_tells_back
-- Whose response a report back is written to, and whether it still goes out. ?1 id
SELECT r.response_id, b.state FROM report_back_recipient r JOIN report_back b ON b.id = r.report_back_id
 WHERE r.notification_id = ?1;

-- name: notification_withdraw
-- ?1 id ?2 now ?3 why
UPDATE notification SET state = 'skipped', settled_at = ?2, mail = NULL, reply_code = NULL,
  reply_status = NULL, reply_text = ?3
 WHERE id = ?1 AND (state = 'queued' OR state = 'deferred');

-- name: notification_take
-- ?1 id ?2 now
UPDATE notification SET state = 'sending', attempts = attempts + 1, started_at = ?2 WHERE id = ?1;

-- name: notification_put_off
-- ?1 id ?2 due
UPDATE notification SET due_at = ?2 WHERE id = ?1;

-- name: notification_settle
-- The text goes with the notification. ?1 id ?2 state ?3 now ?4 relay ?5 code ?6 status ?7 text
-- ?8 1: given up
UPDATE notification SET state = ?2, settled_at = ?3, relay = ?4, reply_code = ?5, reply_status = ?6,
  reply_text = ?7, given_up = ?8, mail = NULL
 WHERE id = ?1 AND state = 'sending';

-- name: notification_defer
-- ?1 id ?2 due ?3 relay ?4 code ?5 status ?6 text
UPDATE notification SET state = 'deferred', due_at = ?2, relay = ?3, reply_code = ?4, reply_status = ?5,
  reply_text = ?6
 WHERE id = ?1 AND state = 'sending';

-- name: notification_give_back
-- ?1 id ?2 due
UPDATE notification SET state = CASE WHEN doubt > 0 OR attempts > 1 THEN 'deferred' ELSE 'queued' END,
  attempts = attempts - 1, due_at = ?2
 WHERE id = ?1 AND state = 'sending';

-- name: notification_first_try
-- ?1 id
SELECT coalesce((SELECT min(a.at) FROM attempt a WHERE a.notification_id = l.id), l.started_at) AS at,
       l.attempts, l.doubt FROM notification l WHERE l.id = ?1;

-- name: notification_found_open
SELECT id, attempts FROM notification WHERE (state = 'sending' OR state = 'in doubt') AND state = 'sending';

-- name: notification_doubt
-- Sent again once at most. ?1 id ?2 state ?3 due
UPDATE notification SET state = CASE WHEN doubt > 0 THEN 'in doubt' ELSE ?2 END,
  doubt = doubt + 1, due_at = ?3
 WHERE id = ?1 AND state = 'sending';

-- name: notification_next_due
SELECT min(due_at) AS due_at FROM notification WHERE (state = 'queued' OR state = 'deferred');

-- name: notification_recent
-- How many notifications of a kind a mailbox got since ?3. ?1 hash ?2 kind
SELECT count(*) AS n FROM notification WHERE limit_hash = ?1 AND kind = ?2 AND created_at > ?3;

-- name: notification_many
-- Whether all together got ?3 of a kind since ?2. ?1 kind ?3 how many, less one
SELECT EXISTS (SELECT 1 FROM notification WHERE kind = ?1 AND created_at > ?2 LIMIT 1 OFFSET ?3) AS are;

-- name: notification_by_message_id
SELECT id, kind, recipient, list_id, inbound_id, consultation_id FROM notification
 WHERE message_id = ?1 LIMIT 1;

-- name: notification_of_inbound
-- What we answered to a mail.
SELECT id, kind, message_id, state FROM notification WHERE inbound_id = ?1 ORDER BY id;

-- name: notification_answered
-- The reply that an acknowledgement or answer of ours was for. ?1 its Message-ID
SELECT r.id AS response_id, r.consultation_id FROM notification l
  JOIN response r ON r.inbound_id = l.inbound_id
 WHERE l.message_id = ?1 AND l.kind IN ('acknowledgement', 'reply');

-- name: notification_by_id
-- ?1 id
SELECT id, kind, state FROM notification WHERE id = ?1;

-- name: notification_release_doubt
-- A person decides on one that was held. ?1 id ?2 new state ?3 now
UPDATE notification SET state = ?2, due_at = ?3,
  settled_at = CASE ?2 WHEN 'deferred' THEN NULL ELSE ?3 END,
  mail = CASE ?2 WHEN 'deferred' THEN mail END
 WHERE id = ?1 AND state = 'in doubt';

-- name: notification_release_every_doubt
-- The same of all, or of one kind. ?1 now ?2 new state ?3 kind or NULL
-- scan: an index of those that are under way
UPDATE notification SET state = ?2, due_at = ?1,
  settled_at = CASE ?2 WHEN 'deferred' THEN NULL ELSE ?1 END,
  mail = CASE ?2 WHEN 'deferred' THEN mail END
 WHERE (state = 'sending' OR state = 'in doubt') AND state = 'in doubt'
   AND (?3 IS NULL OR kind = ?3);

-- name: notification_list
-- scan: walks the newest rows. ?1 most
SELECT t.id, t.kind, t.recipient, t.subject, t.state, t.attempts, t.doubt, t.created_at, t.settled_at,
       t.relay,
       -- with: notification_reply
  FROM notification t ORDER BY t.id DESC LIMIT ?1;

-- name: notification_list_in
-- scan: walks the newest rows. ?1 most ?2 state
SELECT t.id, t.kind, t.recipient, t.subject, t.state, t.attempts, t.doubt, t.created_at, t.settled_at,
       t.relay,
       -- with: notification_reply
  FROM notification t WHERE t.state = ?2 ORDER BY t.id DESC LIMIT ?1;
