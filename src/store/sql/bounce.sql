-- name: bounce_add
-- ?1 at ?2 source ?3 inbound ?4 delivery ?5 probe ?6 subscription ?7 address ?8 action ?9 status
-- ?10 verdict ?11 reason ?12 diagnostic ?13 effect ?14 points after it
INSERT INTO bounce (at, source, inbound_id, delivery_id, probe_id, subscription_id, address, action,
  status, verdict, reason, diagnostic, effect, points)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14);

-- name: bounces_of
-- ?1 inbound
SELECT address, action, status, verdict, reason, diagnostic, effect, delivery_id FROM bounce
 WHERE inbound_id = ?1 ORDER BY id;

-- name: bounce_list
-- The newest first. ?1 list name or NULL ?2 address key or NULL ?3 most
-- scan: walks the newest rows
SELECT b.at AS bounced_at, l.name AS list, p.address AS subscriber, b.source, b.reason, b.status,
       b.effect, b.points, b.address AS about, b.diagnostic, b.inbound_id AS mail
  FROM bounce b LEFT JOIN subscription s ON s.id = b.subscription_id
  LEFT JOIN list l ON l.id = s.list_id LEFT JOIN person p ON p.id = s.person_id
 WHERE (?1 IS NULL OR l.name = ?1)
   AND (?2 IS NULL OR p.address_key = ?2 OR lower(b.address) = ?2)
 ORDER BY b.id DESC LIMIT ?3;

-- name: bounced_delivery
-- Whose mail came back. ?1 delivery
SELECT d.subscription_id, s.list_id, s.state, s.active_since, p.address, d.settled_at AS sent_at,
       NULL AS probe_state
  FROM delivery d JOIN subscription s ON s.id = d.subscription_id
  JOIN person p ON p.id = s.person_id
 WHERE d.id = ?1;

-- name: bounced_probe
-- ?1 probe
SELECT r.subscription_id, s.list_id, s.state, s.active_since, p.address, t.settled_at AS sent_at,
       r.state AS probe_state
  FROM probe r JOIN subscription s ON s.id = r.subscription_id JOIN person p ON p.id = s.person_id
  LEFT JOIN notification t ON t.id = r.notification_id
 WHERE r.id = ?1;

-- name: bounce_refused_before
-- ?1 delivery
SELECT id FROM bounce WHERE delivery_id = ?1 AND source = 'smtp' LIMIT 1;

-- name: bounce_counted
-- Whether this mail has cost a point already. ?1 delivery or NULL ?2 probe or NULL
SELECT id FROM bounce WHERE delivery_id = ?1 AND effect = 'score'
UNION ALL
SELECT id FROM bounce WHERE probe_id = ?2 AND effect = 'score' LIMIT 1;

-- name: bounce_got_through
-- The newest mail, a digest too, that was sent after ?2 and has not come back by ?3 later. ?1 subscription
SELECT d.id, d.settled_at FROM delivery d
 WHERE d.subscription_id = ?1 AND d.state IN ('sent', 'digest') AND d.settled_at > ?2 AND d.settled_at <= ?3
   AND NOT EXISTS (SELECT 1 FROM bounce b WHERE b.delivery_id = d.id AND b.effect <> 'notice')
 ORDER BY d.settled_at DESC LIMIT 1;

-- name: bounce_score_of
-- ?1 subscription
SELECT * FROM bounce_score WHERE subscription_id = ?1;

-- name: bounce_score_set
-- ?1 subscription ?2 points ?3 day ?4 first day ?5 since ?6 look
INSERT INTO bounce_score (subscription_id, points, day, first_day, since, look_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (subscription_id) DO UPDATE SET points = excluded.points, day = excluded.day,
  first_day = excluded.first_day, since = excluded.since,
  look_at = excluded.look_at;

-- name: bounce_scores_to_look
-- ?1 now ?2 most
SELECT c.subscription_id FROM bounce_score c
 WHERE c.look_at <= ?1 ORDER BY c.look_at LIMIT ?2;

-- name: bounce_score_look_at
-- ?1 subscription ?2 when
UPDATE bounce_score SET look_at = CASE points WHEN 0 THEN NULL ELSE ?2 END
 WHERE subscription_id = ?1;

-- name: bounce_points_since
-- Points for mails sent after ?2. ?1 subscription
SELECT count(*) AS points, min(b.at) AS first_at FROM bounce b
  LEFT JOIN delivery d ON d.id = b.delivery_id
 WHERE b.subscription_id = ?1 AND b.effect = 'score' AND coalesce(d.settled_at, b.at) > ?2;

-- name: bounce_score_clear
-- ?1 subscription ?2 points left ?3 since ?4 their first day, or NULL to keep it
UPDATE bounce_score SET points = ?2, since = max(since, ?3), first_day = coalesce(?4, first_day),
  look_at = CASE ?2 WHEN 0 THEN NULL ELSE look_at END
 WHERE subscription_id = ?1;

-- name: probe_add
-- ?1 subscription ?2 now
INSERT INTO probe (subscription_id, state, created_at, look_at) VALUES (?1, 'due', ?2, ?2);

-- name: probe_under_way
-- ?1 subscription
SELECT id, state FROM probe WHERE subscription_id = ?1 AND state IN ('due', 'open');

-- name: probe_opened
-- ?1 id ?2 notification
UPDATE probe SET state = 'open', notification_id = ?2 WHERE id = ?1 AND state = 'due';

-- name: probe_end
-- ?1 id ?2 state ?3 now
UPDATE probe SET state = ?2, ended_at = ?3, look_at = NULL
 WHERE id = ?1 AND state IN ('due', 'open');

-- name: probe_of_notification
-- ?1 notification
SELECT id FROM probe WHERE notification_id = ?1;

-- name: probes_to_look
-- ?1 now ?2 most
SELECT r.id, r.subscription_id, r.state, t.state AS notification, t.settled_at
  FROM probe r LEFT JOIN notification t ON t.id = r.notification_id
 WHERE r.look_at <= ?1 ORDER BY r.look_at LIMIT ?2;

-- name: probe_look_at
-- ?1 id ?2 when
UPDATE probe SET look_at = ?2 WHERE id = ?1 AND look_at IS NOT NULL;

-- name: bounces_to_tend
-- Whether there is anything for the clock. ?1 now
SELECT EXISTS (SELECT 1 FROM bounce_score WHERE look_at <= ?1)
    OR EXISTS (SELECT 1 FROM probe WHERE look_at <= ?1) AS any;

-- name: bounce_history
-- Everything that bore on a subscription, in its order. ?1 subscription
SELECT at, 1 AS rank, id, 'bounce' AS kind, effect AS a, source AS b, reason AS c, status AS d,
       diagnostic AS e, points AS n, inbound_id AS mail,
       (SELECT u.number FROM delivery y JOIN bulletin u ON u.id = y.bulletin_id
         WHERE y.id = bounce.delivery_id) AS number
  FROM bounce WHERE subscription_id = ?1
UNION ALL
SELECT at, 2, id, 'audit', event, NULL, NULL, NULL, detail, NULL, NULL, NULL
  FROM audit WHERE subject = 'subscription' AND subject_id = ?1 AND event = 'bounces forgotten'
UNION ALL
SELECT r.created_at, 3, r.id, 'probe', 'due', NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM probe r WHERE r.subscription_id = ?1
UNION ALL
SELECT t.settled_at, 4, r.id, 'probe', t.state, NULL, NULL, NULL, t.reply, NULL, NULL, NULL
  FROM probe r JOIN notification t ON t.id = r.notification_id
 WHERE r.subscription_id = ?1 AND t.settled_at IS NOT NULL AND t.state = 'sent'
UNION ALL
SELECT r.ended_at, 5, r.id, 'probe', r.state, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM probe r WHERE r.subscription_id = ?1 AND r.ended_at IS NOT NULL
UNION ALL
SELECT e.at, CASE WHEN e.event IN ('bouncing', 'unsubscribed', 'suppressed') THEN 6 ELSE 0 END, e.id,
       'evidence', e.event, e.how, s.name, NULL, e.basis, NULL, e.inbound_id, NULL
  FROM evidence e LEFT JOIN staff s ON s.id = e.staff_id WHERE e.subscription_id = ?1
 ORDER BY 1, 2, 3;

-- name: breaker_sending
SELECT b.id, b.number, b.breaker_from, l.name AS list,
       (SELECT a.audience FROM approval a WHERE a.bulletin_id = b.id AND a.withdrawn_at IS NULL
         ORDER BY a.id DESC LIMIT 1) AS audience
  FROM bulletin b JOIN list l ON l.id = b.list_id WHERE b.state = 'sending';

-- name: breaker_next
-- scan: one row, by the index of what is due
-- The row that goes next, unless that is one's second try: those before it have gone.
-- ?1 bulletin
SELECT id FROM (SELECT id, state FROM delivery
  WHERE bulletin_id = ?1 AND (state = 'queued' OR state = 'deferred') ORDER BY due_at, id LIMIT 1)
 WHERE state = 'queued';

-- name: breaker_window
-- The last ?4 rows settled of those from ?3 on and before ?2, by the order they go in; the + keeps
-- to the row ids, of which few lie there. ?1 bulletin
-- scan: at most ?4 rows
SELECT count(*) AS settled, coalesce(sum(failed), 0) AS failed FROM (
  SELECT EXISTS (SELECT 1 FROM bounce x WHERE x.delivery_id = d.id AND x.verdict = 'permanent')
         AS failed
    FROM delivery d
   WHERE d.id < ?2 AND d.id >= ?3 AND +d.bulletin_id = ?1 AND d.state IN ('sent', 'refused')
   ORDER BY d.id DESC LIMIT ?4);

-- name: breaker_reason
-- What most of them were refused for. ?1 bulletin ?2 before ?3 from
SELECT x.reason, x.status, count(DISTINCT d.id) AS n
  FROM delivery d JOIN bounce x ON x.delivery_id = d.id
 WHERE d.id < ?2 AND d.id >= ?3 AND +d.bulletin_id = ?1 AND x.verdict = 'permanent'
 GROUP BY x.reason, x.status ORDER BY n DESC LIMIT 1;

-- name: breaker_tripped
-- ?1 bulletin ?2 row from which on it looks again
UPDATE bulletin SET breaker_from = ?2 WHERE id = ?1;

-- name: suppression_add
-- ?1 hash ?2 reason ?3 staff ?4 now
INSERT INTO suppression (hash, reason, staff_id, created_at) VALUES (?1, ?2, ?3, ?4);

-- name: suppression_of
-- ?1 hash
SELECT x.id, x.reason, x.created_at, s.name AS staff FROM suppression x
  LEFT JOIN staff s ON s.id = x.staff_id WHERE x.hash = ?1;

-- name: suppression_any
-- scan: its first row
SELECT EXISTS (SELECT 1 FROM suppression) AS are;

-- name: suppression_drop
-- ?1 id
DELETE FROM suppression WHERE id = ?1;

-- name: suppression_list
-- scan: meant to be short
SELECT x.id, x.created_at, x.reason, s.name AS staff, lower(substr(hex(x.hash), 1, 12)) AS hash
  FROM suppression x LEFT JOIN staff s ON s.id = x.staff_id ORDER BY x.id;

-- name: subscriptions_of_address
-- ?1 address key
SELECT s.id, s.state, l.name AS list FROM person p JOIN subscription s ON s.person_id = p.id
  JOIN list l ON l.id = s.list_id WHERE p.address_key = ?1 ORDER BY s.id;
