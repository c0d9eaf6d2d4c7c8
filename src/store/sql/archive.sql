-- name: archive_lists
-- scan: a handful of lists
SELECT l.id, (SELECT count(*) FROM bulletin b WHERE b.list_id = l.id AND b.started_at IS NOT NULL)
       AS updates,
       (SELECT max(b.id) FROM bulletin b WHERE b.list_id = l.id AND b.started_at IS NOT NULL
         AND b.number = (SELECT max(x.number) FROM bulletin x WHERE x.list_id = l.id
           AND x.started_at IS NOT NULL)) AS latest
  FROM list l ORDER BY l.title, l.id;

-- name: archive_updates
-- ?1 list ?2 before number ?3 most
SELECT id, number, started_at, title, source FROM bulletin
 WHERE list_id = ?1 AND started_at IS NOT NULL AND number < ?2 ORDER BY number DESC LIMIT ?3;

-- name: archive_one
-- ?1 id
SELECT number, started_at, title, source FROM bulletin WHERE id = ?1;

-- name: archive_update
-- ?1 list ?2 number
SELECT id, state, started_at FROM bulletin
 WHERE list_id = ?1 AND number = ?2 AND started_at IS NOT NULL;

-- name: archive_older
-- ?1 list ?2 number
SELECT coalesce(max(number), 0) AS number FROM bulletin
 WHERE list_id = ?1 AND started_at IS NOT NULL AND number < ?2;

-- name: archive_newer
-- ?1 list ?2 number
SELECT coalesce(min(number), 0) AS number FROM bulletin
 WHERE list_id = ?1 AND started_at IS NOT NULL AND number > ?2;

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
