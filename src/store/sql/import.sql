-- name: import_add
-- ?1 list ?2 now ?3 staff ?4 name of the file
INSERT INTO import (list_id, at, staff_id, file) VALUES (?1, ?2, ?3, ?4);

-- name: import_count
-- ?1 id ?2 added ?3 kept off ?4 passed over ?5 bad
UPDATE import SET added = ?2, kept_off = ?3, passed_over = ?4, bad = ?5 WHERE id = ?1;

-- name: imported_add
-- ?1 subscription ?2 import ?3 evidence ?4 the state before, or NULL
INSERT INTO imported (subscription_id, import_id, evidence_id, was) VALUES (?1, ?2, ?3, ?4);

-- name: imported_of
-- ?1 subscription ?2 import
SELECT evidence_id, was FROM imported WHERE subscription_id = ?1 AND import_id = ?2;

-- name: wording_by_text
-- The newest with these words. ?1 list ?2 text
SELECT id FROM wording WHERE list_id = ?1 AND text = ?2 ORDER BY id DESC LIMIT 1;
