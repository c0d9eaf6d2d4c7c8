-- name: sample_population
-- What may be drawn: not excluded, coded by a person, and by none of the second coders.
-- ?1 consultation ?2 question or NULL ?3 the coders' ids as ",1,2,"
-- scan: a draw looks at every reply
SELECT r.id, r.number, rp.type FROM response r JOIN respondent rp ON rp.id = r.respondent_id
 WHERE r.consultation_id = ?1 AND r.state <> 'excluded'
   AND EXISTS (SELECT 1 FROM coding g WHERE g.response_id = r.id AND g.ended_at IS NULL
     AND g.staff_id IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM coding g WHERE g.response_id = r.id AND g.ended_at IS NULL
     AND instr(?3, ',' || g.staff_id || ',') > 0)
   AND (?2 IS NULL OR EXISTS (SELECT 1 FROM answer a WHERE a.response_id = r.id
     AND a.question_id = ?2 AND a.ended_at IS NULL))
 ORDER BY r.number;

-- name: sample_next_number
SELECT coalesce(max(number), 0) + 1 AS number FROM sample WHERE consultation_id = ?1;

-- name: sample_add
-- ?1 consultation ?2 number ?3 question or NULL ?4 wanted ?5 seed ?6 by type ?7 drawn from
-- ?8 staff ?9 now
INSERT INTO sample (consultation_id, number, question_id, wanted, seed, by_type, from_count,
  staff_id, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: sample_unit_add
-- ?1 sample ?2 position ?3 response
INSERT INTO sample_unit (sample_id, position, response_id) VALUES (?1, ?2, ?3);

-- name: sample_coder_add
-- ?1 sample ?2 staff
INSERT INTO sample_coder (sample_id, staff_id) VALUES (?1, ?2);

-- name: sample_first_keep
-- What the first coding says of a unit now. ?1 sample ?2 position ?3 response ?4 question or NULL
INSERT INTO sample_first (sample_id, position, code_id)
SELECT DISTINCT ?1, ?2, g.code_id FROM coding g
 WHERE g.response_id = ?3 AND g.ended_at IS NULL
   AND (?4 IS NULL OR EXISTS (SELECT 1 FROM answer a WHERE a.response_id = ?3
     AND a.question_id = ?4 AND a.ended_at IS NULL AND a.part = g.part
     AND a.from_char < g.to_char AND a.to_char > g.from_char));

-- name: sample_get
-- ?1 consultation name ?2 number
SELECT m.*, c.name AS consultation, s.name AS drawn_by, q.position AS question,
       (SELECT count(*) FROM sample_unit u WHERE u.sample_id = m.id) AS units
  FROM sample m JOIN consultation c ON c.id = m.consultation_id JOIN staff s ON s.id = m.staff_id
  LEFT JOIN question q ON q.id = m.question_id WHERE c.name = ?1 AND m.number = ?2;

-- name: sample_by_id
SELECT m.*, c.name AS consultation, s.name AS drawn_by, q.position AS question,
       (SELECT count(*) FROM sample_unit u WHERE u.sample_id = m.id) AS units
  FROM sample m JOIN consultation c ON c.id = m.consultation_id JOIN staff s ON s.id = m.staff_id
  LEFT JOIN question q ON q.id = m.question_id WHERE m.id = ?1;

-- name: samples_of
-- ?1 consultation
SELECT m.*, c.name AS consultation, s.name AS drawn_by, q.position AS question,
       (SELECT count(*) FROM sample_unit u WHERE u.sample_id = m.id) AS units
  FROM sample m JOIN consultation c ON c.id = m.consultation_id JOIN staff s ON s.id = m.staff_id
  LEFT JOIN question q ON q.id = m.question_id WHERE m.consultation_id = ?1 ORDER BY m.number;

-- name: samples_to_code
-- ?1 staff
SELECT m.*, c.name AS consultation, s.name AS drawn_by, q.position AS question,
       (SELECT count(*) FROM sample_unit u WHERE u.sample_id = m.id) AS units
  FROM sample_coder o JOIN sample m ON m.id = o.sample_id
  JOIN consultation c ON c.id = m.consultation_id JOIN staff s ON s.id = m.staff_id
  LEFT JOIN question q ON q.id = m.question_id
 WHERE o.staff_id = ?1 AND o.done_at IS NULL AND m.ended_at IS NULL ORDER BY m.id;

-- name: sample_end
-- ?1 sample ?2 staff ?3 now
UPDATE sample SET ended_by = ?2, ended_at = ?3 WHERE id = ?1 AND ended_at IS NULL;

-- name: sample_coders
-- ?1 sample
SELECT o.staff_id, s.name, o.done_at,
       (SELECT count(*) FROM sample_done d WHERE d.sample_id = ?1 AND d.staff_id = o.staff_id) AS done
  FROM sample_coder o JOIN staff s ON s.id = o.staff_id WHERE o.sample_id = ?1 ORDER BY o.staff_id;

-- name: sample_units
-- In the order of the draw. ?1 sample ?2 staff
SELECT u.position, u.response_id, r.number, EXISTS (SELECT 1 FROM sample_done d
         WHERE d.sample_id = u.sample_id AND d.position = u.position AND d.staff_id = ?2) AS done
  FROM sample_unit u JOIN response r ON r.id = u.response_id
 WHERE u.sample_id = ?1 ORDER BY u.position;

-- name: sample_unit_get
-- ?1 sample ?2 position
SELECT response_id FROM sample_unit WHERE sample_id = ?1 AND position = ?2;

-- name: sample_blind
-- ?1 response ?2 staff
SELECT u.sample_id FROM sample_unit u JOIN sample_coder o ON o.sample_id = u.sample_id
  JOIN sample m ON m.id = u.sample_id
 WHERE u.response_id = ?1 AND o.staff_id = ?2 AND o.done_at IS NULL AND m.ended_at IS NULL
 ORDER BY u.sample_id LIMIT 1;

-- name: sample_unit_done
-- ?1 sample ?2 position ?3 staff ?4 now
INSERT INTO sample_done (sample_id, position, staff_id, at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (sample_id, position, staff_id) DO NOTHING;

-- name: sample_unit_not_done
-- ?1 sample ?2 position ?3 staff
DELETE FROM sample_done WHERE sample_id = ?1 AND position = ?2 AND staff_id = ?3;

-- name: sample_units_left
-- Units that somebody has coded and not said to be done: they would not be compared.
-- ?1 sample ?2 staff
-- scan: its own subquery
SELECT group_concat(position, ', ') AS units, count(*) AS n FROM (
  SELECT u.position FROM sample_unit u WHERE u.sample_id = ?1
     AND EXISTS (SELECT 1 FROM double_coding g WHERE g.sample_id = u.sample_id AND g.staff_id = ?2
       AND g.response_id = u.response_id AND g.ended_at IS NULL)
     AND NOT EXISTS (SELECT 1 FROM sample_done d WHERE d.sample_id = u.sample_id
       AND d.position = u.position AND d.staff_id = ?2)
   ORDER BY u.position);

-- name: sample_passages
-- Where each coder of a sample saw a code in a response. ?1 sample ?2 response ?3 code
SELECT coalesce(s.name, g.by_what) AS who, g.part, g.from_char, g.to_char FROM coding g
  LEFT JOIN staff s ON s.id = g.staff_id
 WHERE g.response_id = ?2 AND g.code_id = ?3 AND g.ended_at IS NULL AND g.placed <> 'needs re-anchoring'
UNION ALL
SELECT s.name, d.part, d.from_char, d.to_char FROM double_coding d JOIN staff s ON s.id = d.staff_id
 WHERE d.sample_id = ?1 AND d.response_id = ?2 AND d.code_id = ?3 AND d.ended_at IS NULL
   AND d.placed <> 'needs re-anchoring'
 ORDER BY 1, 2, 3 LIMIT 20;

-- name: sample_coder_done
-- ?1 sample ?2 staff ?3 now
UPDATE sample_coder SET done_at = ?3 WHERE sample_id = ?1 AND staff_id = ?2 AND done_at IS NULL;

-- name: second_coding_covers
-- ?1 sample ?2 staff ?3 response ?4 code ?5 1: whole ?6 part ?7 from ?8 to
SELECT id FROM double_coding WHERE sample_id = ?1 AND staff_id = ?2 AND response_id = ?3
   AND code_id = ?4 AND ended_at IS NULL AND CASE ?5 WHEN 1 THEN from_char IS NULL
     ELSE part = ?6 AND from_char <= ?7 AND to_char >= ?8 END LIMIT 1;

-- name: second_coding_overlaps
-- ?1 sample ?2 staff ?3 response ?4 code ?5 part ?6 from ?7 to
SELECT id, from_char, to_char FROM double_coding WHERE sample_id = ?1 AND staff_id = ?2
   AND response_id = ?3 AND code_id = ?4 AND ended_at IS NULL AND part = ?5
   AND from_char < ?7 AND to_char > ?6;

-- name: second_coding_add
-- ?1 sample ?2 response ?3 code ?4 1: whole ?5 part ?6 from ?7 to ?8 bytes hash ?9 words hash
-- ?10 words ?11 staff ?12 now
INSERT INTO double_coding (sample_id, response_id, code_id, part, from_char, to_char, bytes_hash,
  words_hash, words, staff_id, at)
VALUES (?1, ?2, ?3, CASE ?4 WHEN 0 THEN ?5 END, CASE ?4 WHEN 0 THEN ?6 END,
  CASE ?4 WHEN 0 THEN ?7 END, CASE ?4 WHEN 0 THEN ?8 END, CASE ?4 WHEN 0 THEN ?9 END,
  CASE ?4 WHEN 0 THEN ?10 END, ?11, ?12);

-- name: second_coding_end
-- One's own, while one codes. ?1 id ?2 staff ?3 now
UPDATE double_coding SET ended_at = ?3 WHERE id = ?1 AND staff_id = ?2 AND ended_at IS NULL
   AND EXISTS (SELECT 1 FROM sample_coder o WHERE o.sample_id = double_coding.sample_id
     AND o.staff_id = ?2 AND o.done_at IS NULL);

-- name: second_coding_reopen
-- Likewise. ?1 id ?2 staff
UPDATE double_coding SET ended_at = NULL WHERE id = ?1 AND staff_id = ?2 AND ended_at IS NOT NULL
   AND EXISTS (SELECT 1 FROM sample_coder o WHERE o.sample_id = double_coding.sample_id
     AND o.staff_id = ?2 AND o.done_at IS NULL);

-- name: second_coding_get
-- One's own that holds. ?1 id ?2 staff
SELECT g.*, k.name AS code, r.number, c.name AS consultation FROM double_coding g
  JOIN code k ON k.id = g.code_id JOIN response r ON r.id = g.response_id
  JOIN consultation c ON c.id = r.consultation_id
 WHERE g.id = ?1 AND g.staff_id = ?2 AND g.ended_at IS NULL;

-- name: second_coding_whole
-- ?1 sample ?2 staff ?3 response ?4 code
SELECT id FROM double_coding WHERE sample_id = ?1 AND staff_id = ?2 AND response_id = ?3
   AND code_id = ?4 AND ended_at IS NULL AND from_char IS NULL;

-- name: sample_said_first
-- ?1 sample
SELECT position, code_id FROM sample_first WHERE sample_id = ?1 ORDER BY position, code_id;

-- name: sample_said_second
-- ?1 sample ?2 question or NULL
SELECT DISTINCT u.position, g.code_id, g.staff_id
  FROM double_coding g JOIN sample_unit u ON u.sample_id = g.sample_id
    AND u.response_id = g.response_id
 WHERE g.sample_id = ?1 AND g.ended_at IS NULL
   AND (?2 IS NULL OR EXISTS (SELECT 1 FROM answer a WHERE a.response_id = g.response_id
     AND a.question_id = ?2 AND a.ended_at IS NULL AND a.part = g.part
     AND a.from_char < g.to_char AND a.to_char > g.from_char))
 ORDER BY u.position, g.code_id, g.staff_id;

-- name: sample_done_units
-- ?1 sample
SELECT position, staff_id FROM sample_done WHERE sample_id = ?1;

-- name: reconciliation_add
-- ?1 sample ?2 position ?3 code ?4 holds ?5 note ?6 staff ?7 now ?8 change
INSERT INTO reconciliation (sample_id, position, code_id, holds, note, staff_id, at, change_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: reconciliations_of
-- The last of each. ?1 sample
SELECT e.position, e.code_id, e.holds, e.note, e.at, s.name AS staff FROM reconciliation e
  JOIN staff s ON s.id = e.staff_id
 WHERE e.sample_id = ?1 AND e.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM reconciliation l WHERE l.sample_id = e.sample_id
     AND l.position = e.position AND l.code_id = e.code_id AND l.ended_at IS NULL AND l.id > e.id)
 ORDER BY e.position, e.code_id;

-- name: settle_codings
-- What holds in a unit. ?1 response ?2 code ?3 question or NULL
SELECT g.id FROM coding g WHERE g.response_id = ?1 AND g.code_id = ?2 AND g.ended_at IS NULL
   AND (?3 IS NULL OR EXISTS (SELECT 1 FROM answer a WHERE a.response_id = ?1
     AND a.question_id = ?3 AND a.ended_at IS NULL AND a.part = g.part
     AND a.from_char < g.to_char AND a.to_char > g.from_char));

-- name: settle_second
-- Where second coders put codes in a unit. ?1 sample ?2 response ?3 question or NULL
SELECT g.code_id, g.part, g.from_char, g.to_char, g.placed FROM double_coding g
 WHERE g.sample_id = ?1 AND g.response_id = ?2 AND g.ended_at IS NULL
   AND (?3 IS NULL OR EXISTS (SELECT 1 FROM answer a WHERE a.response_id = ?2
     AND a.question_id = ?3 AND a.ended_at IS NULL AND a.part = g.part
     AND a.from_char < g.to_char AND a.to_char > g.from_char))
 ORDER BY g.id;
