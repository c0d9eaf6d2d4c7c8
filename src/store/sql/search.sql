-- What store_commit() does for the text index; see parsed_unindexed in 0001_start.sql.

-- name: search_functions
-- What around.c adds a function by. ?1 where it goes
SELECT fts5(?1) AS api;

-- name: search_waits
-- scan: one row of a table that is empty or nearly so
SELECT 1 AS waits FROM parsed_unindexed LIMIT 1;

-- name: search_add
-- scan: all that wait, a transaction's worth
INSERT INTO parsed_fts (rowid, subject, from_name, from_address, text, files)
SELECT p.inbound_id, p.subject, p.from_name, p.from_address, p.text, p.files
  FROM parsed_unindexed u JOIN parsed p ON p.inbound_id = u.inbound_id ORDER BY u.inbound_id;

-- name: search_added
-- scan: the same rows
DELETE FROM parsed_unindexed;
