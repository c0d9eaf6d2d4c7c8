-- What the figures count: facts of replies, from the tables and from packed blocks.

-- name: facts_replies
-- ?1 first id ?2 last id ?3 consultation or 0 for all
SELECT r.id, r.consultation_id, coalesce(rp.same_as, rp.id), r.received_at, r.late, r.state,
       r.reason, r.channel,
       rp.type, rp.permission, rp.contact, m.campaign_id, m.closeness, l.as_what, l.state
  FROM response r CROSS JOIN respondent rp ON rp.id = r.respondent_id
  LEFT JOIN membership m ON m.response_id = r.id
  LEFT JOIN link l ON l.response_id = r.id AND l.ended_at IS NULL
 WHERE r.id BETWEEN ?1 AND ?2 AND (?3 = 0 OR r.consultation_id = ?3) ORDER BY r.id;

-- name: facts_codings
-- What holds, once for each answer that it stands in, or once without. ?1 first reply ?2 last
SELECT g.response_id, g.id, g.code_id, g.part IS NOT NULL, a.question_id
  FROM coding g LEFT JOIN answer a ON a.response_id = g.response_id AND a.ended_at IS NULL
    AND a.question_id IS NOT NULL AND a.part = g.part AND a.from_char < g.to_char
    AND a.to_char > g.from_char
 WHERE g.response_id BETWEEN ?1 AND ?2 AND g.ended_at IS NULL ORDER BY g.response_id;

-- name: facts_answers
-- ?1 first reply ?2 last
SELECT response_id, question_id FROM answer
 WHERE response_id BETWEEN ?1 AND ?2 AND ended_at IS NULL AND question_id IS NOT NULL
UNION SELECT response_id, question_id FROM choice
 WHERE response_id BETWEEN ?1 AND ?2 AND ended_at IS NULL AND state <> 'none'
 ORDER BY response_id, question_id;

-- name: facts_choices
-- option 0: unclear. ?1 first reply ?2 last
SELECT response_id, question_id, coalesce(option_id, 0) FROM choice
 WHERE response_id BETWEEN ?1 AND ?2 AND ended_at IS NULL AND state <> 'none'
 ORDER BY response_id, question_id, option_id;

-- name: facts_last
-- The newest reply of all.
-- scan: one row, the end of the primary key
SELECT coalesce(max(id), 0) AS id FROM response;

-- name: facts_fresh
-- scan: of one integer for each block
SELECT block FROM fact_fresh ORDER BY block;

-- name: facts_fresh_count
-- scan: of one integer for each block
SELECT count(*) AS n FROM fact_fresh;

-- name: facts_blocks
-- ?1 consultation
SELECT b.block, b.facts FROM fact_block b CROSS JOIN fact_fresh f ON f.block = b.block
 WHERE b.consultation_id = ?1 ORDER BY b.block;

-- name: facts_block
-- ?1 consultation ?2 block
SELECT facts FROM fact_block WHERE consultation_id = ?1 AND block = ?2;

-- name: facts_keep
-- ?1 consultation ?2 block ?3 facts
INSERT INTO fact_block (consultation_id, block, facts) VALUES (?1, ?2, ?3)
ON CONFLICT (consultation_id, block) DO UPDATE SET facts = excluded.facts;

-- name: facts_drop
-- ?1 block
DELETE FROM fact_block WHERE block = ?1;

-- name: facts_now_fresh
-- ?1 block
INSERT INTO fact_fresh (block) VALUES (?1) ON CONFLICT (block) DO NOTHING;

-- name: figures_total
-- N, counted apart from the facts. ?1 consultation ?2 state or NULL for all
SELECT count(*) AS n FROM response WHERE consultation_id = ?1 AND (?2 IS NULL OR state = ?2);

-- name: figures_codes
-- Every code that a coding may name. ?1 consultation
-- scan: the codes of all consultations, some thousand
SELECT id, parent_id, name, state IN ('live', 'retired') AS stands FROM code
 WHERE consultation_id = ?1 ORDER BY name, id;

-- name: figures_campaigns
-- ?1 consultation
SELECT id, number, state FROM campaign WHERE consultation_id = ?1 ORDER BY number;

-- name: figures_questions
-- ?1 consultation
SELECT id, position FROM question WHERE consultation_id = ?1 ORDER BY position;

-- name: figures_options
-- In the order of questions and options. ?1 consultation
SELECT o.id, o.question_id, o.text, q.several FROM question q
  JOIN question_option o ON o.question_id = q.id
 WHERE q.consultation_id = ?1 ORDER BY q.position, o.position;

-- name: figures_suggested
-- What waits for a decision, by code. ?1 consultation
SELECT k.id, (SELECT count(*) FROM suggestion u WHERE u.code_id = k.id AND u.state = 'open') AS n
  FROM code k WHERE k.consultation_id = ?1 AND k.state <> 'undone' AND k.state <> 'merged';
