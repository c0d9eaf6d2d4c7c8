-- Report backs: what respondents are told after a consultation.

-- name: report_backs_of
-- The newest first. ?1 consultation
SELECT b.id, b.consultation_id, b.number, b.subject, b.text, b.hash, b.state, b.written_at, b.asked_at,
       b.approved_at, b.ended_at, w.name AS written_by, a.name AS asked_by, p.name AS approved_by,
       e.name AS ended_by,
       (SELECT count(*) FROM report_back_recipient r WHERE r.report_back_id = b.id) AS recipients
  FROM report_back b JOIN staff w ON w.id = b.written_by LEFT JOIN staff a ON a.id = b.asked_by
  LEFT JOIN staff p ON p.id = b.approved_by LEFT JOIN staff e ON e.id = b.ended_by
 WHERE b.consultation_id = ?1 ORDER BY b.number DESC;

-- name: report_back_counted
-- ?1 consultation
SELECT count(*) AS n FROM queue WHERE consultation_id = ?1 AND state = 'included';

-- name: report_back_add
-- ?1 consultation ?2 number ?3 subject ?4 text ?5 hash ?6 staff ?7 now
INSERT INTO report_back (consultation_id, number, subject, text, hash, written_by, written_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: report_back_change
-- Whoever was asked has not seen these words. ?1 id ?2 subject ?3 text ?4 hash ?5 staff ?6 now
UPDATE report_back SET subject = ?2, text = ?3, hash = ?4, written_by = ?5, written_at = ?6,
  state = 'draft', asked_by = NULL, asked_at = NULL
 WHERE id = ?1 AND state IN ('draft', 'asked');

-- name: report_back_writer_add
-- ?1 id ?2 staff
INSERT INTO report_back_writer (report_back_id, staff_id) VALUES (?1, ?2)
ON CONFLICT (report_back_id, staff_id) DO NOTHING;

-- name: report_back_wrote
-- ?1 id ?2 staff
SELECT count(*) AS n FROM report_back_writer WHERE report_back_id = ?1 AND staff_id = ?2;

-- name: report_back_ask
-- ?1 id ?2 staff ?3 now
UPDATE report_back SET state = 'asked', asked_by = ?2, asked_at = ?3
 WHERE id = ?1 AND state = 'draft';

-- name: report_back_approve
-- ?1 id ?2 staff ?3 now
UPDATE report_back SET state = 'approved', approved_by = ?2, approved_at = ?3
 WHERE id = ?1 AND state = 'asked';

-- name: report_back_cancel
-- ?1 id ?2 staff ?3 now
UPDATE report_back SET state = 'cancelled', ended_by = ?2, ended_at = ?3
 WHERE id = ?1 AND state = 'approved';

-- name: report_back_finish
-- ?1 id ?2 now
UPDATE report_back SET state = 'sent', ended_at = ?2 WHERE id = ?1 AND state = 'approved';

-- name: report_back_withdraw
-- What has not left yet stays here. ?1 id ?2 now ?3 why
UPDATE notification SET state = 'skipped', settled_at = ?2, mail = NULL, reply_code = NULL,
  reply_status = NULL, reply_text = ?3
 WHERE id IN (SELECT r.notification_id FROM report_back_recipient r WHERE r.report_back_id = ?1
   AND r.notification_id IS NOT NULL) AND (state = 'queued' OR state = 'deferred');

-- part: report_back_writers
-- The responses of x, who wrote from one mailbox: what they say of being contacted, and which is
-- the first that allows it and can be written to. What is linked to one is of the same writer, too.
-- In doubt: something was said, and is not known.
SELECT x.mailbox, count(*) AS responses, max(x.contact = 'yes') AS is_yes,
       max(x.contact = 'no' OR EXISTS (SELECT 1 FROM response o
         JOIN respondent y ON y.id = o.respondent_id WHERE y.contact = 'no' AND o.id IN (
         -- with: linked_with
         ))) AS is_no,
       max(x.contact = 'unknown' AND (x.contact_by = 'person' OR EXISTS (SELECT 1 FROM reading g
         WHERE g.response_id = r.id AND g.field = 'contact'))) AS is_in_doubt,
       max(r.state <> 'excluded') AS counts,
       min(CASE WHEN x.contact = 'yes' AND r.state <> 'excluded'
         AND x.mailbox NOT IN (SELECT lower(address) FROM consultation
           UNION SELECT lower(address) FROM list) AND instr(coalesce(
         CASE WHEN e.inbound_id IS NOT NULL THEN e.address
           WHEN p.forwarded_address IS NULL AND p.forwarded_name IS NULL THEN p.from_address
           END, ''), '@') > 0 THEN r.id END) AS response_id
  FROM respondent x JOIN response r ON r.respondent_id = x.id
  JOIN parsed p ON p.inbound_id = r.inbound_id LEFT JOIN entry e ON e.inbound_id = r.inbound_id

-- name: report_back_audience
-- One row a mailbox. ?1 consultation
-- scan: every response of one consultation, once
-- with: report_back_writers
 WHERE x.consultation_id = ?1 GROUP BY x.mailbox;

-- name: report_back_of_response
-- The same for whoever wrote a response, as it is now. ?1 response
-- scan: our own addresses, a dozen
-- with: report_back_writers
 WHERE x.mailbox = (SELECT y.mailbox FROM response z JOIN respondent y ON y.id = z.respondent_id
     WHERE z.id = ?1)
   AND x.consultation_id = (SELECT z.consultation_id FROM response z WHERE z.id = ?1)
 GROUP BY x.mailbox;

-- name: report_back_address
-- Where whoever wrote it is written to. ?1 response
SELECT coalesce(e.address, p.from_address) AS address
  FROM response r JOIN parsed p ON p.inbound_id = r.inbound_id
  LEFT JOIN entry e ON e.inbound_id = r.inbound_id WHERE r.id = ?1;

-- name: report_back_recipient_add
-- ?1 id ?2 response
INSERT INTO report_back_recipient (report_back_id, response_id) VALUES (?1, ?2);

-- name: report_backs_going
-- scan: those that are being sent, by their own index
SELECT id, consultation_id, number, subject, text FROM report_back WHERE state = 'approved' ORDER BY id;

-- name: report_back_open
-- How many of its emails are on their way. ?1 id
SELECT count(*) AS n FROM report_back_recipient r JOIN notification t ON t.id = r.notification_id
 WHERE r.report_back_id = ?1 AND t.state IN ('queued', 'deferred', 'sending', 'in doubt');

-- name: report_back_waiting
-- ?1 id ?2 most
SELECT w.response_id, r.number, r.inbound_id, r.respondent_id, c.name AS consultation,
       coalesce(e.address, p.from_address) AS address
  FROM report_back_recipient w JOIN response r ON r.id = w.response_id
  JOIN consultation c ON c.id = r.consultation_id
  JOIN parsed p ON p.inbound_id = r.inbound_id LEFT JOIN entry e ON e.inbound_id = r.inbound_id
 WHERE w.report_back_id = ?1 AND w.notification_id IS NULL AND w.left_out IS NULL
 ORDER BY w.response_id LIMIT ?2;

-- name: report_back_queued
-- ?1 id ?2 response ?3 notification
UPDATE report_back_recipient SET notification_id = ?3
 WHERE report_back_id = ?1 AND response_id = ?2 AND notification_id IS NULL AND left_out IS NULL;

-- name: report_back_leave_out
-- ?1 id ?2 response ?3 why
UPDATE report_back_recipient SET left_out = ?3
 WHERE report_back_id = ?1 AND response_id = ?2 AND notification_id IS NULL;

-- name: report_back_tally
-- How many of them are how far. ?1 id
SELECT CASE WHEN r.left_out IS NOT NULL THEN 'left out' WHEN t.id IS NULL THEN 'waiting'
       ELSE t.state END AS state, count(*) AS n
  FROM report_back_recipient r LEFT JOIN notification t ON t.id = r.notification_id
 WHERE r.report_back_id = ?1 GROUP BY 1 ORDER BY 1;

-- name: report_back_recipients
-- Who got it, by response. ?1 id ?2 after that response ?3 most
SELECT r.response_id, c.name AS consultation, s.number, x.name, x.organisation,
       t.recipient AS address, r.left_out, t.state, t.settled_at, t.reply_text
  FROM report_back_recipient r JOIN response s ON s.id = r.response_id
  JOIN consultation c ON c.id = s.consultation_id JOIN respondent x ON x.id = s.respondent_id
  LEFT JOIN notification t ON t.id = r.notification_id
 WHERE r.report_back_id = ?1 AND r.response_id > ?2 ORDER BY r.response_id LIMIT ?3;

-- name: contact_of
-- Whose wish it is, by one of their respondents. ?1 respondent
SELECT x.consultation_id, x.mailbox, c.name, c.title, c.address AS write_to,
       EXISTS (SELECT 1 FROM respondent o WHERE o.consultation_id = x.consultation_id
         AND o.mailbox = x.mailbox AND o.contact <> 'no') AS is_written_to
  FROM respondent x JOIN consultation c ON c.id = x.consultation_id
 WHERE x.id = ?1 AND instr(x.mailbox, '@') > 0;

-- name: contact_end
-- ?1 consultation ?2 mailbox
UPDATE respondent SET contact = 'no', contact_by = 'person'
 WHERE consultation_id = ?1 AND mailbox = ?2 AND (contact <> 'no' OR contact_by <> 'person');
