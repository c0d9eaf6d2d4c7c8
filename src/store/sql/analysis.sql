-- Sheets about codes, channels and campaigns. ?1 consultation ?2 state or NULL for all

-- name: analysis_channel
SELECT channel AS label, count(*) AS n FROM response
 WHERE consultation_id = ?1 AND (?2 IS NULL OR state = ?2) GROUP BY channel ORDER BY channel;

-- name: analysis_code_type
-- A code with those below it; each reply once.
-- scan: the branches of one frame
WITH RECURSIVE below(top, id) AS (
  SELECT id, id FROM code WHERE consultation_id = ?1 AND state <> 'undone' AND state <> 'merged'
  UNION SELECT below.top, k.id FROM below JOIN code k ON k.parent_id = below.id
   WHERE k.state IN ('live', 'retired'))
SELECT below.top AS code_id, rp.type, count(DISTINCT r.id) AS n
  FROM below JOIN coding g ON g.code_id = below.id AND g.ended_at IS NULL
  JOIN response r ON r.id = g.response_id JOIN respondent rp ON rp.id = r.respondent_id
 WHERE ?2 IS NULL OR r.state = ?2
 GROUP BY below.top, rp.type;

-- name: analysis_code_question
-- The same of passages that stand in the answer to a question.
-- scan: the branches of one frame
WITH RECURSIVE below(top, id) AS (
  SELECT id, id FROM code WHERE consultation_id = ?1 AND state <> 'undone' AND state <> 'merged'
  UNION SELECT below.top, k.id FROM below JOIN code k ON k.parent_id = below.id
   WHERE k.state IN ('live', 'retired'))
SELECT q.position, below.top AS code_id, rp.type, count(DISTINCT r.id) AS n
  FROM below JOIN coding g ON g.code_id = below.id AND g.ended_at IS NULL
  JOIN response r ON r.id = g.response_id JOIN respondent rp ON rp.id = r.respondent_id
  JOIN answer a ON a.response_id = r.id AND a.ended_at IS NULL AND a.part = g.part
    AND a.from_char < g.to_char AND a.to_char > g.from_char
  JOIN question q ON q.id = a.question_id
 WHERE ?2 IS NULL OR r.state = ?2
 GROUP BY q.position, below.top, rp.type;

-- name: analysis_question_coded
-- Each reply once for each question. coded: 0 its answer has a code, 1 it has none, 2 no answer
SELECT q.position, rp.type, CASE
         WHEN EXISTS (SELECT 1 FROM answer a JOIN coding g ON g.response_id = a.response_id
           WHERE a.response_id = r.id AND a.question_id = q.id AND a.ended_at IS NULL
             AND g.ended_at IS NULL AND a.part = g.part AND a.from_char < g.to_char
             AND a.to_char > g.from_char) THEN 0
         WHEN EXISTS (SELECT 1 FROM answer a WHERE a.response_id = r.id AND a.question_id = q.id
           AND a.ended_at IS NULL) THEN 1 ELSE 2 END AS coded, count(*) AS n
  FROM question q JOIN response r ON r.consultation_id = q.consultation_id
  JOIN respondent rp ON rp.id = r.respondent_id
 WHERE q.consultation_id = ?1 AND (?2 IS NULL OR r.state = ?2)
 GROUP BY q.position, coded, rp.type ORDER BY q.position, coded;

-- name: analysis_total_once
-- With the copies of each confirmed standard text as one.
SELECT (SELECT count(*) FROM response r LEFT JOIN membership m ON m.response_id = r.id
           AND m.closeness = 'standard'
         LEFT JOIN campaign c ON c.id = m.campaign_id AND c.state = 'confirmed'
         WHERE r.consultation_id = ?1 AND (?2 IS NULL OR r.state = ?2) AND c.id IS NULL)
     + (SELECT count(*) FROM campaign c WHERE c.consultation_id = ?1 AND c.state = 'confirmed'
         AND EXISTS (SELECT 1 FROM membership m JOIN response r ON r.id = m.response_id
           WHERE m.campaign_id = c.id AND m.closeness = 'standard'
             AND (?2 IS NULL OR r.state = ?2))) AS n;
