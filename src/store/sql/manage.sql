-- name: list_describe
UPDATE list SET description = ?2 WHERE id = ?1;

-- name: list_first
-- scan: one row
SELECT address, owner FROM list ORDER BY id LIMIT 1;

-- name: wording_of
-- ?1 id ?2 list
SELECT id FROM wording WHERE id = ?1 AND list_id = ?2;

-- name: person_name_set
UPDATE person SET name = ?2 WHERE id = ?1;

-- name: person_language_set
UPDATE person SET language = ?2 WHERE id = ?1;

-- name: person_address_set
-- ?1 id ?2 address ?3 key
UPDATE person SET address = ?2, address_key = ?3 WHERE id = ?1;

-- name: person_subscriptions
-- ?1 person
SELECT s.*, l.name AS list FROM subscription s JOIN list l ON l.id = s.list_id
 WHERE s.person_id = ?1 ORDER BY l.name;

-- name: person_listed
-- Whether a person is, or waits to be, on a list.
SELECT count(*) AS n FROM subscription
 WHERE person_id = ?1 AND state IN ('active', 'paused', 'pending', 'requested', 'bouncing');

-- name: subscription_frequency_set
-- ?1 id ?2 frequency ?3 now
UPDATE subscription SET frequency = ?2, changed_at = ?3 WHERE id = ?1;

-- name: subscription_pause
-- ?1 id ?2 until, or NULL ?3 now
UPDATE subscription SET state = 'paused', paused_until = ?2, changed_at = ?3 WHERE id = ?1;

-- name: subscriptions_to_resume
-- ?1 now ?2 most
SELECT id FROM subscription WHERE state = 'paused' AND paused_until IS NOT NULL
   AND paused_until <= ?1 ORDER BY paused_until LIMIT ?2;

-- name: delivery_to_digest
-- What waits to be sent goes into a digest instead. ?1 subscription ?2 due ?3 frequency
UPDATE delivery SET state = 'digest', due_at = ?2, frequency = ?3
 WHERE subscription_id = ?1 AND (state = 'queued' OR state = 'deferred');

-- name: delivery_skip_queued
-- ?1 subscription ?2 now ?3 reason
UPDATE delivery SET state = 'skipped', settled_at = ?2, skip_reason = ?3
 WHERE subscription_id = ?1 AND (state = 'queued' OR state = 'deferred');

-- name: page_ask_add
-- ?1 now ?2 purpose ?3 hash
INSERT INTO page_ask (at, purpose, hash) VALUES (?1, ?2, ?3);

-- name: page_ask_count
-- ?1 hash ?2 purpose ?3 since
SELECT count(*) AS n FROM page_ask WHERE hash = ?1 AND purpose = ?2 AND at > ?3;

-- name: page_ask_drop
-- ?1 before
DELETE FROM page_ask WHERE at <= ?1;

-- name: link_token_add
-- ?1 purpose ?2 person ?3 move or NULL ?4 hash ?5 now ?6 expires
INSERT INTO link_token (purpose, person_id, move_id, token_hash, created_at, expires_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: link_token_by_hash
SELECT t.*, p.erased_at FROM link_token t JOIN person p ON p.id = t.person_id
 WHERE t.token_hash = ?1;

-- name: link_token_use
UPDATE link_token SET used_at = ?2 WHERE id = ?1 AND used_at IS NULL;

-- name: link_token_void
-- Every link of a person. ?1 person ?2 now
UPDATE link_token SET expires_at = min(expires_at, ?2 - 1) WHERE person_id = ?1;

-- name: link_token_some_old
-- ?1 before
SELECT EXISTS (SELECT 1 FROM link_token WHERE expires_at < ?1)
    OR EXISTS (SELECT 1 FROM page_ask WHERE at < ?1) AS n;

-- name: link_token_drop
-- ?1 before
DELETE FROM link_token WHERE expires_at < ?1;

-- name: move_add
-- ?1 person ?2 address ?3 key ?4 how ?5 now
INSERT INTO move (person_id, address, address_key, how, state, asked_at)
VALUES (?1, ?2, ?3, ?4, 'open', ?5);

-- name: move_by_id
SELECT * FROM move WHERE id = ?1;

-- name: move_recent
-- ?1 person ?2 since
SELECT count(*) AS n FROM move WHERE person_id = ?1 AND asked_at > ?2;

-- name: move_said
-- ?1 id ?2 1 at the old address, 0 at the new ?3 now
UPDATE move SET old_at = CASE WHEN ?2 = 1 THEN coalesce(old_at, ?3) ELSE old_at END,
  new_at = CASE WHEN ?2 = 0 THEN coalesce(new_at, ?3) ELSE new_at END
 WHERE id = ?1;

-- name: move_open
-- What was asked for and is not confirmed at both addresses. ?1 person ?2 asked since
SELECT id, address, asked_at, old_at, new_at FROM move
 WHERE person_id = ?1 AND state = 'open' AND asked_at > ?2 ORDER BY id DESC LIMIT 1;

-- name: move_end
-- ?1 id ?2 state ?3 now
UPDATE move SET state = ?2, ended_at = ?3 WHERE id = ?1;

-- name: move_void
-- ?1 person ?2 now: what was asked before counts no more
UPDATE move SET state = 'ended', ended_at = ?2 WHERE person_id = ?1 AND state = 'open';

-- part: own_list_title
-- Of a subscription s to a list l: a private one has its title for its subscribers alone.
       CASE WHEN l.visibility = 'private' AND s.state NOT IN ('active', 'paused')
         THEN l.address ELSE l.title END AS list_title

-- name: personal_person
-- ?1 person
SELECT address, name, language, created_at FROM person WHERE id = ?1;

-- name: personal_subscriptions
-- ?1 person
SELECT l.name AS list,
       CASE WHEN l.visibility = 'private' AND s.state NOT IN ('active', 'paused')
         THEN l.address ELSE l.title END AS title, s.state, s.all_topics, s.topics, s.frequency,
       s.paused_until AS paused_until_at, s.active_since AS active_since_at, s.changed_at, s.list_id
  FROM subscription s JOIN list l ON l.id = s.list_id WHERE s.person_id = ?1 ORDER BY l.name;

-- name: personal_evidence
-- ?1 person
SELECT l.name AS list,
       -- with: own_list_title
       , e.at AS done_at, e.event, e.how, w.version AS wording_version,
       w.text AS wording, e.given_at, e.basis, v.reason
  FROM subscription s JOIN list l ON l.id = s.list_id JOIN evidence e ON e.subscription_id = s.id
  LEFT JOIN leaving v ON v.evidence_id = e.id
  LEFT JOIN wording w ON w.id = e.wording_id
 WHERE s.person_id = ?1 ORDER BY e.id;

-- name: personal_deliveries
-- ?1 person
SELECT l.name AS list,
       -- with: own_list_title
       , b.number, b.title, d.state, d.settled_at,
       -- with: delivery_reply
       ,
       CASE d.state WHEN 'digest' THEN d.due_at END AS digest_at
  FROM subscription s JOIN list l ON l.id = s.list_id JOIN delivery d ON d.subscription_id = s.id
  JOIN bulletin b ON b.id = d.bulletin_id
 WHERE s.person_id = ?1 ORDER BY d.id;

-- name: personal_notifications
-- ?1 their addresses as written, JSON
SELECT t.kind, t.subject, t.state, t.created_at, t.settled_at,
       -- with: notification_reply
  FROM notification t
 WHERE t.id IN (SELECT t.id FROM json_each(?1) f JOIN notification t ON t.recipient = f.value)
 ORDER BY t.id;

-- name: personal_bounces
-- ?1 person ?2 their addresses as written, JSON
SELECT l.name AS list,
       -- with: own_list_title
       , b.at AS bounced_at, b.reason, b.status, b.effect, b.diagnostic
  FROM bounce b LEFT JOIN subscription s ON s.id = b.subscription_id
  LEFT JOIN list l ON l.id = s.list_id
 WHERE b.id IN (
  SELECT b.id FROM subscription s JOIN bounce b ON b.subscription_id = s.id WHERE s.person_id = ?1
  UNION
  SELECT b.id FROM json_each(?2) f JOIN bounce b ON lower(b.address) = lower(f.value)
   WHERE b.address IS NOT NULL)
 ORDER BY b.id;

-- name: personal_replies
-- By whose they are, and by who sent them in. ?1 their addresses as written, JSON
SELECT c.title AS consultation, printf('%s-%04d', c.name, r.number) AS reference, r.received_at,
       r.state
  FROM response r JOIN consultation c ON c.id = r.consultation_id
 WHERE r.id IN (
  SELECT r.id FROM json_each(?1) f
    JOIN respondent x ON x.address_key = lower(f.value)
    JOIN response r ON r.respondent_id = x.id
  UNION
  SELECT r.id FROM json_each(?1) f
    JOIN mail_writer w ON w.address = f.value
    JOIN response r ON r.inbound_id = w.inbound_id
   WHERE w.place = 'from')
 ORDER BY r.received_at;

-- name: personal_mails
-- What they wrote to us beside those, as its only author. ?1 their addresses as written, JSON
SELECT i.received_at, i.taken_as, p.subject, nullif(coalesce(p.text_new, '') || coalesce((
         SELECT char(10) || char(10) || group_concat(a.text, char(10)) FROM attachment a
          WHERE a.inbound_id = i.id AND a.also = 1), ''), '') AS text
  FROM parsed p JOIN inbound i ON i.id = p.inbound_id
 WHERE i.taken_as <> 'response' AND i.id IN (
  SELECT w.inbound_id FROM json_each(?1) f
    JOIN mail_writer w ON w.address = f.value
   WHERE w.place = 'from')
 ORDER BY i.id;

-- name: personal_moves
-- ?1 person
SELECT address AS to_address, how, state, asked_at, ended_at FROM move
 WHERE person_id = ?1 ORDER BY id;

-- name: personal_suppression
-- ?1 hash
SELECT reason, created_at FROM suppression WHERE hash = ?1;

-- name: person_formerly
-- Who has moved away from an address, and where they are now. ?1 address
SELECT p.address FROM notification t
  JOIN move m ON m.id = CAST(substr(t.once, instr(t.once, ':') + 1) AS INTEGER) AND m.state = 'done'
   AND t.once IN ('move-old:' || m.id, 'moved:' || m.id)
  JOIN person p ON p.id = m.person_id
 WHERE t.recipient IN (?1, lower(?1)) AND p.erased_at IS NULL AND p.address_key <> lower(?1)
 ORDER BY m.id DESC LIMIT 1;

-- name: person_keys
-- All that they were known by: now, and before they moved; not what is somebody else's by now.
-- ?1 person, or 0 ?2 the address that was asked for, or NULL
-- scan: the few addresses of one person
WITH known (key) AS (
 SELECT ?2 WHERE ?2 IS NOT NULL
  UNION
 SELECT address_key FROM person WHERE id = ?1
  UNION
 SELECT address_key FROM move
  WHERE person_id = ?1 AND address_key IS NOT NULL AND state = 'done'
  UNION
 SELECT lower(t.recipient) FROM move m JOIN notification t
    ON t.once IN ('move-old:' || m.id, 'moved:' || m.id)
  WHERE m.person_id = ?1 AND t.recipient <> 'erased')
SELECT key FROM known
 WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.address_key = key AND p.id <> ?1);

-- part: mailbox_of_form
-- As the columns of that name have it. f: one of json_each
   CASE WHEN instr(f.value, '+') BETWEEN 2 AND instr(f.value, '@')
     THEN lower(replace(substr(f.value, 1, instr(f.value, '+') - 1) ||
       substr(f.value, instr(f.value, '@')), '"', ''))
     ELSE lower(replace(f.value, '"', '')) END

-- part: form_of_key
-- A form is that address, or the same mailbox with a tag that nobody else uses as their address.
   (lower(form) = key OR (?3 AND key = mailbox AND
    NOT EXISTS (SELECT 1 FROM person p WHERE p.address_key = lower(form) AND p.id <> ?1)))

-- name: person_forms
-- Every way in which their addresses stand in the store. ?1 person, or 0 ?2 the keys, JSON
-- ?3 1: with tags behind a plus
-- scan: the few addresses of one person
WITH known (key, mailbox) AS (
  SELECT f.value,
         -- with: mailbox_of_form
    FROM json_each(?2) f),
 found (key, mailbox, form) AS (
  SELECT k.key, k.mailbox, w.address FROM known k JOIN mail_writer w ON w.mailbox = k.mailbox
   UNION
  SELECT k.key, k.mailbox, t.recipient FROM known k JOIN notification t ON t.mailbox = k.mailbox
   WHERE t.recipient <> 'erased'
   UNION
  SELECT k.key, k.mailbox, b.address FROM known k JOIN bounce b ON b.mailbox = k.mailbox
   WHERE b.address IS NOT NULL
   UNION
  SELECT k.key, k.mailbox, x.address_key FROM known k JOIN respondent x ON x.mailbox = k.mailbox)
SELECT key AS form FROM known
 UNION
-- What stood in the head of a mail, beside what it means.
SELECT o.address FROM known k JOIN mail_writer w ON w.address = k.key AND w.place = 'from'
  JOIN mail_writer o ON o.inbound_id = w.inbound_id AND o.place = 'from'
 UNION
SELECT form FROM found WHERE
   -- with: form_of_key
;

-- name: erasing_addresses
-- ?1 their addresses as written, JSON
INSERT OR IGNORE INTO erasing_address (key) SELECT value FROM json_each(?1);

-- name: erasing_address_all
-- scan: the few addresses of one person
SELECT DISTINCT lower(key) AS key FROM erasing_address;

-- part: erasing_not_record
-- A reply to a consultation is part of its record; what came to one and nobody has sorted may be.
   i.taken_as <> 'response' AND NOT (i.taken_as = 'unsorted' AND i.consultation_id IS NOT NULL)

-- name: erasing_mails
-- What they are the only author of.
-- scan: the few addresses of one person
INSERT OR IGNORE INTO erasing_mail (inbound_id)
SELECT i.id FROM erasing_address a JOIN mail_writer w ON w.address = a.key
  JOIN inbound i ON i.id = w.inbound_id
 WHERE w.place = 'from' AND
   -- with: erasing_not_record
;

-- part: erasing_notice
-- A notice of a mail system: never what a person may have written.
   i.taken_as IN ('bounce', 'notice', 'complaint')

-- name: erasing_notices
-- Those about mail to them. ?1 person, or 0
-- scan: the few addresses of one person
INSERT OR IGNORE INTO erasing_mail (inbound_id)
SELECT i.id FROM inbound i
 WHERE i.id IN (
  SELECT b.inbound_id FROM subscription s JOIN bounce b ON b.subscription_id = s.id
   WHERE s.person_id = ?1
  UNION
  SELECT b.inbound_id FROM erasing_address a JOIN bounce b ON lower(b.address) = a.key
   WHERE b.address IS NOT NULL
  UNION
  SELECT w.inbound_id FROM erasing_address a JOIN mail_writer w ON w.address = a.key
   WHERE w.place = 'about') AND
   -- with: erasing_notice
;

-- name: erasing_mails_naming
-- Mail that may name one of their addresses, beside what they wrote. ?1 it as a phrase of the index
SELECT i.id, p.subject, p.text, p.files,
       -- with: erasing_notice
   AS is_notice
  FROM parsed_fts f JOIN inbound i ON i.id = f.rowid JOIN parsed p ON p.inbound_id = i.id
 WHERE parsed_fts MATCH ?1 AND NOT EXISTS (SELECT 1 FROM erasing_mail m WHERE m.inbound_id = i.id)
   AND
   -- with: erasing_not_record
;

-- name: erasing_others
-- What others wrote, too or alone, and they stand in its head; or what came by a link or an
-- address of theirs. ?1 person, or 0
-- scan: the few addresses of one person
INSERT INTO erasing_other (inbound_id, reason)
SELECT o.id, CASE WHEN max(o.joint) THEN 'joint' ELSE 'named' END
  FROM (SELECT w.inbound_id AS id, w.place = 'joint' AS joint
          FROM erasing_address a JOIN mail_writer w ON w.address = a.key
        UNION ALL
        SELECT e.inbound_id, 0 FROM subscription s JOIN evidence e ON e.subscription_id = s.id
         WHERE s.person_id = ?1 AND e.inbound_id IS NOT NULL) o
  JOIN inbound i ON i.id = o.id
 WHERE NOT EXISTS (SELECT 1 FROM erasing_mail m WHERE m.inbound_id = o.id) AND
   -- with: erasing_not_record
 GROUP BY o.id
ON CONFLICT (inbound_id) DO UPDATE SET reason = excluded.reason WHERE excluded.reason = 'joint';

-- name: erasing_other_add
-- ?1 mail
INSERT OR IGNORE INTO erasing_other (inbound_id, reason) VALUES (?1, 'named');

-- name: erasing_at_risk
-- What they wrote themselves, says that somebody may be at risk, and nobody has looked at; and what
-- somebody has flagged so and still deals with.
-- scan: the few mails of one person
INSERT INTO erasing_other (inbound_id, reason)
SELECT i.id, 'at risk' FROM erasing_mail m JOIN inbound i ON i.id = m.inbound_id
 LEFT JOIN flag f ON f.inbound_id = i.id
 WHERE (i.taken_as = 'unsorted' AND i.at_risk = 1 AND f.state IS NULL)
    OR f.state IN ('proposed', 'open')
ON CONFLICT (inbound_id) DO UPDATE SET reason = excluded.reason;

-- name: erasing_at_risk_stays
-- scan: the few mails of one person
DELETE FROM erasing_mail
 WHERE inbound_id IN (SELECT inbound_id FROM erasing_other WHERE reason = 'at risk');

-- name: erasing_other_count
-- scan: the few mails that name one person
SELECT coalesce(sum(reason = 'at risk'), 0) AS at_risk, coalesce(sum(reason = 'joint'), 0) AS joint,
       coalesce(sum(reason = 'named'), 0) AS named FROM erasing_other;

-- name: erasing_other_drop
-- scan: empties it
DELETE FROM erasing_other;

-- name: erasure_mail_add
-- ?1 erasure
-- scan: the few mails that name one person
INSERT INTO erasure_mail (erasure_id, inbound_id, reason)
SELECT ?1, inbound_id, reason FROM erasing_other;

-- name: erasing_mail_add
INSERT OR IGNORE INTO erasing_mail (inbound_id) VALUES (?1);

-- name: erasure_mail_waits
-- ?1 mail
SELECT e.number, m.reason, e.at FROM erasure_mail m JOIN erasure e ON e.id = m.erasure_id
 WHERE m.inbound_id = ?1 AND m.decision IS NULL ORDER BY e.id;

-- name: erasure_mail_decide
-- ?1 mail ?2 decision ?3 staff ?4 now
UPDATE erasure_mail SET decision = ?2, staff_id = ?3, decided_at = ?4
 WHERE inbound_id = ?1 AND decision IS NULL;

-- name: erasure_mail_words
-- The text index has words of that mail to lose. ?1 mail
UPDATE erasure SET words = 'left' WHERE id IN (SELECT erasure_id FROM erasure_mail
 WHERE inbound_id = ?1 AND decision IS NULL);

-- name: erasing_unsorted
-- Whether something of theirs stays that may yet be a reply.
-- scan: the few addresses of one person
SELECT EXISTS (SELECT 1 FROM erasing_address a
  JOIN mail_writer w ON w.address = a.key
  JOIN inbound i ON i.id = w.inbound_id
 WHERE w.place = 'from' AND i.taken_as = 'unsorted' AND i.consultation_id IS NOT NULL) AS n;

-- name: erasing_address_drop
-- scan: empties it
DELETE FROM erasing_address;

-- name: erasing_mail_drop
-- scan: empties it
DELETE FROM erasing_mail;

-- name: erase_person
-- ?1 id ?2 now
UPDATE person SET address = 'erased', address_key = 'erased:' || id, name = NULL,
  language = NULL, erased_at = ?2 WHERE id = ?1;

-- name: erase_evidence
-- ?1 person
UPDATE evidence SET basis = NULL WHERE basis IS NOT NULL
   AND subscription_id IN (SELECT id FROM subscription WHERE person_id = ?1);

-- part: erasing_notifications
-- To them; and to an address that they asked to move to, and that never answered. ?1 person
   (SELECT id FROM notification WHERE recipient IN (SELECT key FROM erasing_address)
     UNION
    SELECT t.id FROM move m JOIN notification t ON t.once = 'move-new:' || m.id WHERE m.person_id = ?1)

-- part: erasing_of_mails
-- What carries words of a mail that goes, to whomever: a colleague to whom it was forwarded.
   (SELECT t.id FROM erasing_mail m JOIN notification t ON t.inbound_id = m.inbound_id)

-- part: notification_waits
-- Notification t has not gone, as far as is known.
   (t.state = 'queued' OR t.state = 'deferred' OR t.state = 'in doubt')

-- name: erase_replies
-- ?1 person
-- scan: the few addresses of one person
UPDATE reply SET text = '' WHERE notification_id IN
   -- with: erasing_notifications
;

-- name: erase_replies_of_mails
-- ?1 now, for nothing
-- scan: the few mails of one person
UPDATE reply SET text = '' WHERE ?1 AND notification_id IN
   -- with: erasing_of_mails
;

-- name: erase_notifications
-- ?1 person ?2 now. The mark of what it answers stays, so that nothing is answered twice; what
-- waits is withdrawn.
-- scan: the few addresses of one person
UPDATE notification AS t SET recipient = 'erased', subject = '', mail = NULL, limit_hash = NULL,
  reply_code = NULL, reply_status = NULL,
  reply_text = CASE WHEN
   -- with: notification_waits
   THEN 'its recipient was erased' END,
  settled_at = CASE WHEN
   -- with: notification_waits
   THEN ?2 ELSE settled_at END,
  state = CASE WHEN
   -- with: notification_waits
   THEN 'skipped' ELSE state END
 WHERE state <> 'sending' AND id IN
   -- with: erasing_notifications
;

-- name: erase_notifications_of_mails
-- ?1 now. As above; whom it went to is somebody else, and stays.
-- scan: the few mails of one person
UPDATE notification AS t SET subject = '', mail = NULL, reply_code = NULL, reply_status = NULL,
  reply_text = CASE WHEN
   -- with: notification_waits
   THEN 'its mail was erased' END,
  settled_at = CASE WHEN
   -- with: notification_waits
   THEN ?1 ELSE settled_at END,
  state = CASE WHEN
   -- with: notification_waits
   THEN 'skipped' ELSE state END
 WHERE state <> 'sending' AND recipient <> 'erased' AND id IN
   -- with: erasing_of_mails
;

-- name: erasing_withdrawn
-- How many wait and are withdrawn. ?1 person, or 0
-- scan: the few addresses and mails of one person
SELECT count(*) AS n FROM notification t WHERE
   -- with: notification_waits
   AND (id IN
   -- with: erasing_notifications
   OR id IN
   -- with: erasing_of_mails
  );

-- name: erase_notifications_under_way
-- ?1 person, or 0
-- scan: the few addresses and mails of one person
SELECT count(*) AS n FROM notification
 WHERE state = 'sending' AND (id IN
   -- with: erasing_notifications
   OR id IN
   -- with: erasing_of_mails
  );

-- name: erase_test_recipients
-- ?1 person
-- scan: the few addresses of one person
UPDATE test_recipient SET address = NULL WHERE address IS NOT NULL
   AND notification_id IN
   -- with: erasing_notifications
;

-- name: erase_deliveries
-- ?1 person
UPDATE delivery SET reply_code = NULL, reply_status = NULL, reply_text = NULL
 WHERE state IN ('sent', 'refused', 'in doubt', 'skipped', 'digest')
   AND subscription_id IN (SELECT id FROM subscription WHERE person_id = ?1);

-- name: erase_deliveries_under_way
SELECT count(*) AS n FROM delivery WHERE (state = 'sending' OR state = 'in doubt')
   AND subscription_id IN (SELECT id FROM subscription WHERE person_id = ?1);

-- name: erase_attempts
-- ?1 person
-- scan: the few addresses of one person
UPDATE attempt SET reply_code = NULL, reply_status = NULL, reply_text = NULL
 WHERE delivery_id IN (SELECT d.id FROM subscription s
   JOIN delivery d ON d.subscription_id = s.id WHERE s.person_id = ?1)
    OR notification_id IN
   -- with: erasing_notifications
;

-- name: erase_bounces
-- ?1 person. Of a notice that goes: what a server said of anybody but another subscriber, and the
-- address when it is about nobody else.
-- scan: the few addresses and mails of one person
UPDATE bounce SET diagnostic = NULL, address = CASE WHEN id IN (
  SELECT b.id FROM subscription s JOIN bounce b ON b.subscription_id = s.id WHERE s.person_id = ?1
  UNION
  SELECT b.id FROM erasing_address a JOIN bounce b ON lower(b.address) = a.key
   WHERE b.address IS NOT NULL
  UNION
  SELECT min(b.id) FROM erasing_mail m JOIN bounce b ON b.inbound_id = m.inbound_id
   GROUP BY b.inbound_id HAVING count(*) = 1 AND max(b.subscription_id) IS NULL)
  THEN NULL ELSE address END
 WHERE id IN (
  SELECT b.id FROM subscription s JOIN bounce b ON b.subscription_id = s.id WHERE s.person_id = ?1
  UNION
  SELECT b.id FROM erasing_address a JOIN bounce b ON lower(b.address) = a.key
   WHERE b.address IS NOT NULL
  UNION
  SELECT b.id FROM erasing_mail m JOIN bounce b ON b.inbound_id = m.inbound_id
   WHERE b.subscription_id IS NULL);

-- name: erase_mails_raw
UPDATE inbound_raw SET bytes = x'' WHERE inbound_id IN (SELECT inbound_id FROM erasing_mail);

-- name: erase_mails_read
UPDATE parsed SET from_name = NULL, from_address = NULL, subject = NULL, message_id = NULL,
  in_reply_to = NULL, text = NULL, text_new = NULL, text_quoted = NULL, files = NULL,
  forwarded_name = NULL, forwarded_address = NULL, note_bytes = 0
 WHERE inbound_id IN (SELECT inbound_id FROM erasing_mail);

-- name: erase_mails_why
-- Why somebody set it aside is in their own words; nobody has to sort what has no words any more.
UPDATE inbound SET why = NULL, at_risk = 0, taken_as = 'discarded'
 WHERE (taken_as = 'discarded' OR taken_as = 'unsorted')
   AND id IN (SELECT inbound_id FROM erasing_mail);

-- name: erase_mail_writers
DELETE FROM mail_writer WHERE inbound_id IN (SELECT inbound_id FROM erasing_mail);

-- name: erase_attachments
UPDATE attachment SET name = NULL, text = NULL, text_source = NULL, sha256 = '',
  text_state = 'none', text_reason = NULL, recognised_at = NULL, recognised_sure = NULL
 WHERE inbound_id IN (SELECT inbound_id FROM erasing_mail);

-- name: erase_documents
DELETE FROM document WHERE inbound_id IN (SELECT inbound_id FROM erasing_mail);

-- name: erase_moves
-- ?1 person ?2 now
UPDATE move SET address = NULL, address_key = NULL,
  state = CASE state WHEN 'open' THEN 'ended' ELSE state END,
  ended_at = coalesce(ended_at, ?2) WHERE person_id = ?1;

-- name: erase_words_left
-- Whether an index still has words of somebody, and whether that has begun.
-- scan: those of whom words are left
SELECT coalesce(sum(words = 'left'), 0) AS begins, count(*) AS n FROM erasure WHERE words <> 'gone';

-- name: erase_words_set
-- ?1 from ?2 to
-- scan: those of whom words are left
UPDATE erasure SET words = ?2 WHERE words = ?1 AND words <> 'gone';

-- name: erase_words_mails
-- Merges so many pages; less than nothing: begins to merge all there is. ?1 pages
INSERT INTO parsed_fts (parsed_fts, rank) VALUES ('merge', ?1);

-- name: erase_words_people
-- ?1 pages
INSERT INTO person_search (person_search, rank) VALUES ('merge', ?1);

-- name: changes_so_far
SELECT total_changes() AS n;

-- name: erasure_add
-- ?1 person ?2 number ?3 how ?4 now
INSERT INTO erasure (person_id, number, how, at) VALUES (?1, ?2, ?3, ?4);

-- name: erasure_notification
-- ?1 person ?2 notification ?3 look
UPDATE erasure SET notification_id = ?2, look_at = ?3 WHERE person_id = ?1;

-- name: erasure_receipt_waits
-- Whether the receipt of somebody still has their address. ?1 address
SELECT count(*) AS n FROM notification WHERE recipient = ?1 AND kind = 'erased';

-- name: erasures_to_look
-- ?1 now ?2 most
SELECT e.id, e.notification_id, t.state FROM erasure e LEFT JOIN notification t ON t.id = e.notification_id
 WHERE e.look_at <= ?1 ORDER BY e.look_at LIMIT ?2;

-- name: erasure_look_at
-- ?1 id ?2 when, or NULL
UPDATE erasure SET look_at = ?2, notification_id = CASE WHEN ?2 IS NULL THEN NULL ELSE notification_id END
 WHERE id = ?1;

-- name: erase_notification
-- ?1 id
UPDATE notification SET recipient = 'erased', subject = '', mail = NULL, limit_hash = NULL,
  reply_code = NULL, reply_status = NULL, reply_text = NULL WHERE id = ?1;

-- name: suppression_lift_own
-- ?1 hash: joining again lifts what one's own erasure left
DELETE FROM suppression WHERE hash = ?1 AND staff_id IS NULL;
