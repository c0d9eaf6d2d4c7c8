-- Pictures of updates, a tally of the ledger, and an index of people for searching.

-- Files attached to a draft. What an approval binds covers them by their hashes.
CREATE TABLE bulletin_image (
  id INTEGER PRIMARY KEY,
  bulletin_id INTEGER NOT NULL REFERENCES bulletin (id),
  name TEXT NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 60),
  type TEXT NOT NULL CHECK (type IN ('image/png', 'image/jpeg', 'image/gif', 'image/webp')),
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  size INTEGER NOT NULL CHECK (size > 0),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  bytes BLOB NOT NULL,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  UNIQUE (bulletin_id, name)
) STRICT;
CREATE INDEX bulletin_image_hash ON bulletin_image (hash);

-- Derived: how many mails of an update were accepted, by the minute (unix time / 60), and how
-- many rows of its ledger went to digests (minute 0). Kept by who settles and who fills, in the
-- same transaction, so that progress costs the same at a hundred rows and at five million.
CREATE TABLE bulletin_tally (
  bulletin_id INTEGER NOT NULL REFERENCES bulletin (id),
  state TEXT NOT NULL CHECK (state IN ('sent', 'digest')),
  minute INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (bulletin_id, state, minute)
) STRICT, WITHOUT ROWID;
INSERT INTO bulletin_tally (bulletin_id, state, minute, n)
  SELECT bulletin_id, state, CASE state WHEN 'sent' THEN settled_at / 60 ELSE 0 END AS m, count(*)
  FROM delivery WHERE state IN ('sent', 'digest') GROUP BY bulletin_id, state, m;

-- Only rows that had trouble, with the words: a small part of a ledger.
CREATE INDEX delivery_trouble ON delivery (bulletin_id, state, reply)
  WHERE (state = 'refused' OR state = 'skipped' OR state = 'deferred');
CREATE INDEX attempt_at ON attempt (at) WHERE delivery_id IS NOT NULL;
CREATE INDEX bounce_at ON bounce (at) WHERE subscription_id IS NOT NULL;
CREATE INDEX evidence_gone ON evidence (at) WHERE act IN ('left', 'removed', 'stopped', 'suppressed');
CREATE INDEX letter_to ON letter (recipient, created_at);

-- People by any three characters of their address and name, which are one text here, so that
-- one walk finds both. Only positions of rows are kept, no text: "detail = none", and the content
-- is person's own. What an erasure takes out of person goes out of here in the same commit.
CREATE VIEW person_words AS
  SELECT id, address || char(10) || coalesce(name, '') AS words FROM person;
CREATE VIRTUAL TABLE person_search USING fts5 (words, content = 'person_words',
  content_rowid = 'id', tokenize = 'trigram', detail = none, columnsize = 0);
INSERT INTO person_search (rowid, words) SELECT id, words FROM person_words;
CREATE TRIGGER person_search_add AFTER INSERT ON person BEGIN
  INSERT INTO person_search (rowid, words)
  VALUES (new.id, new.address || char(10) || coalesce(new.name, ''));
END;
CREATE TRIGGER person_search_drop AFTER DELETE ON person BEGIN
  INSERT INTO person_search (person_search, rowid, words)
  VALUES ('delete', old.id, old.address || char(10) || coalesce(old.name, ''));
END;
CREATE TRIGGER person_search_change AFTER UPDATE OF address, name ON person BEGIN
  INSERT INTO person_search (person_search, rowid, words)
  VALUES ('delete', old.id, old.address || char(10) || coalesce(old.name, ''));
  INSERT INTO person_search (rowid, words)
  VALUES (new.id, new.address || char(10) || coalesce(new.name, ''));
END;
