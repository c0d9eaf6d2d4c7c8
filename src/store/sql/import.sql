-- name: import_add
-- ?1 list ?2 now ?3 staff ?4 name of the file ?5 how many are to be added or kept off
INSERT INTO import (list_id, at, staff_id, file, wanted) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: import_count
-- Nothing changes where it was taken back. ?1 id ?2 added ?3 kept off ?4 passed over ?5 bad
-- ?6 when it was done to its end, or NULL
UPDATE import SET added = ?2, kept_off = ?3, passed_over = ?4, bad = ?5, done_at = ?6
 WHERE id = ?1 AND undone_at IS NULL;

-- name: imported_add
-- ?1 subscription ?2 import ?3 evidence ?4 the state before, or NULL
INSERT INTO imported (subscription_id, import_id, evidence_id, was) VALUES (?1, ?2, ?3, ?4);

-- name: imported_of
-- ?1 subscription ?2 import
SELECT evidence_id, was FROM imported WHERE subscription_id = ?1 AND import_id = ?2;

-- name: wording_by_text
-- The newest with these words. ?1 list ?2 text
SELECT id FROM wording WHERE list_id = ?1 AND text = ?2 ORDER BY id DESC LIMIT 1;

-- name: import_of
-- scan: only the imports of the last day have rows in imported. any_left: of one that is being
-- taken back some are there still. ?1 id ?2 list
SELECT i.*, s.name AS staff, u.name AS undone_name,
       EXISTS (SELECT 1 FROM imported WHERE import_id = i.id) AS any_left
  FROM import i JOIN staff s ON s.id = i.staff_id
  LEFT JOIN staff u ON u.id = i.undone_by WHERE i.id = ?1 AND i.list_id = ?2;

-- name: import_recent
-- scan: as above. Those that can be taken back still, the newest first. ?1 list ?2 since
SELECT i.id, i.at, i.file, i.added, i.kept_off, i.wanted, i.done_at, s.name AS staff
  FROM import i JOIN staff s ON s.id = i.staff_id
 WHERE i.list_id = ?1 AND i.at > ?2 AND i.added + i.kept_off > 0
   AND (i.undone_at IS NULL OR EXISTS (SELECT 1 FROM imported WHERE import_id = i.id))
 ORDER BY i.id DESC LIMIT 20;

-- name: import_undone
-- ?1 id ?2 now ?3 staff
UPDATE import SET undone_at = ?2, undone_by = ?3 WHERE id = ?1 AND undone_at IS NULL;

-- name: imported_next
-- scan: only the imports of the last day have rows here. acted: something was written of them
-- since; was_sent: there is a delivery to them. ?1 import ?2 after that subscription ?3 most
SELECT i.subscription_id, i.evidence_id, i.was, s.person_id, s.state,
       (SELECT max(id) FROM evidence WHERE subscription_id = i.subscription_id) <> i.evidence_id
         AS acted,
       EXISTS (SELECT 1 FROM delivery WHERE subscription_id = i.subscription_id) AS was_sent
  FROM imported i JOIN subscription s ON s.id = i.subscription_id
 WHERE i.import_id = ?1 AND i.subscription_id > ?2 ORDER BY i.subscription_id LIMIT ?3;

-- name: imported_evidence_drop
DELETE FROM evidence WHERE id = ?1;

-- name: imported_subscription_drop
DELETE FROM subscription WHERE id = ?1;

-- name: imported_person_drop
-- A person whom the import made, and of whom nothing else is known. ?1 person ?2 when it was
DELETE FROM person WHERE id = ?1 AND created_at >= ?2
   AND NOT EXISTS (SELECT 1 FROM subscription WHERE person_id = ?1)
   AND NOT EXISTS (SELECT 1 FROM link_token WHERE person_id = ?1)
   AND NOT EXISTS (SELECT 1 FROM move WHERE person_id = ?1)
   AND NOT EXISTS (SELECT 1 FROM erasure WHERE person_id = ?1);

-- name: imported_forget
-- scan: what can be taken back no more. ?1 imports before then
DELETE FROM imported WHERE import_id IN (SELECT id FROM import WHERE at < ?1);

-- name: imported_drop
-- It is taken back of one. ?1 subscription ?2 import
DELETE FROM imported WHERE subscription_id = ?1 AND import_id = ?2;
