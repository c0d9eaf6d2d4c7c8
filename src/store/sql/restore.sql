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
