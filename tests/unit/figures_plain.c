#include "tests/unit/figures_plain.h"

#include "domain/analysis/analysis.h"
#include "domain/coding/codeframe.h"
#include "domain/analysis/facts.h"
#include "base/str.h"

#include <inttypes.h>

enum { CODES = 8 };

/* asked has one row: the state, or NULL for all. Each gives label and n. */
#define REPLY \
	" r.consultation_id = 1 AND r.state = coalesce((SELECT state FROM asked), r.state) "
#define BY_TYPE                                                                     \
	" || ' (' || sum(type = 'individual') || ' ' || sum(type = 'organisation')" \
	" || ' ' || sum(type = 'unknown') || ')' "
#define BELOW                                                                         \
	"WITH RECURSIVE below(top, id) AS (SELECT id, id FROM code WHERE state IN "   \
	"('live', 'retired') UNION SELECT below.top, k.id FROM below JOIN code k ON " \
	"k.parent_id = below.id WHERE k.state IN ('live', 'retired')) "
#define OVERLAPS                                                                   \
	" a.ended_at IS NULL AND a.part = g.part AND a.from_char < g.to_char AND " \
	"a.to_char > g.from_char "
#define WITH_RESPONDENT " JOIN respondent rp ON rp.id = r.respondent_id "

static const struct {
	const char *by, *sql;
	bool typed; /* n is followed by the types */
} naive[] = {
	{"state",
	 "SELECT r.state AS label, count(*) AS n FROM response r WHERE" REPLY
	 "GROUP BY label ORDER BY label",
	 false},
	{"reason",
	 "SELECT coalesce(reason, '(not excluded)') AS label, count(*) AS n FROM response r "
	 "WHERE" REPLY "GROUP BY reason ORDER BY n DESC, reason",
	 false},
	{"type",
	 "SELECT rp.type AS label, count(*) AS n FROM response r" WITH_RESPONDENT
	 "WHERE" REPLY "GROUP BY label ORDER BY label",
	 false},
	{"channel",
	 "SELECT channel AS label, count(*) AS n FROM response r WHERE" REPLY
	 "GROUP BY label ORDER BY label",
	 false},
	{"permission",
	 "SELECT rp.permission AS label, count(*) AS n FROM response r" WITH_RESPONDENT
	 "WHERE" REPLY "GROUP BY label ORDER BY label",
	 false},
	{"contact",
	 "SELECT rp.contact AS label, count(*) AS n FROM response r" WITH_RESPONDENT
	 "WHERE" REPLY "GROUP BY label ORDER BY label",
	 false},
	{"late",
	 "SELECT CASE late WHEN 1 THEN 'late' ELSE 'in time' END AS label, count(*) AS n "
	 "FROM response r WHERE" REPLY "GROUP BY late ORDER BY late",
	 false},
	/* London: summer time from 29 March 2026, 01:00 UTC. */
	{"day",
	 "SELECT date(received_at + 3600 * (received_at >= 1774746000), 'unixepoch') AS "
	 "label, count(*) AS n FROM response r WHERE" REPLY
	 "GROUP BY label ORDER BY label",
	 false},
	{"tag-type",
	 "SELECT name AS label, count(*)" BY_TYPE
	 "AS n FROM (SELECT DISTINCT k.name, r.id, "
	 "rp.type FROM response r" WITH_RESPONDENT
	 "JOIN coding g ON g.response_id = r.id AND g.ended_at IS NULL "
	 "JOIN code k ON k.id = g.code_id WHERE" REPLY ") GROUP BY name ORDER BY name",
	 true},
	{"code-type",
	 BELOW
	 "SELECT k.name AS label, count(x.id) || ' (' || count(nullif(type = 'individual', "
	 "0)) || ' ' || count(nullif(type = 'organisation', 0)) || ' ' || "
	 "count(nullif(type = 'unknown', 0)) || ')' AS n FROM code k LEFT JOIN (SELECT DISTINCT below.top, r.id, rp.type FROM "
	 "below JOIN coding g ON g.code_id = below.id AND g.ended_at IS NULL JOIN "
	 "response r ON r.id = g.response_id" WITH_RESPONDENT "WHERE" REPLY
	 ") x ON x.top = k.id WHERE k.state IN ('live', 'retired') GROUP BY k.id "
	 "ORDER BY k.name",
	 true},
	{"question",
	 "SELECT position || CASE answered WHEN 1 THEN ' answered' ELSE ' not answered' END "
	 "AS label, count(*)" BY_TYPE
	 "AS n FROM (SELECT q.position, rp.type, EXISTS (SELECT 1 FROM answer a WHERE "
	 "a.response_id = r.id AND a.question_id = q.id AND a.ended_at IS NULL) OR EXISTS "
	 "(SELECT 1 FROM choice c WHERE c.response_id = r.id AND c.question_id = q.id AND "
	 "c.ended_at IS NULL AND c.state <> 'none') AS answered "
	 "FROM question q JOIN response r ON r.consultation_id = q.consultation_id" WITH_RESPONDENT
	 "WHERE" REPLY ") GROUP BY position, answered ORDER BY position, answered DESC",
	 true},
	{"code-question",
	 BELOW
	 "SELECT position || ': ' || name AS label, count(*)" BY_TYPE
	 "AS n FROM (SELECT DISTINCT q.position, k.name, k.id AS code, r.id, rp.type, 0 AS "
	 "part FROM below JOIN code k ON k.id = below.top JOIN coding g ON g.code_id = "
	 "below.id AND g.ended_at IS NULL JOIN response r ON r.id = "
	 "g.response_id" WITH_RESPONDENT
	 "JOIN answer a ON a.response_id = r.id AND" OVERLAPS
	 "JOIN question q ON q.id = a.question_id WHERE" REPLY
	 "UNION ALL SELECT q.position, CASE WHEN EXISTS (SELECT 1 FROM answer a JOIN coding g "
	 "ON g.response_id = a.response_id AND g.ended_at IS NULL WHERE a.response_id = r.id "
	 "AND a.question_id = q.id AND" OVERLAPS
	 ") THEN '(any code)' WHEN EXISTS (SELECT 1 "
	 "FROM answer a WHERE a.response_id = r.id AND a.question_id = q.id AND a.ended_at IS "
	 "NULL) THEN '(answered, no code)' ELSE '(not answered)' END, 0, r.id, rp.type, 1 FROM "
	 "question q JOIN response r ON r.consultation_id = q.consultation_id" WITH_RESPONDENT
	 "WHERE" REPLY ") GROUP BY position, part, name ORDER BY label",
	 true},
	{"copies",
	 "SELECT CASE WHEN l.id IS NULL THEN 'counted once' ELSE CASE l.state WHEN 'proposed' "
	 "THEN 'perhaps ' ELSE '' END || CASE l.as_what WHEN 'composite' THEN 'part of a "
	 "composite' WHEN 'amendment' THEN 'amendment of another' ELSE 'duplicate of another' "
	 "END END AS label, count(*) AS n FROM response r LEFT JOIN link l ON l.response_id = "
	 "r.id AND l.ended_at IS NULL WHERE" REPLY
	 "GROUP BY label ORDER BY l.as_what IS NOT NULL, label",
	 false},
	{"campaign",
	 "SELECT CASE WHEN c.id IS NULL OR c.state = 'refused' THEN '(no campaign)' ELSE CASE "
	 "c.state WHEN 'proposed' THEN 'perhaps ' ELSE '' END || c.number || ' ' || "
	 "m.closeness END AS label, count(*) AS n FROM response r LEFT JOIN membership m ON "
	 "m.response_id = r.id LEFT JOIN campaign c ON c.id = m.campaign_id WHERE" REPLY
	 "GROUP BY label ORDER BY label LIKE '(%', label LIKE 'perhaps%', label",
	 false},
};

static const struct {
	const char *by, *sql;
} totals[] = {
	{"code", "SELECT count(*) FROM response r WHERE" REPLY},
	{"campaign-once",
	 "SELECT (SELECT count(*) FROM response r LEFT JOIN membership m ON m.response_id = "
	 "r.id AND m.closeness = 'standard' LEFT JOIN campaign c ON c.id = m.campaign_id AND "
	 "c.state = 'confirmed' WHERE" REPLY
	 "AND c.id IS NULL) + (SELECT count(*) FROM campaign c WHERE c.state = 'confirmed' "
	 "AND EXISTS (SELECT 1 FROM membership m JOIN response r ON r.id = m.response_id "
	 "WHERE m.campaign_id = c.id AND m.closeness = 'standard' AND" REPLY "))"},
};

static uint32_t seed;

void figures_seed(uint32_t from)
{
	seed = from;
}

uint32_t figures_random(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

/* Rows as the tables would have been written by years of mail. */
void figures_begin(void)
{
	house_open();
	house_consults();
	house_do("CREATE TABLE asked (state TEXT); INSERT INTO asked VALUES (NULL)");
	house_do(
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
		"INSERT INTO inbound (id, mailbox_id, uidvalidity, item, sha256, size, "
		"received_at, state, kind, taken_as) SELECT i, %" PRId64
		", 9, '9/' || i, x'00', 1, 1, 'done', 'human', 'response' FROM n",
		FIGURES_REPLIES, house.mailbox_id);
	house_do(
		"INSERT INTO parsed (inbound_id, text, text_new, reasons, limits_hit) SELECT "
		"id, t, t, '', '' FROM (SELECT id, '1. The law of word' || id || ' is old and "
		"long.' || char(10) || '2. Nothing else, thank you, for word' || id || '.' AS t "
		"FROM inbound)");
	house_do(
		"INSERT INTO respondent (id, address_key, consultation_id, type) SELECT id, "
		"'k' || id, 1, CASE id %% 3 WHEN 0 THEN 'individual' WHEN 1 THEN "
		"'organisation' ELSE 'unknown' END FROM inbound WHERE id %% 10 <> 0");
	house_do(
		"INSERT INTO response (id, consultation_id, number, inbound_id, respondent_id, "
		"channel, received_at, late) SELECT id, 1, id, id, id - (id %% 10 = 0), CASE id "
		"%% 7 WHEN 0 THEN 'paper' ELSE 'email' END, 1774600000 + id * 977, id %% 9 = "
		"0 FROM inbound");
	house_do("UPDATE consultation SET next_number = %d", FIGURES_REPLIES + 1);
	house_do(
		"INSERT INTO answer (response_id, question_id, part, from_char, to_char, "
		"by_what, how, at) SELECT r.id, q.id, -1, 20 * q.position - 17, 20 * "
		"q.position, 'machine', 'number', 1 FROM response r JOIN question q WHERE (r.id "
		"+ q.position) %% 4 <> 0");
	house_do(
		"INSERT INTO campaign (id, consultation_id, number, standard, state, found_at) "
		"VALUES (1, 1, 1, 'a', 'confirmed', 1), (2, 1, 2, 'b', 'proposed', 1), (3, 1, "
		"10, 'c', 'refused', 1)");
	house_do(
		"INSERT INTO membership SELECT id, 1 + id %% 3, CASE id %% 5 WHEN 0 THEN "
		"'standard' WHEN 1 THEN 'modified' ELSE 'personalised' END, 9, 9, 9 FROM response WHERE "
		"id %% 4 = 0");
	for (int i = 0; i < CODES; i++) {
		struct err err = {0};
		int64_t id;

		ck_assert_msg(
			code_add(&house.op,
				 &(struct code_new){
					 .consultation = "cruelty",
					 .name = arena_printf(house.arena, "code %d", i),
					 .parent_id = i < 3 ? 0 : i - 2},
				 &id, NULL, &err),
			"%s", err.text);
	}
}

/* ---- what is shown and what is there ---- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Rows stand as a tree or by size on a sheet: they are compared line by line. */
static const char *in_order(const char *text)
{
	char *at = arena_strdup(house.arena, text);
	AUTO(buf) out = buf_new(1 << 16);
	const char *lines[400];
	size_t count = 0;

	for (char *next; (next = strchr(at, '\n')); at = next + 1) {
		*next = '\0';
		ck_assert_uint_lt(count, ARRAY_LEN(lines));
		lines[count++] = at;
	}
	if (count)
		qsort(lines, count, sizeof(*lines), by_text);
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "%s\n", lines[i]);
	return arena_strdup(house.arena, buf_text(out));
}

/* "(any tag)" and the like stand beside what the plain count knows; they must sum to N. */
static bool is_beside(const char *label)
{
	return str_eq(label, "(any tag)") || str_eq(label, "(no tag)") ||
	       str_eq(label, "(any code)") || str_eq(label, "(no code)");
}

static const char *shown(const struct analysis_table *sheet, bool typed)
{
	AUTO(buf) out = buf_new(1 << 16);

	for (size_t i = 0; i < sheet->row_count; i++) {
		const struct analysis_row *row = &sheet->rows[i];

		if (is_beside(row->label))
			continue;
		buf_printf(out, "%s %d", row->label,
			   (int)row->cells[ANALYSIS_TABLE_TYPES]);
		if (typed)
			buf_printf(out, " (%d %d %d)", (int)row->cells[0],
				   (int)row->cells[1], (int)row->cells[2]);
		buf_char(out, '\n');
	}
	return in_order(buf_text(out));
}

static const char *counted(const char *sql)
{
	return in_order(
		house_text("SELECT group_concat(label || ' ' || n || char(10), '') "
			   "FROM (%s)",
			   sql));
}

void figures_check(const char *after)
{
	static const char *const states[] = {NULL, "received", "included", "excluded"};
	const char *state = states[figures_random(ARRAY_LEN(states))];
	const struct analysis_asked *asked;
	struct analysis_table sheet;
	struct err err = {0};

	house_do("UPDATE asked SET state = nullif('%s', '')", str_or(state, ""));
	ck_assert_msg(
		analysis_begin(&house.op, house.arena, "cruelty", state, &asked, &err),
		"%s: %s", after, err.text);
	for (size_t i = 0; i < ARRAY_LEN(naive); i++) {
		ck_assert_msg(analysis_table_make(asked, naive[i].by, &sheet, &err),
			      "%s after %s: %s", naive[i].by, after, err.text);
		ck_assert_msg(
			str_eq(shown(&sheet, naive[i].typed), counted(naive[i].sql)),
			"%s of %s after %s:\n%sand not:\n%s", naive[i].by,
			str_or(state, "all"), after, shown(&sheet, naive[i].typed),
			counted(naive[i].sql));
	}
	for (size_t i = 0; i < ARRAY_LEN(totals); i++) {
		ck_assert_msg(analysis_table_make(asked, totals[i].by, &sheet, &err),
			      "%s after %s: %s", totals[i].by, after, err.text);
		ck_assert_int_eq(sheet.total, house_int("%s", totals[i].sql));
	}
	ck_assert_msg(response_facts_check(&house.op, &err), "%s: %s", after, err.text);
}
