-- name: list_add
-- ?1 name ?2 title ?3 address ?4 from_name ?5 owner ?6 entry ?7 relay ?8 first number ?9 now
-- ?10 description ?11 visibility
INSERT INTO list (name, title, address, from_name, owner, entry, relay, first_number, created_at,
  description, visibility)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);

-- name: list_visibility_set
UPDATE list SET visibility = ?2 WHERE id = ?1;

-- name: list_change
-- NULL leaves it. ?1 id ?2 title ?3 sender's name ?4 owner ?5 relay or "" ?6 description
UPDATE list SET title = coalesce(?2, title), from_name = coalesce(?3, from_name),
  owner = coalesce(?4, owner), description = coalesce(?6, description),
  relay = CASE WHEN ?5 IS NULL THEN relay ELSE nullif(?5, '') END
 WHERE id = ?1;

-- name: wording_next
-- The version after the last that is a number. ?1 list
SELECT CAST(coalesce(max(CAST(version AS INTEGER)), 0) + 1 AS TEXT) AS version FROM wording
 WHERE list_id = ?1;

-- name: list_wording_set
UPDATE list SET wording_id = ?2 WHERE id = ?1;

-- name: list_by_name
SELECT * FROM list WHERE name = ?1;

-- name: list_by_id
SELECT * FROM list WHERE id = ?1;

-- name: list_by_address
SELECT * FROM list WHERE address = ?1;

-- name: list_all
-- scan: a handful of lists
SELECT l.name, l.title, l.address, l.entry, l.visibility,
  (SELECT coalesce(sum(t.n), 0) FROM subscription_tally t WHERE t.list_id = l.id
    AND t.state = 'active') AS active,
  (SELECT coalesce(sum(t.n), 0) FROM subscription_tally t WHERE t.list_id = l.id
    AND t.state = 'requested') AS waiting,
  (SELECT group_concat(title, ', ') FROM topic t WHERE t.list_id = l.id AND t.ended_at IS NULL)
    AS topics
  FROM list l ORDER BY l.name;

-- name: topic_add
-- ?1 list ?2 name ?3 title; the next free position
INSERT INTO topic (list_id, position, name, title)
SELECT ?1, coalesce(max(position) + 1, 0), ?2, ?3 FROM topic WHERE list_id = ?1;

-- name: topic_count
-- ?1 list
SELECT count(*) AS n FROM topic WHERE list_id = ?1;

-- name: topic_all
-- ?1 list
SELECT position, name, title, ended_at IS NULL AS offered, coalesce(merged_into, position) AS now
  FROM topic WHERE list_id = ?1 ORDER BY position;

-- name: topic_list
-- ?1 list
SELECT t.name, t.title,
       CASE WHEN t.merged_into IS NOT NULL THEN 'merged' WHEN t.ended_at IS NULL THEN 'offered'
         ELSE 'retired' END AS state,
       (SELECT o.title FROM topic o WHERE o.list_id = t.list_id AND o.position = t.merged_into)
         AS merged_into,
       (SELECT coalesce(sum(y.n), 0) FROM subscription_tally y WHERE y.list_id = t.list_id
         AND y.state IN ('active', 'paused') AND y.all_topics = 0 AND y.topics >> t.position & 1)
         AS chosen_by
  FROM topic t WHERE t.list_id = ?1 ORDER BY t.position;

-- name: topic_retitle
-- ?1 list ?2 position ?3 title
UPDATE topic SET title = ?3 WHERE list_id = ?1 AND position = ?2;

-- name: topic_retire
-- ?1 list ?2 position ?3 now
UPDATE topic SET ended_at = ?3 WHERE list_id = ?1 AND position = ?2;

-- name: topic_revive
-- ?1 list ?2 position
UPDATE topic SET ended_at = NULL WHERE list_id = ?1 AND position = ?2;

-- name: topic_merge
-- It, and what was merged into it before. ?1 list ?2 position ?3 into ?4 now
UPDATE topic SET merged_into = ?3, ended_at = coalesce(ended_at, ?4)
 WHERE list_id = ?1 AND ?2 IN (position, merged_into);

-- name: topic_merge_note
-- ?1 list ?2 bit ?3 now ?4 staff ?5 what became of it
INSERT INTO evidence (subscription_id, at, event, how, staff_id, basis)
SELECT id, ?3, 'topics', 'staff', ?4, ?5 FROM subscription
 WHERE list_id = ?1 AND all_topics = 0 AND topics & ?2;

-- name: topic_merge_chosen
-- ?1 list ?2 bit ?3 bit of the other ?4 now
UPDATE subscription SET topics = (topics & ~?2) | ?3, changed_at = ?4
 WHERE list_id = ?1 AND all_topics = 0 AND topics & ?2;

-- name: topic_merge_asked
-- What waits to be confirmed. ?1 list ?2 bit ?3 bit of the other
UPDATE confirmation SET topics = (topics & ~?2) | ?3
 WHERE topics & ?2 AND used_at IS NULL
   AND subscription_id IN (SELECT id FROM subscription WHERE list_id = ?1);

-- name: topic_chosen
-- ?1 list ?2 bit ?3 bits of the others that are offered
SELECT coalesce(sum(n), 0) AS by, coalesce(sum(CASE WHEN topics & ?3 THEN 0 ELSE n END), 0) AS only_it
  FROM subscription_tally
 WHERE list_id = ?1 AND all_topics = 0 AND topics & ?2 AND state IN ('active', 'paused', 'pending');

-- name: bulletin_under_way
-- One that was approved for those who have chosen its topics now. ?1 list
SELECT number, state FROM bulletin
 WHERE list_id = ?1 AND state IN ('approved', 'scheduled', 'sending', 'paused', 'on hold')
 ORDER BY number LIMIT 1;

-- name: wording_add
-- ?1 list ?2 version ?3 text ?4 now
INSERT INTO wording (list_id, version, text, created_at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (list_id, version) DO NOTHING;

-- name: wording_by_version
SELECT id, text FROM wording WHERE list_id = ?1 AND version = ?2;

-- name: wording_by_id
SELECT id, version, text FROM wording WHERE id = ?1;

-- name: person_by_key
SELECT id, address, name, language FROM person WHERE address_key = ?1;

-- name: person_by_id
SELECT id, address, address_key, name, language, created_at, erased_at FROM person WHERE id = ?1;

-- name: person_on_list
-- The same of somebody who is or was on a list: of others it says nothing. ?1 list ?2 person
SELECT p.id, p.address, p.address_key, p.name, p.language, p.created_at, p.erased_at
  FROM subscription s JOIN person p ON p.id = s.person_id
 WHERE s.list_id = ?1 AND s.person_id = ?2 AND p.erased_at IS NULL;

-- name: person_add
-- ?1 address ?2 key ?3 name ?4 now
INSERT INTO person (address, address_key, name, created_at) VALUES (?1, ?2, ?3, ?4);

-- name: person_name_fill
-- Who runs one list says nothing of whom another one knows. ?1 person ?2 name ?3 list
UPDATE person SET name = ?2 WHERE id = ?1 AND name IS NULL
   AND NOT EXISTS (SELECT 1 FROM subscription WHERE person_id = ?1 AND list_id <> ?3);

-- name: subscription_of
-- ?1 list ?2 person
SELECT * FROM subscription WHERE list_id = ?1 AND person_id = ?2;

-- name: subscription_by_id
SELECT s.*, p.address, p.address_key, p.name, p.language
  FROM subscription s JOIN person p ON p.id = s.person_id
 WHERE s.id = ?1;

-- name: subscription_by_key
-- ?1 list ?2 address key
SELECT s.*, p.address, p.name, p.language FROM person p
  JOIN subscription s ON s.person_id = p.id AND s.list_id = ?1
 WHERE p.address_key = ?2;

-- name: subscription_add
-- ?1 list ?2 person ?3 state ?4 topics ?5 all_topics ?6 active_since ?7 now
INSERT INTO subscription (list_id, person_id, state, topics, all_topics, active_since, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: subscription_state_set
-- ?1 id ?2 state ?3 active_since (0 keeps) ?4 now
UPDATE subscription SET state = ?2, changed_at = ?4, paused_until = NULL,
  active_since = CASE WHEN ?3 > 0 THEN ?3 ELSE active_since END
 WHERE id = ?1;

-- name: subscription_topics_set
-- ?1 id ?2 topics ?3 all_topics ?4 now
UPDATE subscription SET topics = ?2, all_topics = ?3, changed_at = ?4 WHERE id = ?1;

-- name: evidence_add
-- ?1 subscription ?2 at ?3 event ?4 how ?5 wording ?6 inbound ?7 staff ?8 basis ?9 given_at
INSERT INTO evidence (subscription_id, at, event, how, wording_id, inbound_id, staff_id, basis,
  given_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: evidence_of
-- ?1 subscription
SELECT e.at, e.event, e.how, w.version AS wording, e.given_at, e.basis, e.inbound_id, st.name AS staff
  FROM evidence e LEFT JOIN wording w ON w.id = e.wording_id LEFT JOIN staff st ON st.id = e.staff_id
 WHERE e.subscription_id = ?1 ORDER BY e.id;

-- name: leaving_add
-- Why somebody has just left. ?1 subscription ?2 reason
INSERT INTO leaving (evidence_id, list_id, at, reason)
SELECT e.id, s.list_id, e.at, ?2 FROM subscription s
  JOIN evidence e ON e.id = (SELECT max(id) FROM evidence WHERE subscription_id = s.id)
 WHERE s.id = ?1 AND e.event = 'unsubscribed';

-- name: leaving_drop
DELETE FROM leaving WHERE evidence_id = ?1;

-- name: leaving_last
-- How somebody left last, what had come before it, and the consent that stood then.
-- ?1 subscription
SELECT e.id, e.at, e.event, c.event AS before, c.wording_id
  FROM evidence e LEFT JOIN evidence c ON c.id = (SELECT max(id) FROM evidence
    WHERE subscription_id = ?1 AND id < e.id AND event IN ('asked', 'confirmed', 'added', 'imported',
      'accepted', 'refused', 'unsubscribed', 'removed', 'bouncing', 'suppressed'))
 WHERE e.subscription_id = ?1 AND e.event IN ('unsubscribed', 'removed', 'bouncing', 'suppressed', 'erased')
 ORDER BY e.id DESC LIMIT 1;

-- name: confirmation_add
-- ?1 subscription ?2 token hash ?3 wording ?4 now ?5 expires ?6 topics ?7 all ?8 frequency or NULL
-- ?9 language or NULL
INSERT INTO confirmation (subscription_id, token_hash, wording_id, created_at, expires_at, topics,
  all_topics, frequency, language)
VALUES (?1, ?2, ?3, ?4, ?5, CASE WHEN ?8 IS NULL THEN NULL ELSE ?6 END,
  CASE WHEN ?8 IS NULL THEN NULL ELSE ?7 END, ?8, ?9);

-- name: confirmation_by_hash
SELECT * FROM confirmation WHERE token_hash = ?1;

-- name: confirmation_use
UPDATE confirmation SET used_at = ?2 WHERE id = ?1 AND used_at IS NULL;

-- name: confirmation_void
-- ?1 subscription ?2 now: what was asked before counts no more
UPDATE confirmation SET expires_at = min(expires_at, ?2 - 1)
 WHERE subscription_id = ?1 AND used_at IS NULL;

-- name: confirmation_counts
-- ?1 subscription ?2 since: how many in all since the last one used, and how many since ?2
SELECT count(*) AS total, coalesce(sum(created_at > ?2), 0) AS recent FROM confirmation
 WHERE subscription_id = ?1 AND id > (SELECT coalesce(max(c.id), 0)
   FROM confirmation c WHERE c.subscription_id = ?1 AND c.used_at IS NOT NULL);

-- name: subscriber_list
-- ?1 list ?2 state or NULL ?3 after id ?4 most
SELECT s.id, p.address, p.name, s.state, s.all_topics, s.topics, s.frequency,
       s.paused_until AS paused_until_at, s.active_since, s.changed_at
  FROM subscription s JOIN person p ON p.id = s.person_id
 WHERE s.list_id = ?1 AND s.id > ?3 AND (?2 IS NULL OR s.state = ?2)
 ORDER BY s.id LIMIT ?4;

-- name: subscriber_export
-- ?1 list
SELECT s.id, p.address, p.name, s.state, s.all_topics, s.topics, s.active_since, e.event, e.how,
       e.basis, w.version AS wording_version, w.text AS wording, coalesce(e.given_at, e.at) AS given_at
  FROM subscription s JOIN person p ON p.id = s.person_id
  LEFT JOIN evidence e ON e.id = (SELECT max(id) FROM evidence
    WHERE subscription_id = s.id AND event IN ('confirmed', 'added', 'imported', 'accepted'))
  LEFT JOIN wording w ON w.id = e.wording_id
 WHERE s.list_id = ?1 ORDER BY s.id;

-- name: subscriber_show
-- ?1 address key
SELECT s.id, l.name AS list, s.state, s.all_topics, s.topics, s.frequency,
       s.paused_until AS paused_until_at, s.list_id, s.active_since, s.changed_at
  FROM person p JOIN subscription s ON s.person_id = p.id JOIN list l ON l.id = s.list_id
 WHERE p.address_key = ?1 ORDER BY l.name;

-- name: subscriber_deliveries
-- ?1 subscription
SELECT b.number, b.title, d.state, d.attempts, d.doubt, d.settled_at, d.relay,
       -- with: delivery_reply
       , CASE d.state WHEN 'digest' THEN d.due_at END AS digest_at, t.settled_at AS digest_sent_at
  FROM delivery d JOIN bulletin b ON b.id = d.bulletin_id
  LEFT JOIN notification t ON t.id = d.notification_id AND t.state = 'sent'
 WHERE d.subscription_id = ?1 ORDER BY b.number;

-- name: list_show
-- ?1 name
SELECT l.name, l.title, l.description, l.address, l.from_name, l.owner, l.entry,
       l.visibility, l.relay, l.first_number,
  (SELECT group_concat(title, ', ') FROM topic t WHERE t.list_id = l.id AND t.ended_at IS NULL)
    AS topics,
  (SELECT coalesce(sum(t.n), 0) FROM subscription_tally t WHERE t.list_id = l.id
    AND t.state = 'active') AS active,
  (SELECT coalesce(sum(t.n), 0) FROM subscription_tally t WHERE t.list_id = l.id
    AND t.state = 'requested') AS waiting,
  w.version AS wording_version, w.text AS wording
  FROM list l LEFT JOIN wording w ON w.id = l.wording_id WHERE l.name = ?1;
