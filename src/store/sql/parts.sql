-- What people read where the store keeps facts; statements of any file may use these.

-- part: skip_words
-- Of a row d of the ledger: why it was skipped (domain/core/skip.h).
       CASE d.skip_reason
         WHEN 'not active' THEN 'is not an active subscriber any more'
         WHEN 'topics' THEN 'has chosen topics that it has no section on'
         WHEN 'paused' THEN 'has paused these updates'
         WHEN 'cancelled' THEN 'the update was cancelled'
         WHEN 'unsubscribed' THEN 'left the list before it was sent'
         WHEN 'bouncing' THEN 'stopped before it was sent: mail to the address comes back'
         WHEN 'complained' THEN 'complained before it was sent'
         WHEN 'suppressed' THEN 'suppressed before it was sent'
         WHEN 'settled' THEN 'in doubt, and a person decided not to send it again'
       END

-- part: delivery_reply
-- Of a row d of the ledger: why it was skipped, or which digest, or what a server said.
       CASE d.state
         WHEN 'skipped' THEN
           -- with: skip_words
         WHEN 'digest' THEN CASE WHEN d.notification_id IS NULL THEN 'goes' ELSE 'went' END ||
           ' into the ' || d.frequency || ' digest'
         ELSE CASE d.given_up WHEN 1 THEN 'given up after many tries: ' ELSE '' END || d.reply
       END AS reply

-- part: notification_reply
-- Of a notification t: what a server said, or we.
       CASE t.given_up WHEN 1 THEN 'given up after many tries: ' ELSE '' END || t.reply AS reply

-- part: own_work
-- Bulletin b: ?2 began it, or wrote it last or changed it since its last approval, and no
-- colleague has asked about exactly these words since.
(b.created_by = ?2 OR ((b.changed_by = ?2 OR EXISTS (SELECT 1 FROM bulletin_change c
    WHERE c.bulletin_id = b.id AND c.staff_id = ?2 AND c.approval_id = coalesce((SELECT max(a.id)
      FROM approval a WHERE a.bulletin_id = b.id), 0)))
  AND NOT EXISTS (SELECT 1 FROM approval_request q WHERE q.bulletin_id = b.id
    AND q.ended_at IS NULL AND q.kind = 'approve' AND q.asked_by <> ?2
    AND q.content_hash = b.content_hash)))

-- part: shared_address
-- The address of staff s is of a colleague, a list or a consultation too: no place for what is
-- theirs to know.
(EXISTS (SELECT 1 FROM staff o WHERE o.id <> s.id AND o.ended_at IS NULL
     AND lower(o.email) = lower(s.email))
  OR EXISTS (SELECT 1 FROM list l WHERE lower(l.address) = lower(s.email))
  OR EXISTS (SELECT 1 FROM consultation c WHERE lower(c.address) = lower(s.email)))

-- part: proposal_waits
-- Proposal p of response r waits for a decision: one that it is no response only until
-- somebody included or excluded it.
   AND p.state = 'open' AND (p.whole = 0 OR r.state = 'received')

-- part: response_blind
-- Does ?19 code it blindly? Then it has no tags for them.
SELECT 1 FROM sample_unit bu JOIN sample_coder bo ON bo.sample_id = bu.sample_id
  JOIN sample bm ON bm.id = bu.sample_id WHERE bu.response_id = d.response_id
   AND bo.staff_id = ?19 AND bo.done_at IS NULL AND bm.ended_at IS NULL

-- part: response_filter
-- What a filter asks (domain/responses/response.h), for whatever lists, counts or acts: they must
-- never differ. ?1 consultation (0: every one) ?2 what to go on from ?3 state ?4 type ?5 permission
-- ?6 staff (-1: nobody; NULL any) ?7 late (0 any, 1 yes, 2 no) ?8 unreadable ?9 marked ?10 campaign
-- (0 any, -1 each that is not refused) ?11 tagged ?12 linked ?13 code or NULL ?14 from ?15 to (0 open)
-- ?16 match ?17 most ?18 second coding that is still to be done by ?19 staff ?20 what it is proposed to
-- be, or "any" ?21 name of a tag, where ?13 is not known ?22 what a rule marked it as, '' for anything
   AND (?3 IS NULL OR d.state = ?3) AND (?4 IS NULL OR d.type = ?4)
   AND (?5 IS NULL OR d.permission = ?5) AND (?6 IS NULL OR d.assigned_to IS nullif(?6, -1))
   AND (?7 = 0 OR d.late = (?7 = 1)) AND (?8 = 0 OR d.unreadable = (?8 = 1))
   AND (?9 = 0 OR d.marked = (?9 = 1))
   AND (?10 = 0 OR d.campaign_id = ?10 OR (?10 = -1 AND d.campaign_id IN (SELECT id FROM campaign
     WHERE consultation_id = ?1 AND state <> 'refused')))
   AND (?11 = 0 OR (?11 = 1) = (EXISTS (SELECT 1 FROM coding g WHERE g.response_id = d.response_id
     AND g.ended_at IS NULL) AND NOT EXISTS (
     -- with: response_blind
   )))
   AND (?12 = 0 OR (?12 = 1) = EXISTS (SELECT 1 FROM link l WHERE l.response_id = d.response_id
     AND l.ended_at IS NULL))
   AND (?13 IS NULL OR EXISTS (SELECT 1 FROM coding g WHERE g.code_id = ?13
     AND g.response_id = d.response_id AND g.ended_at IS NULL) AND NOT EXISTS (
     -- with: response_blind
   ))
   AND (?21 IS NULL OR EXISTS (SELECT 1 FROM coding g JOIN code k ON k.id = g.code_id
     WHERE g.response_id = d.response_id AND g.ended_at IS NULL AND k.name = ?21) AND NOT EXISTS (
     -- with: response_blind
   ))
   AND (?22 IS NULL OR EXISTS (SELECT 1 FROM rule_match m JOIN rule u ON u.id = m.rule_id
     WHERE m.response_id = d.response_id AND u.action = 'mark' AND (?22 = '' OR u.value = ?22)))
   AND (?18 = 0 OR (?18 = 1) = (d.response_id IN (SELECT u.response_id FROM sample_coder o
     JOIN sample m ON m.id = o.sample_id JOIN sample_unit u ON u.sample_id = m.id
    WHERE o.staff_id = ?19 AND o.done_at IS NULL AND m.ended_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM sample_done e WHERE e.sample_id = u.sample_id
        AND e.position = u.position AND e.staff_id = ?19))))
   AND d.received_at >= ?14 AND (?15 = 0 OR d.received_at <= ?15)
   AND (?20 IS NULL OR d.response_id IN (SELECT p.response_id FROM proposal p
     JOIN response r ON r.id = p.response_id WHERE r.consultation_id = ?1
      AND (p.kind = ?20 OR ?20 = 'any')
      -- with: proposal_waits
   ))
   AND (?16 IS NULL OR d.inbound_id IN (SELECT rowid FROM parsed_fts WHERE parsed_fts MATCH ?16)
     OR d.number = ?23 OR EXISTS (SELECT 1 FROM response_move v
       WHERE v.response_id = d.response_id AND v.number = ?23)
     OR d.response_id IN (SELECT n.response_id FROM note n
       WHERE ?24 IS NOT NULL AND n.withdrawn_at IS NULL AND n.text LIKE ?24 ESCAPE '!'))
   AND (?25 IS NULL OR EXISTS (SELECT 1 FROM parsed m WHERE m.inbound_id = d.inbound_id AND NOT EXISTS (
     SELECT 1 FROM json_each(?25) w WHERE instr(coalesce(m.subject, '') || char(10)
       || coalesce(m.text, '') || char(10) || coalesce(m.files, ''), w.value) = 0)))

-- part: organisation_of_its_own
-- Who gives their own name for that of an organisation is named as none, whatever was ticked. x
   trim(coalesce(x.name, '')) = '' OR instr(lower(x.organisation), lower(trim(x.name))) = 0

-- part: linked_with
-- Response r and all that it is linked with, either way and over others: whoever wrote them said no
-- for all of them when they said it in one.
       WITH RECURSIVE kin(id) AS (SELECT r.id
         UNION SELECT l.of_id FROM kin JOIN link l ON l.response_id = kin.id AND l.ended_at IS NULL
         UNION SELECT l.response_id FROM kin JOIN link l ON l.of_id = kin.id AND l.ended_at IS NULL)
       SELECT id FROM kin

-- part: permission_in_force
-- Of response r and respondent x: the strictest that the same sender said, in this response or in
-- one that it is linked with, or 'unknown' where a person has yet to settle it.
       CASE WHEN x.permission = 'none' OR EXISTS (SELECT 1 FROM respondent o
              WHERE o.same_as = coalesce(x.same_as, x.id) AND o.permission = 'none')
            OR EXISTS (SELECT 1 FROM respondent o
              WHERE o.id = coalesce(x.same_as, x.id) AND o.permission = 'none')
            OR EXISTS (SELECT 1 FROM response q JOIN respondent o ON o.id = q.respondent_id
              WHERE o.permission = 'none' AND q.id IN (
              -- with: linked_with
              )) THEN 'none'
            WHEN x.permission_by <> 'person' AND EXISTS (SELECT 1 FROM said s
              WHERE s.response_id = r.id AND s.field = 'permission' AND s.value IS NULL) THEN 'unknown'
            ELSE x.permission END

-- part: publication_hindered
-- What keeps response r of respondent x from being published or quoted besides its permission, as a
-- word; NULL: nothing. A later mail of the same mailbox may take back what this one allows: until a
-- person has sorted it nobody knows.
       CASE WHEN r.state <> 'included' THEN 'not included'
            WHEN EXISTS (SELECT 1 FROM proposal d WHERE d.response_id = r.id AND (d.state = 'open'
              OR (d.state = 'accepted' AND (d.whole = 1 OR d.kind = 'risk')))) THEN 'proposal'
            WHEN EXISTS (SELECT 1 FROM flag d WHERE d.inbound_id = r.inbound_id
              AND d.state <> 'dismissed' AND coalesce(d.outcome, '') NOT IN ('no risk', 'mistake'))
              THEN 'flag'
            WHEN EXISTS (SELECT 1 FROM link l WHERE l.response_id = r.id AND l.ended_at IS NULL
              AND l.as_what = 'duplicate') THEN 'duplicate'
            WHEN EXISTS (SELECT 1 FROM mail_writer w JOIN inbound i ON i.id = w.inbound_id
              WHERE w.mailbox = x.mailbox AND w.place IN ('from', 'joint', 'reply-to', 'forwarded')
                AND w.inbound_id > r.inbound_id AND i.taken_as = 'unsorted') THEN 'unsorted mail'
       END

-- part: may_be_published
-- The same as a condition, with either permission.
   (
   -- with: permission_in_force
   ) IN ('name', 'without name') AND (
   -- with: publication_hindered
   ) IS NULL
