-- Letters typed in beside their pictures; domain/sorting/typed_scan.h.

-- name: scan_add
-- ?1 token ?2 consultation ?3 staff ?4 now ?5 name ?6 type ?7 bytes
INSERT INTO scan (token, consultation_id, staff_id, at, name, type, bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: scans_of
-- The files of one form, with how many pages of each are there. ?1 token ?2 consultation
SELECT s.id, s.name, s.type, s.state, s.reason, s.inbound_id,
       (SELECT count(*) FROM scan_page p WHERE p.scan_id = s.id) AS pages
  FROM scan s WHERE s.token = ?1 AND s.consultation_id = ?2 ORDER BY s.id;

-- name: scan_bytes
-- As they were chosen, until they are kept elsewhere. ?1 token ?2 consultation
SELECT name, type, bytes FROM scan
 WHERE token = ?1 AND consultation_id = ?2 AND inbound_id IS NULL ORDER BY id;

-- name: scan_page_of
-- ?1 token ?2 how many pages come before it
SELECT p.png FROM scan s JOIN scan_page p ON p.scan_id = s.id
 WHERE s.token = ?1 ORDER BY s.id, p.number LIMIT 1 OFFSET ?2;

-- name: scan_of_mail
-- ?1 mail
SELECT token FROM scan WHERE inbound_id = ?1 LIMIT 1;

-- name: scan_added
-- They have become a response. ?1 token ?2 consultation ?3 mail
UPDATE scan SET inbound_id = ?3, bytes = CASE state WHEN 'waiting' THEN bytes ELSE x'' END
 WHERE token = ?1 AND consultation_id = ?2 AND inbound_id IS NULL;

-- name: scan_next
-- The oldest that waits for its pages.
-- scan: those that wait, by their own index
SELECT id, name, type, bytes FROM scan WHERE state = 'waiting' ORDER BY id LIMIT 1;

-- name: scan_page_add
-- ?1 scan ?2 number ?3 picture
INSERT INTO scan_page (scan_id, number, png) SELECT ?1, ?2, ?3
 WHERE EXISTS (SELECT 1 FROM scan WHERE id = ?1) ON CONFLICT DO NOTHING;

-- name: scan_end
-- ?1 scan ?2 state ?3 reason
UPDATE scan SET state = ?2, reason = ?3,
  bytes = CASE WHEN inbound_id IS NULL THEN bytes ELSE x'' END
 WHERE id = ?1 AND state = 'waiting';

-- name: scan_pages_forget
-- Of what nobody has used since ?1.
DELETE FROM scan_page WHERE scan_id IN (SELECT id FROM scan WHERE inbound_id IS NULL AND at < ?1);

-- name: scans_forget
-- ?1 as above
DELETE FROM scan WHERE inbound_id IS NULL AND at < ?1;

-- name: erase_scan_pages
-- scan: the few mails of one person
DELETE FROM scan_page WHERE scan_id IN (SELECT s.id FROM scan s
  JOIN erasing_mail m ON m.inbound_id = s.inbound_id);

-- name: erase_scans
-- scan: the few mails of one person
DELETE FROM scan WHERE inbound_id IN (SELECT inbound_id FROM erasing_mail);
