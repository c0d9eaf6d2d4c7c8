-- name: campaign_texts
-- What each reply says, its files included. ?1 consultation
SELECT r.id, coalesce(x.same_as, x.id) AS respondent_id, r.fingerprint, p.from_name,
       coalesce(p.text_new, p.text, '') AS text,
       coalesce((SELECT group_concat(a.text, char(10)) FROM attachment a
         WHERE a.inbound_id = r.inbound_id), '') AS files
  FROM response r JOIN respondent x ON x.id = r.respondent_id
  JOIN parsed p ON p.inbound_id = r.inbound_id
 WHERE r.consultation_id = ?1 ORDER BY r.id;

-- name: campaign_text
-- The same of one reply. ?1 response
SELECT p.from_name, coalesce(p.text_new, p.text, '') AS text,
       coalesce((SELECT group_concat(a.text, char(10)) FROM attachment a
         WHERE a.inbound_id = r.inbound_id), '') AS files
  FROM response r JOIN parsed p ON p.inbound_id = r.inbound_id WHERE r.id = ?1;

-- name: campaigns_of
-- ?1 consultation
SELECT id, number, standard, state FROM campaign WHERE consultation_id = ?1 ORDER BY number;

-- name: campaign_by_number
-- ?1 consultation ?2 number
SELECT id, number, standard, state FROM campaign WHERE consultation_id = ?1 AND number = ?2;

-- name: campaign_add
-- ?1 consultation ?2 number ?3 standard text ?4 now
INSERT INTO campaign (consultation_id, number, standard, state, found_at)
VALUES (?1, ?2, ?3, 'proposed', ?4);

-- name: campaign_decide
-- ?1 id ?2 state ?3 staff ?4 now
UPDATE campaign SET state = ?2, decided_by = ?3, decided_at = ?4 WHERE id = ?1;

-- name: campaign_list
-- ?1 consultation
SELECT c.number, c.state, s.name AS decided_by,
  (SELECT count(*) FROM membership m WHERE m.campaign_id = c.id AND m.closeness = 'standard') AS standard,
  (SELECT count(*) FROM membership m WHERE m.campaign_id = c.id AND m.closeness = 'modified') AS modified,
  (SELECT count(*) FROM membership m WHERE m.campaign_id = c.id AND m.closeness = 'personalised') AS look,
  substr(replace(replace(c.standard, char(13), ''), char(10), ' '), 1, 60) AS begins
  FROM campaign c LEFT JOIN staff s ON s.id = c.decided_by
 WHERE c.consultation_id = ?1 ORDER BY c.number;

-- name: campaign_members
-- The least alike first: they say most of their own. ?1 campaign
SELECT k.name AS consultation, r.number, p.from_address, m.closeness, m.share AS standard_share,
       m.alike, r.state
  FROM membership m JOIN response r ON r.id = m.response_id
  JOIN consultation k ON k.id = r.consultation_id JOIN parsed p ON p.inbound_id = r.inbound_id
 WHERE m.campaign_id = ?1 ORDER BY m.closeness = 'personalised', m.alike, r.number;

-- name: memberships_of
-- ?1 consultation
SELECT m.response_id, m.campaign_id, m.closeness, m.share, m.of_standard, m.alike
  FROM campaign c JOIN membership m ON m.campaign_id = c.id WHERE c.consultation_id = ?1;

-- name: membership_end
-- ?1 response
DELETE FROM membership WHERE response_id = ?1;

-- name: membership_add
-- Of a response that says what it said when it was measured. ?1 response ?2 campaign
-- ?3 closeness ?4 share of it ?5 share of the standard text ?6 alike ?7 fingerprint or NULL
INSERT INTO membership (response_id, campaign_id, closeness, share, of_standard, alike)
SELECT id, ?2, ?3, ?4, ?5, ?6 FROM response WHERE id = ?1 AND fingerprint IS ?7;

-- name: membership_of
SELECT c.number, c.state, c.standard, m.closeness, m.share, m.alike FROM membership m
  JOIN campaign c ON c.id = m.campaign_id WHERE m.response_id = ?1;
