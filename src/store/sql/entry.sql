-- name: entry_add
-- ?1 inbound ?2 how ?3 channel ?4 name ?5 organisation ?6 address ?7 type ?8 permission ?9 staff
-- ?10 now
INSERT INTO entry (inbound_id, how, channel, name, organisation, address, type, permission,
  staff_id, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: entry_of
-- ?1 inbound
SELECT e.how, e.channel, e.name, e.organisation, e.address, e.type, e.permission, e.staff_id,
       e.at, s.name AS staff
  FROM entry e JOIN staff s ON s.id = e.staff_id WHERE e.inbound_id = ?1;

-- name: entry_drop
-- ?1 inbound
DELETE FROM entry WHERE inbound_id = ?1;

-- name: entry_place
-- How a response reached us, and by whose word. ?1 response ?2 channel
UPDATE response SET channel = ?2 WHERE id = ?1;

-- name: entry_key
-- ?1 respondent ?2 address key
UPDATE respondent SET address_key = ?2 WHERE id = ?1;

-- name: entry_respondent_before
-- ?1 respondent
SELECT address_key, name, name_by, organisation, organisation_by, type, type_by, permission,
       permission_by FROM respondent WHERE id = ?1;

-- name: entry_respondent_back
-- ?1 respondent ?2 address key ?3 name ?4 by ?5 organisation ?6 by ?7 type ?8 by ?9 permission
-- ?10 by
UPDATE respondent SET address_key = ?2, name = ?3, name_by = ?4, organisation = ?5,
  organisation_by = ?6, type = ?7, type_by = ?8, permission = ?9, permission_by = ?10
 WHERE id = ?1;

-- name: entry_forwarded_drop
-- ?1 inbound
DELETE FROM mail_writer WHERE inbound_id = ?1 AND place = 'forwarded';

-- name: entry_before
-- ?1 mailbox ?2 item
SELECT i.sha256, r.number, c.name AS consultation FROM inbound i
  JOIN response r ON r.inbound_id = i.id JOIN consultation c ON c.id = r.consultation_id
 WHERE i.mailbox_id = ?1 AND i.item = ?2;
