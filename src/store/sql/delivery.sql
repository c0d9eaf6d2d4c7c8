-- name: delivery_due
-- Due rows of one bulletin with whom they are for. ?1 bulletin ?2 now ?3 most
SELECT d.id, d.subscription_id, s.state = 'active', s.topics, s.all_topics, p.address, p.name
  FROM delivery d CROSS JOIN subscription s ON s.id = d.subscription_id
  CROSS JOIN person p ON p.id = s.person_id
 WHERE d.bulletin_id = ?1 AND (d.state = 'queued' OR d.state = 'deferred') AND d.due_at <= ?2
 ORDER BY d.due_at, d.id LIMIT ?3;

-- name: delivery_take
-- ?1 id ?2 now: it is under way from here on
UPDATE delivery SET state = 'sending', attempts = attempts + 1, started_at = ?2 WHERE id = ?1;

-- name: delivery_put_off
-- Not tried, for a limit's sake. ?1 id ?2 due
UPDATE delivery SET due_at = ?2 WHERE id = ?1;

-- name: delivery_skip
-- ?1 id ?2 now ?3 reason: never on its way
UPDATE delivery SET state = 'skipped', settled_at = ?2, skip_reason = ?3 WHERE id = ?1;

-- name: delivery_unmade
-- ?1 id ?2 now ?3 why it cannot be made into a mail
UPDATE delivery SET state = 'refused', settled_at = ?2, reply_code = NULL, reply_status = NULL,
  reply_text = ?3 WHERE id = ?1;

-- name: delivery_settle
-- ?1 id ?2 state ?3 now ?4 relay ?5 code ?6 status ?7 text ?8 1: given up
UPDATE delivery SET state = ?2, settled_at = ?3, relay = ?4, reply_code = ?5, reply_status = ?6,
  reply_text = ?7, given_up = ?8
 WHERE id = ?1 AND state = 'sending';

-- name: delivery_defer
-- An update that was cancelled meanwhile is not tried again. ?1 id ?2 due ?3 relay ?4 code
-- ?5 status ?6 text
UPDATE delivery SET due_at = ?2, relay = ?3, reply_code = ?4, reply_status = ?5, reply_text = ?6,
  (state, skip_reason) = (SELECT CASE b.state WHEN 'cancelled' THEN 'skipped' ELSE 'deferred' END,
    CASE b.state WHEN 'cancelled' THEN 'cancelled' END
    FROM bulletin b WHERE b.id = delivery.bulletin_id)
 WHERE id = ?1 AND state = 'sending';

-- name: delivery_give_back
-- Nothing of it was sent: as if never claimed. ?1 id ?2 due
UPDATE delivery SET (state, skip_reason) = (SELECT CASE WHEN b.state = 'cancelled' THEN 'skipped'
      WHEN doubt > 0 OR attempts > 1 THEN 'deferred' ELSE 'queued' END,
    CASE b.state WHEN 'cancelled' THEN 'cancelled' END
    FROM bulletin b WHERE b.id = delivery.bulletin_id),
  attempts = attempts - 1, due_at = ?2
 WHERE id = ?1 AND state = 'sending';

-- name: delivery_first_try
-- ?1 id: when it was first tried, for giving up
SELECT coalesce((SELECT min(a.at) FROM attempt a WHERE a.delivery_id = d.id), d.started_at) AS at,
       d.attempts, d.doubt FROM delivery d WHERE d.id = ?1;

-- name: delivery_found_open
-- At start: rows under way with nobody sending them.
SELECT d.id, d.attempts FROM delivery d
 WHERE d.bulletin_id IN (SELECT id FROM bulletin WHERE state IN ('sending', 'paused', 'on hold'))
   AND (d.state = 'sending' OR d.state = 'in doubt') AND d.state = 'sending'
UNION ALL
SELECT d.id, d.attempts FROM delivery d
 WHERE d.bulletin_id IN (SELECT id FROM bulletin WHERE state = 'cancelled' AND started_at IS NOT NULL)
   AND (d.state = 'sending' OR d.state = 'in doubt') AND d.state = 'sending';

-- name: delivery_doubt
-- Sent again once at most. ?1 id ?2 state (deferred to send again, doubt to hold) ?3 due
UPDATE delivery SET doubt = doubt + 1, due_at = ?3, state = CASE WHEN doubt > 0
    OR (SELECT b.state FROM bulletin b WHERE b.id = delivery.bulletin_id) = 'cancelled'
    THEN 'in doubt' ELSE ?2 END
 WHERE id = ?1 AND state = 'sending';

-- name: delivery_skip_open
-- ?1 bulletin ?2 now ?3 reason: what was not begun will not be
UPDATE delivery SET state = 'skipped', settled_at = ?2, skip_reason = ?3
 WHERE bulletin_id = ?1 AND ((state = 'queued' OR state = 'deferred')
   OR (state = 'digest' AND notification_id IS NULL));

-- name: delivery_skip_subscription
-- ?1 subscription ?2 now ?3 reason: on leaving
UPDATE delivery SET state = 'skipped', settled_at = ?2, skip_reason = ?3
 WHERE subscription_id = ?1 AND ((state = 'queued' OR state = 'deferred')
   OR (state = 'digest' AND notification_id IS NULL));

-- name: delivery_release_doubt
-- ?1 bulletin ?2 now: a person decides that rows that were held are sent once more
UPDATE delivery SET state = 'deferred', due_at = ?2, settled_at = NULL
 WHERE bulletin_id = ?1 AND state = 'in doubt';

-- name: delivery_leave_doubt
-- ?1 bulletin ?2 now: or that they are left
UPDATE delivery SET state = 'skipped', due_at = ?2, settled_at = ?2, skip_reason = 'settled'
 WHERE bulletin_id = ?1 AND state = 'in doubt';

-- name: delivery_by_id
SELECT d.*, b.list_id, b.number FROM delivery d JOIN bulletin b ON b.id = d.bulletin_id WHERE d.id = ?1;

-- name: delivery_next_due
-- When the next row of a bulletin that is being sent is due
SELECT min((SELECT min(d.due_at) FROM delivery d WHERE d.bulletin_id = b.id
    AND (d.state = 'queued' OR d.state = 'deferred'))) AS due_at
  FROM bulletin b WHERE b.state = 'sending';

-- name: ledger
-- In the order of subscribing, as it was filled: by the index, so that a page stops where it ends.
-- ?1 bulletin ?2 address key or NULL ?3 state or NULL
SELECT p.address, d.state, d.attempts, d.doubt, d.settled_at, d.relay,
       -- with: delivery_reply
       , d.id,
       CASE d.state WHEN 'digest' THEN d.due_at END AS digest_at,
       CASE t.state WHEN 'sent' THEN t.settled_at END AS digest_sent_at, t.state AS digest_state
  FROM delivery d JOIN subscription s ON s.id = d.subscription_id JOIN person p ON p.id = s.person_id
  LEFT JOIN notification t ON t.id = d.notification_id
 WHERE d.bulletin_id = ?1 AND (?2 IS NULL OR p.address_key = ?2) AND (?3 IS NULL OR d.state = ?3)
 ORDER BY d.subscription_id;

-- name: attempt_add
-- ?1 delivery ?2 notification ?3 at ?4 relay ?5 outcome ?6 code ?7 status ?8 text
INSERT INTO attempt (delivery_id, notification_id, at, relay, outcome, reply_code, reply_status, reply_text)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: attempts_of
-- ?1 delivery
SELECT at, relay, outcome, reply FROM attempt WHERE delivery_id = ?1 ORDER BY id;

-- name: outgoing_waiting
-- ?1 now ?2 most notifications ?3 most rows of updates: how many mails could go out now, counted up to that
-- scan: the two counted stretches, each bounded
SELECT (SELECT count(*) FROM (SELECT 1 FROM notification WHERE (state = 'queued' OR state = 'deferred')
          AND due_at <= ?1 LIMIT ?2))
     + (SELECT count(*) FROM (SELECT 1 FROM bulletin b JOIN delivery d ON d.bulletin_id = b.id
          AND (d.state = 'queued' OR d.state = 'deferred') AND d.due_at <= ?1
         WHERE b.state = 'sending' LIMIT ?3)) AS n;

-- name: delivery_later
-- ?1 bulletin ?2 now ?3 most: rows that have a time still to come, counted up to that, and how many
-- of those a server asked for
-- scan: of the rows counted
SELECT count(*) AS n, coalesce(sum(state = 'deferred'), 0) AS deferred, min(due_at) AS next_at,
       (SELECT max(due_at) FROM delivery WHERE bulletin_id = ?1
          AND (state = 'queued' OR state = 'deferred')) AS last_at
  FROM (SELECT state, due_at FROM delivery WHERE bulletin_id = ?1
          AND (state = 'queued' OR state = 'deferred') AND due_at > ?2 ORDER BY due_at LIMIT ?3);

-- name: rate_limit_clear
-- scan: a handful of sentences
DELETE FROM rate_limit;

-- name: rate_limit_add
-- ?1 words ?2 until ?3 now
INSERT INTO rate_limit (reason, until_at, at) VALUES (?1, ?2, ?3);

-- name: rate_limit_all
-- scan: a handful of sentences
SELECT reason, until_at, at FROM rate_limit ORDER BY id;
