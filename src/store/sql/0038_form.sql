-- Forms of the staff's pages that were taken, so that one that comes twice is done once.
CREATE TABLE form (
  hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX form_at ON form (at);
