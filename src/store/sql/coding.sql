-- name: coding_get
-- ?1 coding
SELECT g.*, r.consultation_id, r.number, k.name AS code, c.name AS consultation FROM coding g
  JOIN response r ON r.id = g.response_id JOIN code k ON k.id = g.code_id
  JOIN consultation c ON c.id = r.consultation_id WHERE g.id = ?1;

-- name: coding_insert
-- ?1 response ?2 code ?3 1: the whole reply ?4 part ?5 from ?6 to ?7 bytes hash ?8 words hash
-- ?9 words ?10 by what ?11 because or NULL ?12 staff or NULL ?13 now
-- scan: planned only; with a trigger SQLite looks for children, but not while none is owed
INSERT INTO coding (response_id, code_id, part, from_char, to_char, bytes_hash, words_hash, words,
  by_what, because, staff_id, at)
VALUES (?1, ?2, CASE ?3 WHEN 0 THEN ?4 END, CASE ?3 WHEN 0 THEN ?5 END, CASE ?3 WHEN 0 THEN ?6 END,
  CASE ?3 WHEN 0 THEN ?7 END, CASE ?3 WHEN 0 THEN ?8 END, CASE ?3 WHEN 0 THEN ?9 END, ?10, ?11,
  ?12, ?13);

-- name: coding_copy
-- The same passage under another code. ?1 coding ?2 code
-- scan: of the one row that was read
INSERT INTO coding (response_id, code_id, part, from_char, to_char, bytes_hash, words_hash, words,
  placed, by_what, because, staff_id, at)
SELECT response_id, ?2, part, from_char, to_char, bytes_hash, words_hash, words, placed, by_what,
  because, staff_id, at FROM coding WHERE id = ?1;

-- name: coding_stop
-- ?1 coding ?2 staff ?3 now ?4 what goes on in its place, or NULL
UPDATE coding SET ended_by = ?2, ended_at = ?3, superseded_by = ?4
 WHERE id = ?1 AND ended_at IS NULL;

-- name: coding_covers
-- A coding of this code that has all of the passage. ?1 response ?2 code ?3 1: the whole reply
-- ?4 part ?5 from ?6 to
SELECT id FROM coding WHERE response_id = ?1 AND code_id = ?2 AND ended_at IS NULL
   AND CASE ?3 WHEN 1 THEN from_char IS NULL
     ELSE part = ?4 AND from_char <= ?5 AND to_char >= ?6 AND placed <> 'needs re-anchoring' END
 ORDER BY id LIMIT 1;

-- name: coding_overlaps
-- One's own codings of this code that overlap. ?1 response ?2 code ?3 part ?4 from ?5 to ?6 staff
SELECT id, from_char, to_char FROM coding WHERE response_id = ?1 AND code_id = ?2
   AND ended_at IS NULL AND part = ?3 AND from_char < ?5 AND to_char > ?4 AND placed <> 'needs re-anchoring'
   AND by_what = 'person' AND staff_id = ?6 ORDER BY from_char;

-- name: coding_ids_of
-- ?1 code
SELECT id FROM coding WHERE code_id = ?1 AND ended_at IS NULL ORDER BY id;

-- name: coding_place_keep
-- What a coding's place was. ?1 coding ?2 now ?3 change or NULL
INSERT INTO coding_place (coding_id, at, change_id, part, from_char, to_char, bytes_hash,
  words_hash, words, placed)
SELECT id, ?2, ?3, part, from_char, to_char, bytes_hash, words_hash, words, placed
  FROM coding WHERE id = ?1;

-- name: coding_place_set
-- ?1 coding ?2 part ?3 from ?4 to ?5 bytes hash ?6 words hash ?7 words ?8 placed
UPDATE coding SET part = ?2, from_char = ?3, to_char = ?4, bytes_hash = ?5, words_hash = ?6,
  words = ?7, placed = ?8 WHERE id = ?1;

-- name: coding_placed
-- ?1 coding ?2 placed
UPDATE coding SET placed = ?2 WHERE id = ?1;

-- name: codings_shown
-- What holds on a reply and what is suggested. ?1 response
SELECT g.id, 0 AS suggestion_id, g.code_id, k.name AS code, k.colour, g.part, g.from_char,
       g.to_char, g.by_what, g.because, g.placed, g.at, s.name AS staff
  FROM coding g JOIN code k ON k.id = g.code_id LEFT JOIN staff s ON s.id = g.staff_id
 WHERE g.response_id = ?1 AND g.ended_at IS NULL
UNION ALL
SELECT 0, u.id, u.code_id, k.name, k.colour, u.part, u.from_char, u.to_char, u.by_what, u.because,
       'set', u.at, NULL
  FROM suggestion u JOIN code k ON k.id = u.code_id
 WHERE u.response_id = ?1 AND u.state = 'open' AND k.state = 'live';

-- name: codings_second_shown
-- One's own of a blind second coding. ?1 response ?2 sample ?3 staff
SELECT -g.id AS id, 0 AS suggestion_id, g.code_id, k.name AS code, k.colour, g.part, g.from_char,
       g.to_char, 'person' AS by_what, NULL AS because, g.placed, g.at, s.name AS staff
  FROM double_coding g JOIN code k ON k.id = g.code_id JOIN staff s ON s.id = g.staff_id
 WHERE g.sample_id = ?2 AND g.staff_id = ?3 AND g.response_id = ?1 AND g.ended_at IS NULL;

-- name: codings_on_passages
-- All that a new reading may have to place. ?1 response
SELECT 'coding' AS what, id, part, from_char, to_char, bytes_hash, words_hash, words, placed
  FROM coding WHERE response_id = ?1 AND ended_at IS NULL AND from_char IS NOT NULL
UNION ALL
SELECT 'second', id, part, from_char, to_char, bytes_hash, words_hash, words, placed
  FROM double_coding WHERE response_id = ?1 AND ended_at IS NULL AND from_char IS NOT NULL
UNION ALL
SELECT 'suggestion', id, part, from_char, to_char, bytes_hash, words_hash, words, 'set'
  FROM suggestion WHERE response_id = ?1 AND state IN ('open', 'refused') AND from_char IS NOT NULL;

-- name: second_coding_place
-- ?1 id ?2 part ?3 from ?4 to ?5 bytes hash ?6 placed
UPDATE double_coding SET part = ?2, from_char = ?3, to_char = ?4, bytes_hash = ?5, placed = ?6
 WHERE id = ?1;

-- name: suggestion_place
-- ?1 id ?2 part ?3 from ?4 to ?5 bytes hash
UPDATE suggestion SET part = ?2, from_char = ?3, to_char = ?4, bytes_hash = ?5 WHERE id = ?1;

-- name: suggestion_gone
UPDATE suggestion SET state = 'gone' WHERE id = ?1 AND state = 'open';

-- name: quotes_page
-- Of one code, after a reply and coding; not those that one codes blindly.
-- ?1 code ?2 after response ?3 after coding ?4 question position or 0 ?5 1: only publishable
-- ?6 staff ?7 most
SELECT g.id, g.response_id, r.number, g.at, c.name AS consultation, k.name AS code,
       s.name AS staff, g.by_what, g.placed, g.part, g.from_char, g.to_char, rp.type, rp.permission,
       CASE WHEN rp.permission = 'name' AND rp.type = 'organisation' AND (trim(coalesce(rp.name, '')) = ''
         OR instr(lower(rp.organisation), lower(trim(rp.name))) = 0) THEN rp.organisation END AS named
  FROM coding g JOIN response r ON r.id = g.response_id
  JOIN consultation c ON c.id = r.consultation_id JOIN code k ON k.id = g.code_id
  JOIN respondent rp ON rp.id = r.respondent_id LEFT JOIN staff s ON s.id = g.staff_id
 WHERE g.code_id = ?1 AND g.ended_at IS NULL AND (g.response_id, g.id) > (?2, ?3)
   AND (?5 = 0 OR rp.permission IN ('name', 'without name'))
   AND (?4 = 0 OR EXISTS (SELECT 1 FROM answer a JOIN question q ON q.id = a.question_id
     WHERE a.response_id = r.id AND a.ended_at IS NULL AND q.position = ?4 AND a.part = g.part
       AND a.from_char < g.to_char AND a.to_char > g.from_char))
   AND NOT EXISTS (SELECT 1 FROM sample_unit u JOIN sample_coder o ON o.sample_id = u.sample_id
     JOIN sample m ON m.id = u.sample_id WHERE u.response_id = g.response_id AND o.staff_id = ?6
       AND o.done_at IS NULL AND m.ended_at IS NULL)
 ORDER BY g.response_id, g.id LIMIT ?7;

-- name: quotes_astray
-- Lost or found again. ?1 consultation ?2 staff ?3 most
SELECT g.id, g.response_id, r.number, g.at, c.name AS consultation, k.name AS code,
       s.name AS staff, g.by_what, g.placed, g.part, g.from_char, g.to_char, rp.type, rp.permission,
       CASE WHEN rp.permission = 'name' AND rp.type = 'organisation' AND (trim(coalesce(rp.name, '')) = ''
         OR instr(lower(rp.organisation), lower(trim(rp.name))) = 0) THEN rp.organisation END AS named
  FROM coding g JOIN response r ON r.id = g.response_id
  JOIN consultation c ON c.id = r.consultation_id JOIN code k ON k.id = g.code_id
  JOIN respondent rp ON rp.id = r.respondent_id LEFT JOIN staff s ON s.id = g.staff_id
 WHERE g.placed IN ('needs re-anchoring', 're-anchored') AND g.placed <> 'set' AND g.ended_at IS NULL
   AND r.consultation_id = ?1
   AND NOT EXISTS (SELECT 1 FROM sample_unit u JOIN sample_coder o ON o.sample_id = u.sample_id
     JOIN sample m ON m.id = u.sample_id WHERE u.response_id = g.response_id AND o.staff_id = ?2
       AND o.done_at IS NULL AND m.ended_at IS NULL)
 ORDER BY g.placed = 're-anchored', g.response_id, g.id LIMIT ?3;

-- name: quote_question
-- The question that a passage stands in most. ?1 response ?2 part ?3 from ?4 to
SELECT q.position, q.text AS asked, min(a.to_char, ?4) - max(a.from_char, ?3) AS chars
  FROM answer a LEFT JOIN question q ON q.id = a.question_id
 WHERE a.response_id = ?1 AND a.ended_at IS NULL AND a.part = ?2
   AND a.from_char < ?4 AND a.to_char > ?3
 ORDER BY chars DESC, a.from_char LIMIT 1;

-- name: suggestion_before
-- Was it coded, suggested or refused there? ?1 response ?2 code ?3 1: whole ?4 part ?5 from ?6 to
SELECT 1 AS there FROM suggestion WHERE response_id = ?1 AND code_id = ?2 AND state <> 'gone'
   AND CASE ?3 WHEN 1 THEN from_char IS NULL
     ELSE part = ?4 AND from_char < ?6 AND to_char > ?5 END
UNION ALL
SELECT 1 FROM coding WHERE response_id = ?1 AND code_id = ?2 AND ended_at IS NULL
   AND CASE ?3 WHEN 1 THEN from_char IS NULL
     ELSE part = ?4 AND from_char < ?6 AND to_char > ?5 END LIMIT 1;

-- name: suggestion_insert
-- ?1 response ?2 code ?3 1: the whole reply ?4 part ?5 from ?6 to ?7 bytes hash ?8 words hash
-- ?9 words ?10 by what ?11 because ?12 now
INSERT INTO suggestion (response_id, code_id, part, from_char, to_char, bytes_hash, words_hash,
  words, by_what, because, at)
VALUES (?1, ?2, CASE ?3 WHEN 0 THEN ?4 END, CASE ?3 WHEN 0 THEN ?5 END, CASE ?3 WHEN 0 THEN ?6 END,
  CASE ?3 WHEN 0 THEN ?7 END, CASE ?3 WHEN 0 THEN ?8 END, CASE ?3 WHEN 0 THEN ?9 END, ?10, ?11,
  ?12);

-- name: suggestion_get
SELECT u.*, r.consultation_id, r.number, k.name AS code, c.name AS consultation FROM suggestion u
  JOIN response r ON r.id = u.response_id JOIN code k ON k.id = u.code_id
  JOIN consultation c ON c.id = r.consultation_id WHERE u.id = ?1;

-- name: suggestion_decide
-- ?1 id ?2 state ?3 change
UPDATE suggestion SET state = ?2, change_id = ?3 WHERE id = ?1;

-- name: suggestions_open
-- ?1 consultation ?2 after ?3 staff ?4 most
SELECT u.id, u.response_id, r.number, u.at, c.name AS consultation, k.name AS code, u.because AS staff,
       u.by_what, 'set' AS placed, u.part, u.from_char, u.to_char, rp.type, rp.permission,
       CASE WHEN rp.permission = 'name' AND rp.type = 'organisation' AND (trim(coalesce(rp.name, '')) = ''
         OR instr(lower(rp.organisation), lower(trim(rp.name))) = 0) THEN rp.organisation END AS named
  FROM suggestion u JOIN response r ON r.id = u.response_id
  JOIN consultation c ON c.id = r.consultation_id JOIN code k ON k.id = u.code_id
  JOIN respondent rp ON rp.id = r.respondent_id
 WHERE u.state = 'open' AND u.id > ?2 AND r.consultation_id = ?1 AND k.state = 'live'
   AND NOT EXISTS (SELECT 1 FROM sample_unit n JOIN sample_coder o ON o.sample_id = n.sample_id
     JOIN sample m ON m.id = n.sample_id WHERE n.response_id = u.response_id AND o.staff_id = ?3
       AND o.done_at IS NULL AND m.ended_at IS NULL)
 ORDER BY u.id LIMIT ?4;
