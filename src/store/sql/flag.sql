-- Flags that somebody may be at risk; domain/safeguarding/flag.h. What was written of one is read
-- here and nowhere else: no export, count, search or feed knows of these tables (test_flag).

-- part: flag_row
SELECT f.id, f.inbound_id, f.state, f.round, f.raised_at, f.due_at, f.seen_at, f.closed_at, f.outcome,
       f.untold, r.id AS response_id, r.number,
       c.name AS consultation, printf('%s-%04d', c.name, r.number) AS reference,
       coalesce(r.consultation_id, i.consultation_id) AS consultation_id, i.list_id,
       coalesce(r.received_at, i.received_at) AS received_at,
       (SELECT p.what FROM flag_step p WHERE p.flag_id = f.id AND p.round = f.round
         AND p.what IN ('proposed', 'raised', 'reopened') ORDER BY p.id DESC LIMIT 1) AS raised_how,
       (SELECT s.name FROM flag_step p JOIN staff s ON s.id = p.staff_id WHERE p.flag_id = f.id
         AND p.what IN ('raised', 'reopened') ORDER BY p.id DESC LIMIT 1) AS raised_by,
       (SELECT s.name FROM flag_step p JOIN staff s ON s.id = p.staff_id WHERE p.flag_id = f.id
         AND p.what = 'seen' AND p.round = f.round ORDER BY p.id LIMIT 1) AS seen_by
  FROM flag f JOIN inbound i ON i.id = f.inbound_id
  LEFT JOIN response r ON r.inbound_id = f.inbound_id
  LEFT JOIN consultation c ON c.id = r.consultation_id

-- name: flag_by_id
-- ?1 id
-- with: flag_row
 WHERE f.id = ?1;

-- name: flag_of_mail
-- ?1 mail
-- with: flag_row
 WHERE f.inbound_id = ?1;

-- part: flag_reach
-- Flag f, of mail i and response r, for who deals with those of everywhere (?2), or of a list of ?3
-- or a consultation of ?4, JSON arrays of ids.
   AND (?2 OR coalesce(r.consultation_id, i.consultation_id) IN (SELECT value FROM json_each(?4))
     OR (r.id IS NULL AND i.consultation_id IS NULL
       AND i.list_id IN (SELECT value FROM json_each(?3))))

-- name: flags_open
-- The oldest first. ?1 most
-- scan: those that wait, by their own index
-- with: flag_row
 WHERE f.state IN ('proposed', 'open')
-- with: flag_reach
 ORDER BY f.raised_at, f.id LIMIT ?1;

-- name: flags_ended
-- The newest first. ?1 most
-- scan: some hundred flags
-- with: flag_row
 WHERE f.state IN ('dismissed', 'closed')
-- with: flag_reach
 ORDER BY f.closed_at DESC, f.id DESC LIMIT ?1;

-- name: flag_add
-- ?1 mail ?2 state ?3 now ?4 due
INSERT INTO flag (inbound_id, state, raised_at, due_at) VALUES (?1, ?2, ?3, ?4);

-- name: flag_set
-- ?1 id ?2 state ?3 round ?4 raised ?5 due ?6 seen ?7 closed ?8 outcome
UPDATE flag SET state = ?2, round = ?3, raised_at = ?4, due_at = ?5, seen_at = ?6, closed_at = ?7,
  outcome = ?8, untold = 0 WHERE id = ?1;

-- name: flag_untold_set
-- ?1 id ?2 1 or 0
UPDATE flag SET untold = ?2 WHERE id = ?1 AND untold <> ?2;

-- name: flag_step_add
-- ?1 flag ?2 what ?3 round ?4 staff ?5 now ?6 text ?7 outcome
INSERT INTO flag_step (flag_id, what, round, staff_id, at, text, outcome)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);

-- name: flag_step_last
-- ?1 flag
SELECT max(id) AS id FROM flag_step WHERE flag_id = ?1;

-- name: flag_seen_by
-- ?1 flag ?2 round ?3 staff
SELECT count(*) AS n FROM flag_step WHERE flag_id = ?1 AND round = ?2 AND staff_id = ?3
   AND what = 'seen';

-- name: flag_steps
-- ?1 flag
SELECT p.id, p.what, p.round, p.at, s.name AS staff, p.text, p.outcome FROM flag_step p
  LEFT JOIN staff s ON s.id = p.staff_id WHERE p.flag_id = ?1 ORDER BY p.id;

-- name: flag_proposal_settle
-- What the program had proposed of a response is decided with its flag. ?1 mail ?2 accepted or
-- refused ?3 staff ?4 now
UPDATE proposal SET state = ?2, staff_id = ?3, at = ?4
 WHERE response_id = (SELECT id FROM response WHERE inbound_id = ?1) AND kind = 'risk'
   AND state = 'open';

-- name: flag_words
-- The words by which it was proposed of a response. ?1 mail
SELECT p.sign, p.words FROM proposal p JOIN response r ON r.id = p.response_id
 WHERE r.inbound_id = ?1 AND p.kind = 'risk';

-- name: flag_mail_place
-- Where a mail came to, or its response is. ?1 mail
SELECT coalesce(r.consultation_id, i.consultation_id) AS consultation_id, i.list_id,
       r.id AS response_id FROM inbound i LEFT JOIN response r ON r.inbound_id = i.id
 WHERE i.id = ?1 AND i.state = 'done';

-- name: flags_proposed
-- Mails that the program says it of, and that have no flag yet. ?1 most
-- scan: those that are open, by their own index
SELECT r.inbound_id AS id FROM proposal p JOIN response r ON r.id = p.response_id
 WHERE p.kind = 'risk' AND p.state = 'open'
   AND NOT EXISTS (SELECT 1 FROM flag f WHERE f.inbound_id = r.inbound_id)
UNION
SELECT i.id FROM inbound i WHERE i.taken_as = 'unsorted' AND i.at_risk = 1
   AND NOT EXISTS (SELECT 1 FROM flag f WHERE f.inbound_id = i.id)
 ORDER BY 1 LIMIT ?1;

-- name: flags_unsee
-- What was seen by nobody who still deals with such things waits to be seen again.
-- scan: those that wait, by their own index
UPDATE flag SET seen_at = NULL
 WHERE state IN ('proposed', 'open') AND seen_at IS NOT NULL AND NOT EXISTS (
   SELECT 1 FROM flag_step p JOIN staff s ON s.id = p.staff_id
     JOIN granted g ON g.staff_id = s.id AND g.ended_at IS NULL AND g.role = 'safeguarding'
    WHERE p.flag_id = flag.id AND p.round = flag.round AND s.ended_at IS NULL);

-- name: flags_unsee_any
-- scan: those that wait, by their own index
SELECT 1 FROM flag WHERE state IN ('proposed', 'open') AND seen_at IS NOT NULL AND NOT EXISTS (
   SELECT 1 FROM flag_step p JOIN staff s ON s.id = p.staff_id
     JOIN granted g ON g.staff_id = s.id AND g.ended_at IS NULL AND g.role = 'safeguarding'
    WHERE p.flag_id = flag.id AND p.round = flag.round AND s.ended_at IS NULL) LIMIT 1;

-- name: flags_unseen
-- scan: those that wait, by their own index
-- with: flag_row
 WHERE f.state IN ('proposed', 'open') AND f.seen_at IS NULL ORDER BY f.raised_at, f.id;

-- name: flag_staff
-- Whom one could tell.
-- scan: a dozen people
SELECT s.id, s.name, s.email,
       -- with: shared_address
       AS is_shared,
       EXISTS (SELECT 1 FROM login l WHERE l.staff_id = s.id AND l.password IS NOT NULL) AS password
  FROM staff s WHERE s.ended_at IS NULL ORDER BY s.id;

-- name: flag_told
-- ?1 once
SELECT state FROM notification WHERE once = ?1;

-- name: flags_trouble
-- How many wait for longer than they should, and how many were told to nobody; emails about them
-- that have not gone since ?2. ?1 now
-- scan: those that wait, by their own index
SELECT (SELECT count(*) FROM flag WHERE state IN ('proposed', 'open') AND seen_at IS NULL
          AND due_at <= ?1) AS overdue,
       (SELECT min(due_at) FROM flag WHERE state IN ('proposed', 'open') AND seen_at IS NULL
          AND due_at <= ?1) AS overdue_at,
       (SELECT count(*) FROM flag WHERE state IN ('proposed', 'open') AND seen_at IS NULL
          AND untold = 1) AS untold,
       (SELECT min(raised_at) FROM flag WHERE state IN ('proposed', 'open') AND seen_at IS NULL
          AND untold = 1) AS untold_at,
       (SELECT count(*) FROM notification WHERE (state = 'queued' OR state = 'deferred')
          AND kind = 'flag' AND created_at <= ?2) AS unsent,
       (SELECT min(created_at) FROM notification WHERE (state = 'queued' OR state = 'deferred')
          AND kind = 'flag' AND created_at <= ?2) AS unsent_at;

-- name: flags_need
-- What waits for who deals with them. ?1 now
-- scan: those that wait, by their own index
SELECT CASE WHEN f.seen_at IS NOT NULL THEN 'flag open' WHEN f.due_at <= ?1 THEN 'flag overdue'
            ELSE 'flag unseen' END AS kind,
       count(*) AS n, min(f.raised_at) AS at, min(f.id) AS first
  FROM flag f JOIN inbound i ON i.id = f.inbound_id LEFT JOIN response r ON r.inbound_id = f.inbound_id
 WHERE f.state IN ('proposed', 'open')
-- with: flag_reach
 GROUP BY 1 ORDER BY 3;
