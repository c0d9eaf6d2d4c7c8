-- Accounts, roles, sessions. Those of the audit's own staff rows stand in audit.sql.

-- name: login_of
-- ?1 name. A person without a row in login cannot sign in with a password.
SELECT s.id, s.name, s.email, l.password, l.totp, l.totp_step FROM staff s
  LEFT JOIN login l ON l.staff_id = s.id WHERE s.name = ?1 AND s.ended_at IS NULL;

-- name: login_password_set
-- ?1 staff ?2 hash ?3 now
INSERT INTO login (staff_id, password, password_at) VALUES (?1, ?2, ?3)
ON CONFLICT (staff_id) DO UPDATE SET password = excluded.password, password_at = excluded.password_at;

-- name: login_password_renew
-- The same password under newer limits, unless it was changed meanwhile. ?1 staff ?2 new ?3 old
UPDATE login SET password = ?2 WHERE staff_id = ?1 AND password = ?3;

-- name: login_totp_set
-- ?1 staff ?2 sealed secret or NULL
INSERT INTO login (staff_id, totp) VALUES (?1, ?2)
ON CONFLICT (staff_id) DO UPDATE SET totp = excluded.totp, totp_step = 0;

-- name: login_totp_use
-- A step works once. ?1 staff ?2 step
UPDATE login SET totp_step = ?2 WHERE staff_id = ?1 AND totp_step < ?2;

-- name: staff_email_set
-- ?1 staff ?2 address or NULL
UPDATE staff SET email = ?2 WHERE id = ?1;

-- name: staff_end
-- ?1 staff ?2 now
UPDATE staff SET ended_at = ?2 WHERE id = ?1 AND ended_at IS NULL;

-- name: staff_accounts
-- scan: a dozen people. ?1 sessions without a sign of life since then are over ?2 begun before: too
SELECT s.id, s.name, s.email,
       (SELECT group_concat(g.role || coalesce(' for list ' || l.name, ' for ' || c.name, ''), ', ')
          FROM granted g LEFT JOIN list l ON l.id = g.list_id
          LEFT JOIN consultation c ON c.id = g.consultation_id
         WHERE g.staff_id = s.id AND g.ended_at IS NULL) AS roles,
       (SELECT count(*) FROM login WHERE staff_id = s.id AND password IS NOT NULL) AS password,
       (SELECT count(*) FROM login WHERE staff_id = s.id AND totp IS NOT NULL) AS totp,
       s.tell || CASE s.tell_weekends WHEN 1 THEN ', weekends too' ELSE '' END AS tell,
       s.created_at,
       (SELECT max(seen_at) FROM session WHERE staff_id = s.id) AS seen_at,
       (SELECT count(*) FROM session WHERE staff_id = s.id AND ended_at IS NULL
         AND seen_at > ?1 AND created_at > ?2) AS sessions
  FROM staff s WHERE s.ended_at IS NULL ORDER BY s.name;

-- name: staff_by_id
-- ?1 staff, ended or not
SELECT id, name, ended_at FROM staff WHERE id = ?1;

-- name: granted_of
-- ?1 staff
SELECT g.role, g.list_id, g.consultation_id, coalesce(l.name, c.name) AS place
  FROM granted g LEFT JOIN list l ON l.id = g.list_id
  LEFT JOIN consultation c ON c.id = g.consultation_id
 WHERE g.staff_id = ?1 AND g.ended_at IS NULL ORDER BY g.id;

-- name: granted_ended_since
-- What was taken away from then on. ?1 staff ?2 since
-- scan: a dozen people, and the roles that they had
SELECT g.role, g.list_id, g.consultation_id, NULL AS place FROM granted g
 WHERE g.staff_id = ?1 AND g.ended_at >= ?2;

-- name: granted_add
-- ?1 staff ?2 role ?3 list or NULL ?4 consultation or NULL ?5 by ?6 now
INSERT INTO granted (staff_id, role, list_id, consultation_id, by_id, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);

-- name: granted_end
-- ?1 staff ?2 role ?3 list or 0 ?4 consultation or 0 ?5 by ?6 now
UPDATE granted SET ended_by = ?5, ended_at = ?6
 WHERE staff_id = ?1 AND role = ?2 AND coalesce(list_id, 0) = ?3
   AND coalesce(consultation_id, 0) = ?4 AND ended_at IS NULL;

-- name: granted_end_all
-- ?1 staff ?2 by ?3 now
UPDATE granted SET ended_by = ?2, ended_at = ?3 WHERE staff_id = ?1 AND ended_at IS NULL;

-- name: rights_consultations
-- scan: a handful
SELECT id, name, title, state, address, zone, introduction, opens_at, closes_at, closed_at
  FROM consultation
 ORDER BY opens_at DESC, id DESC;

-- name: rights_lists
-- scan: a handful
SELECT l.id, l.name, l.title, l.address, l.entry,
  (SELECT coalesce(sum(t.n), 0) FROM subscription_tally t WHERE t.list_id = l.id
    AND t.state = 'active') AS active,
  (SELECT coalesce(sum(t.n), 0) FROM subscription_tally t WHERE t.list_id = l.id
    AND t.state = 'requested') AS waiting
  FROM list l ORDER BY l.name;

-- name: session_add
-- ?1 hash of the token ?2 staff ?3 how ?4 now
INSERT INTO session (token_hash, staff_id, how, created_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?4);

-- name: session_find
-- ?1 hash ?2 no sign of life since then: over ?3 begun before: over
SELECT n.id, n.staff_id, n.how, n.created_at, n.seen_at, s.name FROM session n
  JOIN staff s ON s.id = n.staff_id
 WHERE n.token_hash = ?1 AND n.ended_at IS NULL AND n.seen_at > ?2 AND n.created_at > ?3
   AND s.ended_at IS NULL;

-- name: session_seen
-- ?1 id ?2 now
UPDATE session SET seen_at = ?2 WHERE id = ?1 AND ended_at IS NULL;

-- name: session_end
-- ?1 id ?2 now ?3 why
UPDATE session SET ended_at = ?2, why_ended = ?3 WHERE id = ?1 AND ended_at IS NULL;

-- name: session_end_all
-- ?1 staff ?2 now ?3 why
UPDATE session SET ended_at = ?2, why_ended = ?3 WHERE staff_id = ?1 AND ended_at IS NULL;

-- name: session_forget
-- ?1 nothing of them since then
DELETE FROM session WHERE seen_at < ?1;

-- name: form_take
-- Does nothing when it was taken before: look at the changes. ?1 hash ?2 now
INSERT INTO form (hash, at) VALUES (?1, ?2) ON CONFLICT (hash) DO NOTHING;

-- name: form_taken
-- ?1 hash
SELECT EXISTS (SELECT 1 FROM form WHERE hash = ?1) AS "is";

-- name: form_forget
-- ?1 taken before
DELETE FROM form WHERE at < ?1;

-- name: sign_in_of
-- ?1 key
SELECT failures, at, until_at FROM sign_in WHERE key = ?1;

-- name: sign_in_set
-- ?1 key ?2 failures ?3 now ?4 not before
INSERT INTO sign_in (key, failures, at, until_at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, at = excluded.at,
  until_at = excluded.until_at;

-- name: sign_in_clear
-- ?1 key
DELETE FROM sign_in WHERE key = ?1;

-- name: sign_in_less
-- One attempt was none. ?1 key
UPDATE sign_in SET failures = max(failures - 1, 0), until_at = 0 WHERE key = ?1;

-- name: sign_in_forget
-- ?1 nothing since then
DELETE FROM sign_in WHERE at < ?1;
