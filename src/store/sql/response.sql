-- name: respondent_add
-- ?1 address key ?2 consultation ?3 name
INSERT INTO respondent (address_key, consultation_id, name) VALUES (?1, ?2, ?3);

-- name: respondent_same_as
-- ?1 id ?2 an earlier one of the same sender
UPDATE respondent SET same_as = (SELECT coalesce(e.same_as, e.id) FROM respondent e WHERE e.id = ?2)
 WHERE id = ?1;

-- name: respondent_set
-- ?1 id ?2 type or NULL ?3 permission or NULL
UPDATE respondent SET type = coalesce(?2, type), permission = coalesce(?3, permission),
  type_by = CASE WHEN ?2 IS NULL THEN type_by ELSE 'person' END,
  permission_by = CASE WHEN ?3 IS NULL THEN permission_by ELSE 'person' END
 WHERE id = ?1;

-- name: respondent_correct
-- What is NULL stays; '' is nothing. ?1 id ?2 name ?3 organisation ?4 contact
UPDATE respondent SET
  name = CASE WHEN ?2 IS NULL THEN name ELSE nullif(?2, '') END,
  name_by = CASE WHEN ?2 IS NULL THEN name_by ELSE 'person' END,
  organisation = CASE WHEN ?3 IS NULL THEN organisation ELSE nullif(?3, '') END,
  organisation_by = CASE WHEN ?3 IS NULL THEN organisation_by ELSE 'person' END,
  contact = coalesce(?4, contact),
  contact_by = CASE WHEN ?4 IS NULL THEN contact_by ELSE 'person' END
 WHERE id = ?1;

-- name: said_drop
DELETE FROM said WHERE response_id = ?1;

-- name: said_add
-- ?1 response ?2 field ?3 value or NULL ?4 place ?5 note
INSERT INTO said (response_id, field, value, place, note) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: reading_drop
DELETE FROM reading WHERE response_id = ?1;

-- name: reading_add
-- ?1 response ?2 field ?3 number ?4 how ?5 value or NULL ?6 doubtful ?7 place ?8 words
INSERT INTO reading (response_id, field, number, how, value, doubtful, place, words)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: readings_of
SELECT field, how, value, doubtful, place, words FROM reading WHERE response_id = ?1
 ORDER BY field, number;

-- name: said_of
SELECT field, value, place, note FROM said WHERE response_id = ?1 ORDER BY field;

-- name: respondent_renew
-- What a response says itself. A later one that is linked to it makes it stricter, never freer,
-- until a person decides. ?1 response
-- scan: the links around one response
WITH RECURSIVE later (id) AS (SELECT ?1 UNION SELECT l.response_id FROM later
    CROSS JOIN link l ON l.of_id = later.id AND l.ended_at IS NULL),
  own (type, permission, contact, name, organisation) AS MATERIALIZED (
    SELECT max(CASE field WHEN 'type' THEN value END),
      max(CASE field WHEN 'permission' THEN value END),
      max(CASE field WHEN 'contact' THEN value END),
      max(CASE field WHEN 'name' THEN value END),
      max(CASE field WHEN 'organisation' THEN value END)
    FROM said WHERE response_id = ?1),
  ranked (field, rank) AS (SELECT s.field, CASE coalesce(s.value, 'unknown')
      WHEN 'none' THEN 0 WHEN 'no' THEN 0 WHEN 'unknown' THEN 1 WHEN 'without name' THEN 2
      ELSE 3 END
    FROM later CROSS JOIN said s ON s.response_id = later.id
     AND s.field IN ('permission', 'contact')),
  strict (permission, contact) AS MATERIALIZED (
    SELECT min(CASE field WHEN 'permission' THEN rank END),
      min(CASE field WHEN 'contact' THEN rank END) FROM ranked),
  now (id, type, permission, contact, name, organisation) AS MATERIALIZED (SELECT r.id,
    CASE r.type_by WHEN 'person' THEN r.type ELSE coalesce(own.type, 'unknown') END,
    CASE WHEN r.permission_by = 'person' THEN r.permission
      WHEN strict.permission = 0 THEN 'none'
      WHEN own.permission IS NULL OR strict.permission = 1 THEN 'unknown'
      WHEN strict.permission = 2 THEN 'without name' ELSE 'name' END,
    CASE WHEN r.contact_by = 'person' THEN r.contact
      WHEN strict.contact = 0 THEN 'no'
      WHEN own.contact IS NULL OR strict.contact = 1 THEN 'unknown' ELSE 'yes' END,
    CASE r.name_by WHEN 'person' THEN r.name ELSE coalesce(own.name, r.name) END,
    CASE r.organisation_by WHEN 'person' THEN r.organisation ELSE own.organisation END
    FROM own CROSS JOIN strict CROSS JOIN respondent r
      ON r.id = (SELECT respondent_id FROM response WHERE id = ?1))
UPDATE respondent SET type = now.type, permission = now.permission, contact = now.contact,
    name = now.name, organisation = now.organisation
  FROM now
 WHERE respondent.id = now.id
   AND (respondent.type, respondent.permission, respondent.contact, respondent.name,
     respondent.organisation)
     IS NOT (now.type, now.permission, now.contact, now.name, now.organisation);

-- name: respondent_before
-- What a response is linked to, directly or in turn: a later one may make it stricter.
-- ?1 response
-- scan: the links around one response
WITH RECURSIVE before (id) AS (SELECT ?1 UNION SELECT l.of_id FROM before
    CROSS JOIN link l ON l.response_id = before.id AND l.ended_at IS NULL)
SELECT id FROM before;

-- name: respondent_of
SELECT name, name_by, organisation, organisation_by, type, type_by, permission, permission_by,
       contact, contact_by, CASE WHEN address_key LIKE '%@%' THEN address_key END AS address
  FROM respondent
 WHERE id = ?1;

-- name: response_add
-- ?1 consultation ?2 number ?3 inbound ?4 respondent ?5 channel ?6 received ?7 late
-- scan: planned only; with a trigger SQLite looks for children, but not while none is owed
INSERT INTO response (consultation_id, number, inbound_id, respondent_id, channel, received_at, late)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: responses_in
-- ?1 consultation
SELECT id FROM response WHERE consultation_id = ?1 ORDER BY id;

-- name: response_by_id
SELECT r.*, c.name AS consultation, x.address_key FROM response r
  JOIN consultation c ON c.id = r.consultation_id JOIN respondent x ON x.id = r.respondent_id
 WHERE r.id = ?1;

-- name: response_find
-- ?1 consultation name ?2 number
SELECT r.*, c.name AS consultation, s.name AS assigned, rp.type, rp.permission, rp.name AS respondent,
       rp.organisation, rp.contact, rp.address_key
  FROM consultation c JOIN response r ON r.consultation_id = c.id
  JOIN respondent rp ON rp.id = r.respondent_id
  LEFT JOIN staff s ON s.id = r.assigned_to
 WHERE c.name = ?1 AND r.number = ?2;

-- name: response_list
-- The parameters are those of response_filter.
-- scan: filters in the order of arrival
SELECT r.id, c.name AS consultation, r.number, r.received_at, r.channel, r.state, r.reason, r.late,
       rp.type, rp.permission, s.name AS assigned, p.from_name, p.from_address, p.subject,
       (SELECT group_concat(k.name, ', ') FROM code k WHERE k.id IN
         (SELECT g.code_id FROM coding g WHERE g.response_id = r.id AND g.ended_at IS NULL)
         AND NOT EXISTS (
         -- with: response_blind
       )) AS tags,
       (SELECT count(*) FROM attachment a WHERE a.inbound_id = r.inbound_id
         AND a.also = 0) AS files,
       (SELECT count(*) FROM attachment a WHERE a.inbound_id = r.inbound_id
         AND a.text_state = 'unreadable') AS unreadable,
       (SELECT group_concat(u.value, ', ') FROM rule_match m JOIN rule u ON u.id = m.rule_id
         WHERE m.response_id = r.id AND u.action = 'mark') AS marks
  FROM queue d JOIN response r ON r.id = d.response_id
  JOIN consultation c ON c.id = d.consultation_id
  JOIN respondent rp ON rp.id = r.respondent_id
  JOIN parsed p ON p.inbound_id = r.inbound_id
  LEFT JOIN staff s ON s.id = r.assigned_to
 WHERE (?1 = 0 OR d.consultation_id = ?1)
   -- with: response_filter
 ORDER BY c.name, d.number LIMIT ?17;

-- name: response_ids
-- Nothing but their ids, in that order, those after ?2. The parameters are those of response_filter.
-- scan: the notes, once a search
SELECT d.response_id AS id FROM queue d
 WHERE d.response_id > ?2 AND (?1 = 0 OR d.consultation_id = ?1)
   -- with: response_filter
 ORDER BY d.response_id LIMIT ?17;

-- name: response_search
-- The best first, with the words around. ?1 match ?2 consultation or NULL ?3 most
SELECT c.name AS consultation, r.number, r.state, p.from_address, p.subject,
       around(parsed_fts, '[', ']', ' … ', 16) AS words
  FROM parsed_fts f JOIN response r ON r.inbound_id = f.rowid
  JOIN consultation c ON c.id = r.consultation_id JOIN parsed p ON p.inbound_id = f.rowid
 WHERE parsed_fts MATCH ?1 AND (?2 IS NULL OR c.name = ?2)
 ORDER BY rank LIMIT ?3;

-- name: response_screen
-- ?1 id ?2 state ?3 reason
UPDATE response SET state = ?2, reason = ?3 WHERE id = ?1;

-- name: screening_add
-- ?1 response ?2 old ?3 new ?4 reason ?5 staff ?6 now
INSERT INTO screening (response_id, old_state, new_state, reason, staff_id, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: screenings_of
SELECT g.at, s.name AS staff, g.old_state, g.new_state, g.reason FROM screening g
  JOIN staff s ON s.id = g.staff_id WHERE g.response_id = ?1 ORDER BY g.id;

-- name: response_assign
-- ?1 id ?2 staff or NULL
UPDATE response SET assigned_to = ?2 WHERE id = ?1;

-- name: coding_add
-- ?1 response ?2 code ?3 staff ?4 now; nothing when it holds already
-- scan: planned only; with a trigger SQLite looks for children, but not while none is owed
INSERT INTO coding (response_id, code_id, by_what, staff_id, at) VALUES (?1, ?2, 'person', ?3, ?4)
ON CONFLICT (response_id, code_id) WHERE ended_at IS NULL AND from_char IS NULL DO NOTHING;

-- name: coding_end
-- On the reply as a whole; passages are ended one by one. ?1 response ?2 code ?3 staff ?4 now
UPDATE coding SET ended_by = ?3, ended_at = ?4
 WHERE response_id = ?1 AND code_id = ?2 AND ended_at IS NULL AND from_char IS NULL;

-- name: coding_on_passage
-- ?1 response ?2 code
SELECT id FROM coding WHERE response_id = ?1 AND code_id = ?2 AND ended_at IS NULL
   AND from_char IS NOT NULL LIMIT 1;

-- name: codings_of
SELECT k.name AS tag, g.by_what, s.name AS staff, g.at FROM coding g JOIN code k ON k.id = g.code_id
  LEFT JOIN staff s ON s.id = g.staff_id
 WHERE g.response_id = ?1 AND g.ended_at IS NULL AND g.from_char IS NULL ORDER BY k.name;

-- name: note_add
-- ?1 response ?2 staff ?3 now ?4 text
INSERT INTO note (response_id, staff_id, at, text) VALUES (?1, ?2, ?3, ?4);

-- name: notes_of
SELECT n.at, s.name AS staff, n.text FROM note n JOIN staff s ON s.id = n.staff_id
 WHERE n.response_id = ?1 AND n.withdrawn_at IS NULL ORDER BY n.id;

-- name: parsed_of
-- ?1 inbound
SELECT * FROM parsed WHERE inbound_id = ?1;

-- name: response_of_inbound
SELECT r.id, r.number, c.name AS consultation FROM response r JOIN consultation c ON c.id = r.consultation_id
 WHERE r.inbound_id = ?1;

-- name: response_same_mail
-- ?1 consultation ?2 message id ?3 sender ?4 whole text ?5 hashes of its attachments
SELECT c.name AS consultation, r.number FROM parsed p JOIN response r ON r.inbound_id = p.inbound_id
  JOIN consultation c ON c.id = r.consultation_id
 WHERE p.message_id = ?2 AND r.consultation_id = ?1 AND p.from_address IS ?3
   AND coalesce(p.text, '') = ?4
   AND (SELECT coalesce(group_concat(a.sha256), '') FROM attachment a
     WHERE a.inbound_id = p.inbound_id AND a.also = 0) = ?5 LIMIT 1;

-- name: response_first_new
-- The one that has waited longest to be screened. ?1 consultation
SELECT number FROM response WHERE consultation_id = ?1 AND state = 'received' ORDER BY id LIMIT 1;
