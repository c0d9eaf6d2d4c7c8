-- What is decided, redacted and published of responses.

-- part: publication_row
-- u and who did what, response r with its respondent x. Its state, as people read it:
--   not included, no permission, permission not known, to decide, withheld, decide again (it may not
--   be published so any more), to release, published, withdrawn
SELECT r.id AS response_id, r.consultation_id, c.name AS consultation, r.number, x.type, x.name,
       CASE WHEN trim(coalesce(x.organisation, '')) <> '' AND (
       -- with: organisation_of_its_own
       ) THEN trim(x.organisation) END AS organisation, x.organisation AS organisation_said,
       x.permission, p.from_name, u.decision, u.reason, u.decided_by, u.decided_at, u.content_hash,
       u.released_by, u.released_at, u.withdrawn_by, u.withdrawn_at, u.fell,
       d.name AS decided_by_name, l.name AS released_by_name, w.name AS withdrawn_by_name,
       -- with: permission_in_force
       AS permission_in_force,
       -- with: publication_hindered
       AS hindered
  FROM response r JOIN respondent x ON x.id = r.respondent_id
  JOIN consultation c ON c.id = r.consultation_id
  LEFT JOIN parsed p ON p.inbound_id = r.inbound_id
  LEFT JOIN publication u ON u.response_id = r.id
  LEFT JOIN staff d ON d.id = u.decided_by LEFT JOIN staff l ON l.id = u.released_by
  LEFT JOIN staff w ON w.id = u.withdrawn_by

-- part: publication_state
       CASE WHEN m.hindered = 'not included' THEN 'not included'
            WHEN m.decision = 'withhold' THEN 'withheld'
            WHEN m.permission_in_force = 'none' THEN 'no permission'
            WHEN m.permission_in_force = 'unknown' THEN 'permission not known'
            WHEN m.withdrawn_at IS NOT NULL THEN 'withdrawn'
            WHEN m.decision IS NULL THEN 'to decide'
            WHEN m.decision = 'publish' AND m.permission_in_force <> 'name' THEN 'decide again'
            WHEN m.hindered IS NOT NULL THEN 'on hold'
            WHEN m.released_at IS NOT NULL THEN 'published'
            ELSE 'to release' END AS state

-- name: publication_of
-- ?1 response
-- scan: what one response is linked with
WITH m AS MATERIALIZED (
-- with: publication_row
 WHERE r.id = ?1)
SELECT m.*,
-- with: publication_state
  FROM m;

-- name: publication_list
-- ?1 consultation ?2 state or NULL ?3 after the number ?4 most
-- scan: what one response is linked with
WITH m AS MATERIALIZED (
-- with: publication_row
 WHERE r.consultation_id = ?1 AND r.number > ?3 AND r.state <> 'excluded'), n AS (SELECT m.*,
-- with: publication_state
  FROM m)
SELECT * FROM n WHERE ?2 IS NULL OR state = ?2 ORDER BY number LIMIT ?4;

-- name: publication_counts
-- ?1 consultation
-- scan: what one response is linked with
WITH m AS MATERIALIZED (
-- with: publication_row
 WHERE r.consultation_id = ?1 AND r.state <> 'excluded'), n AS (SELECT
-- with: publication_state
  FROM m)
SELECT state, count(*) AS n FROM n GROUP BY state;

-- name: publication_decide
-- ?1 response ?2 decision ?3 reason ?4 staff ?5 now ?6 hash
INSERT INTO publication (response_id, decision, reason, decided_by, decided_at, content_hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (response_id) DO UPDATE SET decision = ?2, reason = ?3, decided_by = ?4, decided_at = ?5,
  content_hash = ?6, released_by = NULL, released_at = NULL, withdrawn_by = NULL, withdrawn_at = NULL,
  fell = NULL;

-- name: publication_forget
DELETE FROM publication WHERE response_id = ?1;

-- name: publication_release
-- ?1 response ?2 staff ?3 now
UPDATE publication SET released_by = ?2, released_at = ?3, withdrawn_by = NULL, withdrawn_at = NULL,
  fell = NULL
 WHERE response_id = ?1;

-- name: publication_unrelease
-- ?1 response ?2 why it fell, or NULL
UPDATE publication SET released_by = NULL, released_at = NULL, fell = ?2
 WHERE response_id = ?1 AND released_at IS NOT NULL;

-- name: publication_withdraw
-- ?1 response ?2 staff ?3 now
UPDATE publication SET released_by = NULL, released_at = NULL, withdrawn_by = ?2, withdrawn_at = ?3
 WHERE response_id = ?1 AND released_at IS NOT NULL;

-- name: publication_touched
-- Whoever changes redactions vouches for what is decided from then on. ?1 response ?2 staff ?3 now
-- ?4 hash
UPDATE publication SET decided_by = ?2, decided_at = ?3, content_hash = coalesce(?4, content_hash)
 WHERE response_id = ?1 AND decision <> 'withhold';

-- name: published_add
-- ?1 response ?2 consultation ?3 token ?4 type ?5 label ?6 organisation ?7 words
INSERT INTO published (response_id, consultation_id, token, type, label, organisation, words)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: published_answer_add
-- ?1 response ?2 position ?3 text
INSERT INTO published_answer (response_id, position, text) VALUES (?1, ?2, ?3);

-- part: published_now
-- f and what must hold at this moment, whatever stood when it was released.
  FROM published f JOIN publication u ON u.response_id = f.response_id
  JOIN response r ON r.id = f.response_id JOIN respondent x ON x.id = r.respondent_id
 WHERE u.released_at IS NOT NULL AND u.withdrawn_at IS NULL AND u.decision <> 'withhold'
   AND (u.decision = 'without name' OR x.permission = 'name') AND
   -- with: may_be_published

-- name: published_list
-- By token, which says nothing of when it came. ?1 consultation ?2 type or NULL ?3 organisation or
-- NULL ?4 question or -1 ?5 words as JSON ?6 after the token ?7 most
-- scan: what one response is linked with
SELECT f.token, f.type, f.label, f.organisation, f.response_id
-- with: published_now
   AND f.consultation_id = ?1 AND f.token > ?6 AND (?2 IS NULL OR f.type = ?2)
   AND (?3 IS NULL OR f.organisation = ?3)
   AND (?4 < 0 OR EXISTS (SELECT 1 FROM published_answer a
     WHERE a.response_id = f.response_id AND a.position = ?4))
   AND NOT EXISTS (SELECT 1 FROM json_each(?5) w WHERE instr(f.words, w.value) = 0)
 ORDER BY f.token LIMIT ?7;

-- name: published_count
-- ?1 consultation ?2 type or NULL ?3 organisation or NULL ?4 question or -1 ?5 words as JSON
-- scan: what one response is linked with
SELECT count(*) AS n
-- with: published_now
   AND f.consultation_id = ?1 AND (?2 IS NULL OR f.type = ?2)
   AND (?3 IS NULL OR f.organisation = ?3)
   AND (?4 < 0 OR EXISTS (SELECT 1 FROM published_answer a
     WHERE a.response_id = f.response_id AND a.position = ?4))
   AND NOT EXISTS (SELECT 1 FROM json_each(?5) w WHERE instr(f.words, w.value) = 0);

-- name: published_organisations
-- ?1 consultation
-- scan: what one response is linked with
SELECT DISTINCT f.organisation
-- with: published_now
   AND f.consultation_id = ?1 AND f.organisation IS NOT NULL ORDER BY f.organisation COLLATE NOCASE;

-- name: published_one
-- ?1 consultation ?2 token
-- scan: what one response is linked with
SELECT f.token, f.type, f.label, f.organisation, f.response_id
-- with: published_now
   AND f.consultation_id = ?1 AND f.token = ?2;

-- name: published_answers
-- In the order of the questions, what is to none of them last. ?1 response
SELECT a.position, q.text AS asked, a.text
  FROM published_answer a JOIN published f ON f.response_id = a.response_id
  LEFT JOIN question q ON q.consultation_id = f.consultation_id AND q.position = a.position
 WHERE a.response_id = ?1 ORDER BY a.position = 0, a.position;

-- name: publication_set_of
-- ?1 consultation
SELECT s.released_at, t.name AS released_by_name FROM publication_set s
  JOIN staff t ON t.id = s.released_by WHERE s.consultation_id = ?1;

-- name: publication_set_add
-- ?1 consultation ?2 staff ?3 now
INSERT INTO publication_set (consultation_id, released_by, released_at) VALUES (?1, ?2, ?3)
ON CONFLICT (consultation_id) DO NOTHING;

-- name: publication_set_end
DELETE FROM publication_set WHERE consultation_id = ?1;

-- name: redactions_of
-- ?1 response
SELECT d.id, d.part, d.from_char, d.to_char, d.bytes_hash, d.words_hash, d.words, d.placed, d.state,
       d.reason, d.kind, d.at, s.name AS staff
  FROM redaction d JOIN staff s ON s.id = d.staff_id
 WHERE d.response_id = ?1 AND d.ended_at IS NULL ORDER BY d.part, d.from_char, d.id;

-- name: redaction_add
-- ?1 response ?2 part ?3 from ?4 to ?5 bytes ?6 words hash ?7 words ?8 state ?9 reason ?10 kind
-- ?11 staff ?12 now
INSERT INTO redaction (response_id, part, from_char, to_char, bytes_hash, words_hash, words, state,
  reason, kind, staff_id, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);

-- name: redaction_end
-- ?1 redaction ?2 staff ?3 now
UPDATE redaction SET ended_by = ?2, ended_at = ?3 WHERE id = ?1 AND ended_at IS NULL;

-- name: redaction_reopen
-- ?1 redaction
UPDATE redaction SET ended_by = NULL, ended_at = NULL WHERE id = ?1 AND ended_at IS NOT NULL;

-- name: redaction_place
-- ?1 redaction ?2 part ?3 from ?4 to ?5 bytes ?6 words hash ?7 words ?8 placed
UPDATE redaction SET part = ?2, from_char = ?3, to_char = ?4, bytes_hash = ?5, words_hash = ?6,
  words = ?7, placed = ?8
 WHERE id = ?1;

-- name: redaction_of_id
-- Its response, with where it is. ?1 redaction
SELECT d.response_id, r.consultation_id FROM redaction d JOIN response r ON r.id = d.response_id
 WHERE d.id = ?1;

-- name: redaction_answers
-- Which stretches of it are published, each with its question (0: none). ?1 response
SELECT coalesce(q.position, 0) AS position, q.text AS asked, a.part, a.from_char, a.to_char
  FROM answer a LEFT JOIN question q ON q.id = a.question_id
 WHERE a.response_id = ?1 AND a.ended_at IS NULL
 ORDER BY q.position IS NULL, q.position, a.part, a.from_char;

-- name: publication_any
-- Is there anything to be looked at when it is read anew? ?1 response
SELECT EXISTS (SELECT 1 FROM redaction d WHERE d.response_id = ?1 AND d.ended_at IS NULL)
    OR EXISTS (SELECT 1 FROM publication u WHERE u.response_id = ?1 AND u.released_at IS NOT NULL) AS n;
