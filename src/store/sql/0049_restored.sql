-- What a store that goes back in time does not do by itself: publish what may have been withdrawn
-- since, write to who may have been written to. Their content stays as it is, as in 0031.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, '''redaction'', ''text''',
  '''redaction'', ''text'', ''restored''')
 WHERE type = 'table' AND name = 'publication';
UPDATE sqlite_schema SET sql = replace(sql, '''unmade''', '''unmade'', ''restored''')
 WHERE type = 'table' AND name = 'report_back_recipient';
PRAGMA writable_schema = RESET;

-- A release that fell waits for another, too.
DROP INDEX publication_waits;
CREATE INDEX publication_waits ON publication (response_id, decided_by, decided_at)
 WHERE released_at IS NULL AND withdrawn_at IS NULL AND decision <> 'withhold';
