-- What a second coder may not learn while their sample is open: acts/blind.h.

-- name: blind_sample
-- One that this person still codes. ?1 consultation ?2 staff
SELECT m.number FROM sample_coder o JOIN sample m ON m.id = o.sample_id
 WHERE o.staff_id = ?2 AND o.done_at IS NULL AND m.consultation_id = ?1 AND m.ended_at IS NULL
 ORDER BY m.number LIMIT 1;

-- name: blind_overlap
-- One that shares a reply with this sample. ?1 sample ?2 staff
SELECT m.number FROM sample_coder o JOIN sample m ON m.id = o.sample_id
 WHERE o.staff_id = ?2 AND o.done_at IS NULL AND m.ended_at IS NULL
   AND EXISTS (SELECT 1 FROM sample_unit a JOIN sample_unit u ON u.response_id = a.response_id
     WHERE a.sample_id = ?1 AND u.sample_id = m.id)
 ORDER BY m.number LIMIT 1;
