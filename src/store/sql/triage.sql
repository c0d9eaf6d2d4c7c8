-- What the pages of triage offer to choose from, and the mails behind replies.

-- name: triage_tags
-- ?1 consultation
SELECT name FROM code WHERE consultation_id = ?1 AND state <> 'undone' AND state = 'live'
 ORDER BY name LIMIT 500;

-- name: triage_campaigns
-- ?1 consultation
SELECT number, state FROM campaign WHERE consultation_id = ?1 AND state <> 'refused' ORDER BY number;

-- name: triage_mail
-- The mail of a reply as it came. ?1 response
SELECT r.inbound_id, w.bytes, p.subject FROM response r JOIN inbound_raw w ON w.inbound_id = r.inbound_id
  JOIN parsed p ON p.inbound_id = r.inbound_id WHERE r.id = ?1;
