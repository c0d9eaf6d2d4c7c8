-- name: consultation_add
-- ?1 name ?2 title ?3 address ?4 zone ?5 opens ?6 closes ?7 introduction ?8 now
INSERT INTO consultation (name, title, address, state, zone, opens_at, closes_at, introduction,
  created_at)
VALUES (?1, ?2, ?3, 'draft', ?4, ?5, ?6, ?7, ?8);

-- name: consultation_by_name
SELECT * FROM consultation WHERE name = ?1;

-- name: consultation_by_id
SELECT * FROM consultation WHERE id = ?1;

-- name: consultation_of_response
-- ?1 response
SELECT c.* FROM response r JOIN consultation c ON c.id = r.consultation_id WHERE r.id = ?1;

-- name: consultation_by_address
SELECT * FROM consultation WHERE address = ?1;

-- name: consultation_all
-- scan: a handful
SELECT c.name, c.title, c.address, c.state, c.opens_at, c.closes_at, c.zone,
  (SELECT count(*) FROM response r WHERE r.consultation_id = c.id) AS responses
  FROM consultation c ORDER BY c.opens_at;

-- name: consultation_names
-- scan: a handful
SELECT name, title FROM consultation;

-- name: consultation_state_set
-- ?1 id ?2 state ?3 when a person closed it, or NULL
UPDATE consultation SET state = ?2, closed_at = ?3 WHERE id = ?1;

-- name: consultation_extend
-- ?1 id ?2 new closing
UPDATE consultation SET closes_at = ?2 WHERE id = ?1;

-- name: consultation_to_close
-- ?1 now: open ones whose last second has passed
-- scan: a handful
SELECT id, closes_at FROM consultation WHERE state = 'open' AND closes_at < ?1;

-- name: consultation_redraft
-- ?1 id ?2 title ?3 address ?4 opens ?5 closes ?6 introduction
UPDATE consultation SET title = ?2, address = ?3, opens_at = ?4, closes_at = ?5,
  introduction = ?6 WHERE id = ?1;

-- name: questions_in_use
-- What goes by the questions of a consultation. ?1 consultation
-- scan: the codes, a few hundred, when somebody changes the questions of a draft
SELECT (SELECT count(*) FROM response WHERE consultation_id = ?1)
  + (SELECT count(*) FROM sample WHERE consultation_id = ?1)
  + (SELECT count(*) FROM code WHERE consultation_id = ?1 AND questions <> '') AS n;

-- name: options_drop_all
-- ?1 consultation
-- scan: of a draft, and SQLite looks for children, of which a draft has none
DELETE FROM question_option
 WHERE question_id IN (SELECT id FROM question WHERE consultation_id = ?1);

-- name: questions_drop
-- ?1 consultation
-- scan: of a draft, and SQLite looks for children, of which a draft has none
DELETE FROM question WHERE consultation_id = ?1;

-- name: consultation_opens_at_set
-- ?1 id ?2 opens
UPDATE consultation SET opens_at = ?2 WHERE id = ?1;

-- name: consultation_take_number
UPDATE consultation SET next_number = next_number + 1 WHERE id = ?1;

-- name: consultation_number_taken
SELECT next_number - 1 AS number FROM consultation WHERE id = ?1;

-- name: question_add
-- ?1 consultation ?2 position ?3 text ?4 takes several options
INSERT INTO question (consultation_id, position, text, several) VALUES (?1, ?2, ?3, ?4);

-- name: questions_of
-- ?1 consultation
-- scan: the options of all consultations, some hundred
SELECT q.position, q.text, CASE WHEN o.options IS NULL THEN NULL WHEN q.several THEN 'several'
  ELSE 'one' END AS takes, o.options
  FROM question q LEFT JOIN (SELECT question_id, group_concat(text, ' / ') AS options
    FROM (SELECT question_id, text FROM question_option ORDER BY question_id, position)
   GROUP BY question_id) o ON o.question_id = q.id
 WHERE q.consultation_id = ?1 ORDER BY q.position;

-- name: extension_add
-- ?1 consultation ?2 old ?3 new ?4 staff ?5 now
INSERT INTO extension (consultation_id, old_closes_at, new_closes_at, staff_id, at)
VALUES (?1, ?2, ?3, ?4, ?5);

-- name: extensions_of
SELECT e.at, s.name AS staff, e.old_closes_at, e.new_closes_at FROM extension e
  JOIN staff s ON s.id = e.staff_id
 WHERE e.consultation_id = ?1 ORDER BY e.id;
