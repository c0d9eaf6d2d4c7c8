-- The queue, claims, taking back, saved views, answers from the desk.

-- name: queue_up
-- The parameters are those of response_filter.
-- scan: the notes, once a search
SELECT d.number, d.response_id, d.inbound_id FROM queue d
 WHERE d.consultation_id = ?1 AND d.number > ?2
   -- with: response_filter
 ORDER BY d.number LIMIT ?17;

-- name: queue_down
-- The same the other way round: numbers under ?2, the highest first.
-- scan: the notes, once a search
SELECT d.number, d.response_id, d.inbound_id FROM queue d
 WHERE d.consultation_id = ?1 AND d.number < ?2
   -- with: response_filter
 ORDER BY d.number DESC LIMIT ?17;

-- name: queue_count
-- The same, counted: numbers over ?2, at most ?17 of them.
-- scan: its own subquery
SELECT count(*) AS n FROM (SELECT 1 FROM queue d
 WHERE d.consultation_id = ?1 AND d.number > ?2
   -- with: response_filter
 LIMIT ?17);

-- name: queue_counts
-- One number for each state, and of what is not screened yet for each view.
-- ?1 consultation ?2 staff
SELECT state, count(*) AS n, sum(late) AS late, sum(unreadable) AS unreadable,
       sum(marked) AS marked, sum(assigned_to IS ?2) AS mine,
       sum(campaign_id IS NOT NULL AND campaign_id IN (SELECT id FROM campaign
         WHERE consultation_id = ?1 AND state <> 'refused')) AS campaign
  FROM queue WHERE consultation_id = ?1 GROUP BY state;

-- name: queue_second_count
-- Replies that a second coder still has before them. ?1 consultation ?2 staff
SELECT count(DISTINCT u.response_id) AS n FROM sample_coder o
  JOIN sample m ON m.id = o.sample_id JOIN sample_unit u ON u.sample_id = m.id
 WHERE o.staff_id = ?2 AND o.done_at IS NULL AND m.consultation_id = ?1 AND m.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM sample_done e WHERE e.sample_id = u.sample_id
     AND e.position = u.position AND e.staff_id = ?2);

-- part: desk_sortable
-- Mail i that one may sort: ?3 all of it, else what came to a list of ?4 or a consultation of ?5,
-- JSON arrays of ids.
   AND (?3 OR i.list_id IN (SELECT value FROM json_each(?4))
     OR i.consultation_id IN (SELECT value FROM json_each(?5)))

-- name: queue_unsorted_count
-- ?3 to ?5 as above
SELECT count(*) AS n FROM inbound i WHERE i.taken_as = 'unsorted'
-- with: desk_sortable
;

-- part: risk_waits
-- Mail i says that somebody may be at risk, and nobody has decided that yet.
   i.at_risk = 1 AND NOT EXISTS (SELECT 1 FROM flag f WHERE f.inbound_id = i.id
     AND f.state IN ('dismissed', 'closed'))

-- name: queue_unsorted_at_risk_count
-- ?3 to ?5 as above
SELECT count(*) AS n FROM inbound i WHERE i.taken_as = 'unsorted' AND
-- with: risk_waits
-- with: desk_sortable
;

-- name: needs_unsorted
-- ?3 to ?5 as in desk_sortable
SELECT count(*) AS n, min(i.received_at) AS at, coalesce(sum(
-- with: risk_waits
), 0) AS risk
  FROM inbound i WHERE i.taken_as = 'unsorted'
-- with: desk_sortable
;

-- name: queue_astray
-- Rows that the triggers should have kept otherwise: none, ever.
-- scan: compares them all
SELECT count(*) AS n FROM (SELECT * FROM (SELECT * FROM queue_now EXCEPT SELECT * FROM queue)
  UNION ALL SELECT * FROM (SELECT * FROM queue EXCEPT SELECT * FROM queue_now));

-- name: queue_page
-- Responses in the order that they are named in. ?1 a JSON array of ids ?2 now ?3 characters of the
-- text ?4 who looks: what they code blindly has no tags for them
-- scan: the ids of one page; the tags of each response, each once
SELECT r.id, c.name AS consultation, r.number, r.received_at, r.state, r.reason, r.late,
       rp.type, rp.permission, s.name AS assigned, coalesce(rp.name, p.forwarded_name,
         CASE WHEN p.forwarded_address IS NULL THEN p.from_name END) AS who_name,
       p.from_address, p.subject,
       substr(coalesce(nullif(p.text_new, ''), p.text, ''), 1, ?3) AS words,
       (SELECT group_concat(name, ', ') FROM (SELECT DISTINCT k.name FROM coding g
          JOIN code k ON k.id = g.code_id WHERE g.response_id = r.id AND g.ended_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM sample_unit bu JOIN sample_coder bo
             ON bo.sample_id = bu.sample_id JOIN sample bm ON bm.id = bu.sample_id
            WHERE bu.response_id = r.id AND bo.staff_id = ?4 AND bo.done_at IS NULL
              AND bm.ended_at IS NULL)
         ORDER BY k.name)) AS tags,
       (SELECT k.number || ' ' || m.closeness FROM membership m JOIN campaign k
          ON k.id = m.campaign_id WHERE m.response_id = r.id AND k.state <> 'refused') AS campaign,
       (SELECT f.name FROM response_lock l JOIN staff f ON f.id = l.staff_id
         WHERE l.response_id = r.id AND l.until_at > ?2) AS locked_by,
       (SELECT count(*) FROM attachment a WHERE a.inbound_id = r.inbound_id
         AND a.also = 0) AS files,
       (SELECT count(*) FROM attachment a WHERE a.inbound_id = r.inbound_id
         AND a.text_state = 'unreadable') AS unreadable,
       (SELECT count(*) FROM note n WHERE n.response_id = r.id AND n.withdrawn_at IS NULL) AS notes,
       (SELECT marked FROM queue WHERE response_id = r.id) AS marked,
       EXISTS (SELECT 1 FROM link l WHERE l.response_id = r.id AND l.ended_at IS NULL) AS linked,
       (SELECT p.kind FROM proposal p WHERE p.response_id = r.id AND p.kind <> 'risk'
         -- with: proposal_waits
         ORDER BY p.whole DESC LIMIT 1) AS proposed,
       EXISTS (SELECT 1 FROM proposal p WHERE p.response_id = r.id AND p.kind = 'risk'
         -- with: proposal_waits
       ) AS risk
  FROM json_each(?1) f CROSS JOIN response r ON r.id = f.value
  JOIN consultation c ON c.id = r.consultation_id
  JOIN respondent rp ON rp.id = r.respondent_id JOIN parsed p ON p.inbound_id = r.inbound_id
  LEFT JOIN staff s ON s.id = r.assigned_to
 ORDER BY f.key;

-- name: queue_words
-- The words around the hits of a search, of so many mails at once: each time that the index is
-- asked it reads all words that begin so. ?1 match ?2 the lowest inbound ?3 the highest
-- ?4 all of them, as JSON
SELECT rowid AS inbound_id, around(parsed_fts, char(2), char(3), ' … ', 24) AS words
  FROM parsed_fts WHERE parsed_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3
   AND +rowid IN (SELECT value FROM json_each(?4));

-- name: queue_hits
-- What is read of one mail with each hit marked; is_long: it has more than ?3 characters,
-- of which FTS5 would take the square. ?1 match ?2 inbound
SELECT length(coalesce(text, '')) + length(coalesce(files, '')) > ?3 AS is_long,
       highlight(parsed_fts, 0, char(2), char(3)) AS subject,
       CASE WHEN length(coalesce(text, '')) + length(coalesce(files, '')) <= ?3
         THEN highlight(parsed_fts, 3, char(2), char(3)) END AS text,
       CASE WHEN length(coalesce(text, '')) + length(coalesce(files, '')) <= ?3
         THEN highlight(parsed_fts, 4, char(2), char(3)) END AS files
  FROM parsed_fts WHERE parsed_fts MATCH ?1 AND rowid = ?2;

-- name: queue_views
-- Own ones and shared ones. ?1 consultation ?2 staff
SELECT v.id, v.name, v.filter, v.shared, v.staff_id = ?2 AS own FROM queue_view v
 WHERE v.consultation_id = ?1 AND v.ended_at IS NULL AND (v.staff_id = ?2 OR v.shared = 1)
 ORDER BY v.name, v.id;

-- name: queue_view_end
-- ?1 consultation ?2 staff ?3 name ?4 now
UPDATE queue_view SET ended_at = ?4
 WHERE consultation_id = ?1 AND staff_id = ?2 AND name = ?3 AND ended_at IS NULL;

-- name: queue_view_add
-- ?1 consultation ?2 staff ?3 name ?4 filter ?5 shared ?6 now
INSERT INTO queue_view (consultation_id, staff_id, name, filter, shared, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: queue_notes_of
-- Those that were withdrawn, too. ?1 response
SELECT n.id, n.at, s.name AS staff, n.text, n.withdrawn_at FROM note n JOIN staff s ON s.id = n.staff_id
 WHERE n.response_id = ?1 ORDER BY n.id;

-- name: queue_notifications_of
-- What we sent about a mail. ?1 inbound
SELECT t.kind, t.subject, t.recipient, t.state, t.created_at, t.settled_at,
       nullif(y.text, '') AS text, s.name AS staff,
       -- with: notification_reply
  FROM notification t LEFT JOIN reply y ON y.notification_id = t.id
  LEFT JOIN staff s ON s.id = y.staff_id
 WHERE t.inbound_id = ?1 ORDER BY t.id;

-- name: reply_keep
-- ?1 once, of its email ?2 inbound ?3 staff ?4 now ?5 text
INSERT INTO reply (notification_id, inbound_id, staff_id, at, text)
SELECT id, ?2, ?3, ?4, ?5 FROM notification WHERE once = ?1;

-- name: queue_history
-- The newest first. ?1 response ?2 most ?3 1: nothing that says of a code (as in audit.sql)
SELECT id, at, who, event, detail FROM audit WHERE subject = 'response' AND subject_id = ?1
   AND (?3 = 0 OR NOT (event IN ('tagged', 'untagged', 'coding found again', 'coding lost',
     'rule applied') OR (event = 'taken back' AND coalesce(about, 'tag') IN ('tag', 'untag'))))
 ORDER BY id DESC LIMIT ?2;

-- name: response_lock_of
-- ?1 response ?2 now
SELECT c.staff_id, s.name, c.since_at, c.until_at FROM response_lock c JOIN staff s ON s.id = c.staff_id
 WHERE c.response_id = ?1 AND c.until_at > ?2;

-- name: response_lock_set
-- ?1 response ?2 staff ?3 since ?4 until
INSERT INTO response_lock (response_id, staff_id, since_at, until_at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (response_id) DO UPDATE SET staff_id = excluded.staff_id, since_at = excluded.since_at,
  until_at = excluded.until_at;

-- name: response_lock_drop
-- ?1 response ?2 staff
DELETE FROM response_lock WHERE response_id = ?1 AND staff_id = ?2;

-- What undo_rows_back() runs: each is given what the longest of them takes.
-- name: undo_view_end
-- ?1 id ?2 staff ?3 now
UPDATE queue_view SET ended_at = ?3 WHERE id = ?1 AND staff_id = ?2 AND ended_at IS NULL;

-- name: undo_view_reopen
-- ?1 id ?2 staff
UPDATE queue_view SET ended_at = NULL WHERE id = ?1 AND staff_id = ?2 AND ended_at IS NOT NULL;

-- name: undo_text_end
-- ?1 id ?3 now
UPDATE reply_template SET ended_at = ?3 WHERE id = ?1 AND ended_at IS NULL;

-- name: undo_text_reopen
-- ?1 id
UPDATE reply_template SET ended_at = NULL WHERE id = ?1 AND ended_at IS NOT NULL;

-- name: undo_view_place
SELECT consultation_id FROM queue_view WHERE id = ?1;

-- name: undo_text_place
SELECT consultation_id FROM reply_template WHERE id = ?1;

-- name: undo_campaign_place
SELECT consultation_id FROM campaign WHERE id = ?1;

-- name: undo_sample_end
-- Not once somebody has begun with it. ?1 id ?2 staff ?3 now
UPDATE sample SET ended_by = ?2, ended_at = ?3 WHERE id = ?1 AND ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM sample_done d WHERE d.sample_id = ?1)
   AND NOT EXISTS (SELECT 1 FROM double_coding g WHERE g.sample_id = ?1 AND g.ended_at IS NULL);

-- name: undo_sample_reopen
-- ?1 id
UPDATE sample SET ended_by = NULL, ended_at = NULL WHERE id = ?1 AND ended_at IS NOT NULL;

-- name: queue_view_own
-- ?1 consultation ?2 staff ?3 name
SELECT id FROM queue_view
 WHERE consultation_id = ?1 AND staff_id = ?2 AND name = ?3 AND ended_at IS NULL;

-- name: answer_text_own
-- ?1 consultation or 0 ?2 name
SELECT id FROM reply_template
 WHERE coalesce(consultation_id, 0) = ?1 AND name = ?2 AND ended_at IS NULL;

-- name: note_withdraw
-- ?1 id ?2 staff ?3 now
UPDATE note SET withdrawn_by = ?2, withdrawn_at = ?3 WHERE id = ?1 AND withdrawn_at IS NULL;

-- name: coding_ids_holding
-- What untagging is about to end. ?1 response ?2 code
SELECT id FROM coding WHERE response_id = ?1 AND code_id = ?2 AND ended_at IS NULL
   AND from_char IS NULL ORDER BY id;

-- name: coding_end_one
-- ?1 id ?2 staff ?3 now
UPDATE coding SET ended_by = ?2, ended_at = ?3 WHERE id = ?1 AND ended_at IS NULL;

-- name: coding_reopen
-- ?1 id
UPDATE coding SET ended_by = NULL, ended_at = NULL WHERE id = ?1 AND ended_at IS NOT NULL;

-- name: respondent_restore
-- ?1 id ?2 type ?3 type by ?4 permission ?5 permission by, if they are still ?6 type ?7 permission
UPDATE respondent SET type = ?2, type_by = ?3, permission = ?4, permission_by = ?5
 WHERE id = ?1 AND type = ?6 AND permission = ?7;

-- name: link_end_one
-- ?1 id ?2 staff ?3 now
UPDATE link SET ended_by = ?2, ended_at = ?3 WHERE id = ?1 AND ended_at IS NULL;

-- name: link_reopen
-- ?1 id
UPDATE link SET ended_by = NULL, ended_at = NULL WHERE id = ?1 AND ended_at IS NOT NULL;

-- name: link_holding
-- ?1 response
SELECT id FROM link WHERE response_id = ?1 AND ended_at IS NULL;

-- name: answer_ids_holding
-- ?1 response
SELECT id FROM answer WHERE response_id = ?1 AND ended_at IS NULL ORDER BY id;

-- name: answer_end_one
-- ?1 id ?2 staff ?3 now
UPDATE answer SET ended_by = ?2, ended_at = ?3 WHERE id = ?1 AND ended_at IS NULL;

-- name: answer_reopen
-- ?1 id
UPDATE answer SET ended_by = NULL, ended_at = NULL WHERE id = ?1 AND ended_at IS NOT NULL;

-- name: campaign_state_of
-- ?1 id
SELECT state, number FROM campaign WHERE id = ?1;

-- part: unsorted_row
SELECT i.id, i.received_at, i.kind, i.taken_as, i.why, (
-- with: risk_waits
) AS at_risk, i.size, p.from_name, p.from_address,
       p.subject, substr(coalesce(nullif(p.text_new, ''), p.text, ''), 1, 400) AS words,
       (SELECT count(*) FROM attachment a WHERE a.inbound_id = i.id AND a.also = 0) AS files
  FROM inbound i LEFT JOIN parsed p ON p.inbound_id = i.id

-- name: inbound_unsorted
-- The newest first, before one. ?1 before ?2 most ?3 to ?5 as in desk_sortable
-- with: unsorted_row
 WHERE i.taken_as = 'unsorted' AND i.id < ?1
-- with: desk_sortable
 ORDER BY i.id DESC LIMIT ?2;

-- name: inbound_unsorted_at_risk
-- The same, of those that say that somebody may be at risk.
-- with: unsorted_row
 WHERE i.taken_as = 'unsorted' AND i.id < ?1 AND
-- with: risk_waits
-- with: desk_sortable
 ORDER BY i.id DESC LIMIT ?2;

-- name: inbound_dealt
-- What a program dealt with, and what a person put aside: every mail that is neither unsorted nor
-- a response. ?6 only what was taken as that, or NULL
-- with: unsorted_row
 WHERE i.taken_as <> 'response' AND i.taken_as <> 'unsorted' AND i.id < ?1
   AND (?6 IS NULL OR i.taken_as = ?6)
-- with: desk_sortable
 ORDER BY i.id DESC LIMIT ?2;

-- name: inbound_erasing
-- What erasures left for a person to decide.
-- scan: the few that wait
-- with: unsorted_row
 WHERE i.id IN (SELECT inbound_id FROM erasure_mail WHERE decision IS NULL) AND i.id < ?1
-- with: desk_sortable
 ORDER BY i.id DESC LIMIT ?2;

-- name: inbound_erasing_count
-- ?3 to ?5 as in desk_sortable
-- scan: the few that wait
SELECT count(*) AS n FROM inbound i
 WHERE i.id IN (SELECT inbound_id FROM erasure_mail WHERE decision IS NULL)
-- with: desk_sortable
;

-- name: answer_text_add
-- ?1 consultation or NULL ?2 name ?3 subject ?4 text ?5 staff ?6 now
INSERT INTO reply_template (consultation_id, name, subject, text, staff_id, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: answer_text_end
-- ?1 consultation or 0 ?2 name ?3 now
UPDATE reply_template SET ended_at = ?3
 WHERE coalesce(consultation_id, 0) = ?1 AND name = ?2 AND ended_at IS NULL;

-- name: answer_text_list
-- scan: a handful; for one consultation and for all. ?1 consultation
SELECT t.name, c.name AS consultation, t.subject, t.text, s.name AS staff, t.at
  FROM reply_template t JOIN staff s ON s.id = t.staff_id
  LEFT JOIN consultation c ON c.id = t.consultation_id
 WHERE t.ended_at IS NULL AND (t.consultation_id IS NULL OR t.consultation_id = ?1)
 ORDER BY t.name, t.consultation_id;

-- name: answer_text_named
-- The consultation's own before that for all. ?1 consultation ?2 name
SELECT id, name, subject, text FROM reply_template
 WHERE coalesce(consultation_id, 0) IN (0, ?1) AND name = ?2 AND ended_at IS NULL
 ORDER BY consultation_id IS NULL LIMIT 1;

-- name: answer_count
-- How often it went to this reply. ?1 once without its end ("answer:12:3:") ?2 the next text
SELECT count(*) AS n FROM notification WHERE once >= ?1 AND once < ?2;
