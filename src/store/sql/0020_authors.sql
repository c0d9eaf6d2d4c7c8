-- Whose mail it is, and whom else it names: "from" its only author; "joint" one of several, or one
-- who cannot be told; the rest wrote nothing of it. Derived; of mail from before this version all
-- but "from" comes once it is read again ("mercat store rebuild").
CREATE TABLE mail_writer_now (
  inbound_id INTEGER NOT NULL REFERENCES inbound (id),
  place TEXT NOT NULL
    CHECK (place IN ('from', 'joint', 'reply-to', 'forwarded', 'copied', 'about')),
  address TEXT NOT NULL,
  mailbox TEXT GENERATED ALWAYS AS (
  CASE WHEN instr(address, '+') BETWEEN 2 AND instr(address, '@')
    THEN lower(replace(substr(address, 1, instr(address, '+') - 1) ||
      substr(address, instr(address, '@')), '"', ''))
    ELSE lower(replace(address, '"', '')) END) VIRTUAL,
  PRIMARY KEY (inbound_id, place, address)
) STRICT, WITHOUT ROWID;
INSERT INTO mail_writer_now (inbound_id, place, address)
SELECT inbound_id, place, address FROM mail_writer;
DROP TABLE mail_writer;
ALTER TABLE mail_writer_now RENAME TO mail_writer;
CREATE INDEX mail_writer_mailbox ON mail_writer (mailbox);
CREATE INDEX mail_writer_address ON mail_writer (address);

-- While somebody is erased, as erasing_mail: what does not go by itself, and why.
CREATE TABLE erasing_other (
  inbound_id INTEGER PRIMARY KEY,
  reason TEXT NOT NULL CHECK (reason IN ('at risk', 'joint', 'named'))
) STRICT;

-- What an erasure left for a person to decide; decision: undecided -> erased, kept.
CREATE TABLE erasure_mail (
  erasure_id INTEGER NOT NULL REFERENCES erasure (id),
  inbound_id INTEGER NOT NULL REFERENCES inbound (id),
  reason TEXT NOT NULL CHECK (reason IN ('at risk', 'joint', 'named')),
  decision TEXT CHECK (decision IN ('erased', 'kept')),
  staff_id INTEGER REFERENCES staff (id),
  decided_at INTEGER,
  PRIMARY KEY (erasure_id, inbound_id),
  CHECK ((decision IS NULL) = (decided_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX erasure_mail_open ON erasure_mail (inbound_id) WHERE decision IS NULL;
