-- A response goes to another consultation, and comes back.

-- name: response_find_moved
-- By a reference that it had. ?1 consultation name ?2 number
SELECT r.*, n.name AS consultation, s.name AS assigned, rp.type, rp.permission, rp.name AS respondent,
       rp.organisation, rp.contact, rp.address_key
  FROM consultation c JOIN response r ON r.id = coalesce(
    (SELECT m.response_id FROM response_move m WHERE m.consultation_id = c.id AND m.number = ?2),
    (SELECT m.response_id FROM response_move m WHERE m.to_consultation_id = c.id
       AND m.to_number = ?2))
  JOIN consultation n ON n.id = r.consultation_id
  JOIN respondent rp ON rp.id = r.respondent_id
  LEFT JOIN staff s ON s.id = r.assigned_to
 WHERE c.name = ?1;

-- name: moving_was_in
-- Was it in that consultation once, and is no more? ?1 response ?2 consultation
SELECT count(*) AS n FROM response_move m JOIN response r ON r.id = m.response_id
 WHERE m.response_id = ?1 AND r.consultation_id <> ?2
   AND (m.consultation_id = ?2 OR m.to_consultation_id = ?2);

-- name: moving_of
-- The last one first, with the codes that it had there. ?1 response
-- scan: the codes that one response had
SELECT m.at, s.name AS staff, c.id AS consultation_id, c.name AS consultation, m.number,
       (SELECT group_concat(name, ', ') FROM (SELECT DISTINCT k.name FROM coding g
          JOIN code k ON k.id = g.code_id WHERE g.response_id = m.response_id
           AND g.ended_at IS NOT NULL AND g.ended_at = m.at
           AND k.consultation_id = m.consultation_id ORDER BY k.name)) AS codes
  FROM response_move m JOIN staff s ON s.id = m.staff_id JOIN consultation c ON c.id = m.consultation_id
 WHERE m.response_id = ?1 AND m.undone_at IS NULL ORDER BY m.id DESC;

-- name: moving_in_sample
-- A sample for double coding that has it. ?1 response
SELECT m.number FROM sample_unit u JOIN sample m ON m.id = u.sample_id
 WHERE u.response_id = ?1 AND m.ended_at IS NULL LIMIT 1;

-- name: moving_add
-- ?1 response ?2 consultation ?3 number ?4 to consultation ?5 to number ?6 staff ?7 now
INSERT INTO response_move (response_id, consultation_id, number, to_consultation_id, to_number,
  staff_id, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: moving_get
-- ?1 move
SELECT * FROM response_move WHERE id = ?1;

-- name: moving_undone
-- ?1 move ?2 staff ?3 now
UPDATE response_move SET undone_by = ?2, undone_at = ?3 WHERE id = ?1 AND undone_at IS NULL;

-- name: moving_place
-- ?1 response ?2 consultation ?3 number ?4 late ?5 assigned to or NULL
UPDATE response SET consultation_id = ?2, number = ?3, late = ?4, assigned_to = ?5 WHERE id = ?1;

-- name: moving_respondent
-- ?1 respondent ?2 consultation ?3 an earlier one of the same sender there, or NULL
UPDATE respondent SET consultation_id = ?2, same_as = ?3 WHERE id = ?1;

-- name: moving_sender
-- ?1 respondent
SELECT same_as FROM respondent WHERE id = ?1;

-- name: moving_same_senders
-- Whose first response this respondent's is. ?1 respondent
SELECT id FROM respondent WHERE same_as = ?1 ORDER BY id;

-- name: moving_same_as
-- ?1 respondent ?2 the first one of the same sender, or NULL
UPDATE respondent SET same_as = ?2 WHERE id = ?1;

-- name: moving_mail
-- ?1 mail ?2 from consultation ?3 to consultation
UPDATE inbound SET consultation_id = ?3 WHERE id = ?1 AND consultation_id = ?2;

-- name: moving_codings
-- ?1 response
SELECT id FROM coding WHERE response_id = ?1 AND ended_at IS NULL ORDER BY id;

-- name: moving_links
-- ?1 response
SELECT id FROM link WHERE response_id = ?1 AND ended_at IS NULL
UNION ALL SELECT id FROM link WHERE of_id = ?1 AND ended_at IS NULL;

-- name: moving_linked
-- What its links make stricter. ?1 response
SELECT of_id AS id FROM link WHERE response_id = ?1 AND ended_at IS NULL;

-- name: moving_by_people
-- What somebody said of it in the consultation that it is in. ?1 response
SELECT (SELECT count(*) FROM coding WHERE response_id = ?1 AND ended_at IS NULL AND by_what = 'person')
  + (SELECT count(*) FROM answer WHERE response_id = ?1 AND ended_at IS NULL AND by_what = 'person')
  + (SELECT count(*) FROM choice WHERE response_id = ?1 AND ended_at IS NULL AND by_what = 'person')
  + (SELECT count(*) FROM link WHERE response_id = ?1 AND ended_at IS NULL AND by_what = 'person')
  + (SELECT count(*) FROM link WHERE of_id = ?1 AND ended_at IS NULL AND by_what = 'person') AS n;

-- name: moving_suggestions
-- What nobody decided on yet. ?1 response
SELECT id FROM suggestion WHERE response_id = ?1 AND state = 'open';

-- name: moving_suggestion_set
-- ?1 suggestion ?2 state
UPDATE suggestion SET state = ?2 WHERE id = ?1 AND state IN ('open', 'gone');

-- name: moving_rules
-- The rules of one consultation that fit it. ?1 response ?2 consultation
SELECT m.rule_id AS id FROM rule_match m JOIN rule u ON u.id = m.rule_id
 WHERE m.response_id = ?1 AND u.consultation_id = ?2;

-- name: moving_rules_drop
-- ?1 response ?2 rule
DELETE FROM rule_match WHERE response_id = ?1 AND rule_id = ?2;

-- name: moving_membership
-- ?1 response
SELECT campaign_id, closeness, share, of_standard, alike FROM membership WHERE response_id = ?1;

-- name: moving_membership_back
-- ?1 response ?2 campaign ?3 closeness ?4 share ?5 of the standard text ?6 alike
INSERT INTO membership (response_id, campaign_id, closeness, share, of_standard, alike)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
