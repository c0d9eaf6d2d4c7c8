-- Notifications that carried words of a mail which was erased before this version have lost them,
-- and what of them waits is not sent. Bytes are empty of a mail that was erased, and of no other.
UPDATE notification SET subject = '', mail = NULL, reply_code = NULL, reply_status = NULL,
  reply_text = CASE WHEN state IN ('queued', 'deferred', 'in doubt', 'sending')
    THEN 'its mail was erased' END,
  settled_at = CASE WHEN state IN ('queued', 'deferred', 'in doubt', 'sending')
    THEN created_at ELSE settled_at END,
  state = CASE WHEN state IN ('queued', 'deferred', 'in doubt', 'sending')
    THEN 'skipped' ELSE state END
 WHERE recipient <> 'erased'
   AND inbound_id IN (SELECT inbound_id FROM inbound_raw WHERE length(bytes) = 0);
UPDATE reply SET text = ''
 WHERE inbound_id IN (SELECT inbound_id FROM inbound_raw WHERE length(bytes) = 0);
