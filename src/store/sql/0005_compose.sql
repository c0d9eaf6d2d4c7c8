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

-- Derived: how many rows of an update's ledger are in a state that rests, by the minute in
-- which they came to it (unix time / 60; 0 for those that will move on). 'all': every row,
-- counted by who fills it. Kept by the triggers below, so that progress costs the same at a
-- hundred rows and at five million.
CREATE TABLE bulletin_tally (
  bulletin_id INTEGER NOT NULL REFERENCES bulletin (id),
  state TEXT NOT NULL CHECK (state IN ('all', 'sent', 'refused', 'skipped', 'deferred', 'digest')),
  minute INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (bulletin_id, state, minute)
) STRICT, WITHOUT ROWID;
INSERT INTO bulletin_tally (bulletin_id, state, minute, n)
  SELECT bulletin_id, 'all', 0, count(*) FROM delivery GROUP BY bulletin_id;
INSERT INTO bulletin_tally (bulletin_id, state, minute, n)
  SELECT bulletin_id, state, CASE WHEN state IN ('deferred', 'digest') THEN 0
      ELSE coalesce(settled_at, started_at, due_at) / 60 END AS m, count(*)
  FROM delivery WHERE state IN ('sent', 'refused', 'skipped', 'deferred', 'digest')
  GROUP BY bulletin_id, state, m;
CREATE TRIGGER delivery_tally_new AFTER INSERT ON delivery
  WHEN new.state IN ('sent', 'refused', 'skipped', 'deferred', 'digest')
  BEGIN
    INSERT INTO bulletin_tally (bulletin_id, state, minute, n)
    VALUES (new.bulletin_id, new.state, CASE WHEN new.state IN ('deferred', 'digest') THEN 0
        ELSE coalesce(new.settled_at, new.started_at, new.due_at) / 60 END, 1)
    ON CONFLICT (bulletin_id, state, minute) DO UPDATE SET n = n + 1;
  END;
CREATE TRIGGER delivery_tally_to AFTER UPDATE OF state ON delivery
  WHEN new.state IN ('sent', 'refused', 'skipped', 'deferred', 'digest')
    AND new.state <> old.state
  BEGIN
    INSERT INTO bulletin_tally (bulletin_id, state, minute, n)
    VALUES (new.bulletin_id, new.state, CASE WHEN new.state IN ('deferred', 'digest') THEN 0
        ELSE coalesce(new.settled_at, new.started_at, new.due_at) / 60 END, 1)
    ON CONFLICT (bulletin_id, state, minute) DO UPDATE SET n = n + 1;
  END;
CREATE TRIGGER delivery_tally_from AFTER UPDATE OF state ON delivery
  WHEN old.state IN ('sent', 'refused', 'skipped', 'deferred', 'digest')
    AND new.state <> old.state
  BEGIN
    UPDATE bulletin_tally SET n = n - 1 WHERE bulletin_id = old.bulletin_id
      AND state = old.state AND minute = CASE WHEN old.state IN ('deferred', 'digest') THEN 0
        ELSE coalesce(old.settled_at, old.started_at, old.due_at) / 60 END;
  END;

-- Only rows that had trouble: failures in words, and who needed more than one try.
CREATE INDEX delivery_trouble ON delivery (bulletin_id, state, reply)
  WHERE state IN ('refused', 'skipped', 'deferred');
CREATE INDEX delivery_again ON delivery (bulletin_id, settled_at) WHERE attempts > 1;
CREATE INDEX delivery_doubted ON delivery (bulletin_id) WHERE doubt > 0;
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
