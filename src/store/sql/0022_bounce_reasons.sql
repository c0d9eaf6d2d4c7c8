-- Whatever failed has a reason, and a feedback report has none. The reasons are those of
-- enum mail_reason (mail/message.h), the effects those of enum bounce_effect
-- (domain/core/bounce_words.h). A row of before without one gets what its status says for sure
-- (RFC 3463; as classify/reason.c reads it), else 'unknown': nothing on record says why.
CREATE TABLE bounce_now (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('mail', 'smtp', 'report')),
  inbound_id INTEGER REFERENCES inbound (id),
  delivery_id INTEGER REFERENCES delivery (id),
  probe_id INTEGER REFERENCES probe (id),
  subscription_id INTEGER REFERENCES subscription (id),
  address TEXT,
  action TEXT,
  status TEXT,
  verdict TEXT NOT NULL CHECK (verdict IN ('permanent', 'transient', 'unknown')),
  reason TEXT CONSTRAINT bounce_reason CHECK (reason IN (
    'unknown', 'no_such_address', 'no_such_domain', 'moved', 'mailbox_full',
    'disabled', 'policy', 'content', 'authentication', 'too_large', 'rate', 'network', 'expired',
    'other')),
  diagnostic TEXT,
  effect TEXT NOT NULL CONSTRAINT bounce_effect CHECK (effect IN (
    'foreign', 'notice', 'kept', 'elsewhere', 'moot', 'old',
    'again', 'same day', 'waiting', 'point', 'dead', 'unclear', 'left')),
  points INTEGER,
  mailbox TEXT GENERATED ALWAYS AS (
  CASE WHEN instr(address, '+') BETWEEN 2 AND instr(address, '@')
    THEN lower(replace(substr(address, 1, instr(address, '+') - 1) ||
      substr(address, instr(address, '@')), '"', ''))
    ELSE lower(replace(address, '"', '')) END) VIRTUAL,
  CHECK ((source = 'smtp') = (inbound_id IS NULL)),
  CHECK ((source = 'report') = (reason IS NULL)),
  CHECK (subscription_id IS NOT NULL OR effect = 'foreign')
) STRICT;
INSERT INTO bounce_now (id, at, source, inbound_id, delivery_id, probe_id, subscription_id,
    address, action, status, verdict, reason, diagnostic, effect, points)
SELECT id, at, source, inbound_id, delivery_id, probe_id, subscription_id, address, action, status,
    verdict,
    CASE WHEN source = 'report' THEN NULL
      WHEN reason IS NOT NULL THEN reason
      ELSE CASE ltrim(status, '245')
        WHEN '.1.0' THEN 'no_such_address' WHEN '.1.1' THEN 'no_such_address'
        WHEN '.1.3' THEN 'no_such_address' WHEN '.1.4' THEN 'no_such_address'
        WHEN '.1.2' THEN 'no_such_domain' WHEN '.1.10' THEN 'no_such_domain'
        WHEN '.1.6' THEN 'moved' WHEN '.2.1' THEN 'disabled' WHEN '.2.2' THEN 'mailbox_full'
        WHEN '.2.3' THEN 'too_large' WHEN '.3.4' THEN 'too_large' WHEN '.4.5' THEN 'rate'
        WHEN '.4.7' THEN 'expired' ELSE 'unknown' END
    END, diagnostic, effect, points FROM bounce;
DROP TABLE bounce;
ALTER TABLE bounce_now RENAME TO bounce;
CREATE INDEX bounce_inbound ON bounce (inbound_id) WHERE inbound_id IS NOT NULL;
CREATE INDEX bounce_delivery ON bounce (delivery_id) WHERE delivery_id IS NOT NULL;
CREATE INDEX bounce_probe ON bounce (probe_id) WHERE probe_id IS NOT NULL;
CREATE INDEX bounce_subscription ON bounce (subscription_id, id) WHERE subscription_id IS NOT NULL;
CREATE INDEX bounce_at ON bounce (at) WHERE subscription_id IS NOT NULL;
CREATE INDEX bounce_address ON bounce (lower(address)) WHERE address IS NOT NULL;
CREATE INDEX bounce_mailbox ON bounce (mailbox) WHERE address IS NOT NULL;
