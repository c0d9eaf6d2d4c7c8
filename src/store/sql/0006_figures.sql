-- Derived: what the figures ask of each reply, packed in blocks of replies by their id, so that a
-- count over all of them reads some megabytes and no tables (acts/facts.h). A block is good
-- while its number stands in fact_fresh. Whatever changes a fact of a reply takes the number
-- out in the same transaction; somebody who counts reads the rows themselves then, and the clock
-- packs them again. So figures are exact at every moment, and writing costs a look at a small
-- table. 256 replies in a block: the same number as in acts/facts.h.
CREATE TABLE fact_block (
  consultation_id INTEGER NOT NULL REFERENCES consultation (id),
  block INTEGER NOT NULL,
  facts BLOB NOT NULL,
  UNIQUE (consultation_id, block)
) STRICT;
CREATE INDEX fact_block_number ON fact_block (block);
CREATE TABLE fact_fresh (block INTEGER PRIMARY KEY) STRICT;

-- A new reply needs none: ids grow, and a block is packed only when it is full.
CREATE TRIGGER fact_response AFTER UPDATE OF id, consultation_id, respondent_id, channel,
  received_at, late, state, reason ON response BEGIN
  DELETE FROM fact_fresh WHERE block IN (old.id / 256, new.id / 256);
END;
CREATE TRIGGER fact_response_gone AFTER DELETE ON response BEGIN
  DELETE FROM fact_fresh WHERE block = old.id / 256;
END;
CREATE TRIGGER fact_respondent AFTER UPDATE OF id, type, permission, contact ON respondent
  WHEN new.id <> old.id OR new.type <> old.type OR new.permission <> old.permission
    OR new.contact <> old.contact BEGIN
  DELETE FROM fact_fresh WHERE block IN (SELECT id / 256 FROM response
   WHERE respondent_id = old.id OR respondent_id = new.id);
END;
CREATE TRIGGER fact_respondent_gone AFTER DELETE ON respondent BEGIN
  DELETE FROM fact_fresh WHERE block IN (SELECT id / 256 FROM response
   WHERE respondent_id = old.id);
END;

CREATE TRIGGER fact_member AFTER INSERT ON membership BEGIN
  DELETE FROM fact_fresh WHERE block = new.response_id / 256;
END;
CREATE TRIGGER fact_member_changed AFTER UPDATE OF response_id, campaign_id, closeness
  ON membership BEGIN
  DELETE FROM fact_fresh WHERE block IN (old.response_id / 256, new.response_id / 256);
END;
CREATE TRIGGER fact_member_gone AFTER DELETE ON membership BEGIN
  DELETE FROM fact_fresh WHERE block = old.response_id / 256;
END;

CREATE TRIGGER fact_link AFTER INSERT ON link BEGIN
  DELETE FROM fact_fresh WHERE block = new.response_id / 256;
END;
CREATE TRIGGER fact_link_changed AFTER UPDATE ON link BEGIN
  DELETE FROM fact_fresh WHERE block IN (old.response_id / 256, new.response_id / 256);
END;
CREATE TRIGGER fact_link_gone AFTER DELETE ON link BEGIN
  DELETE FROM fact_fresh WHERE block = old.response_id / 256;
END;

CREATE TRIGGER fact_answer AFTER INSERT ON answer WHEN new.ended_at IS NULL BEGIN
  DELETE FROM fact_fresh WHERE block = new.response_id / 256;
END;
CREATE TRIGGER fact_answer_changed AFTER UPDATE OF response_id, question_id, part, from_char,
  to_char, ended_at ON answer BEGIN
  DELETE FROM fact_fresh WHERE block IN (old.response_id / 256, new.response_id / 256);
END;
CREATE TRIGGER fact_answer_gone AFTER DELETE ON answer BEGIN
  DELETE FROM fact_fresh WHERE block = old.response_id / 256;
END;

CREATE TRIGGER fact_coding AFTER INSERT ON coding WHEN new.ended_at IS NULL BEGIN
  DELETE FROM fact_fresh WHERE block = new.response_id / 256;
END;
CREATE TRIGGER fact_coding_changed AFTER UPDATE OF response_id, code_id, part, from_char, to_char,
  ended_at ON coding BEGIN
  DELETE FROM fact_fresh WHERE block IN (old.response_id / 256, new.response_id / 256);
END;
CREATE TRIGGER fact_coding_gone AFTER DELETE ON coding BEGIN
  DELETE FROM fact_fresh WHERE block = old.response_id / 256;
END;

-- Derived: how many subscriptions of a list are in a state with a choice of topics. An update's
-- page asks that, and with a long list to count each time would be the slowest thing on it.
CREATE TABLE subscription_tally (
  list_id INTEGER NOT NULL REFERENCES list (id),
  state TEXT NOT NULL,
  all_topics INTEGER NOT NULL,
  topics INTEGER NOT NULL,
  n INTEGER NOT NULL CHECK (n >= 0),
  PRIMARY KEY (list_id, state, all_topics, topics)
) STRICT, WITHOUT ROWID;
INSERT INTO subscription_tally (list_id, state, all_topics, topics, n)
  SELECT list_id, state, all_topics, topics, count(*) FROM subscription GROUP BY 1, 2, 3, 4;
CREATE TRIGGER subscription_tally_add AFTER INSERT ON subscription BEGIN
  INSERT INTO subscription_tally (list_id, state, all_topics, topics, n)
  VALUES (new.list_id, new.state, new.all_topics, new.topics, 1)
  ON CONFLICT (list_id, state, all_topics, topics) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER subscription_tally_change
  AFTER UPDATE OF list_id, state, all_topics, topics ON subscription
  WHEN new.state <> old.state OR new.topics <> old.topics OR new.all_topics <> old.all_topics
    OR new.list_id <> old.list_id BEGIN
  UPDATE subscription_tally SET n = n - 1 WHERE list_id = old.list_id AND state = old.state
    AND all_topics = old.all_topics AND topics = old.topics;
  INSERT INTO subscription_tally (list_id, state, all_topics, topics, n)
  VALUES (new.list_id, new.state, new.all_topics, new.topics, 1)
  ON CONFLICT (list_id, state, all_topics, topics) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER subscription_tally_gone AFTER DELETE ON subscription BEGIN
  UPDATE subscription_tally SET n = n - 1 WHERE list_id = old.list_id AND state = old.state
    AND all_topics = old.all_topics AND topics = old.topics;
END;
