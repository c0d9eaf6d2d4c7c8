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
-- scan: what one response is linked with
SELECT DISTINCT trim(x.organisation) AS organisation
  FROM response r JOIN respondent x ON x.id = r.respondent_id
 WHERE r.consultation_id = ?1 AND r.state = 'included' AND x.type = 'organisation'
   AND trim(coalesce(x.organisation, '')) <> ''
   AND (
     -- with: organisation_of_its_own
   )
   AND NOT EXISTS (SELECT 1 FROM proposal d WHERE d.response_id = r.id AND d.state = 'open')
   AND (
     -- with: permission_in_force
   ) IN ('name', 'without name')
 ORDER BY trim(x.organisation) COLLATE NOCASE;

-- name: report_quote_fit
-- Of whom a passage is, when it may be quoted. ?1 coding
-- scan: what one response is linked with
SELECT g.response_id, g.part, g.from_char, g.to_char, x.type, CASE WHEN
       -- with: organisation_of_its_own
       THEN trim(x.organisation) END AS organisation, x.name, p.from_name,
       coalesce(x.same_as, x.id) AS sender
  FROM coding g JOIN response r ON r.id = g.response_id
  JOIN respondent x ON x.id = r.respondent_id JOIN parsed p ON p.inbound_id = r.inbound_id
 WHERE g.id = ?1 AND g.ended_at IS NULL AND g.placed = 'set'
   AND NOT EXISTS (SELECT 1 FROM publication u WHERE u.response_id = r.id
     AND (u.decision = 'withhold' OR u.withdrawn_at IS NOT NULL)) AND
   -- with: may_be_published
;

-- name: report_editions
-- The newest first. ?1 consultation
SELECT e.id, e.report_id, e.number, e.hash, e.data_hash, e.made_by, e.made_at, e.asked_of, e.asked_at,
       e.approved_by, e.approved_at, m.name AS made_by_name, o.name AS asked_of_name,
       a.name AS approved_by_name
  FROM report r JOIN report_edition e ON e.report_id = r.id JOIN staff m ON m.id = e.made_by
  LEFT JOIN staff o ON o.id = e.asked_of LEFT JOIN staff a ON a.id = e.approved_by
 WHERE r.consultation_id = ?1 ORDER BY e.number DESC;

-- name: report_edition_whole
-- ?1 edition
SELECT text, markdown, html, csv, facts FROM report_edition WHERE id = ?1;

-- name: report_edition_add
-- ?1 report ?2 number ?3 text ?4 hash ?5 markdown ?6 html ?7 csv ?8 facts ?9 data hash ?10 staff ?11 now
INSERT INTO report_edition (report_id, number, text, hash, markdown, html, csv, facts, data_hash,
  made_by, made_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- name: report_edition_writers
-- Who wrote its words, and who made it. ?1 edition ?2 report ?3 staff
INSERT INTO report_edition_writer (edition_id, staff_id)
SELECT ?1, staff_id FROM report_writer WHERE report_id = ?2 UNION SELECT ?1, ?3;

-- name: report_quote_add
-- ?1 edition ?2 coding ?3 response ?4 line ?5 hash of its words
INSERT INTO report_quote (edition_id, coding_id, response_id, line, hash)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (edition_id, coding_id, line) DO NOTHING;

-- name: report_quotes_of
-- ?1 edition
SELECT coding_id, response_id, line, hash FROM report_quote WHERE edition_id = ?1 ORDER BY line;

-- name: report_quoted
-- Where a response is quoted, the newest first. ?1 response
SELECT e.number AS edition, q.line, e.made_at, e.approved_at, q.coding_id, q.hash
  FROM report_quote q JOIN report_edition e ON e.id = q.edition_id
 WHERE q.response_id = ?1 ORDER BY e.number DESC, q.line;

-- name: report_edition_ask
-- ?1 edition ?2 of whom ?3 now
UPDATE report_edition SET asked_of = ?2, asked_at = ?3 WHERE id = ?1 AND approved_at IS NULL;

-- name: report_edition_approve
-- ?1 edition ?2 staff ?3 now
UPDATE report_edition SET approved_by = ?2, approved_at = ?3 WHERE id = ?1 AND approved_at IS NULL;

-- name: report_edition_wrote
-- ?1 edition ?2 staff
SELECT count(*) AS n FROM report_edition_writer WHERE edition_id = ?1 AND staff_id = ?2;

-- name: report_writers_end
-- What was approved is behind them. ?1 report
DELETE FROM report_writer WHERE report_id = ?1;

-- name: report_colleagues
-- Who works here and did not write it. ?1 edition
-- scan: a dozen people
SELECT s.id, s.name FROM staff s
 WHERE s.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM report_edition_writer w
   WHERE w.edition_id = ?1 AND w.staff_id = s.id)
 ORDER BY s.name;

-- name: report_reference
-- ?1 response
SELECT number FROM response WHERE id = ?1;

-- name: report_files_of
-- ?1 edition
SELECT form, state, asked_at, ended_at, page_hash, length(bytes) AS size, reason
  FROM report_edition_file WHERE edition_id = ?1;

-- name: report_file_ask
-- ?1 edition ?2 form ?3 staff ?4 now
INSERT INTO report_edition_file (edition_id, form, asked_by, asked_at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (edition_id, form) DO UPDATE SET state = 'waiting', asked_by = ?3, asked_at = ?4,
  ended_at = NULL, page_hash = NULL, bytes = NULL, reason = NULL;

-- name: report_file_next
-- The oldest that waits.
-- scan: those that wait, by their own index
SELECT f.id, f.form, c.name AS consultation, e.number
  FROM report_edition_file f JOIN report_edition e ON e.id = f.edition_id
  JOIN report r ON r.id = e.report_id JOIN consultation c ON c.id = r.consultation_id
 WHERE f.state = 'waiting' ORDER BY f.id LIMIT 1;

-- name: report_file_made
-- ?1 file ?2 hash of its page ?3 bytes ?4 now
UPDATE report_edition_file SET state = 'made', page_hash = ?2, bytes = ?3, ended_at = ?4
 WHERE id = ?1 AND state = 'waiting';

-- name: report_file_failed
-- ?1 file ?2 why ?3 now
UPDATE report_edition_file SET state = 'failed', reason = ?2, ended_at = ?3
 WHERE id = ?1 AND state = 'waiting';

-- name: report_file_bytes
-- ?1 edition ?2 form ?3 hash of its page
SELECT bytes FROM report_edition_file
 WHERE edition_id = ?1 AND form = ?2 AND page_hash = ?3;
