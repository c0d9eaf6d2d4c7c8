-- name: question_ids
SELECT id, text, several FROM question WHERE consultation_id = ?1 ORDER BY position;

-- name: answer_add
-- ?1 response ?2 question or NULL ?3 part ?4 from ?5 to ?6 by what ?7 how ?8 staff ?9 now
INSERT INTO answer (response_id, question_id, part, from_char, to_char, by_what, how, staff_id, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: answer_by_person
SELECT count(*) AS n FROM answer WHERE response_id = ?1 AND ended_at IS NULL AND by_what = 'person';

-- name: answer_drop_machine
-- What nobody touched is derived; what a person ended stays as history.
DELETE FROM answer WHERE response_id = ?1 AND by_what = 'machine' AND ended_at IS NULL;

-- name: answer_in_part
-- ?1 response ?2 part
SELECT question_id, from_char, to_char FROM answer
 WHERE response_id = ?1 AND part = ?2 AND ended_at IS NULL ORDER BY from_char;

-- name: answer_end_part
-- ?1 response ?2 part ?3 staff ?4 now
UPDATE answer SET ended_by = ?3, ended_at = ?4
 WHERE response_id = ?1 AND part = ?2 AND ended_at IS NULL;

-- name: answer_end_all
-- ?1 response ?2 staff ?3 now
UPDATE answer SET ended_by = ?2, ended_at = ?3 WHERE response_id = ?1 AND ended_at IS NULL;

-- name: answers_of
-- In the order of the questions, general last.
SELECT coalesce(q.position, 0) AS position, q.text AS asked, a.part, a.from_char, a.to_char,
       a.by_what, a.how
  FROM answer a LEFT JOIN question q ON q.id = a.question_id
 WHERE a.response_id = ?1 AND a.ended_at IS NULL
 ORDER BY q.position IS NULL, q.position, a.part, a.from_char;

-- name: response_fingerprint
-- ?1 id ?2 fingerprint ?3 of the files alone, or NULL
UPDATE response SET fingerprint = ?2, file_print = ?3 WHERE id = ?1;

-- name: response_by_sender
-- Earlier ones from the same address, the last first. ?1 consultation ?2 address key ?3 before
-- ?4 most
SELECT r.id, r.respondent_id, r.fingerprint, r.file_print, x.name, x.address_key,
       EXISTS (SELECT 1 FROM link l WHERE l.response_id = r.id AND l.ended_at IS NULL
         AND l.as_what = 'duplicate') AS is_duplicate
  FROM respondent x CROSS JOIN response r ON r.respondent_id = x.id
 WHERE x.consultation_id = ?1 AND x.address_key = ?2 AND r.id < ?3 ORDER BY x.id DESC LIMIT ?4;

-- name: response_by_name
-- Earlier ones of the same name that say the same, or have the same files.
-- ?1 consultation ?2 name ?3 before ?4 fingerprint or NULL ?5 file print or NULL
SELECT r.id, r.respondent_id, r.fingerprint, r.file_print, x.name, x.address_key
  FROM respondent x CROSS JOIN response r ON r.respondent_id = x.id
 WHERE x.consultation_id = ?1 AND x.name = ?2 COLLATE NOCASE AND r.id < ?3
   AND (r.fingerprint = ?4 OR r.file_print = ?5) ORDER BY r.id LIMIT 1;

-- name: link_ever
SELECT count(*) AS n FROM link WHERE response_id = ?1;

-- name: link_add
-- ?1 response ?2 of ?3 as ?4 state ?5 by what ?6 staff ?7 now
INSERT INTO link (response_id, of_id, as_what, state, by_what, staff_id, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: link_end
-- ?1 response ?2 staff ?3 now
UPDATE link SET ended_by = ?2, ended_at = ?3 WHERE response_id = ?1 AND ended_at IS NULL;

-- name: link_of
SELECT of_id, as_what, state FROM link WHERE response_id = ?1 AND ended_at IS NULL;

-- name: links_around
-- What a reply is linked to, and what is linked to it. ?1 response
SELECT 'of' AS which, c.name AS consultation, r.number, l.as_what, l.state, l.by_what, l.at
  FROM link l JOIN response r ON r.id = l.of_id JOIN consultation c ON c.id = r.consultation_id
 WHERE l.response_id = ?1 AND l.ended_at IS NULL
UNION ALL
SELECT 'has', c.name, r.number, l.as_what, l.state, l.by_what, l.at
  FROM link l JOIN response r ON r.id = l.response_id JOIN consultation c ON c.id = r.consultation_id
 WHERE l.of_id = ?1 AND l.ended_at IS NULL;

-- name: options_of
-- In the order of questions and options. ?1 consultation
SELECT o.id, o.question_id, o.text FROM question q JOIN question_option o ON o.question_id = q.id
 WHERE q.consultation_id = ?1 ORDER BY q.position, o.position;

-- name: option_add
-- ?1 question ?2 position ?3 text
INSERT INTO question_option (question_id, position, text) VALUES (?1, ?2, ?3);

-- name: options_drop
-- ?1 question
-- scan: SQLite looks for choices of them; the options of a question are changed once
DELETE FROM question_option WHERE question_id = ?1;

-- name: question_takes
-- ?1 question ?2 several
UPDATE question SET several = ?2 WHERE id = ?1;

-- name: choices_by_person
-- Ended ones too: they name their option. ?1 question
-- scan: the choices of all; the options of a question are changed once
SELECT count(DISTINCT response_id) AS n FROM choice WHERE question_id = ?1 AND by_what = 'person';

-- name: choices_drop_of_question
-- ?1 question
-- scan: the choices of all; the options of a question are changed once
DELETE FROM choice WHERE question_id = ?1 AND by_what = 'machine';

-- name: choice_add
-- ?1 response ?2 question ?3 option or NULL ?4 state ?5 by what ?6 staff ?7 now
INSERT INTO choice (response_id, question_id, option_id, state, by_what, staff_id, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: choice_place
-- ?1 choice ?2 part ?3 from ?4 to
UPDATE choice SET part = ?2, from_char = ?3, to_char = ?4 WHERE id = ?1;

-- name: choice_drop_machine
-- What nobody touched is derived; what a person ended stays as history. ?1 response
DELETE FROM choice WHERE response_id = ?1 AND by_what = 'machine' AND ended_at IS NULL;

-- name: choice_by_person
-- ?1 response ?2 question
SELECT count(*) AS n FROM choice WHERE response_id = ?1 AND question_id = ?2
   AND ended_at IS NULL AND by_what = 'person';

-- name: choice_end
-- ?1 response ?2 question ?3 staff ?4 now
UPDATE choice SET ended_by = ?3, ended_at = ?4
 WHERE response_id = ?1 AND question_id = ?2 AND ended_at IS NULL;

-- name: choices_of
-- ?1 response
SELECT q.position AS question, c.state, o.position, o.text AS option, c.by_what, c.part,
       c.from_char, c.to_char
  FROM choice c JOIN question q ON q.id = c.question_id
  LEFT JOIN question_option o ON o.id = c.option_id
 WHERE c.response_id = ?1 AND c.ended_at IS NULL ORDER BY q.position, o.position;

-- name: choice_ids_holding
-- ?1 response
SELECT id FROM choice WHERE response_id = ?1 AND ended_at IS NULL ORDER BY id;

-- name: choice_end_one
-- ?1 choice ?2 staff ?3 now
UPDATE choice SET ended_by = ?2, ended_at = ?3 WHERE id = ?1 AND ended_at IS NULL;

-- name: choice_reopen
-- ?1 choice
UPDATE choice SET ended_by = NULL, ended_at = NULL WHERE id = ?1 AND ended_at IS NOT NULL;
