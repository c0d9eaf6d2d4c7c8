-- What is kept as a word is the word of doc/glossary.md: who has unsubscribed is "unsubscribed"
-- and no longer "left". Only the words change, and the checks that hold them: of a table whose
-- content stays as it is SQLite has the text of its schema replaced (https://sqlite.org/
-- lang_altertable.html, "Making Other Kinds Of Table Schema Changes"). The audit log keeps what
-- it said, for its rows are a chain of hashes.
DROP TRIGGER evidence_stays;
DROP TRIGGER entry_stays;
DROP TRIGGER bulletin_ends_whole;
DROP INDEX delivery_open;
DROP INDEX notification_open;
DROP INDEX evidence_gone;
DROP INDEX inbound_dealt;

PRAGMA ignore_check_constraints = ON;
UPDATE subscription SET state = 'unsubscribed' WHERE state = 'left';
UPDATE subscription SET state = 'bouncing' WHERE state = 'stopped';
UPDATE evidence SET event = 'unsubscribed' WHERE event = 'left';
UPDATE evidence SET event = 'bouncing' WHERE event = 'stopped';
UPDATE bulletin SET state = 'on hold' WHERE state = 'held';
UPDATE delivery SET state = 'in doubt' WHERE state = 'doubt';
UPDATE delivery SET skip_reason = 'unsubscribed' WHERE skip_reason = 'left';
UPDATE delivery SET skip_reason = 'bouncing' WHERE skip_reason = 'stopped';
UPDATE notification SET state = 'in doubt' WHERE state = 'doubt';
UPDATE notification SET kind = 'unsubscribed' WHERE kind = 'left';
UPDATE notification SET kind = 'unsubscribe-asked' WHERE kind = 'leave-asked';
UPDATE notification SET kind = 'preferences' WHERE kind = 'manage';
UPDATE notification SET kind = 'reply' WHERE kind = 'answer';
UPDATE attempt SET outcome = 'in doubt' WHERE outcome = 'unsure';
UPDATE link_token SET purpose = 'preferences' WHERE purpose = 'manage';
UPDATE inbound SET taken_as = 'response' WHERE taken_as = 'reply';
UPDATE inbound SET taken_as = 'subscribe' WHERE taken_as = 'join';
UPDATE inbound SET taken_as = 'unsubscribe' WHERE taken_as = 'leave';
UPDATE membership SET closeness = 'personalised' WHERE closeness = 'look';
UPDATE coding SET placed = 're-anchored' WHERE placed = 'found again';
UPDATE coding SET placed = 'needs re-anchoring' WHERE placed = 'lost';
UPDATE double_coding SET placed = 're-anchored' WHERE placed = 'found again';
UPDATE double_coding SET placed = 'needs re-anchoring' WHERE placed = 'lost';
UPDATE bounce SET effect = 'score' WHERE effect = 'point';
UPDATE bounce SET effect = 'unsubscribed' WHERE effect = 'left';
UPDATE change SET what = 'reconcile' WHERE what = 'settle';
UPDATE response SET channel = 'email' WHERE channel = 'e-mail';
UPDATE entry SET channel = 'email' WHERE channel = 'e-mail';

-- What takes back that a mail was discarded: its number, and what it was before, behind the
-- length of that (base/pack.h).
UPDATE change SET inverse = CAST(substr(inverse, 1, 8) || X'0900000000000000' || 'subscribe' ||
    substr(inverse, 21) AS BLOB)
 WHERE kind = 'discard' AND substr(inverse, 9, 12) = X'04000000000000006A6F696E';
UPDATE change SET inverse = CAST(substr(inverse, 1, 8) || X'0B00000000000000' || 'unsubscribe' ||
    substr(inverse, 22) AS BLOB)
 WHERE kind = 'discard' AND substr(inverse, 9, 13) = X'05000000000000006C65617665';

PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(sql, '''left''', '''unsubscribed'''),
    '''stopped''', '''bouncing''')
 WHERE type = 'table' AND name IN ('subscription', 'evidence', 'delivery', 'bounce');
UPDATE sqlite_schema SET sql = replace(sql, '''held''', '''on hold''')
 WHERE type = 'table' AND name = 'bulletin';
UPDATE sqlite_schema SET sql = replace(sql, '''doubt''', '''in doubt''')
 WHERE type = 'table' AND name IN ('delivery', 'notification');
UPDATE sqlite_schema SET sql = replace(replace(replace(replace(sql,
    '''left''', '''unsubscribed'''), '''leave-asked''', '''unsubscribe-asked'''),
    '''manage''', '''preferences'''), '''answer''', '''reply''')
 WHERE type = 'table' AND name = 'notification';
UPDATE sqlite_schema SET sql = replace(sql, '''unsure''', '''in doubt''')
 WHERE type = 'table' AND name = 'attempt';
UPDATE sqlite_schema SET sql = replace(sql, '''manage''', '''preferences''')
 WHERE type = 'table' AND name = 'link_token';
UPDATE sqlite_schema SET sql = replace(replace(replace(sql, '''reply''', '''response'''),
    '''join''', '''subscribe'''), '''leave''', '''unsubscribe''')
 WHERE type = 'table' AND name = 'inbound';
UPDATE sqlite_schema SET sql = replace(sql, '''look''', '''personalised''')
 WHERE type = 'table' AND name = 'membership';
UPDATE sqlite_schema SET sql = replace(replace(sql, '''found again''', '''re-anchored'''),
    '''lost''', '''needs re-anchoring''')
 WHERE type = 'table' AND name IN ('coding', 'double_coding');
UPDATE sqlite_schema SET sql = replace(sql, '''point''', '''score''')
 WHERE type = 'table' AND name = 'bounce';
UPDATE sqlite_schema SET sql = replace(sql, '''settle''', '''reconcile''')
 WHERE type = 'table' AND name = 'change';
UPDATE sqlite_schema SET sql = replace(sql, '''e-mail''', '''email''')
 WHERE type = 'table' AND name IN ('response', 'entry');
PRAGMA writable_schema = RESET;
PRAGMA ignore_check_constraints = OFF;

CREATE TRIGGER bulletin_ends_whole BEFORE UPDATE OF state ON bulletin
  WHEN new.state = 'sent' AND (new.filled = 0 OR EXISTS (SELECT 1 FROM delivery
    WHERE bulletin_id = new.id AND state IN ('queued', 'deferred', 'sending', 'in doubt')))
  BEGIN SELECT RAISE (ABORT, 'a bulletin is not sent while a row of its ledger is open'); END;
CREATE INDEX delivery_open ON delivery (bulletin_id, state)
  WHERE (state = 'sending' OR state = 'in doubt');
CREATE INDEX notification_open ON notification (state)
  WHERE (state = 'sending' OR state = 'in doubt');
CREATE INDEX evidence_gone ON evidence (at)
  WHERE event IN ('unsubscribed', 'removed', 'bouncing', 'suppressed');
CREATE INDEX inbound_dealt ON inbound (id) WHERE taken_as <> 'response' AND taken_as <> 'unsorted';
CREATE TRIGGER evidence_stays BEFORE UPDATE ON evidence
  WHEN new.basis IS NOT NULL OR (new.id, new.subscription_id, new.at, new.event, new.how,
      new.wording_id, new.inbound_id, new.staff_id, new.given_at) IS NOT (old.id,
      old.subscription_id, old.at, old.event, old.how, old.wording_id, old.inbound_id, old.staff_id,
      old.given_at)
  BEGIN SELECT RAISE (ABORT, 'evidence is never changed'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
  BEGIN SELECT RAISE (ABORT, 'what was said of a response is never changed'); END;
