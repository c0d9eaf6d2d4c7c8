#include "domain/coding/tag.h"
#include "tests/unit/domain_house.h"

#include "domain/analysis/analysis.h"
#include "domain/core/audit.h"
#include "domain/responses/response.h"
#include "base/str.h"

#include <inttypes.h>
#include <pthread.h>

static struct err err;

static void reply(const char *from, const char *text)
{
	struct mail_message m =
		house_mail(from, "cruelty@lists.example.org", "View", text);

	ck_assert(str_starts(house_taken(house_comes(&m)), "response: "));
}

static void open_all(void)
{
	house_open();
	house_consults();
	reply("a@x.example", "Marigold and larkspur");
	reply("b@x.example", "Only larkspur \"quoted\" here; it's O'Brien");
	reply("c@x.example", "C++ and 50% of caf\xC3\xA9s");
}

static bool screen(const char *ref, const char *state, const char *reason)
{
	return response_screen(&house.op, ref, state, reason, &err);
}

START_TEST(screening_keeps_its_history)
{
	int64_t audits = house_int("SELECT count(*) FROM audit");

	ck_assert(!screen("cruelty-1", "excluded", NULL) && err.kind == ERR_INPUT);
	ck_assert(!screen("cruelty-1", "excluded", "") && err.kind == ERR_INPUT);
	ck_assert(!screen("cruelty-1", "eaten", NULL) && err.kind == ERR_INPUT);
	ck_assert_int_eq(house_int("SELECT count(*) FROM audit"), audits);
	ck_assert(screen("cruelty-1", "excluded", "blank"));
	ck_assert(screen("cruelty-1", "excluded", "blank"));
	ck_assert(screen("cruelty-1", "excluded", "out of scope"));
	ck_assert(screen("cruelty-1", "included", "ignored"));
	ck_assert(screen("cruelty-1", "received", NULL));
	ck_assert_str_eq(
		house_text("SELECT group_concat(old_state || '>' || new_state || ' ' || "
			   "coalesce(reason, '-'), '; ') FROM screening"),
		"received>excluded blank; excluded>excluded out of scope; excluded>included -; "
		"included>received -");
	house_become(NULL);
	ck_assert(!screen("cruelty-1", "included", NULL) && err.kind == ERR_CONFLICT);
}
END_TEST

START_TEST(tags_are_put_on_once_and_taken_off_with_history)
{
	bool changed;

	ck_assert(
		response_tag(&house.op, "cruelty-1", "word", TAG_PUT_ON, &changed, &err));
	ck_assert(changed);
	ck_assert(response_tag(&house.op, "CRUELTY-0001", "word", TAG_PUT_ON, &changed,
			       &err));
	ck_assert(!changed);
	ck_assert(response_tag(&house.op, "cruelty-1", "word", TAG_TAKE_OFF, &changed,
			       &err));
	ck_assert(changed);
	ck_assert(response_tag(&house.op, "cruelty-1", "word", TAG_TAKE_OFF, &changed,
			       &err));
	ck_assert(!changed);
	ck_assert(
		response_tag(&house.op, "cruelty-1", "word", TAG_PUT_ON, &changed, &err));
	ck_assert(changed);
	ck_assert_int_eq(house_int("SELECT count(*) FROM coding"), 2);
	ck_assert_int_eq(house_int("SELECT count(*) FROM coding WHERE ended_by = 1"), 1);
	ck_assert(!response_tag(&house.op, "cruelty-1", "nowhere", TAG_TAKE_OFF, &changed,
				&err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

static const char *const bad_tags[] = {"", "a,b", "line\nend", "\xFF", "\x7f"};

START_TEST(bad_tag_is_refused)
{
	bool changed;

	ck_assert(!response_tag(&house.op, "cruelty-1", bad_tags[_i], TAG_PUT_ON,
				&changed, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_int_eq(house_int("SELECT count(*) FROM code"), 0);
}
END_TEST

static const struct {
	const char *reference;
	enum err_kind want;
} references[] = {
	{"cruelty-0001", ERR_NONE},
	{"cruelty-1", ERR_NONE},
	{"Cruelty-000001", ERR_NONE},
	{"cruelty-0004", ERR_ABSENT},
	{"other-0001", ERR_ABSENT},
	{"cruelty", ERR_INPUT},
	{"cruelty-", ERR_INPUT},
	{"cruelty-x", ERR_INPUT},
	{"cruelty-0", ERR_INPUT},
	{"cruelty--1", ERR_ABSENT},
	{"cruelty-99999999999", ERR_INPUT},
	{"-1", ERR_ABSENT},
	{"", ERR_INPUT},
	{"cruelty-1' OR '1", ERR_INPUT},
};

START_TEST(reference_is_read)
{
	struct response r;
	bool ok =
		response_find(&house.op, house.arena, references[_i].reference, &r, &err);

	ck_assert_msg(ok ? references[_i].want == ERR_NONE
			 : err.kind == references[_i].want,
		      "%s: %s (%s)", references[_i].reference,
		      ok ? "found" : err_name(err.kind), err.text);
}
END_TEST

static const struct {
	const char *words;
	int found;
} searches[] = {
	{"larkspur", 2},
	{"LARKSPUR marigold", 1},
	{"marigold OR nothing", 0}, /* OR is a word like any other */
	{"NOT marigold", 0},
	{"mari*", 1},
	{"mari", 0},
	{"\"marigold and\"", 1},
	{"\"and marigold\"", 0},
	{"\"open quote", 0},
	{"\"marigold", 1},
	{"lark* \"only larkspur\"", 1},
	{"text:marigold", 0},
	{"marigold AND", 1}, /* "and" is there */
	{"NEAR(marigold larkspur)", 0},
	{"o'brien", 1},
	{"cafes", 1},
	{"c++", 1},
	{"*", 0},
	{"", 0},
	{"   ", 0},
	{"...", 0},
	{"!!! larkspur ???", 2},
	{"\"\"", 0},
	{"\"\"\"", 0},
	{"^larkspur", 2},
	{"- larkspur", 2},
	{"larkspur ... \xE2\x80\xA6 -", 2},
	{"larkspur -marigold", 1},
	{"larkspur -...", 2},
	{"(larkspur", 2},
	{"{zz} :", 0},
	{"\xFF\xFE", 0},
	{"%s%n", 0},
};

START_TEST(search_takes_any_words)
{
	struct response_filter f = {.search = searches[_i].words};
	struct response_look look = {.filter = &f, .who = true};
	struct store_table t;

	ck_assert_msg(response_search(&house.op, house.arena,
				      &(struct response_words){
					      .words = searches[_i].words, .most = 50},
				      &t, &err),
		      "%s: %s", searches[_i].words, err.text);
	ck_assert_msg(t.count == (size_t)searches[_i].found, "%s: found %zu, want %d",
		      searches[_i].words, t.count, searches[_i].found);
	ck_assert_msg(response_list(&house.op, house.arena, &look, 0, &t, &err), "%s",
		      err.text);
	if (*searches[_i].words) /* a filter without one is about all */
		ck_assert_uint_eq(t.count, (size_t)searches[_i].found);
}
END_TEST

START_TEST(very_long_search_is_no_fault)
{
	AUTO(buf) words = buf_new(1 << 20);
	struct store_table t;

	for (int i = 0; i < 100000; i++)
		buf_str(words, "word ");
	ck_assert(!response_search(
		&house.op, house.arena,
		&(struct response_words){.words = buf_text(words), .most = 5}, &t, &err));
	ck_assert_msg(err.kind == ERR_INPUT, "%s: %s", err_name(err.kind), err.text);
}
END_TEST

START_TEST(notes_people_and_permissions_are_checked)
{
	ck_assert(response_note(&house.op, "cruelty-1", "ring them", &err));
	ck_assert(!response_note(&house.op, "cruelty-1", "", &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert(response_assign(&house.op, "cruelty-1", "olga", &err));
	ck_assert(!response_assign(&house.op, "cruelty-1", "nobody here", &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	ck_assert_str_eq(
		house_text("SELECT s.name FROM response r JOIN staff s ON s.id = "
			   "r.assigned_to"),
		"olga");
	ck_assert(response_assign(&house.op, "cruelty-1", NULL, &err));
	ck_assert(
		response_respondent(&house.op, "cruelty-1", "organisation", NULL, &err));
	ck_assert(!response_respondent(&house.op, "cruelty-1", "cat", NULL, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert(!response_respondent(&house.op, "cruelty-1", NULL, "all", &err));
	ck_assert_msg(strstr(err.text, "without name"), "%s", err.text);
	ck_assert_str_eq(house_text("SELECT type || ' ' || permission FROM respondent"),
			 "organisation unknown");
}
END_TEST

static uint32_t seed;
static uint32_t next_random(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

static void random_replies(int n)
{
	static const char *const types[] = {"individual", "organisation", "unknown"};
	static const char *const permissions[] = {"name", "without name", "none",
						  "unknown"};

	house_do(
		"DELETE FROM queue; DELETE FROM response; DELETE FROM respondent; DELETE FROM parsed;"
		"INSERT INTO code (consultation_id, name, created_at) VALUES (1, 't1', 1), "
		"(1, 't2', 1), (1, '(any tag)', 1)");
	for (int i = 1; i <= n; i++) {
		bool out = next_random(3) == 0;

		house_do(
			"INSERT INTO inbound (id, mailbox_id, uidvalidity, item, sha256, size, "
			"received_at) VALUES (%d, 1, 9, '9/%d', x'00', 1, 1);"
			"INSERT INTO respondent (id, address_key, consultation_id, type, "
			"permission) VALUES (%d, 'k%d', 1, '%s', '%s');"
			"INSERT INTO response (id, consultation_id, number, inbound_id, "
			"respondent_id, channel, received_at, late, state, reason) VALUES (%d, 1, "
			"%d, %d, %d, 'email', %u, %u, '%s', %s)",
			1000 + i, i, 1000 + i, i, types[next_random(3)],
			permissions[next_random(4)], i, i, 1000 + i, 1000 + i,
			1774600000 + next_random(4 * HOUSE_DAY), next_random(2),
			out              ? "excluded"
			: next_random(2) ? "included"
					 : "received",
			out ? (next_random(2) ? "'blank'" : "'abusive'") : "NULL");
		for (int k = 1; k <= 3; k++)
			if (next_random(3) == 0)
				house_do(
					"INSERT INTO coding (response_id, code_id, by_what, at, "
					"ended_at) VALUES (%d, %d, 'person', 1, %s)",
					i, k, next_random(4) ? "NULL" : "2");
	}
}

START_TEST(every_sheet_adds_up)
{
	static const char *const states[] = {NULL, "received", "included", "excluded"};

	seed = (uint32_t)_i + 1;
	random_replies(_i * 20);
	for (int w = 0; analysis_ways[w]; w++)
		for (size_t s = 0; s < ARRAY_LEN(states); s++) {
			struct analysis_table sheet;
			int64_t sum = 0;

			ck_assert_msg(analysis_load(&house.op, house.arena,
						    &(struct analysis_sheet_of){
							    .consultation = "cruelty",
							    .by = analysis_ways[w],
							    .state = states[s]},
						    &sheet, &err),
				      "%s of %s: %s", analysis_ways[w],
				      str_or(states[s], "all"), err.text);
			for (size_t i = 0; i < sheet.row_count; i++) {
				/* The replies may be parted once for each question. */
				if (i && sheet.rows[i].part != sheet.rows[i - 1].part) {
					ck_assert_int_eq(sum, sheet.total);
					sum = 0;
				}
				sum += sheet.rows[i].sums
					       ? sheet.rows[i].cells[ANALYSIS_TABLE_TYPES]
					       : 0;
			}
			ck_assert_int_eq(sum, sheet.total);
			/* That one has another N: copies are counted as one. */
			if (str_eq(analysis_ways[w], "campaign-once"))
				continue;
			ck_assert_int_eq(
				sheet.total,
				house_int("SELECT count(*) FROM response WHERE state = "
					  "coalesce(nullif('%s', ''), state)",
					  str_or(states[s], "")));
		}
}
END_TEST

START_TEST(unknown_way_is_refused)
{
	struct analysis_table sheet;

	ck_assert(!analysis_load(
		&house.op, house.arena,
		&(struct analysis_sheet_of){.consultation = "cruelty", .by = "moon"},
		&sheet, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert(!analysis_load(
		&house.op, house.arena,
		&(struct analysis_sheet_of){.consultation = "none", .by = "day"}, &sheet,
		&err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	ck_assert(!analysis_load(&house.op, house.arena,
				 &(struct analysis_sheet_of){.consultation = "cruelty",
							     .by = "day",
							     .state = "eaten"},
				 &sheet, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

static const struct {
	int64_t at;
	const char *day;
} days[] = {
	{1774655999, "2026-03-27"}, {1774656000, "2026-03-28"}, /* midnight GMT */
	{1774742399, "2026-03-28"}, {1774742400, "2026-03-29"},
	{1774825199, "2026-03-29"}, {1774825200, "2026-03-30"}, /* midnight BST */
};

START_TEST(day_is_that_of_the_consultation)
{
	struct analysis_table sheet;

	house_do(
		"DELETE FROM response WHERE number > 1; UPDATE response SET received_at = %" PRId64,
		days[_i].at);
	ck_assert(analysis_load(
		&house.op, house.arena,
		&(struct analysis_sheet_of){.consultation = "cruelty", .by = "day"},
		&sheet, &err));
	ck_assert_uint_eq(sheet.row_count, 1);
	ck_assert_str_eq(sheet.rows[0].label, days[_i].day);
}
END_TEST

START_TEST(sheet_that_does_not_add_up_is_not_shown)
{
	struct analysis_table sheet;
	bool changed;

	ck_assert(response_tag(&house.op, "cruelty-1", "x", TAG_PUT_ON, &changed, &err));
	/* A type that no column has: only possible by hand, with the checks off. */
	house_do(
		"PRAGMA ignore_check_constraints = 1; UPDATE respondent SET type = 'cat'");
	ck_assert(!analysis_load(
		&house.op, house.arena,
		&(struct analysis_sheet_of){.consultation = "cruelty", .by = "tag-type"},
		&sheet, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	/* Replies without a respondent are counted, but stand in no row. */
	house_do("PRAGMA foreign_keys = 0; DELETE FROM respondent");
	ck_assert(!analysis_load(
		&house.op, house.arena,
		&(struct analysis_sheet_of){.consultation = "cruelty", .by = "type"},
		&sheet, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

static const struct {
	const char *name, *sql;
	bool found;
} tampers[] = {
	{"nothing", "SELECT 1", true},
	{"who", "UPDATE audit SET who = 'x' WHERE id = 3", false},
	{"detail", "UPDATE audit SET detail = detail || '.' WHERE id = 3", false},
	{"time", "UPDATE audit SET at = at + 1 WHERE id = 3", false},
	{"subject", "UPDATE audit SET subject_id = subject_id + 1 WHERE id = 3", false},
	{"moved text", "UPDATE audit SET who = event, event = who WHERE id = 3", false},
	{"hash", "UPDATE audit SET hash = 'x' WHERE id = 3", false},
	{"about", "UPDATE audit SET about = 'tag' WHERE id = 3", false},
	{"which", "UPDATE audit SET about_id = 7 WHERE id = 3", false},
	{"content", "UPDATE audit SET content_hash = hash WHERE id = 3", false},
	{"form", "UPDATE audit SET form = 1 WHERE id = 3", false},
	{"form of the last",
	 "UPDATE audit SET form = 1 WHERE id = (SELECT max(id) FROM audit)", false},
	{"last hash",
	 "UPDATE audit SET hash = 'x' WHERE id = (SELECT max(id) FROM audit)", false},
	{"first deleted", "DELETE FROM audit WHERE id = 1", false},
	{"middle deleted", "DELETE FROM audit WHERE id = 3", false},
	{"middle deleted, closed up",
	 "DELETE FROM audit WHERE id = 3; UPDATE audit SET id = id - 1 WHERE id > 3",
	 false},
	{"reordered",
	 "UPDATE audit SET id = 99 WHERE id = 3; UPDATE audit SET id = 3 WHERE id = 4; UPDATE audit "
	 "SET id = 4 WHERE id = 99",
	 false},
	{"inserted",
	 "INSERT INTO audit (at, who, event, subject, subject_id, detail, hash) SELECT at, who, event, "
	 "subject, subject_id, detail, 'y' FROM audit WHERE id = 3",
	 false},
	/* Only the head, written down elsewhere, can show this. */
	{"last deleted", "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)",
	 true},
	{"all deleted", "DELETE FROM audit", true},
};

/* The same so many rows at a time. */
static bool verified_in_steps(int64_t most, char head[SECRET_SHA256_HEX])
{
	struct audit_proved p = {0};

	while (!p.whole)
		if (!audit_verify_on(&house.op, most, &p, &err))
			return false;
	str_copy(head, SECRET_SHA256_HEX, p.head);
	return true;
}

START_TEST(audit_shows_every_tampering)
{
	char steps[SECRET_SHA256_HEX];
	char head[SECRET_SHA256_HEX], before[SECRET_SHA256_HEX];
	int64_t rows;
	bool ok;

	ck_assert_msg(audit_verify(&house.op, &rows, before, &err), "%s", err.text);
	ck_assert_int_ge(rows, 8);
	ck_assert(house_refuses("UPDATE audit SET who = 'x'"));
	ck_assert(house_refuses("DELETE FROM audit"));
	house_do("DROP TRIGGER audit_stays; DROP TRIGGER audit_is_kept");
	house_do("%s", tampers[_i].sql);
	ok = audit_verify(&house.op, &rows, head, &err);
	ck_assert_msg(ok == tampers[_i].found, "%s", tampers[_i].name);
	if (!ok)
		ck_assert_int_eq(err.kind, ERR_CONFLICT);
	else
		ck_assert_int_eq(str_eq(head, before), _i == 0);
	for (int64_t most = 1; most <= rows + 1; most++) {
		ck_assert_int_eq(verified_in_steps(most, steps), ok);
		ck_assert(!ok || str_eq(steps, head));
	}
}
END_TEST

enum { SIDE_BY_SIDE = 200 };

static void *record_many(void *with)
{
	struct operation op = house.op;
	struct err failed = {0};

	op.store = with;
	for (int i = 0; i < SIDE_BY_SIDE; i++)
		ck_assert_msg(audit_record(&op, &failed, "rebuilt", "store", 0, "%d", i),
			      "%s", failed.text);
	return NULL;
}

/* A command that records what it did, in no transaction, while the roles write theirs. */
START_TEST(rows_of_two_writers_are_one_chain)
{
	char head[SECRET_SHA256_HEX];
	struct store *other;
	int64_t rows, before;
	pthread_t thread;

	ck_assert(audit_verify(&house.op, &before, head, &err));
	ck_assert_msg(store_open(house.path, STORE_EXISTING, &other, &err), "%s",
		      err.text);
	ck_assert_int_eq(pthread_create(&thread, NULL, record_many, other), 0);
	(void)record_many(house.op.store);
	(void)pthread_join(thread, NULL);
	store_close(&other);
	ck_assert_msg(audit_verify(&house.op, &rows, head, &err), "%s", err.text);
	ck_assert_int_eq(rows, before + (int64_t)2 * SIDE_BY_SIDE);
}
END_TEST

START_TEST(audit_goes_on_only_from_what_was_proved)
{
	struct audit_proved p = {0}, other;

	ck_assert(audit_verify_on(&house.op, 3, &p, &err));
	ck_assert(p.rows == 3 && !p.whole);
	other = p;
	other.head[5] ^= 1;
	ck_assert(!audit_verify_on(&house.op, 3, &other, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	other = p;
	other.rows = 9999;
	ck_assert(!audit_verify_on(&house.op, 3, &other, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	house_do(
		"DROP TRIGGER audit_stays; UPDATE audit SET hash = hash || 'x' WHERE id = 3");
	ck_assert(!audit_verify_on(&house.op, 3, &p, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

static const struct {
	const char *name, *front, *body;
	const char *want; /* NULL: taken; else stands in the error */
} files[] = {
	{"no question", "closes: 2026-04-01\n", "Only words.\n", NULL},
	{"question over lines", "closes: 2026-04-01\n", "1. One\n   more\n2) Two\n",
	 NULL},
	{"closes first", "closes: 2026-01-01\n", "1. One\n", "c.md:6: it closes before"},
	{"no closing", "", "1. One\n", "\"closes\" is missing"},
	{"strange key", "closes: 2026-04-01\nfoo: bar\n", "",
	 "c.md:7: \"foo\" is not a key"},
	{"twice", "closes: 2026-04-01\ncloses: 2026-04-02\n", "",
	 "c.md:7: \"closes\" stands twice"},
	{"no day", "closes: soon\n", "", "c.md:6: "},
	{"no zone", "closes: 2026-04-01\nzone: Mars\n", "", "c.md:"},
	{"text behind", "closes: 2026-04-01\n", "1. One\ntwo\n", "c.md:9: text after"},
	{"not UTF-8", "closes: 2026-04-01\n", "\xFF\n", "not UTF-8"},
};

START_TEST(consultation_file_is_read)
{
	const char *name, *text = arena_printf(
				  house.arena,
				  "---\nname: other\ntitle: T\naddress: Other@l.example"
				  "\nopens: 2026-03-01\n%s---\n%s",
				  files[_i].front, files[_i].body);
	bool ok = consultation_add(&house.op, house.arena, "c.md", text, &name, &err);

	ck_assert_msg(ok == !files[_i].want, "%s: %s", files[_i].name, err.text);
	ck_assert_msg(ok || (err.kind == ERR_INPUT && strstr(err.text, files[_i].want)),
		      "%s: %s", files[_i].name, err.text);
	ck_assert_int_eq(house_int("SELECT count(*) FROM consultation"), 1 + ok);
	if (ok)
		ck_assert_str_eq(
			house_text("SELECT address FROM consultation WHERE id = 2"),
			"other@l.example");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("op response");
	TCase *t = tcase_create("response");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, open_all, house_close);
	tcase_add_test(t, screening_keeps_its_history);
	tcase_add_test(t, tags_are_put_on_once_and_taken_off_with_history);
	UNIT_TABLE(t, bad_tag_is_refused, bad_tags);
	UNIT_TABLE(t, reference_is_read, references);
	UNIT_TABLE(t, search_takes_any_words, searches);
	tcase_add_test(t, very_long_search_is_no_fault);
	tcase_add_test(t, notes_people_and_permissions_are_checked);
	tcase_add_loop_test(t, every_sheet_adds_up, 0, 5);
	tcase_add_test(t, unknown_way_is_refused);
	UNIT_TABLE(t, day_is_that_of_the_consultation, days);
	tcase_add_test(t, sheet_that_does_not_add_up_is_not_shown);
	UNIT_TABLE(t, audit_shows_every_tampering, tampers);
	tcase_add_test(t, rows_of_two_writers_are_one_chain);
	tcase_add_test(t, audit_goes_on_only_from_what_was_proved);
	UNIT_TABLE(t, consultation_file_is_read, files);
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
