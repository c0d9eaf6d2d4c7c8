-- What waits for one person, over all that they may see, and who is told of it when; how much waits;
-- domain/queue/needs.h, needs_tell.h, backlog.h.

-- name: needs_of_lists
-- ?2 staff; where they may ?3 approve ?4 write ?5 send ?6 see subscribers: a JSON array of ids, or
-- NULL for everywhere
-- scan: some hundred bulletins; those whose mail comes back
-- A draft whose title is still "[title of this bulletin]" waits for nobody but its writer; one that
-- somebody was asked about waits for them alone, and one that was returned for its writer. Who is
-- asked to agree is asked about exactly these words: of others nobody is.
SELECT CASE q.kind WHEN 'approve' THEN 'asked' ELSE 'agree' END AS kind, l.name AS place,
       l.title AS place_title, b.number, b.title AS what, s.name AS who, q.at AS at, 1 AS n
  FROM approval_request q JOIN bulletin b ON b.id = q.bulletin_id JOIN list l ON l.id = b.list_id
  JOIN staff s ON s.id = q.asked_by
 WHERE q.ended_at IS NULL AND q.asked_of = ?2 AND b.state = 'draft'
   AND (q.kind = 'approve' OR q.content_hash = b.content_hash)
   AND CASE q.kind WHEN 'approve' THEN ?3 IS NULL OR l.id IN (SELECT value FROM json_each(?3))
     ELSE ?4 IS NULL OR l.id IN (SELECT value FROM json_each(?4)) END
UNION ALL
SELECT 'returned', l.name, l.title, b.number, b.title, s.name, q.ended_at, 1
  FROM bulletin b JOIN list l ON l.id = b.list_id
  JOIN approval_request q ON q.id = (SELECT max(x.id) FROM approval_request x WHERE x.bulletin_id = b.id)
  JOIN staff s ON s.id = q.asked_of
 WHERE b.state = 'draft' AND q.outcome = 'returned' AND q.asked_by = ?2
   AND (?4 IS NULL OR l.id IN (SELECT value FROM json_each(?4)))
UNION ALL
SELECT 'approve', l.name, l.title, b.number, b.title, s.name, b.changed_at, 1
  FROM bulletin b JOIN list l ON l.id = b.list_id JOIN staff s ON s.id = b.changed_by
 WHERE b.state = 'draft' AND b.title NOT LIKE '[%]'
   AND NOT EXISTS (SELECT 1 FROM approval_request q WHERE q.bulletin_id = b.id
     AND ((q.ended_at IS NULL AND (q.kind = 'approve' OR q.content_hash = b.content_hash))
       OR EXISTS (SELECT 1 FROM bulletin_comment c WHERE c.bulletin_id = b.id
       AND c.request_id = q.id AND c.content_hash = b.content_hash)))
   AND (?3 IS NULL OR l.id IN (SELECT value FROM json_each(?3)))
   AND NOT
   -- with: own_work
UNION ALL
SELECT 'draft', l.name, l.title, b.number, b.title, s.name, b.changed_at, 1
  FROM bulletin b JOIN list l ON l.id = b.list_id JOIN staff s ON s.id = b.changed_by
 WHERE b.state = 'draft' AND (?4 IS NULL OR l.id IN (SELECT value FROM json_each(?4)))
   AND (b.created_by = ?2 OR b.changed_by = ?2)
   AND NOT EXISTS (SELECT 1 FROM approval_request q WHERE q.bulletin_id = b.id
     AND ((q.ended_at IS NULL AND (q.kind = 'approve' OR q.content_hash = b.content_hash))
       OR (q.asked_by = ?2 AND q.outcome = 'returned'
       AND q.id = (SELECT max(x.id) FROM approval_request x WHERE x.bulletin_id = b.id))))
UNION ALL
SELECT b.state, l.name, l.title, b.number, b.title, b.hold_reason,
       coalesce((SELECT max(a.at) FROM audit a WHERE a.subject = 'bulletin'
         AND a.subject_id = b.id), b.started_at), 1
  FROM bulletin b JOIN list l ON l.id = b.list_id
 WHERE b.state IN ('on hold', 'paused') AND (?5 IS NULL OR l.id IN (SELECT value FROM json_each(?5)))
UNION ALL
SELECT 'doubt', l.name, l.title, b.number, b.title, NULL, b.started_at, count(*)
  FROM bulletin b JOIN list l ON l.id = b.list_id JOIN delivery d ON d.bulletin_id = b.id
   AND (d.state = 'sending' OR d.state = 'in doubt') AND d.state = 'in doubt'
 WHERE b.started_at IS NOT NULL AND (?5 IS NULL OR l.id IN (SELECT value FROM json_each(?5)))
 GROUP BY b.id
UNION ALL
SELECT 'request', l.name, l.title, NULL, NULL, NULL, min(s.changed_at), count(*)
  FROM list l JOIN subscription s ON s.list_id = l.id AND s.state = 'requested'
 WHERE ?6 IS NULL OR l.id IN (SELECT value FROM json_each(?6)) GROUP BY l.id
UNION ALL
SELECT 'bounce', l.name, l.title, NULL, NULL, NULL,
       CAST(strftime('%s', min(c.first_day)) AS INTEGER), count(*)
  FROM bounce_score c JOIN subscription s ON s.id = c.subscription_id JOIN list l ON l.id = s.list_id
 WHERE c.points > 0 AND s.state = 'active'
   AND (?6 IS NULL OR l.id IN (SELECT value FROM json_each(?6))) GROUP BY l.id
 ORDER BY 7;

-- name: needs_of_consultations
-- ?2 staff; where they may ?3 read ?4 code ?5 screen ?6 publish: as above
-- scan: a handful of consultations and editions of reports; what is open, by its own index
SELECT p.kind AS kind, c.name AS place, c.title AS place_title, NULL AS number,
       min(r.received_at) AS at, count(*) AS n
  FROM proposal p JOIN response r ON r.id = p.response_id JOIN consultation c ON c.id = r.consultation_id
 WHERE p.kind IN ('risk', 'information')
   -- with: proposal_waits
   AND (?5 IS NULL OR c.id IN (SELECT value FROM json_each(?5))) GROUP BY c.id, p.kind
UNION ALL
SELECT 'mine', c.name, c.title, NULL, min(d.received_at), count(*)
  FROM consultation c JOIN queue d ON d.consultation_id = c.id AND d.state = 'received'
   AND d.assigned_to = ?2
 WHERE ?3 IS NULL OR c.id IN (SELECT value FROM json_each(?3)) GROUP BY c.id
UNION ALL
SELECT 'second', c.name, c.title, m.number, m.at, (SELECT count(*) FROM sample_unit u
         WHERE u.sample_id = m.id AND NOT EXISTS (SELECT 1 FROM sample_done e
           WHERE e.sample_id = u.sample_id AND e.position = u.position AND e.staff_id = ?2))
  FROM sample_coder o JOIN sample m ON m.id = o.sample_id JOIN consultation c ON c.id = m.consultation_id
 WHERE o.staff_id = ?2 AND o.done_at IS NULL AND m.ended_at IS NULL
   AND (?4 IS NULL OR c.id IN (SELECT value FROM json_each(?4)))
UNION ALL
SELECT 'report', c.name, c.title, e.number, e.asked_at, 1
  FROM report_edition e JOIN report r ON r.id = e.report_id JOIN consultation c ON c.id = r.consultation_id
 WHERE e.asked_of = ?2 AND e.approved_at IS NULL
   AND e.number = (SELECT max(x.number) FROM report_edition x WHERE x.report_id = e.report_id)
   AND (?6 IS NULL OR c.id IN (SELECT value FROM json_each(?6)))
UNION ALL
SELECT 'report back', c.name, c.title, b.number, b.asked_at, 1
  FROM report_back b JOIN consultation c ON c.id = b.consultation_id
 WHERE b.state = 'asked' AND NOT EXISTS (SELECT 1 FROM report_back_writer w
     WHERE w.report_back_id = b.id AND w.staff_id = ?2)
   AND (?6 IS NULL OR c.id IN (SELECT value FROM json_each(?6)))
UNION ALL
SELECT 'release', c.name, c.title, NULL, min(d.decided_at), count(*)
  FROM publication d INDEXED BY publication_waits JOIN response r ON r.id = d.response_id
  JOIN respondent x ON x.id = r.respondent_id JOIN consultation c ON c.id = r.consultation_id
 WHERE d.released_at IS NULL AND d.withdrawn_at IS NULL AND d.decision <> 'withhold'
   AND d.decided_by <> ?2 AND r.state <> 'excluded'
   AND (x.permission = 'name' OR (x.permission = 'without name' AND d.decision <> 'publish'))
   AND (?6 IS NULL OR c.id IN (SELECT value FROM json_each(?6))) GROUP BY c.id
UNION ALL
SELECT 're-anchor', c.name, c.title, NULL, min(coalesce((SELECT max(w.at) FROM coding_place w
         WHERE w.coding_id = g.id), g.at)), count(*)
  FROM coding g JOIN response r ON r.id = g.response_id JOIN consultation c ON c.id = r.consultation_id
 WHERE g.placed IN ('needs re-anchoring', 're-anchored') AND g.placed <> 'set' AND g.ended_at IS NULL
   AND (?4 IS NULL OR c.id IN (SELECT value FROM json_each(?4)))
   AND NOT EXISTS (SELECT 1 FROM sample_unit u JOIN sample_coder o ON o.sample_id = u.sample_id
     JOIN sample m ON m.id = u.sample_id WHERE u.response_id = g.response_id AND o.staff_id = ?2
       AND o.done_at IS NULL AND m.ended_at IS NULL)
 GROUP BY c.id
 ORDER BY 5;

-- name: needs_of_trouble
-- Mailboxes, relays and roles that have been lost since before ?1.
-- scan: a handful
SELECT 'role' AS kind, name, lost_at AS at FROM role WHERE lost_at <= ?1
UNION ALL
SELECT 'relay', name, lost_at FROM relay WHERE lost_at <= ?1
UNION ALL
SELECT 'mailbox', name, lost_at FROM mailbox WHERE lost_at <= ?1
 ORDER BY 3;

-- name: relay_lost
-- ?1 name ?2 now: it takes no mail, as far as is known since now
INSERT INTO relay (name, lost_at) VALUES (?1, ?2)
ON CONFLICT (name) DO UPDATE SET lost_at = coalesce(lost_at, excluded.lost_at);

-- name: relay_found
-- ?1 name
UPDATE relay SET lost_at = NULL, is_told = 0 WHERE name = ?1 AND lost_at IS NOT NULL;

-- name: role_lost
-- ?1 name ?2 now
INSERT INTO role (name, lost_at) VALUES (?1, ?2)
ON CONFLICT (name) DO UPDATE SET lost_at = coalesce(lost_at, excluded.lost_at);

-- name: role_found
-- ?1 name, or NULL for each
-- scan: a handful
UPDATE role SET lost_at = NULL, is_told = 0 WHERE (?1 IS NULL OR name = ?1) AND lost_at IS NOT NULL;

-- name: mailbox_lost
-- ?1 id ?2 now
UPDATE mailbox SET lost_at = ?2 WHERE id = ?1 AND lost_at IS NULL;

-- name: mailbox_found
-- ?1 id
UPDATE mailbox SET lost_at = NULL, is_told = 0 WHERE id = ?1 AND lost_at IS NOT NULL;

-- name: trouble_untold
-- What has been lost since before ?1, and nobody was told of.
-- scan: a handful
SELECT 'role' AS kind, id, name FROM role WHERE lost_at <= ?1 AND is_told = 0
UNION ALL
SELECT 'relay', id, name FROM relay WHERE lost_at <= ?1 AND is_told = 0
UNION ALL
SELECT 'mailbox', id, name FROM mailbox WHERE lost_at <= ?1 AND is_told = 0;

-- name: role_told
-- ?1 id
UPDATE role SET is_told = 1 WHERE id = ?1;

-- name: relay_told
-- ?1 id
UPDATE relay SET is_told = 1 WHERE id = ?1;

-- name: mailbox_told
-- ?1 id
UPDATE mailbox SET is_told = 1 WHERE id = ?1;

-- name: news_add
-- To those who are told at once. ?1 one of the staff, or 0 for each ?2 kind ?3 list,
-- consultation, mailbox, relay or role
-- scan: a dozen people
INSERT INTO staff_news (staff_id, kind, place_id, is_new)
SELECT s.id, ?2, ?3, 1 FROM staff s
 WHERE s.tell = 'at once' AND s.ended_at IS NULL AND (?1 = 0 OR s.id = ?1)
ON CONFLICT (staff_id, kind, place_id) DO UPDATE SET is_new = 1;

-- part: news_is_due
-- Of one thing nobody is told again within ?2, of trouble within ?3; a clock that was put back
-- keeps nobody from it. ?1 now
   n.is_new = 1 AND (n.told_at IS NULL OR abs(?1 - n.told_at) >=
     CASE WHEN n.kind IN ('mine', 'request') THEN ?2 ELSE ?3 END)

-- name: news_due
-- Who is to be told of something now.
-- scan: those that are new, by their own index
SELECT DISTINCT n.staff_id FROM staff_news n WHERE
   -- with: news_is_due
 ORDER BY n.staff_id;

-- name: news_of
-- What one of the staff, ?4, is to be told of now: kind, and the name of the place.
SELECT n.kind, coalesce(l.name, c.name, m.name, r.name, o.name) AS place FROM staff_news n
  LEFT JOIN list l ON l.id = n.place_id AND n.kind IN ('request', 'on hold')
  LEFT JOIN consultation c ON c.id = n.place_id AND n.kind = 'mine'
  LEFT JOIN mailbox m ON m.id = n.place_id AND n.kind = 'mailbox'
  LEFT JOIN relay r ON r.id = n.place_id AND n.kind = 'relay'
  LEFT JOIN role o ON o.id = n.place_id AND n.kind = 'role'
 WHERE n.staff_id = ?4 AND
   -- with: news_is_due
;

-- name: news_told
-- All that news_of has of one of the staff, ?4.
UPDATE staff_news AS n SET is_new = 0, told_at = ?1
 WHERE n.staff_id = ?4 AND
   -- with: news_is_due
;

-- name: news_all_told
-- ?1 now ?2 staff
UPDATE staff_news SET is_new = 0, told_at = ?1 WHERE staff_id = ?2 AND is_new = 1;

-- name: news_forget
-- ?1 staff
DELETE FROM staff_news WHERE staff_id = ?1;

-- name: tell_due
-- Whose day ?1 is not decided yet; whoever came after its hour, ?2, waits for the next.
-- scan: a dozen people
SELECT id FROM staff
 WHERE ended_at IS NULL AND created_at < ?2 AND (told_day IS NULL OR told_day <> ?1) ORDER BY id;

-- name: tell_of
-- ?1 staff: how they are told, where, and whether that address is of others, too
-- scan: a dozen people, a handful of lists and consultations
SELECT s.name, s.email, s.tell, s.tell_weekends, s.told_day,
       -- with: shared_address
       AS is_shared
  FROM staff s WHERE s.id = ?1 AND s.ended_at IS NULL;

-- name: tell_day_set
-- ?1 staff ?2 day
UPDATE staff SET told_day = ?2 WHERE id = ?1;

-- name: tell_set
-- ?1 staff ?2 how ?3 weekends
UPDATE staff SET tell = ?2, tell_weekends = ?3 WHERE id = ?1;

-- name: needs_unsend
-- What was written to one of the staff about what waits, and has not gone; Home, and the next daily
-- email, say it as it is then. ?1 staff ?2 now ?3 1: of flags, too
UPDATE notification SET state = 'skipped', settled_at = ?2, mail = NULL
 WHERE recipient = (SELECT email FROM staff WHERE id = ?1)
   AND (kind IN ('needs', 'approval') OR (?3 AND kind = 'flag'))
   AND state IN ('queued', 'deferred');

-- name: backlog
-- How much waits. ?1 now
-- scan: each counts rows of an index of those that wait
SELECT (SELECT count(*) FROM inbound WHERE state = 'new') AS unread,
       coalesce((SELECT min(received_at) FROM inbound WHERE state = 'new'), 0) AS unread_since,
       (SELECT count(*) FROM inbound WHERE taken_as = 'unsorted') AS unsorted,
       (SELECT count(*) FROM notification WHERE (state = 'queued' OR state = 'deferred')
          AND due_at <= ?1) AS notifications,
       coalesce((SELECT min(due_at) FROM notification WHERE (state = 'queued' OR state = 'deferred')
          AND due_at <= ?1), 0) AS notifications_since,
       (SELECT count(*) FROM notification WHERE (state = 'sending' OR state = 'in doubt')
          AND state = 'in doubt') AS notifications_in_doubt,
       (SELECT count(*) FROM bulletin b JOIN delivery d ON d.bulletin_id = b.id
          AND (d.state = 'queued' OR d.state = 'deferred') WHERE b.state = 'sending') AS deliveries,
       (SELECT count(*) FROM bulletin b JOIN delivery d ON d.bulletin_id = b.id
          AND (d.state = 'sending' OR d.state = 'in doubt') AND d.state = 'in doubt'
         WHERE b.state IN ('sending', 'paused', 'on hold')) AS deliveries_in_doubt,
       (SELECT count(*) FROM bulletin WHERE state = 'sending') AS sending,
       (SELECT count(*) FROM bulletin WHERE state = 'on hold') AS on_hold;

-- name: backlog_mailboxes
-- scan: a dozen
SELECT name, seen_at FROM mailbox WHERE seen_at IS NOT NULL ORDER BY name;
