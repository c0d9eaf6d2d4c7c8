-- What people read where the store keeps facts; statements of any file may use these.

-- part: skip_words
-- Of a row d of the ledger: why it was skipped (domain/core/skip.h).
       CASE d.skip_reason
         WHEN 'not active' THEN 'is not an active subscriber any more'
         WHEN 'topics' THEN 'has chosen topics that it has no section on'
         WHEN 'paused' THEN 'has paused these updates'
         WHEN 'cancelled' THEN 'the update was cancelled'
         WHEN 'left' THEN 'left the list before it was sent'
         WHEN 'stopped' THEN 'stopped before it was sent: mail to the address comes back'
         WHEN 'complained' THEN 'complained before it was sent'
         WHEN 'suppressed' THEN 'suppressed before it was sent'
         WHEN 'settled' THEN 'in doubt, and a person decided not to send it again'
       END

-- part: delivery_reply
-- Of a row d of the ledger: why it was skipped, or which digest, or what a server said.
       CASE d.state
         WHEN 'skipped' THEN
           -- with: skip_words
         WHEN 'digest' THEN CASE WHEN d.letter_id IS NULL THEN 'goes' ELSE 'went' END ||
           ' into the ' || d.frequency || ' digest'
         ELSE CASE d.given_up WHEN 1 THEN 'given up after many tries: ' ELSE '' END || d.reply
       END AS reply

-- part: letter_reply
-- Of a letter t: what a server said, or we.
       CASE t.given_up WHEN 1 THEN 'given up after many tries: ' ELSE '' END || t.reply AS reply

-- part: proposal_waits
-- Proposal p of response r waits for a decision: one that it is no response only until
-- somebody included or excluded it.
   AND p.state = 'open' AND (p.whole = 0 OR r.state = 'received')
