-- name: recode_codings
-- What holds of a code on a reply. ?1 response ?2 code
SELECT id, part, from_char, to_char, placed FROM coding
 WHERE response_id = ?1 AND code_id = ?2 AND ended_at IS NULL ORDER BY id;
