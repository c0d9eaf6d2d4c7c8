-- What waits for the staff reaches them by email: how each wants it, which day was decided last
-- for them, and what is news to those who are told at once.
ALTER TABLE staff ADD COLUMN tell TEXT NOT NULL DEFAULT 'daily'
  CHECK (tell IN ('never', 'daily', 'at once'));
ALTER TABLE staff ADD COLUMN tell_weekends INTEGER NOT NULL DEFAULT 0
  CHECK (tell_weekends IN (0, 1));
ALTER TABLE staff ADD COLUMN told_day TEXT;

-- Mail cannot be read from it, or handed to it, since then; told: those who are told at once know.
ALTER TABLE mailbox ADD COLUMN lost_at INTEGER;
ALTER TABLE mailbox ADD COLUMN is_told INTEGER NOT NULL DEFAULT 0;
CREATE TABLE relay (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  lost_at INTEGER,
  is_told INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One row for each thing that somebody may be told of at once, however often it happens: place_id
-- is the list, consultation, mailbox or relay. is_new: they do not know; told_at: they were told.
CREATE TABLE staff_news (
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  kind TEXT NOT NULL CHECK (kind IN ('mine', 'request', 'on hold', 'mailbox', 'relay')),
  place_id INTEGER NOT NULL,
  is_new INTEGER NOT NULL CHECK (is_new IN (0, 1)),
  told_at INTEGER,
  PRIMARY KEY (staff_id, kind, place_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_news_new ON staff_news (staff_id) WHERE is_new = 1;

-- Whatever puts a bulletin on hold, and however somebody asks to be let in.
CREATE TRIGGER bulletin_hold_is_news AFTER UPDATE OF state ON bulletin
  WHEN new.state = 'on hold' AND old.state <> 'on hold' BEGIN
  INSERT INTO staff_news (staff_id, kind, place_id, is_new)
  SELECT s.id, 'on hold', new.list_id, 1 FROM staff s WHERE s.tell = 'at once' AND s.ended_at IS NULL
  ON CONFLICT (staff_id, kind, place_id) DO UPDATE SET is_new = 1;
END;
CREATE TRIGGER request_is_news AFTER INSERT ON subscription WHEN new.state = 'requested' BEGIN
  INSERT INTO staff_news (staff_id, kind, place_id, is_new)
  SELECT s.id, 'request', new.list_id, 1 FROM staff s WHERE s.tell = 'at once' AND s.ended_at IS NULL
  ON CONFLICT (staff_id, kind, place_id) DO UPDATE SET is_new = 1;
END;
CREATE TRIGGER request_again_is_news AFTER UPDATE OF state ON subscription
  WHEN new.state = 'requested' AND old.state <> 'requested' BEGIN
  INSERT INTO staff_news (staff_id, kind, place_id, is_new)
  SELECT s.id, 'request', new.list_id, 1 FROM staff s WHERE s.tell = 'at once' AND s.ended_at IS NULL
  ON CONFLICT (staff_id, kind, place_id) DO UPDATE SET is_new = 1;
END;

-- Notifications have one more kind; their content stays as it is, as in 0031.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''bulletin-sent'', ''approval''',
    '''bulletin-sent'', ''approval'', ''needs''')
 WHERE type = 'table' AND name = 'notification';
PRAGMA writable_schema = RESET;
