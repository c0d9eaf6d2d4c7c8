-- What a respondent allows belongs to one response: each has a respondent of its own, and the
-- earlier ones of the same sender are only named. Closed questions, and what was chosen of them.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE respondent_kept AS SELECT * FROM respondent;
DROP TABLE respondent;

-- Who one response says that it is from. same_as: of an earlier response by the same sender and
-- with no other name, so that people can be counted.
CREATE TABLE respondent (
  id INTEGER PRIMARY KEY,
  address_key TEXT NOT NULL,
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  name TEXT,
  type TEXT NOT NULL DEFAULT 'unknown' CHECK (type IN ('individual', 'organisation', 'unknown')),
  permission TEXT NOT NULL DEFAULT 'unknown'
    CHECK (permission IN ('name', 'without name', 'none', 'unknown')),
  contact TEXT NOT NULL DEFAULT 'unknown' CHECK (contact IN ('yes', 'no', 'unknown')),
  organisation TEXT,
  type_by TEXT NOT NULL DEFAULT 'form' CHECK (type_by IN ('form', 'person')),
  permission_by TEXT NOT NULL DEFAULT 'form' CHECK (permission_by IN ('form', 'person')),
  contact_by TEXT NOT NULL DEFAULT 'form' CHECK (contact_by IN ('form', 'person')),
  name_by TEXT NOT NULL DEFAULT 'form' CHECK (name_by IN ('form', 'person')),
  organisation_by TEXT NOT NULL DEFAULT 'form' CHECK (organisation_by IN ('form', 'person')),
  same_as INTEGER REFERENCES respondent (id)
) STRICT;
INSERT INTO respondent SELECT *, NULL FROM respondent_kept;
CREATE INDEX respondent_address ON respondent (consultation_id, address_key, id);
CREATE INDEX respondent_name ON respondent (consultation_id, name COLLATE NOCASE);
CREATE INDEX respondent_same ON respondent (same_as) WHERE same_as IS NOT NULL;

-- Responses that shared one get their own. What a person had set holds for each, as it did.
CREATE TABLE respondent_apart AS
  SELECT r.id AS response_id, r.respondent_id AS old_id,
         (SELECT max(id) FROM respondent_kept) + row_number() OVER (ORDER BY r.id) AS new_id
    FROM response r
   WHERE r.id > (SELECT min(o.id) FROM response o WHERE o.respondent_id = r.respondent_id);
INSERT INTO respondent
  SELECT a.new_id, k.address_key, k.consultation_id, k.name, k.type, k.permission, k.contact,
         k.organisation, k.type_by, k.permission_by, k.contact_by, k.name_by, k.organisation_by, k.id
    FROM respondent_apart a JOIN respondent_kept k ON k.id = a.old_id;
UPDATE response SET respondent_id = a.new_id FROM respondent_apart a WHERE a.response_id = response.id;

CREATE TRIGGER desk_respondent AFTER UPDATE OF type, permission ON respondent
  WHEN new.type <> old.type OR new.permission <> old.permission BEGIN
  UPDATE desk SET type = new.type, permission = new.permission
   WHERE response_id IN (SELECT id FROM response WHERE respondent_id = new.id);
END;
CREATE TRIGGER fact_respondent AFTER UPDATE OF id, type, permission, contact, same_as ON respondent
  WHEN new.id <> old.id OR new.type <> old.type OR new.permission <> old.permission
    OR new.contact <> old.contact OR new.same_as IS NOT old.same_as BEGIN
  DELETE FROM fact_fresh WHERE block IN (SELECT id / 256 FROM response
   WHERE respondent_id = old.id OR respondent_id = new.id);
END;
CREATE TRIGGER fact_respondent_gone AFTER DELETE ON respondent BEGIN
  DELETE FROM fact_fresh WHERE block IN (SELECT id / 256 FROM response
   WHERE respondent_id = old.id);
END;

-- What was read: each response keeps what it says itself, and of a permission the strictest that
-- any response of the sender has. None is freer than before.
CREATE TABLE respondent_strict AS
  SELECT coalesce(x.same_as, x.id) AS sender_id, min(CASE coalesce(s.value, 'unknown')
    WHEN 'none' THEN 0 WHEN 'unknown' THEN 1 WHEN 'without name' THEN 2 ELSE 3 END) AS rank
    FROM respondent x JOIN response r ON r.respondent_id = x.id
    JOIN said s ON s.response_id = r.id AND s.field = 'permission' GROUP BY 1;
UPDATE respondent SET
  type = CASE type_by WHEN 'person' THEN type ELSE coalesce((SELECT s.value FROM response r
    JOIN said s ON s.response_id = r.id AND s.field = 'type'
     WHERE r.respondent_id = respondent.id), 'unknown') END,
  permission = CASE WHEN permission_by = 'person' THEN permission
    WHEN EXISTS (SELECT 1 FROM response r JOIN said s ON s.response_id = r.id
      AND s.field = 'permission' AND s.value IS NOT NULL WHERE r.respondent_id = respondent.id)
    THEN (SELECT CASE min(rank) WHEN 3 THEN 'name' WHEN 2 THEN 'without name' WHEN 0 THEN 'none'
      ELSE 'unknown' END FROM respondent_strict
       WHERE sender_id = coalesce(respondent.same_as, respondent.id))
    WHEN permission = 'none' THEN 'none' ELSE 'unknown' END,
  contact = CASE contact_by WHEN 'person' THEN contact ELSE coalesce((SELECT s.value FROM response r
    JOIN said s ON s.response_id = r.id AND s.field = 'contact'
     WHERE r.respondent_id = respondent.id), 'unknown') END
 WHERE id IN (SELECT old_id FROM respondent_apart UNION SELECT new_id FROM respondent_apart);

DROP TABLE respondent_strict;
DROP TABLE respondent_apart;
DROP TABLE respondent_kept;

-- The files alone, to find the same file under another cover note.
ALTER TABLE response ADD COLUMN file_print INTEGER;

-- A question with options takes one of them, or several. Without any it is an open one.
ALTER TABLE question ADD COLUMN several INTEGER NOT NULL DEFAULT 0 CHECK (several IN (0, 1));
CREATE TABLE question_option (
  id INTEGER PRIMARY KEY,
  question_id INTEGER NOT NULL REFERENCES question (id),
  position INTEGER NOT NULL CHECK (position BETWEEN 1 AND 32),
  text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 200),
  UNIQUE (question_id, position)
) STRICT;

-- What a response chose; part, from_char and to_char as in answer, NULL where a person says so.
-- state: chosen; unclear: something was said and a person should look; none: a person says that
-- nothing was chosen. A machine's are derived; a person's are ended, never deleted.
CREATE TABLE choice (
  id INTEGER PRIMARY KEY,
  response_id INTEGER NOT NULL REFERENCES response (id),
  question_id INTEGER NOT NULL REFERENCES question (id),
  option_id INTEGER REFERENCES question_option (id),
  state TEXT NOT NULL CHECK (state IN ('chosen', 'unclear', 'none')),
  part INTEGER CHECK (part >= -1),
  from_char INTEGER CHECK (from_char >= 0),
  to_char INTEGER CHECK (to_char >= from_char),
  by_what TEXT NOT NULL CHECK (by_what IN ('person', 'machine')),
  staff_id INTEGER REFERENCES staff (id),
  at INTEGER NOT NULL,
  ended_by INTEGER REFERENCES staff (id),
  ended_at INTEGER,
  CHECK ((by_what = 'person') = (staff_id IS NOT NULL)),
  CHECK ((state = 'chosen') = (option_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX choice_holds ON choice (response_id, question_id, coalesce(option_id, 0))
  WHERE ended_at IS NULL;

CREATE TRIGGER fact_choice AFTER INSERT ON choice WHEN new.ended_at IS NULL BEGIN
  DELETE FROM fact_fresh WHERE block = new.response_id / 256;
END;
CREATE TRIGGER fact_choice_changed AFTER UPDATE ON choice BEGIN
  DELETE FROM fact_fresh WHERE block IN (old.response_id / 256, new.response_id / 256);
END;
CREATE TRIGGER fact_choice_gone AFTER DELETE ON choice BEGIN
  DELETE FROM fact_fresh WHERE block = old.response_id / 256;
END;
-- What is packed says less than is asked now.
DELETE FROM fact_fresh;
