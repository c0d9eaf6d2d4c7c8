-- A response that was moved to another consultation. Both references lead to it, whichever it has
-- now: numbers are never taken twice. What it was coded there stays, ended at that moment.
CREATE TABLE response_move (
  id INTEGER PRIMARY KEY,
  response_id INTEGER NOT NULL REFERENCES response (id),
  consultation_id INTEGER NOT NULL REFERENCES consultation (id), -- where it was, and as which
  number INTEGER NOT NULL,
  to_consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  to_number INTEGER NOT NULL,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  at INTEGER NOT NULL,
  undone_by INTEGER REFERENCES staff (id),
  undone_at INTEGER,
  CHECK (consultation_id <> to_consultation_id),
  CHECK ((undone_by IS NULL) = (undone_at IS NULL))
) STRICT;
CREATE INDEX response_move_from ON response_move (consultation_id, number);
CREATE INDEX response_move_to ON response_move (to_consultation_id, to_number);
CREATE INDEX response_move_response ON response_move (response_id, id);

CREATE INDEX coding_ended ON coding (response_id, ended_at) WHERE ended_at IS NOT NULL;

CREATE TRIGGER queue_moved AFTER UPDATE OF consultation_id, number ON response BEGIN
  UPDATE queue SET consultation_id = new.consultation_id, number = new.number,
    marked = EXISTS (SELECT 1 FROM rule_match m JOIN rule u ON u.id = m.rule_id
      WHERE m.response_id = new.id AND u.action = 'mark')
   WHERE response_id = new.id;
END;

-- What is of one consultation never holds on a response of another, whoever takes back what.
CREATE TRIGGER coding_at_home BEFORE INSERT ON coding
  WHEN (SELECT consultation_id FROM code WHERE id = new.code_id)
    <> (SELECT consultation_id FROM response WHERE id = new.response_id)
  BEGIN SELECT RAISE (ABORT, 'a code of another consultation'); END;
CREATE TRIGGER coding_back_at_home BEFORE UPDATE OF ended_at ON coding
  WHEN new.ended_at IS NULL AND (SELECT consultation_id FROM code WHERE id = new.code_id)
    <> (SELECT consultation_id FROM response WHERE id = new.response_id)
  BEGIN SELECT RAISE (ABORT, 'a code of another consultation'); END;
CREATE TRIGGER answer_back_at_home BEFORE UPDATE OF ended_at ON answer
  WHEN new.ended_at IS NULL AND (SELECT consultation_id FROM question WHERE id = new.question_id)
    <> (SELECT consultation_id FROM response WHERE id = new.response_id)
  BEGIN SELECT RAISE (ABORT, 'a question of another consultation'); END;
CREATE TRIGGER choice_back_at_home BEFORE UPDATE OF ended_at ON choice
  WHEN new.ended_at IS NULL AND (SELECT consultation_id FROM question WHERE id = new.question_id)
    <> (SELECT consultation_id FROM response WHERE id = new.response_id)
  BEGIN SELECT RAISE (ABORT, 'a question of another consultation'); END;

-- When it was to go, before somebody sent it at once: stopped in time, it goes then.
ALTER TABLE bulletin ADD COLUMN due_before INTEGER;
ALTER TABLE bulletin ADD COLUMN zone_before TEXT;

-- What was released stands under the consultation that it was sent to.
CREATE TRIGGER publication_moved AFTER UPDATE OF consultation_id ON response
  WHEN new.consultation_id <> old.consultation_id
BEGIN
  UPDATE publication SET released_by = NULL, released_at = NULL, fell = 'text'
   WHERE released_at IS NOT NULL AND response_id = new.id;
END;
