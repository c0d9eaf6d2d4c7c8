-- What an official wrote back, beside its email: that goes once it has been sent, and what was
-- written is read at the response afterwards.
CREATE TABLE reply (
  notification_id INTEGER PRIMARY KEY REFERENCES notification (id),
  inbound_id INTEGER NOT NULL REFERENCES inbound (id), -- what it answers
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  text TEXT NOT NULL -- '' once its reader was erased
) STRICT;
CREATE INDEX reply_inbound ON reply (inbound_id);
