-- Whose mail it is, by every address that its head gives for whoever wrote it. Derived; of mail
-- from before this version the addresses for answers come once it is read again ("mercat store rebuild").
CREATE TABLE mail_writer (
  inbound_id INTEGER NOT NULL REFERENCES inbound (id),
  place TEXT NOT NULL CHECK (place IN ('from', 'reply-to', 'forwarded')),
  address TEXT NOT NULL,
  mailbox TEXT GENERATED ALWAYS AS (
  CASE WHEN instr(address, '+') BETWEEN 2 AND instr(address, '@')
    THEN lower(replace(substr(address, 1, instr(address, '+') - 1) ||
      substr(address, instr(address, '@')), '"', ''))
    ELSE lower(replace(address, '"', '')) END) VIRTUAL,
  PRIMARY KEY (inbound_id, place, address)
) STRICT, WITHOUT ROWID;
INSERT INTO mail_writer (inbound_id, place, address)
SELECT inbound_id, 'from', from_address FROM parsed WHERE from_address IS NOT NULL
 UNION ALL
SELECT inbound_id, 'forwarded', forwarded_address FROM parsed WHERE forwarded_address IS NOT NULL;

-- mailbox: the one that an address means, whatever tag stands in it (RFC 5233), in small letters.
ALTER TABLE letter ADD COLUMN mailbox TEXT GENERATED ALWAYS AS (
  CASE WHEN instr(recipient, '+') BETWEEN 2 AND instr(recipient, '@')
    THEN lower(replace(substr(recipient, 1, instr(recipient, '+') - 1) ||
      substr(recipient, instr(recipient, '@')), '"', ''))
    ELSE lower(replace(recipient, '"', '')) END) VIRTUAL;
ALTER TABLE bounce ADD COLUMN mailbox TEXT GENERATED ALWAYS AS (
  CASE WHEN instr(address, '+') BETWEEN 2 AND instr(address, '@')
    THEN lower(replace(substr(address, 1, instr(address, '+') - 1) ||
      substr(address, instr(address, '@')), '"', ''))
    ELSE lower(replace(address, '"', '')) END) VIRTUAL;
ALTER TABLE respondent ADD COLUMN mailbox TEXT GENERATED ALWAYS AS (
  CASE WHEN instr(address_key, '+') BETWEEN 2 AND instr(address_key, '@')
    THEN lower(replace(substr(address_key, 1, instr(address_key, '+') - 1) ||
      substr(address_key, instr(address_key, '@')), '"', ''))
    ELSE lower(replace(address_key, '"', '')) END) VIRTUAL;

CREATE INDEX mail_writer_mailbox ON mail_writer (mailbox);
CREATE INDEX letter_mailbox ON letter (mailbox) WHERE recipient <> 'erased';
CREATE INDEX bounce_mailbox ON bounce (mailbox) WHERE address IS NOT NULL;
CREATE INDEX respondent_mailbox ON respondent (mailbox);
CREATE INDEX mail_writer_address ON mail_writer (address);
CREATE INDEX respondent_key ON respondent (address_key);

-- What these take the place of.
DROP INDEX parsed_from;
