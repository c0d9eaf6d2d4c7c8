-- What mails seem to be that are no response, or more than one.

-- name: proposal_facts
-- What a response has that tells whether it is one; nothing before its mail is done. ?1 response
SELECT c.title, (SELECT group_concat(q.text, char(10)) FROM question q
         WHERE q.consultation_id = r.consultation_id) AS questions,
       (SELECT count(*) FROM answer a WHERE a.response_id = r.id AND a.question_id IS NOT NULL
         AND a.ended_at IS NULL) AS answers,
       (SELECT count(*) FROM choice h WHERE h.response_id = r.id AND h.state = 'chosen'
         AND h.ended_at IS NULL) AS choices,
       (SELECT count(*) FROM reading g WHERE g.response_id = r.id AND g.value IS NOT NULL
         AND (g.how <> 'written' OR g.field = 'permission')) AS form,
       (SELECT count(*) FROM attachment f WHERE f.inbound_id = r.inbound_id AND f.also = 0
         AND (substr(f.type, 1, 6) <> 'image/' OR f.size > ?2)
         AND f.type NOT IN ('text/calendar', 'text/vcard', 'text/x-vcard',
           'application/pgp-signature', 'application/pkcs7-signature',
           'application/x-pkcs7-signature')) AS files,
       p.in_reply_to, i.kind = 'list' AS in_bulk,
       EXISTS (SELECT 1 FROM proposal o WHERE o.response_id = r.id AND o.whole = 1
         AND o.state <> 'open') AS decided
  FROM response r JOIN consultation c ON c.id = r.consultation_id
  JOIN inbound i ON i.id = r.inbound_id JOIN parsed p ON p.inbound_id = r.inbound_id
 WHERE r.id = ?1 AND i.state = 'done';

-- name: proposal_lessons
-- The newest mails of which a person said what they are, each text once: what became of it, why,
-- and whether somebody said that it is a response. None that is erased. ?1 before ?2 most
-- scan: the newest screenings, by their number
SELECT min(r.id) AS id, r.state, r.reason,
       EXISTS (SELECT 1 FROM proposal o WHERE o.response_id = r.id AND o.whole = 1
         AND o.state = 'refused') AS refused
  FROM response r JOIN parsed p ON p.inbound_id = r.inbound_id
 WHERE r.id IN (SELECT response_id FROM (SELECT g.response_id FROM screening g
           WHERE g.at < ?1 ORDER BY g.id DESC LIMIT ?2)
         UNION SELECT response_id FROM (SELECT o.response_id FROM proposal o
           WHERE o.whole = 1 AND o.state = 'refused' AND o.at < ?1
           ORDER BY o.response_id DESC LIMIT ?2))
   AND p.text IS NOT NULL
 GROUP BY coalesce(r.fingerprint, -r.id), r.state, r.reason ORDER BY id;

-- name: proposal_drop
-- ?1 response
DELETE FROM proposal WHERE response_id = ?1 AND state = 'open';

-- name: proposal_add
-- What was decided stays. ?1 response ?2 kind ?3 whole ?4 sign ?5 words ?6 alike
INSERT INTO proposal (response_id, kind, whole, sign, words, alike)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (response_id, kind) DO NOTHING;

-- name: proposals_of
-- ?1 response
SELECT p.kind, p.whole, p.sign, p.words, p.alike, p.state, s.name AS staff, p.at,
       p.state = 'open' AND (p.whole = 0 OR r.state = 'received') AS waits
  FROM proposal p JOIN response r ON r.id = p.response_id
  LEFT JOIN staff s ON s.id = p.staff_id
 WHERE p.response_id = ?1 ORDER BY p.kind <> 'risk', p.whole DESC, p.kind;

-- name: proposal_decide
-- ?1 response ?2 kind ?3 accepted or refused ?4 staff ?5 now
UPDATE proposal SET state = ?3, staff_id = ?4, at = ?5
 WHERE response_id = ?1 AND kind = ?2 AND state = 'open';

-- name: proposal_refuse_whole
-- Somebody said that it is a response. ?1 response ?2 staff ?3 now
UPDATE proposal SET state = 'refused', staff_id = ?2, at = ?3
 WHERE response_id = ?1 AND whole = 1 AND state = 'open';

-- name: proposal_reopen
-- ?1 response ?2 kind ?3 what it was decided to be
UPDATE proposal SET state = 'open', staff_id = NULL, at = NULL
 WHERE response_id = ?1 AND kind = ?2 AND state = ?3;

-- name: proposal_counts
-- How many of each kind wait. ?1 consultation
-- scan: those that are open, by their own index
SELECT p.kind, count(*) AS n FROM proposal p JOIN response r ON r.id = p.response_id
 WHERE r.consultation_id = ?1
-- with: proposal_waits
 GROUP BY p.kind;

-- name: proposals_in
-- Those that wait. ?1 consultation ?2 kind or NULL
-- scan: those that are open, by their own index
SELECT c.name AS consultation, r.number, r.received_at, p.kind, p.whole, p.sign, p.words,
       p.alike
  FROM proposal p JOIN response r ON r.id = p.response_id
  JOIN consultation c ON c.id = r.consultation_id
 WHERE r.consultation_id = ?1 AND (?2 IS NULL OR p.kind = ?2)
-- with: proposal_waits
 ORDER BY p.kind <> 'risk', p.kind, r.number;
