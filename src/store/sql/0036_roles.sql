-- A process of the daemon that ends again and again is lost, as a mailbox or a relay is.
CREATE TABLE role (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  lost_at INTEGER,
  is_told INTEGER NOT NULL DEFAULT 0
) STRICT;

-- It may be news; the content of the table stays as it is.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''mailbox'', ''relay''', '''mailbox'', ''relay'', ''role''')
 WHERE type = 'table' AND name = 'staff_news';
PRAGMA writable_schema = RESET;
