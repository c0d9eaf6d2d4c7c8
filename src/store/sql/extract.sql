-- name: extract_next
-- The oldest mail with an attachment that waits to be read.
-- scan: the partial index of what waits
SELECT a.inbound_id, r.bytes FROM attachment a JOIN inbound_raw r ON r.inbound_id = a.inbound_id
 WHERE a.text_state = 'waiting' ORDER BY a.inbound_id LIMIT 1;

-- name: extract_waiting_of
-- ?1 inbound
SELECT position, sha256 FROM attachment WHERE inbound_id = ?1 AND text_state = 'waiting'
 ORDER BY position;

-- name: extract_keep
-- ?1 inbound ?2 position ?3 text ?4 source ?5 state ?6 reason
UPDATE attachment SET text = ?3, text_source = ?4, text_state = ?5, text_reason = ?6
 WHERE inbound_id = ?1 AND position = ?2 AND text_state = 'waiting';

-- name: extract_recognised
-- ?1 inbound ?2 position ?3 the byte of its text from which words were recognised ?4 how sure
UPDATE attachment SET recognised_at = ?3, recognised_sure = ?4
 WHERE inbound_id = ?1 AND position = ?2;

-- name: extract_give_up
-- ?1 inbound ?2 reason
UPDATE attachment SET text_state = 'unreadable', text_reason = ?2
 WHERE inbound_id = ?1 AND text_state = 'waiting';

-- name: extract_words
-- ?1 inbound ?2 names and words of all its files
UPDATE parsed SET files = ?2 WHERE inbound_id = ?1;
