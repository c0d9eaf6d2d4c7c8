-- Tables and columns are called as everything else of them is: by doc/glossary.md. Nothing that
-- is kept changes: what the chain of the audit is a hash of are the values of its rows, not the
-- names of its columns.
ALTER TABLE letter RENAME TO notification;
ALTER TABLE delivery RENAME COLUMN letter_id TO notification_id;
ALTER TABLE attempt RENAME COLUMN letter_id TO notification_id;
ALTER TABLE test_recipient RENAME COLUMN letter_id TO notification_id;
ALTER TABLE probe RENAME COLUMN letter_id TO notification_id;
ALTER TABLE erasure RENAME COLUMN letter_id TO notification_id;
ALTER TABLE audit RENAME COLUMN act TO event;
ALTER TABLE evidence RENAME COLUMN act TO event;
ALTER TABLE rule RENAME COLUMN act TO action;
ALTER TABLE bulletin RENAME COLUMN why_held TO hold_reason;
ALTER TABLE pace RENAME TO rate_limit;
ALTER TABLE rate_limit RENAME COLUMN words TO reason;
ALTER TABLE claim RENAME TO response_lock;
ALTER TABLE answer_text RENAME TO reply_template;
ALTER TABLE desk_view RENAME TO queue_view;
ALTER TABLE desk RENAME TO queue;
ALTER TABLE second_coding RENAME TO double_coding;
ALTER TABLE settlement RENAME TO reconciliation;

-- What belongs to them has their names.
DROP TRIGGER desk_add;
DROP TRIGGER desk_change;
DROP TRIGGER desk_member;
DROP TRIGGER desk_member_no_more;
DROP TRIGGER desk_file;
DROP TRIGGER desk_file_read;
DROP TRIGGER desk_file_gone;
DROP TRIGGER desk_mark;
DROP TRIGGER desk_respondent;
DROP VIEW desk_now;
DROP INDEX attempt_letter;
DROP INDEX probe_letter;
DROP INDEX delivery_letter;
DROP INDEX desk_response;
DROP INDEX desk_state;
DROP INDEX desk_view_name;
DROP INDEX answer_text_name;
DROP INDEX second_coding_of;
DROP INDEX second_coding_response;
DROP INDEX settlement_of;
DROP INDEX settlement_change;
DROP INDEX letter_due;
DROP INDEX letter_due_first;
DROP INDEX letter_due_digest;
DROP INDEX letter_open;
DROP INDEX letter_recipient;
DROP INDEX letter_message_id;
DROP INDEX letter_inbound;
DROP INDEX letter_to;
DROP INDEX letter_limit;
DROP INDEX letter_kind;
DROP INDEX letter_mailbox;
CREATE VIEW queue_now AS
  SELECT r.consultation_id, r.number, r.id AS response_id, r.inbound_id, r.received_at, r.state,
         r.late,
         EXISTS (SELECT 1 FROM attachment a WHERE a.inbound_id = r.inbound_id
           AND a.text_state = 'unreadable') AS unreadable,
         EXISTS (SELECT 1 FROM rule_match m JOIN rule u ON u.id = m.rule_id
           WHERE m.response_id = r.id AND u.action = 'mark') AS marked,
         r.assigned_to,
         (SELECT m.campaign_id FROM membership m WHERE m.response_id = r.id) AS campaign_id,
         rp.type, rp.permission
    FROM response r JOIN respondent rp ON rp.id = r.respondent_id;
CREATE INDEX attempt_notification ON attempt (notification_id, id) WHERE notification_id IS NOT NULL;
CREATE INDEX probe_notification ON probe (notification_id) WHERE notification_id IS NOT NULL;
CREATE INDEX delivery_notification ON delivery (notification_id) WHERE notification_id IS NOT NULL;
CREATE UNIQUE INDEX queue_response ON queue (response_id);
CREATE INDEX queue_state
  ON queue (consultation_id, state, late, unreadable, marked, assigned_to, campaign_id);
CREATE UNIQUE INDEX queue_view_name ON queue_view (consultation_id, staff_id, name)
  WHERE ended_at IS NULL;
CREATE UNIQUE INDEX reply_template_name ON reply_template (coalesce(consultation_id, 0), name)
  WHERE ended_at IS NULL;
CREATE INDEX double_coding_of ON double_coding (sample_id, staff_id) WHERE ended_at IS NULL;
CREATE INDEX double_coding_response ON double_coding (response_id) WHERE ended_at IS NULL;
CREATE INDEX reconciliation_of ON reconciliation (sample_id, position, code_id) WHERE ended_at IS NULL;
CREATE INDEX reconciliation_change ON reconciliation (change_id);
CREATE INDEX notification_due ON notification (due_at, id) WHERE (state = 'queued' OR state = 'deferred');
CREATE INDEX notification_due_first ON notification (due_at, id)
  WHERE (state = 'queued' OR state = 'deferred') AND kind <> 'digest';
CREATE INDEX notification_due_digest ON notification (due_at, id)
  WHERE (state = 'queued' OR state = 'deferred') AND kind = 'digest';
CREATE INDEX notification_open ON notification (state) WHERE (state = 'sending' OR state = 'doubt');
CREATE INDEX notification_recipient ON notification (recipient, kind, created_at);
CREATE INDEX notification_message_id ON notification (message_id);
CREATE INDEX notification_inbound ON notification (inbound_id) WHERE inbound_id IS NOT NULL;
CREATE INDEX notification_to ON notification (recipient, created_at);
CREATE INDEX notification_limit ON notification (limit_hash, kind, created_at) WHERE limit_hash IS NOT NULL;
CREATE INDEX notification_kind ON notification (kind, created_at);
CREATE INDEX notification_mailbox ON notification (mailbox) WHERE recipient <> 'erased';
CREATE TRIGGER queue_add AFTER INSERT ON response BEGIN
  INSERT INTO queue SELECT * FROM queue_now WHERE response_id = new.id;
END;
CREATE TRIGGER queue_change AFTER UPDATE OF state, late, assigned_to ON response BEGIN
  UPDATE queue SET state = new.state, late = new.late, assigned_to = new.assigned_to
   WHERE response_id = new.id;
END;
CREATE TRIGGER queue_member AFTER INSERT ON membership BEGIN
  UPDATE queue SET campaign_id = new.campaign_id WHERE response_id = new.response_id;
END;
CREATE TRIGGER queue_member_no_more AFTER DELETE ON membership BEGIN
  UPDATE queue SET campaign_id = NULL WHERE response_id = old.response_id;
END;
CREATE TRIGGER queue_file AFTER INSERT ON attachment WHEN new.text_state = 'unreadable' BEGIN
  UPDATE queue SET unreadable = 1
   WHERE response_id = (SELECT id FROM response WHERE inbound_id = new.inbound_id);
END;
CREATE TRIGGER queue_file_read AFTER UPDATE OF text_state ON attachment
  WHEN (new.text_state = 'unreadable') <> (old.text_state = 'unreadable') BEGIN
  UPDATE queue SET unreadable = EXISTS (SELECT 1 FROM attachment a
     WHERE a.inbound_id = new.inbound_id AND a.text_state = 'unreadable')
   WHERE response_id = (SELECT id FROM response WHERE inbound_id = new.inbound_id);
END;
CREATE TRIGGER queue_file_gone AFTER DELETE ON attachment WHEN old.text_state = 'unreadable' BEGIN
  UPDATE queue SET unreadable = EXISTS (SELECT 1 FROM attachment a
     WHERE a.inbound_id = old.inbound_id AND a.text_state = 'unreadable')
   WHERE response_id = (SELECT id FROM response WHERE inbound_id = old.inbound_id);
END;
CREATE TRIGGER queue_mark AFTER INSERT ON rule_match
  WHEN (SELECT action FROM rule WHERE id = new.rule_id) = 'mark' BEGIN
  UPDATE queue SET marked = 1 WHERE response_id = new.response_id;
END;
CREATE TRIGGER queue_respondent AFTER UPDATE OF type, permission ON respondent
  WHEN new.type <> old.type OR new.permission <> old.permission BEGIN
  UPDATE queue SET type = new.type, permission = new.permission
   WHERE response_id IN (SELECT id FROM response WHERE respondent_id = new.id);
END;
