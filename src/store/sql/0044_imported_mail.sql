-- Mail of an old mailbox that somebody put into a consultation: what it belongs to, whatever its
-- addresses say; when it came; whether it is acknowledged.
CREATE TABLE imported_mail (
  inbound_id INTEGER PRIMARY KEY REFERENCES inbound (id),
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  arrived_at INTEGER, -- as its folder has it; NULL: it does not say
  acknowledged INTEGER NOT NULL DEFAULT 0 CHECK (acknowledged IN (0, 1))
) STRICT;
