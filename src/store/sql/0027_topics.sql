-- What people read of a topic, apart from its name in files; a topic that is offered no more
-- keeps its bit in what subscribers chose.
ALTER TABLE topic ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE topic ADD COLUMN ended_at INTEGER; -- NULL: it is offered
ALTER TABLE topic ADD COLUMN merged_into INTEGER; -- position; NULL: it is itself
UPDATE topic SET title = upper(substr(name, 1, 1)) || replace(substr(name, 2), '-', ' ');
