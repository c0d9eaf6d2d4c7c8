/* One filter, however it is asked: the queue, its count, lists and acts find the same, and
   what they find is what fits. */
#include "tests/unit/response_scene.h"

#include "domain/coding/recode.h"
#include "domain/coding/tag.h"
#include "domain/intake/attachment_text.h"
#include "domain/intake/rule.h"
#include "domain/queue/queue.h"
#include "domain/campaigns/duplicate.h"
#include "domain/responses/response.h"
#include "base/str.h"

#include <inttypes.h>
#include <sqlite3.h>

enum { RESPONSES = 24, FILTERS = 300 };

#define OK(call) SCENE_OK(&scene, call)

static struct stage scene;
static struct operation *op;
static sqlite3 *db; /* beside the program's own */
static int64_t ids_of[RESPONSES + 1];
static uint32_t state;

/* 0 to below - 1; the same run on every machine. */
static uint32_t dice(uint32_t below)
{
	state = state * 1664525U + 1013904223U;
	return (state >> 16) % below;
}

static const char *ref(int number)
{
	return arena_printf(scene.arena, "words-%04d", number);
}

/* "gwen" is in the address of some and in the text of others. */
static void responses_come(void)
{
	static const char *const from[] = {"ada", "gwen", "cy", "dee"};
	static const char *const said[] = {"1. Tinker.\n", "About a kettle.\n",
					   "I am an individual.\nPlease look.\n",
					   "2. Gwen told us of a kettle.\n"};

	for (int i = 0; i < RESPONSES; i++) {
		if (i == RESPONSES - 4)
			op->now += 10LL * 86400; /* the last ones are late */
		op->now += 60;
		(void)scene_reply(
			&scene,
			arena_printf(scene.arena, "%s%d@example.test", from[dice(4)], i),
			arena_printf(scene.arena, "%s It is number %d.\n", said[dice(4)],
				     i));
	}
}

static void begin(void)
{
	struct rule rule = {.name = "look",
			    .field = "text",
			    .has = "please look",
			    .act = "mark",
			    .value = "look at this"};
	bool changed;

	state = 7;
	scene_open(&scene);
	op = &scene.op;
	stage_hires(&scene, "Bo");
	OK(rule_add(op, &rule, &err));
	responses_come();
	OK(account_become(op, scene.arena, "Ada", &err));
	for (int n = 1; n <= RESPONSES; n++) {
		if (dice(3) == 0)
			OK(response_screen(op, ref(n), dice(2) ? "included" : "excluded",
					   "blank", &err));
		if (dice(3) == 0)
			OK(response_assign(op, ref(n), dice(2) ? "Bo" : "Ada", &err));
		if (dice(3) == 0)
			OK(response_tag(op, ref(n), dice(2) ? "law" : "courts",
					TAG_PUT_ON, &changed, &err));
		if (dice(3) == 0)
			OK(response_respondent(op, ref(n),
					       dice(2) ? "organisation" : "individual",
					       dice(2) ? "name" : NULL, &err));
	}
	OK(response_duplicate_link(op, ref(5), ref(2), "duplicate", &err));
	for (int n = 1; n <= RESPONSES; n++)
		ids_of[n] = scene_id(&scene, ref(n));
	ck_assert_int_eq(
		sqlite3_open(arena_printf(scene.arena, "%s/mercat.db", scene.folder),
			     &db),
		SQLITE_OK);
}

static void end(void)
{
	sqlite3_close(db);
	stage_close(&scene);
}

static const char *one_of(const char *const *words, uint32_t count)
{
	return dice(4) ? NULL : words[dice(count)];
}

static enum response_any any(void)
{
	return dice(5) ? RESPONSE_ANY : dice(2) ? RESPONSE_YES : RESPONSE_NO;
}

static struct response_filter some_filter(void)
{
	static const char *const states[] = {"received", "included", "excluded"};
	static const char *const tags[] = {"law", "courts"};
	static const char *const staff[] = {"Bo", "Ada", "nobody"};
	static const char *const types[] = {"individual", "organisation", "unknown"};
	static const char *const permissions[] = {"name", "unknown"};
	static const char *const words[] = {"kettle", "gwen*", "tinker", "\"a kettle\""};
	static const char *const marks[] = {"", "look at this", "nothing"};

	return (struct response_filter){
		.state = one_of(states, 3),
		.tag = one_of(tags, 2),
		.assigned = one_of(staff, 3),
		.type = one_of(types, 3),
		.permission = one_of(permissions, 2),
		.search = one_of(words, 4),
		.mark = one_of(marks, 3),
		.late = any(),
		.marked = any(),
		.tagged = any(),
		.linked = any(),
		.unreadable = any(),
		.from_at = dice(6) ? 0 : op->now - 10LL * 86400 - dice(2000),
		.to_at = dice(6) ? 0 : op->now - dice(2000),
	};
}

/* ---- what fits, out of the tables that people's acts are kept in ---- */

static int64_t plain(const char *sql, ...) PRINTF_LIKE(1, 2);
static int64_t plain(const char *sql, ...)
{
	AUTO(buf) text = buf_new(4000);
	sqlite3_stmt *stmt = NULL;
	va_list args;
	int64_t n;

	va_start(args, sql);
	buf_vprintf(text, sql, args);
	va_end(args);
	ck_assert_msg(sqlite3_prepare_v2(db, buf_text(text), -1, &stmt, NULL) ==
			      SQLITE_OK,
		      "%s: %s", sqlite3_errmsg(db), buf_text(text));
	ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
	n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return n;
}

static bool is(enum response_any asked, bool fact)
{
	return asked == RESPONSE_ANY || (asked == RESPONSE_YES) == fact;
}

static bool holds(const char *condition, int64_t id)
{
	return plain("SELECT count(*) FROM response r JOIN respondent p ON "
		     "p.id = r.respondent_id JOIN parsed m ON m.inbound_id = "
		     "r.inbound_id WHERE r.id = %" PRId64 " AND (%s)",
		     id, condition) == 1;
}

static bool says(const char *column, const char *value, int64_t id)
{
	return !value || holds(arena_printf(scene.arena, "%s = '%s'", column, value), id);
}

static bool has_words(const char *search, bool who, int64_t id)
{
	const char *text = str_eq(search, "\"a kettle\"") ? "a kettle"
			   : str_eq(search, "gwen*")      ? "gwen"
							  : search;

	return !search ||
	       holds(arena_printf(scene.arena,
				  "m.text LIKE '%%%s%%' OR (%d AND m.from_address LIKE "
				  "'%%%s%%')",
				  text, who, text),
		     id);
}

static bool fits(const struct response_filter *f, bool who, int64_t id)
{
	static const char tagged[] =
		"EXISTS (SELECT 1 FROM coding g JOIN code k ON k.id = g.code_id WHERE "
		"g.response_id = r.id AND g.ended_at IS NULL AND k.name LIKE '%s')";
	static const char marked[] =
		"EXISTS (SELECT 1 FROM rule_match x JOIN rule u ON u.id = x.rule_id WHERE "
		"x.response_id = r.id AND u.action = 'mark' AND u.value LIKE '%s')";
	const char *assigned = "1";

	if (str_eq(f->assigned, "nobody"))
		assigned = "r.assigned_to IS NULL";
	else if (f->assigned)
		assigned = arena_printf(scene.arena,
					"r.assigned_to = (SELECT s.id FROM staff s WHERE "
					"s.name = '%s')",
					f->assigned);
	return says("r.state", f->state, id) && says("p.type", f->type, id) &&
	       says("p.permission", f->permission, id) && holds(assigned, id) &&
	       (!f->tag || holds(arena_printf(scene.arena, tagged, f->tag), id)) &&
	       (!f->mark ||
		holds(arena_printf(scene.arena, marked, *f->mark ? f->mark : "%"), id)) &&
	       is(f->late, holds("r.late", id)) &&
	       is(f->tagged, holds(arena_printf(scene.arena, tagged, "%"), id)) &&
	       is(f->marked, holds(arena_printf(scene.arena, marked, "%"), id)) &&
	       is(f->linked,
		  holds("EXISTS (SELECT 1 FROM link l WHERE l.response_id = r.id "
			"AND l.ended_at IS NULL)",
			id)) &&
	       is(f->unreadable,
		  holds("EXISTS (SELECT 1 FROM attachment a WHERE a.inbound_id = "
			"r.inbound_id AND a.text_state = 'unreadable')",
			id)) &&
	       holds(arena_printf(scene.arena,
				  "r.received_at >= %" PRId64 " AND (%" PRId64
				  " = 0 OR r.received_at <= %" PRId64 ")",
				  f->from_at, f->to_at, f->to_at),
		     id) &&
	       has_words(f->search, who, id);
}

static const char *that_fit(const struct response_filter *f, bool who)
{
	AUTO(buf) out = buf_new(1000);

	for (int n = 1; n <= RESPONSES; n++)
		if (fits(f, who, ids_of[n]))
			buf_printf(out, "%d ", n);
	return arena_strdup(scene.arena, buf_text(out));
}

/* ---- the ways to ask ---- */

static const char *in_pages(const struct response_look *look)
{
	AUTO(buf) out = buf_new(1000);
	struct queue_page page = {.most = 5};
	struct queue_rows rows = {.more_after = true};

	while (rows.more_after) {
		OK(queue_list(op, scene.arena, look, &page, &rows, &err));
		for (size_t i = 0; i < rows.count; i++) {
			buf_printf(out, "%" PRId64 " ", rows.items[i].number);
			page.after = rows.items[i].number;
		}
	}
	return arena_strdup(scene.arena, buf_text(out));
}

/* Backwards, and read from its end. */
static const char *newest_first(const struct response_look *look)
{
	struct response_look down = *look;
	const char *text, *turned = "", *at;

	down.newest_first = true;
	text = in_pages(&down);
	for (at = text; *at; at += strcspn(at, " ") + 1)
		turned = arena_printf(scene.arena, "%.*s %s", (int)strcspn(at, " "), at,
				      turned);
	return turned;
}

static const char *numbers(const struct response_look *look)
{
	AUTO(buf) out = buf_new(1000);
	struct queue_numbers n;

	OK(queue_numbers(op, scene.arena, look, RESPONSES, &n, &err));
	for (size_t i = 0; i < n.count; i++)
		buf_printf(out, "%" PRId64 " ", n.items[i]);
	return arena_strdup(scene.arena, buf_text(out));
}

static const char *listed(const struct response_look *look)
{
	AUTO(buf) out = buf_new(1000);
	struct store_table t;

	OK(response_list(op, scene.arena, look, 0, &t, &err));
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		buf_printf(out, "%" PRId64 " ", row_int(&row, "number"));
	}
	return arena_strdup(scene.arena, buf_text(out));
}

static const char *by_id(const struct response_look *look)
{
	AUTO(buf) out = buf_new(1000);
	struct response_span span = {.most = 4};
	struct response_ids ids = {.count = 4};

	while (ids.count == (size_t)span.most) {
		OK(response_ids(op, scene.arena, look, &span, &ids, &err));
		for (size_t i = 0; i < ids.count; i++) {
			buf_printf(
				out, "%" PRId64 " ",
				plain("SELECT number FROM response WHERE id = %" PRId64,
				      ids.items[i]));
			span.after = ids.items[i];
		}
	}
	return arena_strdup(scene.arena, buf_text(out));
}

static const struct {
	const char *name;
	const char *(*ask)(const struct response_look *look);
} ways[] = {{"in pages", in_pages},
	    {"the newest first", newest_first},
	    {"the numbers that acts on many take", numbers},
	    {"the list of the command", listed},
	    {"the ids that coding by search takes", by_id}};

START_TEST(every_way_finds_what_fits)
{
	size_t found = 0;

	for (int i = 0; i < FILTERS; i++) {
		struct response_filter f = some_filter();
		struct response_look look = {
			.consultation = "words", .filter = &f, .who = dice(2)};
		const char *want = that_fit(&f, look.who);
		int64_t n, in_all = 0;

		for (const char *at = want; *at; at++)
			in_all += *at == ' ';
		found += in_all > 0;
		OK(queue_count(op, &look, &n, &err));
		ck_assert_msg(n == in_all, "%s: counted %d", want, (int)n);
		for (size_t way = 0; way < ARRAY_LEN(ways) * 2; way++) {
			size_t k = way % ARRAY_LEN(ways);
			const char *got;

			/* Only lists and ids may be of every consultation. */
			look.consultation = way == k ? "words" : NULL;
			if (way != k && k < 3)
				continue;
			got = ways[k].ask(&look);
			ck_assert_msg(str_eq(got, want),
				      "filter %d, %s: got \"%s\", want \"%s\"\n%s", i,
				      ways[k].name, got, want,
				      response_filter_text(scene.arena, &f));
		}
	}
	ck_assert_uint_gt(found, FILTERS / 4);
}
END_TEST

/* A page costs as many statements with many rows as with few. */
START_TEST(page_of_the_queue_costs_the_same_however_long)
{
	struct response_filter f = {0};
	struct response_look look = {.consultation = "words", .filter = &f, .who = true};
	int64_t cost[RESPONSES + 1];

	for (int most = 1; most <= RESPONSES; most++) {
		struct queue_page page = {.most = most};
		struct queue_rows rows;
		int64_t before = store_statements(op->store);

		OK(queue_list(op, scene.arena, &look, &page, &rows, &err));
		ck_assert_uint_eq(rows.count, (size_t)most);
		cost[most] = store_statements(op->store) - before;
		ck_assert_int_eq(cost[most], cost[1]);
	}
	ck_assert_int_le(cost[1], 3);
}
END_TEST

/* A search by whoever may not see who wrote does not look at senders, whatever it is for. */
START_TEST(coding_by_search_does_not_tell_who_wrote)
{
	int64_t code = scene_code(&scene, "kettles", 0);
	struct recode how = {.consultation = "words",
			     .filter = {.search = "gwen1*"},
			     .code_id = code,
			     .who = true};
	struct recode_count count;
	struct response_filter f = {.search = "gwen*"};
	struct response_look look = {.consultation = "words", .filter = &f, .who = true};
	const char *all = listed(&look);

	look.who = false;
	ck_assert_str_ne(listed(&look), all);
	OK(recode_count(op, &how, &count, &err));
	ck_assert_int_gt(count.responses, 0);
	how.who = false;
	OK(recode_count(op, &how, &count, &err));
	ck_assert_int_eq(count.responses, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response filter");
	TCase *c = tcase_create("response filter");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, every_way_finds_what_fits);
	tcase_add_test(c, page_of_the_queue_costs_the_same_however_long);
	tcase_add_test(c, coding_by_search_does_not_tell_who_wrote);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
