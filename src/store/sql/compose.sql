-- name: image_add
-- ?1 bulletin ?2 name ?3 type ?4 width ?5 height ?6 size ?7 hash ?8 bytes ?9 staff ?10 now
INSERT INTO bulletin_image (bulletin_id, name, type, width, height, size, hash, bytes, staff_id, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (bulletin_id, name) DO UPDATE SET type = excluded.type, width = excluded.width,
  height = excluded.height, size = excluded.size, hash = excluded.hash, bytes = excluded.bytes,
  staff_id = excluded.staff_id, at = excluded.at;

-- name: image_drop
-- ?1 bulletin ?2 name
DELETE FROM bulletin_image WHERE bulletin_id = ?1 AND name = ?2;

-- name: images_of
-- Without their bytes. ?1 bulletin
SELECT name, type, width, height, size, hash FROM bulletin_image WHERE bulletin_id = ?1
 ORDER BY name;

-- name: image_bytes
-- ?1 bulletin ?2 name
SELECT bytes FROM bulletin_image WHERE bulletin_id = ?1 AND name = ?2;

-- name: bulletin_touch
-- An edit that leaves the text. ?1 id ?2 hash ?3 staff ?4 now: back to draft
UPDATE bulletin SET content_hash = ?2, changed_by = ?3, changed_at = ?4, state = 'draft',
  due_at = NULL, zone = NULL, hold_reason = NULL
 WHERE id = ?1;

-- name: bulletin_last_of
-- The newest of a list, sent or not. ?1 list
SELECT id FROM bulletin WHERE list_id = ?1
   AND (state <> 'cancelled' OR started_at IS NOT NULL)
 ORDER BY number DESC LIMIT 1;

-- name: bulletin_went_before
-- The newest that has gone out before this one. ?1 list ?2 number
SELECT id, number, title, started_at, filled_rows FROM bulletin
 WHERE list_id = ?1 AND number < ?2 AND started_at IS NOT NULL
 ORDER BY number DESC LIMIT 1;

-- name: bulletin_began_after
-- When the next update of the list began. ?1 list ?2 begun
SELECT min(started_at) AS at FROM bulletin WHERE list_id = ?1 AND started_at > ?2;

-- name: bulletin_people
-- ?1 bulletin: who drafted it, who approved it last (cancelling what has begun ends that, too)
SELECT c.name AS drafted_by, s.name AS approved_by, a.at AS approved_at, a.audience
  FROM bulletin b JOIN staff c ON c.id = b.created_by
  LEFT JOIN approval a ON a.id = (SELECT max(id) FROM approval WHERE bulletin_id = b.id
    AND (withdrawn_at IS NULL OR b.started_at IS NOT NULL))
  LEFT JOIN staff s ON s.id = a.staff_id
 WHERE b.id = ?1;

-- name: audience_by_choice
-- Who is active, by what they chose: a few combinations. ?1 list
SELECT all_topics, topics, n FROM subscription_tally
 WHERE list_id = ?1 AND state = 'active' AND n > 0;

-- name: audience_joined_by_choice
-- Of those, who is no part of an approval. ?1 list ?2 last subscription approved ?3 approved at
SELECT all_topics, topics, count(*) AS n FROM subscription
 WHERE list_id = ?1 AND state = 'active' AND (id > ?2 OR active_since > ?3)
 GROUP BY all_topics, topics;

-- name: audience_by_state
-- ?1 list
SELECT state, sum(n) AS n FROM subscription_tally WHERE list_id = ?1 AND state <> 'active'
 GROUP BY state HAVING sum(n) > 0;

-- name: audience_astray
-- Where the tally is not what the subscriptions say: nowhere, ever.
-- scan: compares them all
WITH counted AS (SELECT list_id, state, all_topics, topics, count(*) AS n FROM subscription
    GROUP BY 1, 2, 3, 4),
  kept AS (SELECT list_id, state, all_topics, topics, n FROM subscription_tally WHERE n > 0)
SELECT count(*) AS n FROM (SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)
  UNION ALL SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted));

-- name: tally_sent
-- A row was settled as sent. ?1 delivery ?2 now
INSERT INTO bulletin_tally (bulletin_id, state, minute, n)
SELECT bulletin_id, 'sent', ?2 / 60, 1 FROM delivery WHERE id = ?1
ON CONFLICT (bulletin_id, state, minute) DO UPDATE SET n = n + 1;

-- name: tally_digests
-- Of a stretch just filled. ?1 bulletin ?2 after subscription ?3 up to subscription
INSERT INTO bulletin_tally (bulletin_id, state, minute, n)
SELECT ?1, 'digest', 0, count(*) FROM delivery
 WHERE bulletin_id = ?1 AND subscription_id > ?2 AND subscription_id <= ?3 AND state = 'digest'
ON CONFLICT (bulletin_id, state, minute) DO UPDATE SET n = n + excluded.n;

-- name: tally_of
-- ?1 bulletin
SELECT state, sum(n) AS n FROM bulletin_tally WHERE bulletin_id = ?1 GROUP BY state;

-- name: tally_minutes
-- The newest first. ?1 bulletin ?2 most
SELECT minute, n FROM bulletin_tally WHERE bulletin_id = ?1 AND state = 'sent' AND n > 0
 ORDER BY minute DESC LIMIT ?2;

-- name: ledger_small_counts
-- The states that few rows are in, from the indexes of those rows. ?1 bulletin ?2 begun
SELECT b.filled_rows AS ledger_rows,
       (SELECT count(*) FROM delivery WHERE bulletin_id = ?1 AND (state = 'sending' OR state = 'in doubt')
          AND state = 'sending') AS sending,
       (SELECT count(*) FROM delivery WHERE bulletin_id = ?1 AND (state = 'sending' OR state = 'in doubt')
          AND state = 'in doubt') AS doubt,
       (SELECT count(*) FROM delivery WHERE bulletin_id = ?1 AND state = 'refused'
          AND (state = 'refused' OR state = 'skipped' OR state = 'deferred')) AS refused,
       (SELECT count(*) FROM delivery WHERE bulletin_id = ?1 AND state = 'skipped'
          AND (state = 'refused' OR state = 'skipped' OR state = 'deferred')) AS skipped,
       (SELECT count(*) FROM delivery WHERE bulletin_id = ?1 AND state = 'deferred'
          AND (state = 'refused' OR state = 'skipped' OR state = 'deferred')) AS deferred,
       (SELECT count(DISTINCT d.id) FROM attempt a CROSS JOIN delivery d ON d.id = a.delivery_id
         WHERE a.at >= ?2 AND a.delivery_id IS NOT NULL AND d.bulletin_id = ?1 AND d.doubt > 0)
         AS doubted
  FROM bulletin b WHERE b.id = ?1;

-- name: ledger_trouble
-- The words of what failed, most frequent first. ?1 bulletin ?2 state ?3 most
-- scan: the groups, made by the index
SELECT
       -- with: skip_words
       AS skipped, d.reply_code, d.reply_status, d.reply_text, d.given_up, d.n
  FROM (SELECT skip_reason, reply_code, reply_status, reply_text, given_up, count(*) AS n FROM delivery
    WHERE bulletin_id = ?1 AND state = ?2
      AND (state = 'refused' OR state = 'skipped' OR state = 'deferred')
    GROUP BY 1, 2, 3, 4, 5) d
 ORDER BY d.n DESC, 1, d.given_up, d.reply_code, d.reply_status IS NULL, d.reply_status,
       d.reply_text LIMIT ?3;

-- name: ledger_waited
-- Rows that needed more than one try and arrived. ?1 bulletin ?2 begun
-- scan: of those rows
SELECT count(*) AS n, coalesce(max(waited), 0) AS most FROM (
  SELECT d.settled_at - min(a.at) AS waited
    FROM attempt a CROSS JOIN delivery d ON d.id = a.delivery_id
   WHERE a.at >= ?2 AND a.delivery_id IS NOT NULL AND d.bulletin_id = ?1 AND d.state = 'sent'
   GROUP BY d.id);

-- name: report_bounces
-- What came back about an update, by reason. ?1 bulletin ?2 begun ?3 up to ?4 most
SELECT b.reason, count(DISTINCT b.subscription_id) AS n, min(b.diagnostic) AS words
  FROM bounce b CROSS JOIN delivery d ON d.id = b.delivery_id
 WHERE b.at >= ?2 AND b.at < ?3 AND b.subscription_id IS NOT NULL AND b.source = 'mail'
   AND b.effect <> 'notice' AND d.bulletin_id = ?1
 GROUP BY b.reason ORDER BY n DESC, b.reason LIMIT ?4;

-- name: report_complaints
-- ?1 bulletin ?2 begun ?3 up to
SELECT count(DISTINCT b.subscription_id) AS n
  FROM bounce b CROSS JOIN delivery d ON d.id = b.delivery_id
 WHERE b.at >= ?2 AND b.at < ?3 AND b.subscription_id IS NOT NULL AND b.source = 'report'
   AND d.bulletin_id = ?1;

-- name: report_gone
-- Who got it and went afterwards. ?1 bulletin ?2 begun ?3 until
SELECT coalesce(sum(e.event = 'unsubscribed' AND e.how IN ('mail', 'page', 'one-click')), 0) AS left_it,
       coalesce(sum(e.event = 'bouncing'), 0) AS stopped
  FROM evidence e CROSS JOIN delivery d ON d.bulletin_id = ?1 AND d.subscription_id = e.subscription_id
 WHERE e.event IN ('unsubscribed', 'removed', 'bouncing', 'suppressed') AND e.at >= ?2 AND e.at < ?3
   AND d.state = 'sent' AND e.at >= d.settled_at;

-- name: report_reasons
-- Why they left, as far as they said. ?1 bulletin ?2 begun ?3 until
SELECT v.reason, count(*) AS n
  FROM bulletin b JOIN leaving v ON v.list_id = b.list_id AND v.at >= ?2 AND v.at < ?3
  JOIN evidence e ON e.id = v.evidence_id
  CROSS JOIN delivery d ON d.bulletin_id = b.id AND d.subscription_id = e.subscription_id
 WHERE b.id = ?1 AND d.state = 'sent' AND v.at >= d.settled_at
 GROUP BY v.reason ORDER BY n DESC, v.reason;

-- name: timeline_lists
-- ?1 address key
SELECT s.id, s.list_id, l.name AS list, s.state, s.active_since, p.address, p.id AS person_id
  FROM person p JOIN subscription s ON s.person_id = p.id JOIN list l ON l.id = s.list_id
 WHERE p.address_key = ?1 ORDER BY l.name;

-- name: timeline_evidence
-- ?1 subscription
SELECT e.at, e.event, e.how, e.basis, e.given_at, e.inbound_id, w.version, st.name AS staff
  FROM evidence e LEFT JOIN wording w ON w.id = e.wording_id LEFT JOIN staff st ON st.id = e.staff_id
 WHERE e.subscription_id = ?1 ORDER BY e.id;

-- name: timeline_deliveries
-- ?1 subscription
SELECT b.number, b.title, b.state AS update_state, d.state, d.attempts, d.doubt, d.relay,
       -- with: delivery_reply
       , coalesce(d.settled_at, d.started_at, d.due_at) AS at, d.due_at, d.id
  FROM delivery d JOIN bulletin b ON b.id = d.bulletin_id
 WHERE d.subscription_id = ?1 ORDER BY b.number;

-- name: timeline_missed
-- Updates of the list that have gone out, without a row for this subscription.
-- ?1 list ?2 subscription
SELECT b.number, b.title, b.started_at AS at FROM bulletin b
 WHERE b.list_id = ?1 AND b.started_at IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.bulletin_id = b.id AND d.subscription_id = ?2)
 ORDER BY b.number;

-- name: timeline_notifications
-- ?1 address
SELECT t.kind, t.state, coalesce(t.settled_at, t.created_at) AS at,
       -- with: notification_reply
       , l.name AS list, t.relay
  FROM notification t LEFT JOIN list l ON l.id = t.list_id
 WHERE t.recipient = ?1 ORDER BY t.created_at, t.id LIMIT 500;

-- name: why_evidence
-- What held at a time. ?1 subscription ?2 at: the newest first
SELECT e.at, e.event, e.how, e.basis FROM evidence e
 WHERE e.subscription_id = ?1 AND e.at <= ?2 ORDER BY e.id DESC LIMIT 50;

-- name: why_ledger
-- ?1 bulletin ?2 subscription
SELECT d.id, d.state, d.attempts, d.doubt, d.relay, d.skip_reason,
       -- with: delivery_reply
       , d.due_at, coalesce(d.settled_at, d.started_at, d.due_at) AS at
  FROM delivery d WHERE d.bulletin_id = ?1 AND d.subscription_id = ?2;

-- name: why_bounced
-- The first mail system that sent it back. ?1 delivery
SELECT at, reason, diagnostic FROM bounce
 WHERE delivery_id = ?1 AND source = 'mail' AND effect <> 'notice' ORDER BY id LIMIT 1;

-- name: gone_between
-- The first time somebody went or paused after ?2 and up to ?3. ?1 subscription
SELECT at, event, how FROM evidence WHERE subscription_id = ?1 AND at > ?2 AND at <= ?3
   AND event IN ('unsubscribed', 'removed', 'bouncing', 'suppressed', 'paused') ORDER BY id LIMIT 1;

-- name: topics_changed_after
-- ?1 subscription ?2 at
SELECT min(at) AS at FROM evidence WHERE subscription_id = ?1 AND event = 'topics' AND at > ?2;

-- name: approval_last
-- The one an update went out by. ?1 bulletin
SELECT at, audience, last_subscription FROM approval WHERE bulletin_id = ?1
 ORDER BY id DESC LIMIT 1;

-- name: find_on_list
-- ?1 list ?2 state or NULL ?3 after ?4 most
SELECT s.id, p.id AS person, p.address, p.name, l.name AS list, s.state, s.all_topics, s.topics,
       s.active_since, s.changed_at, s.frequency
  FROM subscription s JOIN person p ON p.id = s.person_id JOIN list l ON l.id = s.list_id
 WHERE s.list_id = ?1 AND s.id > ?3 AND (?2 IS NULL OR s.state = ?2)
 ORDER BY s.id LIMIT ?4;

-- name: find_on_list_newest
-- ?1 list ?2 state or NULL ?3 before, or 0 ?4 most
SELECT s.id, p.id AS person, p.address, p.name, l.name AS list, s.state, s.all_topics, s.topics,
       s.active_since, s.changed_at, s.frequency
  FROM subscription s JOIN person p ON p.id = s.person_id JOIN list l ON l.id = s.list_id
 WHERE s.list_id = ?1 AND (?3 = 0 OR s.id < ?3) AND (?2 IS NULL OR s.state = ?2)
 ORDER BY s.id DESC LIMIT ?4;

-- name: find_on_list_in_state_newest
-- ?1 list ?2 state ?3 before, or 0 ?4 most
SELECT s.id, p.id AS person, p.address, p.name, l.name AS list, s.state, s.all_topics, s.topics,
       s.active_since, s.changed_at, s.frequency
  FROM subscription s JOIN person p ON p.id = s.person_id JOIN list l ON l.id = s.list_id
 WHERE s.list_id = ?1 AND s.state = ?2 AND (?3 = 0 OR s.id < ?3)
 ORDER BY s.id DESC LIMIT ?4;

-- name: subscribers_by_state
-- ?1 list
SELECT state, sum(n) AS n FROM subscription_tally WHERE list_id = ?1
 GROUP BY state HAVING sum(n) > 0;

-- name: find_on_list_in_state
-- ?1 list ?2 state ?3 after ?4 most
SELECT s.id, p.id AS person, p.address, p.name, l.name AS list, s.state, s.all_topics, s.topics,
       s.active_since, s.changed_at, s.frequency
  FROM subscription s JOIN person p ON p.id = s.person_id JOIN list l ON l.id = s.list_id
 WHERE s.list_id = ?1 AND s.state = ?2 AND s.id > ?3
 ORDER BY s.id LIMIT ?4;

-- name: find_anywhere
-- Everybody on any list. ?1 state or NULL ?2 after ?3 most
SELECT s.id, p.id AS person, p.address, p.name, l.name AS list, s.state, s.all_topics, s.topics,
       s.active_since, s.changed_at, s.frequency
  FROM subscription s JOIN person p ON p.id = s.person_id JOIN list l ON l.id = s.list_id
 WHERE s.id > ?2 AND (?1 IS NULL OR s.state = ?1)
 ORDER BY s.id LIMIT ?3;

-- name: find_by_part
-- People by a part of address or name; the key is the subscription within the person.
-- scan: of the people found, as far as the page needs
-- ?1 pattern for LIKE ?2 list or 0 ?3 state or NULL ?4 after person ?5 after subscription ?6 most
-- ?7 the text itself, small. The subscriptions of one person come in their order by their index; to
-- name s.id in ORDER BY would have every match sorted for one page
SELECT s.id, p.id AS person, p.address, p.name, l.name AS list, s.state, s.all_topics, s.topics,
       s.active_since, s.changed_at, s.frequency
  FROM person_search f CROSS JOIN person p ON p.id = f.rowid CROSS JOIN subscription s ON s.person_id = p.id
  CROSS JOIN list l ON l.id = s.list_id
 WHERE f.words LIKE ?1 AND f.rowid >= ?4 AND (f.rowid > ?4 OR s.id > ?5)
   AND (?2 = 0 OR s.list_id = ?2) AND (?3 IS NULL OR s.state = ?3)
   AND (instr(lower(p.address), ?7) OR instr(lower(coalesce(p.name, '')), ?7))
 ORDER BY f.rowid LIMIT ?6;

-- name: find_by_start
-- People whose address begins so. ?1 first key (or the one of ?5) ?2 key behind the last ?3 list
-- or 0 ?4 state or NULL ?5 after subscription ?6 most
SELECT s.id, p.id AS person, p.address, p.name, l.name AS list, s.state, s.all_topics, s.topics,
       s.active_since, s.changed_at, s.frequency
  FROM person p CROSS JOIN subscription s ON s.person_id = p.id CROSS JOIN list l ON l.id = s.list_id
 WHERE p.address_key >= ?1 AND p.address_key < ?2 AND (?3 = 0 OR s.list_id = ?3)
   AND (?4 IS NULL OR s.state = ?4)
   AND (?5 = 0 OR p.address_key > ?1 OR s.id > ?5)
 ORDER BY p.address_key, s.id LIMIT ?6;

-- name: suppression_page
-- ?1 below this id ?2 most
SELECT x.id, x.reason, s.name AS staff, x.created_at
  FROM suppression x JOIN staff s ON s.id = x.staff_id
 WHERE x.id < ?1 ORDER BY x.id DESC LIMIT ?2;

-- name: bounce_page
-- ?1 list id or 0 ?2 below this id ?3 most
SELECT b.id, b.at, l.name AS list, u.number, coalesce(p.address, b.address) AS address, b.source,
       b.verdict, b.reason, b.diagnostic, b.effect
  FROM bounce b LEFT JOIN subscription s ON s.id = b.subscription_id
  LEFT JOIN list l ON l.id = s.list_id LEFT JOIN person p ON p.id = s.person_id
  LEFT JOIN delivery d ON d.id = b.delivery_id LEFT JOIN bulletin u ON u.id = d.bulletin_id
 WHERE b.id < ?2 AND (?1 = 0 OR s.list_id = ?1) ORDER BY b.id DESC LIMIT ?3;

-- name: ledger_page
-- ?1 bulletin ?2 state or NULL ?3 after this subscription ?4 most
SELECT p.address, d.state, d.attempts, d.settled_at, d.relay,
       -- with: delivery_reply
       , d.subscription_id
  FROM delivery d JOIN subscription s ON s.id = d.subscription_id JOIN person p ON p.id = s.person_id
 WHERE d.bulletin_id = ?1 AND d.subscription_id > ?3 AND (?2 IS NULL OR d.state = ?2)
 ORDER BY d.subscription_id LIMIT ?4;

-- name: bulletin_tested
-- The last test of exactly this text. ?1 bulletin ?2 its hash
SELECT at, who FROM audit
 WHERE subject = 'bulletin' AND subject_id = ?1 AND event = 'bulletin tested'
   AND content_hash = ?2
 ORDER BY id DESC LIMIT 1;

-- name: bulletin_written
-- Who wrote on it last, and when. ?1 bulletin
SELECT s.name AS who, b.changed_at AS at FROM bulletin b JOIN staff s ON s.id = b.changed_by
 WHERE b.id = ?1;

-- name: calendar
-- ?1 from ?2 to
-- scan: some hundred updates and a handful of consultations
SELECT b.due_at AS at, CASE b.state WHEN 'on hold' THEN 'bulletin on hold' ELSE 'bulletin due' END AS kind,
       l.name AS list, b.number, b.title, b.state,
       l.id AS list_id, NULL AS consultation_id
  FROM bulletin b JOIN list l ON l.id = b.list_id
 WHERE b.state IN ('scheduled', 'on hold') AND b.due_at IS NOT NULL AND b.started_at IS NULL
   AND b.due_at >= ?1 AND b.due_at < ?2
UNION ALL
SELECT b.started_at, 'bulletin sent', l.name, b.number, b.title, b.state, l.id, NULL
  FROM bulletin b JOIN list l ON l.id = b.list_id
 WHERE b.started_at >= ?1 AND b.started_at < ?2
UNION ALL
SELECT c.opens_at, 'consultation opens', c.name, 0, c.title, c.state, NULL, c.id
  FROM consultation c
 WHERE c.opens_at >= ?1 AND c.opens_at < ?2
UNION ALL
SELECT c.closes_at, 'consultation closes', c.name, 0, c.title, c.state, NULL, c.id
  FROM consultation c
 WHERE c.closes_at >= ?1 AND c.closes_at < ?2
 ORDER BY 1, 3 LIMIT 2000;
