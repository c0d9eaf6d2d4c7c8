-- name: rule_add
-- ?1 name ?2 consultation or NULL ?3 field ?4 has ?5 action ?6 staff ?7 value ?8 now
INSERT INTO rule (name, consultation_id, field, has, action, staff_id, value, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: rule_end
-- ?1 id ?2 staff ?3 now
UPDATE rule SET ended_by = ?2, ended_at = ?3 WHERE id = ?1;

-- name: rule_by_name
SELECT r.*, c.name AS consultation FROM rule r LEFT JOIN consultation c ON c.id = r.consultation_id
 WHERE r.name = ?1 AND r.ended_at IS NULL;

-- name: rules_for
-- ?1 consultation
-- scan: a handful
SELECT r.*, NULL AS consultation FROM rule r
 WHERE r.ended_at IS NULL AND (r.consultation_id IS NULL OR r.consultation_id = ?1) ORDER BY r.id;

-- name: rule_list
-- scan: a handful
SELECT r.name, c.name AS consultation, r.field, r.has, r.action, r.value, s.name AS staff, r.at,
       (SELECT count(*) FROM rule_match m WHERE m.rule_id = r.id) AS applied
  FROM rule r LEFT JOIN consultation c ON c.id = r.consultation_id JOIN staff s ON s.id = r.staff_id
 WHERE r.ended_at IS NULL ORDER BY r.id;

-- name: rule_replies
-- ?1 consultation or NULL
-- scan: a rule is tried on all of them
SELECT id FROM response WHERE ?1 IS NULL OR consultation_id = ?1 ORDER BY id;

-- name: rule_mail
-- ?1 inbound ?2 bytes of its header
SELECT p.subject, p.from_address, p.from_name, substr(w.bytes, 1, ?2) AS head
  FROM parsed p JOIN inbound_raw w ON w.inbound_id = p.inbound_id WHERE p.inbound_id = ?1;

-- name: rule_match_add
-- ?1 rule ?2 response ?3 now; nothing when it was applied before
INSERT INTO rule_match (rule_id, response_id, at) VALUES (?1, ?2, ?3)
ON CONFLICT (response_id, rule_id) DO NOTHING;

-- name: rule_assign
-- Only where nobody has it. ?1 response ?2 name of the staff
UPDATE response SET assigned_to = (SELECT id FROM staff WHERE name = ?2)
 WHERE id = ?1 AND assigned_to IS NULL;

-- name: coding_add_by_rule
-- ?1 response ?2 code ?3 now; nothing when it holds already
-- scan: planned only; with a trigger SQLite looks for children, but not while none is owed
INSERT INTO coding (response_id, code_id, by_what, at) VALUES (?1, ?2, 'rule', ?3)
ON CONFLICT (response_id, code_id) WHERE ended_at IS NULL AND from_char IS NULL DO NOTHING;

-- name: rules_of
-- Which rules a reply met. ?1 response ?2 1: none that says of a code
SELECT r.name AS rule, r.action, r.value, m.at FROM rule_match m JOIN rule r ON r.id = m.rule_id
 WHERE m.response_id = ?1 AND (?2 = 0 OR r.action NOT IN ('tag', 'suggest')) ORDER BY r.id;

-- name: rule_code_anywhere
-- A code of that name that can be put, in any consultation. ?1 name
-- scan: the codes, when a rule is made
SELECT 1 AS there FROM code WHERE name = ?1 AND state = 'live' LIMIT 1;
