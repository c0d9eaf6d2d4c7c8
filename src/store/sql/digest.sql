-- name: digest_due
-- ?1 now ?2 most rows
-- scan: only those few rows
SELECT DISTINCT subscription_id FROM (SELECT subscription_id FROM delivery
  WHERE state = 'digest' AND notification_id IS NULL AND due_at <= ?1 ORDER BY due_at LIMIT ?2);

-- name: digest_rows
-- ?1 subscription ?2 now
SELECT d.id, d.bulletin_id, b.state FROM delivery d JOIN bulletin b ON b.id = d.bulletin_id
 WHERE d.subscription_id = ?1 AND d.state = 'digest' AND d.notification_id IS NULL AND d.due_at <= ?2
 ORDER BY b.number, d.id;

-- name: digest_put_off
-- ?1 delivery ?2 due
UPDATE delivery SET due_at = ?2 WHERE id = ?1;

-- name: digest_put_off_all
-- ?1 subscription ?2 now ?3 due
UPDATE delivery SET due_at = ?3
 WHERE subscription_id = ?1 AND state = 'digest' AND notification_id IS NULL AND due_at <= ?2;

-- name: digest_first_row
-- ?1 notification: the row whose tag its envelope sender carries
SELECT min(id) AS id FROM delivery WHERE notification_id = ?1 HAVING count(*) > 0;

-- name: digest_in_notification
-- ?1 delivery ?2 notification ?3 now
UPDATE delivery SET notification_id = ?2, settled_at = ?3 WHERE id = ?1;
