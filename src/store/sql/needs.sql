-- What waits for one person, over all that they may see; domain/queue/needs.h.

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
-- ?2 staff; where they may ?3 read ?4 code ?5 screen: as above
-- scan: a handful of consultations; what is open, by its own index
SELECT 'risk' AS kind, c.name AS place, c.title AS place_title, NULL AS number,
       min(r.received_at) AS at, count(*) AS n
  FROM proposal p JOIN response r ON r.id = p.response_id JOIN consultation c ON c.id = r.consultation_id
 WHERE p.kind = 'risk'
   -- with: proposal_waits
   AND (?5 IS NULL OR c.id IN (SELECT value FROM json_each(?5))) GROUP BY c.id
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
