-- Everything that a person of the staff did and may take back, in one log.

-- name: change_add
-- ?1 staff ?2 now ?3 kind ?4 said ?5 inverse or NULL ?6 the act that it is a part of, or NULL
-- ?7 consultation and ?8 what, both of the code frame only, or NULL
INSERT INTO change (staff_id, at, kind, said, inverse, part_of, consultation_id, what)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);

-- name: change_said
-- ?1 id ?2 said
UPDATE change SET said = ?2 WHERE id = ?1;

-- name: change_newest
-- ?1 staff ?2 not older than
SELECT id, kind, said, inverse FROM change
 WHERE staff_id = ?1 AND undone_at IS NULL AND passed_at IS NULL AND part_of IS NULL AND at >= ?2
 ORDER BY at DESC, id DESC LIMIT 1;

-- name: change_newest_said
-- The same without what may be long. ?1 staff ?2 not older than
SELECT kind, said FROM change
 WHERE staff_id = ?1 AND undone_at IS NULL AND passed_at IS NULL AND part_of IS NULL AND at >= ?2
 ORDER BY at DESC, id DESC LIMIT 1;

-- name: change_parts
-- The last one first. ?1 act
SELECT id, kind, inverse FROM change WHERE part_of = ?1 ORDER BY id DESC;

-- name: change_undone
-- ?1 id ?2 staff ?3 now
UPDATE change SET undone_by = ?2, undone_at = ?3 WHERE id = ?1;

-- name: change_passed
-- It stays, and undoing goes past it. ?1 id ?2 now
UPDATE change SET passed_at = ?2 WHERE id = ?1;

-- name: change_forget
-- The code frame's stay: they are its history. ?1 older than
DELETE FROM change WHERE at < ?1 AND kind <> 'frame';
