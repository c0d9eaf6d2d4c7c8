-- Who is asked about a bulletin, and what they say; domain/approval/approval.h.

-- name: request_last
-- ?1 bulletin
SELECT q.*, y.name AS by_name, o.name AS of_name FROM approval_request q
  JOIN staff y ON y.id = q.asked_by JOIN staff o ON o.id = q.asked_of
 WHERE q.bulletin_id = ?1 ORDER BY q.id DESC LIMIT 1;

-- name: request_add
-- ?1 bulletin ?2 kind ?3 by ?4 of ?5 now ?6 hash; to agree: ?7 look ?8 audience ?9 last subscription
INSERT INTO approval_request (bulletin_id, kind, asked_by, asked_of, at, content_hash, look_hash,
  audience, last_subscription)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: request_end
-- ?1 bulletin ?2 now ?3 outcome
UPDATE approval_request SET ended_at = ?2, outcome = ?3
 WHERE bulletin_id = ?1 AND ended_at IS NULL;

-- name: request_colleagues
-- ?1 bulletin ?2 staff: all others who work here and did not begin it
-- scan: a dozen people
SELECT s.id, s.name, s.email FROM staff s
 WHERE s.ended_at IS NULL AND s.id <> ?2
   AND s.id <> (SELECT b.created_by FROM bulletin b WHERE b.id = ?1)
 ORDER BY s.name;

-- name: request_writers
-- ?1 bulletin ?2 staff: who wrote on it or asked about it, the newest first
-- scan: a dozen people
SELECT s.id, s.name, s.email, max(w.at) AS at FROM (
  SELECT c.staff_id, c.at FROM bulletin_change c WHERE c.bulletin_id = ?1
  UNION ALL
  SELECT q.asked_by, q.at FROM approval_request q WHERE q.bulletin_id = ?1) w
  JOIN staff s ON s.id = w.staff_id
 WHERE s.ended_at IS NULL AND s.id <> ?2 GROUP BY s.id ORDER BY at DESC, s.id;

-- name: request_address
-- ?1 staff: where they get email; nothing for who has none of their own, or chose to get none
-- scan: a dozen people, a handful of lists and consultations
SELECT s.email FROM staff s
 WHERE s.id = ?1 AND s.ended_at IS NULL AND s.email IS NOT NULL AND s.tell <> 'never' AND NOT
   -- with: shared_address
;

-- name: approval_add_agreed
-- The approval that a request to agree asks for. ?1 request ?2 who agrees
INSERT INTO approval (bulletin_id, staff_id, at, content_hash, look_hash, audience,
  last_subscription, agreed_by)
SELECT bulletin_id, asked_by, at, content_hash, look_hash, audience, last_subscription, ?2
  FROM approval_request WHERE id = ?1 AND kind = 'agree' AND ended_at IS NULL;

-- name: comment_add
-- ?1 bulletin ?2 staff ?3 now ?4 text ?5 hash ?6 request or NULL
INSERT INTO bulletin_comment (bulletin_id, staff_id, at, text, content_hash, request_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: comment_of_request
-- ?1 request ?2 staff ?3 text ?4 hash of the words that it is about
-- scan: a handful for each bulletin
SELECT id FROM bulletin_comment
 WHERE request_id = ?1 AND staff_id = ?2 AND text = ?3 AND content_hash = ?4;

-- name: comment_same
-- The newest comment is that. ?1 bulletin ?2 staff ?3 text
SELECT c.id FROM bulletin_comment c
 WHERE c.id = (SELECT max(x.id) FROM bulletin_comment x WHERE x.bulletin_id = ?1)
   AND c.staff_id = ?2 AND c.text = ?3;

-- name: comments_of
-- ?1 bulletin ?2 hash of the words that stand
SELECT s.name AS staff, c.at, c.text, c.request_id IS NOT NULL AS is_return,
       c.content_hash = ?2 AS is_of_this
  FROM bulletin_comment c JOIN staff s ON s.id = c.staff_id
 WHERE c.bulletin_id = ?1 ORDER BY c.id DESC;
