-- name: mailbox_ensure
INSERT INTO mailbox (name) VALUES (?1) ON CONFLICT (name) DO NOTHING;

-- name: mailbox_by_name
SELECT id, uidvalidity, last_uid FROM mailbox WHERE name = ?1;

-- name: mailbox_cursor
-- ?1 id ?2 uidvalidity ?3 last uid ?4 now
UPDATE mailbox SET uidvalidity = ?2, last_uid = ?3, seen_at = ?4 WHERE id = ?1;

-- name: inbound_has
-- ?1 mailbox ?2 item
SELECT id FROM inbound WHERE mailbox_id = ?1 AND item = ?2;

-- name: inbound_add
-- ?1 mailbox ?2 uidvalidity ?3 item ?4 sha256 ?5 size ?6 now ?7 cut
INSERT INTO inbound (mailbox_id, uidvalidity, item, sha256, size, received_at, cut)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (mailbox_id, item) DO NOTHING;

-- name: inbound_move
-- A mailbox was rebuilt: the oldest row with these bytes gets its new place.
-- ?1 mailbox ?2 sha256 ?3 uidvalidity now ?4 item
UPDATE inbound SET uidvalidity = ?3, item = ?4
 WHERE id = (SELECT min(id) FROM inbound WHERE mailbox_id = ?1 AND sha256 = ?2 AND uidvalidity <> ?3);

-- name: inbound_raw_add
-- ?1 inbound ?2 bytes
INSERT INTO inbound_raw (inbound_id, bytes) VALUES (?1, ?2);

-- name: inbound_new_some
-- ?1 most ?2 bytes that they may have together (the first one always fits) ?3 after id
-- scan: the partial index of what is new
SELECT id, received_at, cut
  FROM (SELECT id, received_at, cut, sum(size) OVER (ORDER BY id) - size AS before
          FROM (SELECT id, received_at, cut, size FROM inbound WHERE state = 'new' AND id > ?3
                 ORDER BY id LIMIT ?1))
 WHERE before < ?2 ORDER BY id;

-- name: inbound_done
-- ?1 id ?2 kind ?3 taken as ?4 why ?5 list ?6 consultation that it came to, or NULL
-- ?7 1: it says that somebody may be at risk
UPDATE inbound SET state = 'done', kind = ?2, taken_as = ?3, why = ?4, list_id = ?5,
  consultation_id = ?6, at_risk = ?7 WHERE id = ?1 AND state = 'new';

-- name: inbound_at_risk_set
-- ?1 id ?2 as above
UPDATE inbound SET at_risk = ?2 WHERE id = ?1 AND state = 'done';

-- name: inbound_unsorted_at_risk_set
-- By what its files say. ?1 id
UPDATE inbound SET at_risk = 1 WHERE id = ?1 AND taken_as = 'unsorted';

-- name: inbound_list
-- The newest first. ?1 kind or NULL ?2 taken as or NULL ?3 most
-- scan: walks the newest rows
SELECT i.id, i.received_at, i.state, i.kind, i.taken_as, i.why, i.size, p.from_address, p.subject,
       p.message_id
  FROM inbound i LEFT JOIN parsed p ON p.inbound_id = i.id
 WHERE (?1 IS NULL OR i.kind = ?1) AND (?2 IS NULL OR i.taken_as = ?2)
 ORDER BY i.id DESC LIMIT ?3;

-- name: inbound_unread
-- scan: what is not read yet
-- Mails that nobody has sorted yet, and those with a file whose text is being read.
SELECT (SELECT count(*) FROM inbound WHERE state = 'new') +
       (SELECT count(DISTINCT inbound_id) FROM attachment WHERE text_state = 'waiting') AS n;

-- name: inbound_show
-- ?1 id
SELECT i.id, m.name AS mailbox, i.item, i.received_at, i.size, i.cut, i.state, i.kind, i.taken_as,
       i.why, i.at_risk, i.list_id, i.consultation_id,
       p.from_name, p.from_address, p.subject, p.sent_at, p.message_id, p.reasons,
       p.limits_hit, p.text
  FROM inbound i JOIN mailbox m ON m.id = i.mailbox_id LEFT JOIN parsed p ON p.inbound_id = i.id
 WHERE i.id = ?1;

-- name: inbound_raw_of
SELECT bytes FROM inbound_raw WHERE inbound_id = ?1;

-- name: inbound_counts
-- scan: counts them all
SELECT state, coalesce(taken_as, '') AS taken_as, count(*) AS n FROM inbound
 GROUP BY state, taken_as ORDER BY state, taken_as;

-- name: inbound_to_rebuild
-- Raw mail that was not blanked. ?1 after id ?2 most
SELECT i.id, i.received_at, i.cut FROM inbound i JOIN inbound_raw r ON r.inbound_id = i.id
 WHERE i.id > ?1 AND i.state = 'done' AND length(r.bytes) > 0 ORDER BY i.id LIMIT ?2;

-- name: inbound_rebuild_count
-- scan: counts them all
SELECT count(*) AS n FROM inbound WHERE state = 'done';

-- name: parsed_drop
DELETE FROM parsed WHERE inbound_id = ?1;

-- name: mail_writer_drop
DELETE FROM mail_writer WHERE inbound_id = ?1;

-- name: mail_writer_add
-- ?1 inbound ?2 from, reply-to or forwarded ?3 address
INSERT OR IGNORE INTO mail_writer (inbound_id, place, address) VALUES (?1, ?2, ?3);

-- name: parsed_add
-- ?1 inbound ?2 from name ?3 from address ?4 subject ?5 sent ?6 message id ?7 in reply to
-- ?8 text ?9 new ?10 quoted ?11 files ?12 reasons ?13 limits
INSERT INTO parsed (inbound_id, from_name, from_address, subject, sent_at, message_id, in_reply_to,
  text, text_new, text_quoted, files, reasons, limits_hit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);

-- name: attachment_drop
DELETE FROM attachment WHERE inbound_id = ?1;

-- name: document_drop
DELETE FROM document WHERE inbound_id = ?1;

-- name: parsed_forwarded
-- ?1 inbound ?2 name ?3 address ?4 bytes of the note
UPDATE parsed SET forwarded_name = ?2, forwarded_address = ?3, note_bytes = ?4
 WHERE inbound_id = ?1;

-- name: document_put
-- ?1 inbound ?2 position, -1 of the mail ?3 packed document
INSERT INTO document (inbound_id, position, bytes) VALUES (?1, ?2, ?3)
ON CONFLICT (inbound_id, position) DO UPDATE SET bytes = excluded.bytes;

-- name: documents_of
-- ?1 inbound
SELECT position, bytes FROM document WHERE inbound_id = ?1;

-- name: attachment_add
-- ?1 inbound ?2 position ?3 name ?4 type ?5 size ?6 sha256 ?7 text ?8 source ?9 state ?10 reason
INSERT INTO attachment (inbound_id, position, name, type, size, sha256, text, text_source,
  text_state, text_reason)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: also_add
-- What may be seen of it beside its text. ?1 inbound ?2 position ?3 name ?4 size ?5 sha256 ?6 text
INSERT INTO attachment (inbound_id, position, name, type, size, sha256, text, text_state, also)
VALUES (?1, ?2, ?3, 'text/plain', ?4, ?5, ?6, 'done', 1);

-- name: attachments_of
SELECT position, name, type, size, sha256, text_state, text_source, text_reason, text, recognised_at,
  recognised_sure, also
  FROM attachment WHERE inbound_id = ?1 ORDER BY position;

-- name: inbound_retake
-- A person decides. ?1 id ?2 taken as ?3 why
UPDATE inbound SET taken_as = ?2, why = ?3 WHERE id = ?1 AND state = 'done';

-- name: imported_mail_add
-- ?1 inbound ?2 consultation ?3 arrived at, or NULL ?4 1: it is acknowledged
INSERT INTO imported_mail (inbound_id, consultation_id, arrived_at, acknowledged)
VALUES (?1, ?2, ?3, ?4);

-- name: imported_mail_of
-- ?1 inbound
SELECT consultation_id, coalesce(arrived_at, 0) AS arrived_at, acknowledged
  FROM imported_mail WHERE inbound_id = ?1;

-- name: imported_mail_twin
-- ?1 inbound ?2 message id ?3 sender ?4 whole text ?5 hashes of its attachments
-- ?6 1: this one was imported, and a response is looked for; else one that was imported into ?7
SELECT p.inbound_id FROM parsed p JOIN inbound i ON i.id = p.inbound_id
  LEFT JOIN imported_mail m ON m.inbound_id = p.inbound_id
 WHERE p.message_id = ?2 AND p.inbound_id <> ?1 AND p.from_address IS ?3
   AND coalesce(p.text, '') = ?4
   AND CASE ?6 WHEN 1 THEN i.taken_as = 'response' AND coalesce(m.consultation_id, ?7) = ?7
     ELSE m.consultation_id = ?7 END
   AND (SELECT coalesce(group_concat(a.sha256), '') FROM attachment a
     WHERE a.inbound_id = p.inbound_id AND a.also = 0) = ?5
 ORDER BY p.inbound_id LIMIT 1;

-- name: imported_mail_unnamed
-- Without a message id: by its sender and moment. ?2 when it was sent; the others as above
SELECT p.inbound_id FROM mail_writer w JOIN parsed p ON p.inbound_id = w.inbound_id
  JOIN inbound i ON i.id = p.inbound_id LEFT JOIN imported_mail m ON m.inbound_id = p.inbound_id
 WHERE w.address = ?3 AND p.message_id IS NULL AND p.sent_at = CAST(?2 AS INTEGER)
   AND p.inbound_id <> ?1 AND p.from_address IS ?3
   AND coalesce(p.text, '') = ?4
   AND CASE ?6 WHEN 1 THEN i.taken_as = 'response' AND coalesce(m.consultation_id, ?7) = ?7
     ELSE m.consultation_id = ?7 END
   AND (SELECT coalesce(group_concat(a.sha256), '') FROM attachment a
     WHERE a.inbound_id = p.inbound_id AND a.also = 0) = ?5
 ORDER BY p.inbound_id LIMIT 1;
