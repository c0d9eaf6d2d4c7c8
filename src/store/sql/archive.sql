-- What the public may see is said here and nowhere else: no statement outside this file answers a
-- page of the public about lists, bulletins or pictures.

-- part: published
-- A bulletin b that has begun to go out, of a list that is not private.
b.started_at IS NOT NULL
   AND EXISTS (SELECT 1 FROM list v WHERE v.id = b.list_id AND v.visibility <> 'private')

-- name: archive_lists
-- scan: a handful of lists
SELECT l.id, (SELECT count(*) FROM bulletin b WHERE b.list_id = l.id AND
-- with: published
       ) AS updates,
       (SELECT b.id FROM bulletin b WHERE b.list_id = l.id AND
-- with: published
         ORDER BY b.number DESC LIMIT 1) AS latest
  FROM list l WHERE l.visibility = 'public' ORDER BY l.title, l.id;

-- name: archive_list
-- ?1 name
SELECT id FROM list WHERE name = ?1 AND visibility <> 'private';

-- name: archive_bulletins
-- ?1 list ?2 before number ?3 most
SELECT b.id, b.number, b.started_at, b.title, b.source FROM bulletin b
 WHERE b.list_id = ?1 AND b.number < ?2 AND
-- with: published
 ORDER BY b.number DESC LIMIT ?3;

-- name: archive_one
-- ?1 id
SELECT b.number, b.started_at, b.title, b.source FROM bulletin b WHERE b.id = ?1 AND
-- with: published
;

-- name: archive_bulletin
-- ?1 list ?2 number
SELECT b.id, b.state, b.started_at FROM bulletin b WHERE b.list_id = ?1 AND b.number = ?2 AND
-- with: published
;

-- name: archive_older
-- ?1 list ?2 number
SELECT coalesce(max(b.number), 0) AS number FROM bulletin b
 WHERE b.list_id = ?1 AND b.number < ?2 AND
-- with: published
;

-- name: archive_newer
-- ?1 list ?2 number
SELECT coalesce(min(b.number), 0) AS number FROM bulletin b
 WHERE b.list_id = ?1 AND b.number > ?2 AND
-- with: published
;

-- name: archive_image
-- ?1 hash
SELECT i.bulletin_id, i.name, i.type, i.width, i.height, i.size, i.hash, i.bytes
  FROM bulletin_image i JOIN bulletin b ON b.id = i.bulletin_id
 WHERE i.hash = ?1 AND
-- with: published
 ORDER BY i.id LIMIT 1;

-- name: archive_consultations
-- Open ones first, by the day they close, then the others, newest first. ?1 after that id of
-- the page before, or 0 ?2 most
-- scan: a handful
SELECT * FROM (SELECT c.*, row_number() OVER (ORDER BY c.state <> 'open',
         CASE c.state WHEN 'open' THEN c.closes_at END, c.closes_at DESC, c.id) AS place
    FROM consultation c WHERE c.state <> 'draft')
 WHERE place > coalesce((SELECT place FROM (SELECT x.id, row_number() OVER (ORDER BY
         x.state <> 'open', CASE x.state WHEN 'open' THEN x.closes_at END, x.closes_at DESC, x.id)
         AS place FROM consultation x WHERE x.state <> 'draft') WHERE id = ?1), 0)
 ORDER BY place LIMIT ?2;

-- name: consultation_outcome_set
-- ?1 id ?2 text ?3 now
UPDATE consultation SET outcome = ?2, outcome_at = ?3 WHERE id = ?1;
