-- Reports of consultations, their editions, and whom they quote.

-- name: report_of
-- ?1 consultation
SELECT r.id, r.text, r.hash, r.changed_by, r.changed_at, s.name AS changed_by_name
  FROM report r JOIN staff s ON s.id = r.changed_by WHERE r.consultation_id = ?1;

-- name: report_add
-- ?1 consultation ?2 text ?3 hash ?4 staff ?5 now
INSERT INTO report (consultation_id, text, hash, changed_by, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5);

-- name: report_change
-- ?1 report ?2 text ?3 hash ?4 staff ?5 now
UPDATE report SET text = ?2, hash = ?3, changed_by = ?4, changed_at = ?5 WHERE id = ?1;

-- name: report_writer_add
-- ?1 report ?2 staff
INSERT INTO report_writer (report_id, staff_id) VALUES (?1, ?2)
ON CONFLICT (report_id, staff_id) DO NOTHING;

-- name: report_organisations
-- Those that are analysed, allow their response to be published, and say who they are.
-- ?1 consultation
SELECT DISTINCT trim(x.organisation) AS organisation
  FROM response r JOIN respondent x ON x.id = r.respondent_id
 WHERE r.consultation_id = ?1 AND r.state = 'included' AND x.type = 'organisation'
   AND x.permission IN ('name', 'without name') AND trim(coalesce(x.organisation, '')) <> ''
   AND NOT EXISTS (SELECT 1 FROM proposal d WHERE d.response_id = r.id AND d.state = 'open')
   AND NOT EXISTS (SELECT 1 FROM respondent o WHERE o.same_as = coalesce(x.same_as, x.id)
     AND o.permission = 'none')
   AND NOT EXISTS (SELECT 1 FROM respondent o WHERE o.id = coalesce(x.same_as, x.id)
     AND o.permission = 'none')
 ORDER BY trim(x.organisation) COLLATE NOCASE;

-- name: report_quote_fit
-- Of whom a passage is, when it may be quoted. ?1 coding
SELECT x.type, trim(x.organisation) AS organisation, x.name, p.from_name,
       coalesce(x.same_as, x.id) AS sender
  FROM coding g JOIN response r ON r.id = g.response_id
  JOIN respondent x ON x.id = r.respondent_id JOIN parsed p ON p.inbound_id = r.inbound_id
 WHERE g.id = ?1 AND g.ended_at IS NULL AND g.placed = 'set' AND r.state = 'included'
   AND x.permission IN ('name', 'without name')
   AND NOT EXISTS (SELECT 1 FROM proposal d WHERE d.response_id = r.id AND (d.state = 'open'
     OR (d.state = 'accepted' AND (d.whole = 1 OR d.kind = 'risk'))))
   AND (x.permission_by = 'person' OR NOT EXISTS (SELECT 1 FROM said s WHERE s.response_id = r.id
     AND s.field = 'permission' AND s.value IS NULL))
   AND NOT EXISTS (SELECT 1 FROM link l WHERE l.response_id = r.id AND l.ended_at IS NULL
     AND l.as_what = 'duplicate')
   AND NOT EXISTS (SELECT 1 FROM respondent o WHERE o.same_as = coalesce(x.same_as, x.id)
     AND o.permission = 'none')
   AND NOT EXISTS (SELECT 1 FROM respondent o WHERE o.id = coalesce(x.same_as, x.id)
     AND o.permission = 'none');
