-- What a person sees of a mail (position -1) or of a file, where that is more than its text:
-- boxes, fields, tables, words struck out. Packed by document/packed.c; derived from the bytes.
CREATE TABLE document (
  inbound_id INTEGER NOT NULL REFERENCES inbound (id),
  position INTEGER NOT NULL CHECK (position >= -1),
  bytes BLOB NOT NULL,
  PRIMARY KEY (inbound_id, position)
) STRICT, WITHOUT ROWID;

-- Each place of a response that says something about type, permission or contact; what holds
-- (table said) is what all of them leave. value NULL: it leaves open what it says. Derived.
CREATE TABLE reading (
  response_id INTEGER NOT NULL REFERENCES response (id),
  field TEXT NOT NULL CHECK (field IN ('type', 'permission', 'contact')),
  number INTEGER NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('chosen', 'typed', 'written')),
  value TEXT,
  doubtful INTEGER NOT NULL CHECK (doubtful IN (0, 1)),
  place TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (response_id, field, number)
) STRICT, WITHOUT ROWID;
