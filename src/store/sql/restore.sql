-- name: restore_begun
-- What goes out, or has come due: nobody knows how far it got since the copy. ?1 now
-- scan: some hundred bulletins
SELECT id FROM bulletin
 WHERE state = 'sending' OR (state = 'scheduled' AND due_at <= ?1) ORDER BY id;

-- name: restore_deliveries_doubt
-- ?1 now
-- scan: an index of those that are under way
UPDATE delivery SET state = 'in doubt', doubt = doubt + 1, due_at = ?1
 WHERE (state = 'sending' OR state = 'in doubt') AND state = 'sending';

-- name: restore_deliveries_waiting
-- Nobody knows who of those that waited has got it since. ?1 now
-- scan: once, when a store is restored
UPDATE delivery SET state = 'in doubt', doubt = doubt + 1, due_at = ?1
 WHERE state = 'queued' OR state = 'deferred';

-- name: restore_unfinished
-- Bulletins that may have gone on since: not all of them went out, or a digest is to bring them.
-- scan: once, when a store is restored
SELECT id, state FROM bulletin b
 WHERE state IN ('approved', 'scheduled', 'sending', 'paused', 'on hold')
    OR EXISTS (SELECT 1 FROM delivery d WHERE d.bulletin_id = b.id AND d.state = 'digest'
                  AND d.notification_id IS NULL)
    OR EXISTS (SELECT 1 FROM delivery d WHERE d.bulletin_id = b.id AND d.state = 'in doubt')
 ORDER BY id;

-- name: restore_tried
-- Who has got it, may have, or was refused it. ?1 bulletin
-- scan: the ledger of one bulletin
SELECT d.subscription_id, CASE WHEN d.state <> 'digest' THEN d.state
         WHEN n.state = 'sent' THEN 'sent' ELSE 'in doubt' END AS state,
       d.attempts, d.doubt, d.due_at, d.started_at, coalesce(d.settled_at, n.settled_at) AS settled_at,
       d.relay, d.reply_code, d.reply_status, d.reply_text, d.given_up
  FROM delivery d LEFT JOIN notification n ON n.id = d.notification_id
 WHERE d.bulletin_id = ?1 AND (d.state IN ('sent', 'refused', 'sending', 'in doubt')
    OR (d.state = 'digest' AND n.state IN ('sent', 'sending', 'in doubt')))
 ORDER BY d.id;

-- name: restore_delivery
-- ?1 bulletin ?2 subscription ?3 state ?4 attempts ?5 doubt ?6 due ?7 started ?8 settled ?9 relay
-- ?10 code ?11 status ?12 text ?13 1: given up
INSERT INTO delivery (bulletin_id, subscription_id, state, attempts, doubt, due_at, started_at,
  settled_at, relay, reply_code, reply_status, reply_text, given_up)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13
 WHERE EXISTS (SELECT 1 FROM subscription WHERE id = ?2)
ON CONFLICT (bulletin_id, subscription_id) DO UPDATE SET state = excluded.state,
  attempts = excluded.attempts, doubt = excluded.doubt, due_at = excluded.due_at,
  started_at = excluded.started_at, settled_at = excluded.settled_at, relay = excluded.relay,
  reply_code = excluded.reply_code, reply_status = excluded.reply_status,
  reply_text = excluded.reply_text, given_up = excluded.given_up
 WHERE state IN ('queued', 'deferred', 'sending', 'in doubt', 'digest') AND state <> excluded.state;

-- name: restore_sent_since
-- Bulletins that began to go out. ?1 since
-- scan: some hundred bulletins
SELECT b.id, l.name AS list, b.number FROM bulletin b JOIN list l ON l.id = b.list_id
 WHERE b.started_at >= ?1 ORDER BY b.id;

-- name: restore_bulletin
-- ?1 id ?2 list ?3 number: 1 when it stands here, past its draft
SELECT count(*) AS n FROM bulletin b JOIN list l ON l.id = b.list_id
 WHERE b.id = ?1 AND l.name = ?2 AND b.number = ?3 AND b.state <> 'draft';

-- name: restore_notifications_doubt
-- They waited or were under way when the copy was made, and have gone since as like as not. ?1 now
-- scan: once, when a store is restored
UPDATE notification SET state = 'in doubt', doubt = doubt + 1, due_at = ?1
 WHERE (state = 'queued' OR state = 'deferred')
    OR ((state = 'sending' OR state = 'in doubt') AND state = 'sending');

-- name: restore_publications_fall
-- What was withdrawn or forbidden since would be public again: each waits for a release.
-- scan: once, when a store is restored
UPDATE publication SET released_by = NULL, released_at = NULL, fell = 'restored'
 WHERE released_at IS NOT NULL;

-- name: restore_report_backs
-- Recipients whose email was not made yet when the copy was: as like as not it has gone since.
-- scan: once, when a store is restored
UPDATE report_back_recipient SET left_out = 'restored'
 WHERE notification_id IS NULL AND left_out IS NULL AND report_back_id IN
   (SELECT id FROM report_back WHERE state = 'approved');

-- name: restore_sessions_end
-- ?1 now
-- scan: those that are open, a dozen
UPDATE session SET ended_at = ?1, why_ended = 'the store was restored' WHERE ended_at IS NULL;

-- name: restore_digests
-- Rows of bulletins that a digest was to bring by now. ?1 now
-- scan: said once, before anything runs
SELECT count(*) AS n FROM delivery WHERE state = 'digest' AND notification_id IS NULL AND due_at <= ?1;

-- name: restore_suppressed
-- scan: meant to be short
SELECT hash, reason, staff_id, created_at FROM suppression ORDER BY id;

-- name: restore_gone
-- Who left, was stopped or suppressed, with the evidence of it. ?1 since
-- scan: once, when a store is restored
SELECT s.id, s.person_id, s.list_id, s.state, e.at, e.event, e.how FROM subscription s
  JOIN evidence e ON e.id = (SELECT max(x.id) FROM evidence x WHERE x.subscription_id = s.id)
 WHERE (s.state = 'unsubscribed' OR s.state = 'bouncing' OR s.state = 'suppressed'
     OR s.state = 'refused') AND s.changed_at >= ?1 ORDER BY s.id;

-- name: restore_subscription
-- ?1 id
SELECT person_id, list_id, state FROM subscription WHERE id = ?1;

-- name: restore_erased
-- ?1 since
-- scan: once, when a store is restored
SELECT id, created_at FROM person WHERE erased_at >= ?1 ORDER BY id;

-- name: restore_person
-- ?1 id: one who is not erased
SELECT created_at, address FROM person WHERE id = ?1 AND erased_at IS NULL;

-- name: restore_staff_ended
-- scan: a dozen people
SELECT id, name, ended_at FROM staff WHERE ended_at IS NOT NULL ORDER BY id;

-- name: restore_staff_end
-- ?1 id ?2 name ?3 at
UPDATE staff SET ended_at = ?3 WHERE id = ?1 AND name = ?2 AND ended_at IS NULL;

-- name: restore_granted_ended
-- scan: some hundred
SELECT id, staff_id, ended_by, ended_at FROM granted WHERE ended_at IS NOT NULL ORDER BY id;

-- name: restore_granted_end
-- ?1 id ?2 staff ?3 by ?4 at
UPDATE granted SET ended_by = ?3, ended_at = ?4
 WHERE id = ?1 AND staff_id = ?2 AND ended_at IS NULL;

-- name: restore_last
-- When the copy was alive last.
-- scan: its last row
SELECT at FROM audit ORDER BY id DESC LIMIT 1;
