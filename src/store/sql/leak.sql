-- Who may not be named, and what may not be quoted, of one consultation; what a person settled.

-- part: leak_is_clear
-- What respondent x of response r allows is not in doubt.
(x.permission_by = 'person' OR NOT EXISTS (SELECT 1 FROM said s WHERE s.response_id = r.id
     AND s.field = 'permission' AND s.value IS NULL))

-- part: leak_refused_since
-- Another response of the same sender forbids publication.
(EXISTS (SELECT 1 FROM respondent o WHERE o.same_as = coalesce(x.same_as, x.id)
     AND o.permission = 'none')
   OR EXISTS (SELECT 1 FROM respondent o WHERE o.id = coalesce(x.same_as, x.id)
     AND o.permission = 'none'))

-- part: leak_is_named
-- Respondent x of response r may be named.
(x.permission = 'name' AND
     -- with: leak_is_clear
   AND NOT EXISTS (SELECT 1 FROM respondent o WHERE o.same_as = coalesce(x.same_as, x.id)
     AND o.permission IN ('none', 'without name'))
   AND NOT EXISTS (SELECT 1 FROM respondent o WHERE o.id = coalesce(x.same_as, x.id)
     AND o.permission IN ('none', 'without name')))

-- part: leak_is_open
-- What response r of respondent x says may be published: whether it is analysed is no matter.
(x.permission IN ('name', 'without name') AND
     -- with: leak_is_clear
   AND NOT
     -- with: leak_refused_since
   AND NOT EXISTS (SELECT 1 FROM proposal d WHERE d.response_id = r.id AND d.kind = 'risk'
     AND d.state IN ('open', 'accepted'))
   AND NOT EXISTS (SELECT 1 FROM flag d WHERE d.inbound_id = r.inbound_id
     AND d.state <> 'dismissed' AND coalesce(d.outcome, '') NOT IN ('no risk', 'mistake')))

-- name: leak_people
-- All that somebody who may not be named is called. What was typed in for an organisation without
-- a name of its own has that of the organisation in its place, and says of nobody who they are.
-- ?1 consultation
SELECT r.id, x.name,
       CASE WHEN e.how = 'by hand' AND p.from_name = e.organisation THEN NULL
         ELSE p.from_name END AS from_name, e.name AS entered_name, x.address_key, e.address,
       CASE WHEN x.type <> 'individual' AND (x.permission NOT IN ('name', 'without name')
         OR NOT
         -- with: leak_is_clear
         OR
         -- with: leak_refused_since
       ) THEN x.organisation END AS organisation
  FROM response r JOIN respondent x ON x.id = r.respondent_id
  JOIN parsed p ON p.inbound_id = r.inbound_id LEFT JOIN entry e ON e.inbound_id = r.inbound_id
 WHERE r.consultation_id = ?1 AND NOT
   -- with: leak_is_named
 ORDER BY r.id;

-- name: leak_addresses
-- The addresses in the heads of their mails. ?1 consultation
SELECT r.id, w.address FROM response r JOIN respondent x ON x.id = r.respondent_id
  JOIN mail_writer w ON w.inbound_id = r.inbound_id
 WHERE r.consultation_id = ?1 AND NOT
   -- with: leak_is_named
 ORDER BY r.id;

-- name: leak_texts
-- What each response says, mail and files. ?1 consultation
SELECT r.id, coalesce(nullif(p.text_new, ''), p.text) AS text,
   -- with: leak_is_named
       AS named,
   -- with: leak_is_open
       AS open
  FROM response r JOIN respondent x ON x.id = r.respondent_id
  JOIN parsed p ON p.inbound_id = r.inbound_id
 WHERE r.consultation_id = ?1
 UNION ALL
SELECT r.id, a.text,
   -- with: leak_is_named
       AS named,
   -- with: leak_is_open
       AS open
  FROM response r JOIN respondent x ON x.id = r.respondent_id
  JOIN attachment a ON a.inbound_id = r.inbound_id
 WHERE r.consultation_id = ?1 AND a.text IS NOT NULL;

-- name: leak_own_words
-- What we said ourselves. ?1 consultation
-- scan: a code frame has some dozens of codes
SELECT title || char(10) || introduction || char(10) || coalesce(outcome, '') AS text, address
  FROM consultation WHERE id = ?1
 UNION ALL
SELECT text, NULL FROM question WHERE consultation_id = ?1
 UNION ALL
SELECT o.text, NULL FROM question q JOIN question_option o ON o.question_id = q.id
 WHERE q.consultation_id = ?1
 UNION ALL
SELECT name || char(10) || definition, NULL FROM code WHERE consultation_id = ?1;

-- name: leak_of
-- ?1 response
SELECT r.number, c.name AS consultation FROM response r
  JOIN consultation c ON c.id = r.consultation_id WHERE r.id = ?1;

-- name: leak_settled_of
-- ?1 consultation
SELECT l.mark, l.reason, l.at, s.name FROM leak_settled l JOIN staff s ON s.id = l.staff_id
 WHERE l.consultation_id = ?1;

-- name: leak_settle
-- ?1 consultation ?2 mark ?3 reason ?4 staff ?5 now
INSERT INTO leak_settled (consultation_id, mark, reason, staff_id, at)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (consultation_id, mark) DO UPDATE SET reason = excluded.reason,
  staff_id = excluded.staff_id, at = excluded.at;

-- name: leak_unsettle
-- ?1 consultation ?2 mark
DELETE FROM leak_settled WHERE consultation_id = ?1 AND mark = ?2;
