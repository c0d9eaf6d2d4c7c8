-- name: code_add
-- ?1 consultation ?2 name ?3 parent or NULL ?4 definition ?5 examples ?6 colour ?7 questions ?8 now
INSERT INTO code (consultation_id, name, parent_id, definition, examples, colour, questions,
  created_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: code_by_name
-- ?1 consultation ?2 name
SELECT id FROM code WHERE consultation_id = ?1 AND name = ?2 AND state <> 'undone';

-- name: code_by_former_name
-- ?1 consultation ?2 name that a code had before it was renamed
SELECT b.code_id AS id FROM frame_change_code b JOIN change f ON f.id = b.change_id
 WHERE b.name = ?2 AND b.stage = 'before' AND f.consultation_id = ?1 AND f.what = 'rename'
   AND f.undone_at IS NULL ORDER BY f.id DESC LIMIT 1;

-- name: code_get
SELECT * FROM code WHERE id = ?1;

-- name: code_last
-- Where a code went on. ?1 code
-- scan: its own few steps
WITH RECURSIVE went(id, step) AS (SELECT ?1, 0 UNION ALL
  SELECT k.merged_into, step + 1 FROM went JOIN code k ON k.id = went.id
   WHERE k.merged_into IS NOT NULL AND step < 100)
SELECT id FROM went ORDER BY step DESC LIMIT 1;

-- name: code_count
-- ?1 consultation
SELECT count(*) AS n FROM code WHERE consultation_id = ?1 AND state <> 'undone';

-- name: codes_of
-- ?1 consultation
SELECT * FROM code WHERE consultation_id = ?1 AND state <> 'undone' AND state <> 'merged'
 ORDER BY name;

-- name: code_set
-- ?1 id ?2 parent or NULL ?3 name ?4 definition ?5 examples ?6 colour ?7 questions ?8 state
-- ?9 merged into, or NULL
UPDATE code SET parent_id = ?2, name = ?3, definition = ?4, examples = ?5, colour = ?6,
  questions = ?7, state = ?8, merged_into = ?9
 WHERE id = ?1;

-- name: code_children
-- ?1 code
SELECT id FROM code WHERE parent_id = ?1 AND state IN ('live', 'retired') ORDER BY id;

-- name: code_above
-- ?1 code: itself and all above it
-- scan: one branch
WITH RECURSIVE up(id, step) AS (SELECT ?1, 0 UNION ALL
  SELECT k.parent_id, step + 1 FROM up JOIN code k ON k.id = up.id
   WHERE k.parent_id IS NOT NULL AND step < 40)
SELECT id, step FROM up ORDER BY step;

-- name: code_below
-- ?1 code: itself and all below it
-- scan: one branch
WITH RECURSIVE down(id, step) AS (SELECT ?1, 0 UNION ALL
  SELECT k.id, step + 1 FROM down JOIN code k ON k.parent_id = down.id
   WHERE k.state IN ('live', 'retired') AND step < 40)
SELECT id, step FROM down ORDER BY step;

-- Changes, and taking them back.

-- name: frame_change_get
SELECT * FROM change WHERE id = ?1 AND kind = 'frame';

-- name: frame_change_keep_code
-- ?1 change ?2 code ?3 "before" or "after"
INSERT INTO frame_change_code (change_id, code_id, stage, parent_id, name, definition, examples,
  colour, questions, state, merged_into)
SELECT ?1, id, ?3, parent_id, name, definition, examples, colour, questions, state, merged_into
  FROM code WHERE id = ?2;

-- name: frame_change_keep_coding
-- ?1 change ?2 coding ?3 effect
INSERT INTO frame_change_coding (change_id, coding_id, effect) VALUES (?1, ?2, ?3);

-- name: frame_changes
-- ?1 consultation ?2 below this id ?3 most ?4 staff or NULL: anybody's ?5 1: only what holds
-- ?6 0, or who asks and codes blindly: of others only what was done to codes
SELECT f.id, f.what, f.said, f.at, f.undone_at, s.name AS staff,
       (SELECT count(*) FROM frame_change_coding c WHERE c.change_id = f.id) AS codings
  FROM change f JOIN staff s ON s.id = f.staff_id
 WHERE f.consultation_id = ?1 AND f.id < ?2 AND (?4 IS NULL OR f.staff_id = ?4)
   AND (?5 = 0 OR f.undone_at IS NULL)
   AND (?6 = 0 OR f.staff_id = ?6 OR f.what NOT IN ('code', 'uncode', 'place', 'accept', 'refuse',
     'recode', 'reconcile'))
 ORDER BY f.id DESC LIMIT ?3;

-- name: frame_change_reply
-- Of a change on one reply: which. ?1 change
SELECT min(g.response_id) AS response_id FROM change f
  JOIN frame_change_coding c ON c.change_id = f.id JOIN coding g ON g.id = c.coding_id
 WHERE f.id = ?1 AND f.what IN ('code', 'uncode', 'place', 'accept')
HAVING count(*) > 0;

-- name: frame_stale_codes
-- Codes that are not as the change left them. ?1 change
SELECT k.id, k.name FROM frame_change_code a JOIN code k ON k.id = a.code_id
 WHERE a.change_id = ?1 AND a.stage = 'after' AND (k.parent_id IS NOT a.parent_id
   OR k.name <> a.name OR k.definition <> a.definition OR k.examples <> a.examples
   OR k.colour <> a.colour OR k.questions <> a.questions OR k.state <> a.state
   OR k.merged_into IS NOT a.merged_into) LIMIT 1;

-- name: frame_stale_codings
-- Codings that are not as the change left them. ?1 change
SELECT g.id FROM frame_change_coding c JOIN coding g ON g.id = c.coding_id
 WHERE c.change_id = ?1 AND CASE c.effect WHEN 'ended' THEN g.ended_at IS NULL
   WHEN 'made' THEN g.ended_at IS NOT NULL OR EXISTS (SELECT 1 FROM coding_place p
     JOIN change f ON f.id = p.change_id WHERE p.coding_id = g.id AND f.undone_at IS NULL)
   ELSE g.ended_at IS NOT NULL OR (SELECT p.change_id FROM coding_place p
     LEFT JOIN change f ON f.id = p.change_id
     WHERE p.coding_id = g.id AND f.undone_at IS NULL ORDER BY p.id DESC LIMIT 1) IS NOT ?1
   END LIMIT 1;

-- name: frame_later
-- The newest change that stands on this one. ?1 change ?2 consultation
SELECT f.* FROM change f
 WHERE f.consultation_id = ?2 AND f.id > ?1 AND f.undone_at IS NULL
   AND (EXISTS (SELECT 1 FROM frame_change_code a JOIN frame_change_code b ON b.code_id = a.code_id
       WHERE a.change_id = ?1 AND b.change_id = f.id)
     OR EXISTS (SELECT 1 FROM frame_change_coding a
       JOIN frame_change_coding b ON b.coding_id = a.coding_id
       WHERE a.change_id = ?1 AND b.change_id = f.id))
 ORDER BY f.id DESC LIMIT 1;

-- name: frame_undo_codes_made
-- ?1 change
UPDATE code SET state = 'undone', merged_into = NULL WHERE id IN
  (SELECT a.code_id FROM frame_change_code a WHERE a.change_id = ?1 AND a.stage = 'after'
     AND NOT EXISTS (SELECT 1 FROM frame_change_code b WHERE b.change_id = ?1
       AND b.code_id = a.code_id AND b.stage = 'before'));

-- name: frame_undo_codes
-- ?1 change
UPDATE code SET (parent_id, name, definition, examples, colour, questions, state, merged_into) =
  (SELECT b.parent_id, b.name, b.definition, b.examples, b.colour, b.questions, b.state,
      b.merged_into FROM frame_change_code b
    WHERE b.change_id = ?1 AND b.code_id = code.id AND b.stage = 'before')
 WHERE id IN (SELECT b.code_id FROM frame_change_code b
   WHERE b.change_id = ?1 AND b.stage = 'before');

-- name: frame_undo_codings_made
-- ?1 change ?2 staff ?3 now
UPDATE coding SET ended_by = ?2, ended_at = ?3 WHERE id IN
  (SELECT coding_id FROM frame_change_coding WHERE change_id = ?1 AND effect = 'made');

-- name: frame_undo_codings_ended
-- ?1 change
UPDATE coding SET ended_by = NULL, ended_at = NULL, superseded_by = NULL WHERE id IN
  (SELECT coding_id FROM frame_change_coding WHERE change_id = ?1 AND effect = 'ended');

-- name: frame_undo_codings_placed
-- ?1 change
UPDATE coding SET (part, from_char, to_char, bytes_hash, words_hash, words, placed) =
  (SELECT p.part, p.from_char, p.to_char, p.bytes_hash, p.words_hash, p.words, p.placed
     FROM coding_place p WHERE p.coding_id = coding.id AND p.change_id = ?1)
 WHERE id IN (SELECT coding_id FROM frame_change_coding
   WHERE change_id = ?1 AND effect = 'placed');

-- name: frame_undo_suggestions
-- ?1 change
UPDATE suggestion SET state = 'open', change_id = NULL WHERE change_id = ?1;

-- name: frame_undo_settlements
-- ?1 change ?2 now
UPDATE reconciliation SET ended_at = ?2 WHERE change_id = ?1;

-- name: frame_loose
-- What would hang in the air after a change was taken back: a coding, a suggestion or a code
-- below a code that is none. ?1 change
SELECT k.name, 'codings' AS what FROM frame_change_code a JOIN code k ON k.id = a.code_id
  JOIN coding g ON g.code_id = k.id AND g.ended_at IS NULL
 WHERE a.change_id = ?1 AND k.state IN ('undone', 'merged')
UNION ALL
SELECT k.name, 'suggestions' FROM frame_change_code a JOIN code k ON k.id = a.code_id
  JOIN suggestion u ON u.code_id = k.id AND u.state = 'open'
 WHERE a.change_id = ?1 AND k.state = 'undone'
UNION ALL
SELECT k.name, 'codes below it' FROM frame_change_code a JOIN code k ON k.id = a.code_id
  JOIN code b ON b.parent_id = k.id AND b.state IN ('live', 'retired')
 WHERE a.change_id = ?1 AND k.state IN ('undone', 'merged')
UNION ALL
SELECT k.name, 'a code above it that is gone' FROM frame_change_code a JOIN code k ON k.id = a.code_id
  JOIN code p ON p.id = k.parent_id AND p.state IN ('undone', 'merged')
 WHERE a.change_id = ?1 AND k.state IN ('live', 'retired')
LIMIT 1;

-- name: frame_change_codes
-- ?1 change
SELECT DISTINCT code_id AS id FROM frame_change_code WHERE change_id = ?1;

-- name: code_left_over
-- A code that a tag made, when that is taken back and nobody uses it: it goes with the tag.
-- ?1 the coding
-- scan: the few codings of samples, to find one of this code
UPDATE code SET state = 'undone'
 WHERE id = (SELECT code_id FROM coding WHERE id = ?1) AND state = 'live'
   AND created_at = (SELECT at FROM coding WHERE id = ?1)
   AND definition = '' AND examples = ''
   AND NOT EXISTS (SELECT 1 FROM coding g WHERE g.code_id = code.id AND g.ended_at IS NULL)
   AND NOT EXISTS (SELECT 1 FROM code c WHERE c.parent_id = code.id)
   AND NOT EXISTS (SELECT 1 FROM frame_change_code f WHERE f.code_id = code.id)
   AND NOT EXISTS (SELECT 1 FROM suggestion s WHERE s.code_id = code.id AND s.state = 'open')
   AND NOT EXISTS (SELECT 1 FROM double_coding d WHERE d.code_id = code.id);

-- name: code_merge_counts
-- What a merge would move. ?1 code ?2 into
SELECT (SELECT count(*) FROM coding WHERE code_id = ?1 AND ended_at IS NULL) AS passages,
       (SELECT count(DISTINCT response_id) FROM coding WHERE code_id = ?1 AND ended_at IS NULL) AS own,
       (SELECT count(DISTINCT response_id) FROM coding WHERE code_id = ?2 AND ended_at IS NULL) AS other,
       (SELECT count(DISTINCT g.response_id) FROM coding g WHERE g.code_id = ?1 AND g.ended_at IS NULL
         AND EXISTS (SELECT 1 FROM coding o WHERE o.response_id = g.response_id AND o.code_id = ?2
           AND o.ended_at IS NULL)) AS both;
