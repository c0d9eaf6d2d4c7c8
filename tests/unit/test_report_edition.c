/* Editions of a report: frozen, approved by a second person, told what has moved since. */
#include "tests/unit/response_scene.h"

#include "domain/reports/report_edition.h"
#include "domain/exports/report_file.h"
#include "domain/safeguarding/flag.h"
#include "domain/admin/rights.h"
#include "base/str.h"

#include <inttypes.h>

static struct stage scene;
static int64_t code;
static const struct report_edition_of newest = {.consultation = "words"};

static const char *reply(const char *from)
{
	const char *ref = scene_reply(
		&scene, from, "Good day.\n\n1. The buses are late every evening.\n");

	SCENE_OK(&scene, response_respondent(&scene.op, ref, "individual", "name", &err));
	SCENE_OK(&scene, response_screen(&scene.op, ref, "included", NULL, &err));
	return ref;
}

static void save(const char *text)
{
	const struct report_text what = {.consultation = "words", .text = text};

	SCENE_OK(&scene, report_save(&scene.op, &what, &err));
}

/* Ada writes; Bea and Cat may approve. */
static void begin(void)
{
	scene_open(&scene);
	scene.settings->report_least = 0;
	for (const char *const *who = (const char *const[]){"Bea", "Cat", NULL}; *who;
	     who++) {
		stage_hires(&scene, *who);
		SCENE_OK(&scene,
			 rights_grant(&scene.op, *who, "approver", NULL, NULL, &err));
	}
	code = scene_code(&scene, "travel", 0);
	(void)scene_put(&scene, reply("a@example.test"), code, 14, 47, NULL);
	(void)reply("b@example.test");
	save("# {{title}}\n\n{{table responses by type}}\n\n{{quotes code:travel 1}}\n\n"
	     "We analysed two.\n");
}

static void end(void)
{
	stage_close(&scene);
}

static int64_t make(void)
{
	int64_t number = 0;

	SCENE_OK(&scene, report_edition_make(&scene.op, "words", NULL, &number, &err));
	return number;
}

static const char *refused(bool (*act)(struct err *err))
{
	struct err err = {0};

	ck_assert(!act(&err));
	return arena_strdup(scene.arena, err.text);
}

static bool again(struct err *err)
{
	int64_t number;

	return report_edition_make(&scene.op, "words", NULL, &number, err);
}

static bool approve(struct err *err)
{
	return report_edition_approve(&scene.op, &newest, err);
}

static const char *changes(void)
{
	struct report_edition e;
	struct report_changes moved;

	SCENE_OK(&scene, report_edition_get(&scene.op, scene.arena, &newest, &e, &err));
	SCENE_OK(&scene,
		 report_edition_changes(&scene.op, scene.arena, &e, &moved, &err));
	return str_or(report_changes_words(scene.arena, &e, &moved), "");
}

START_TEST(an_edition_is_frozen)
{
	struct report_edition e;
	struct report_frozen frozen;

	ck_assert_int_eq(make(), 1);
	ck_assert_str_eq(refused(again), "edition 1 is of exactly this text and these "
					 "responses already");
	save("Something else.\n");
	(void)reply("c@example.test");
	SCENE_OK(&scene, report_edition_get(&scene.op, scene.arena, &newest, &e, &err));
	SCENE_OK(&scene, report_edition_read(&scene.op, scene.arena, &e, &frozen, &err));
	ck_assert(strstr(frozen.markdown, "| All responses | 2 | 100.0% |"));
	ck_assert(strstr(frozen.html, "<h1>About words</h1>"));
	ck_assert(strstr(frozen.csv, "All responses,2,100.0%"));
	ck_assert_str_eq(e.made_by_name, "Ada");
	ck_assert_int_eq(make(), 2);
}
END_TEST

START_TEST(who_wrote_it_cannot_approve_it)
{
	struct err why = {0};
	struct report_edition e;

	(void)make();
	ck_assert_str_eq(refused(approve),
			 "You wrote this edition, so a colleague approves it");
	ck_assert(!report_edition_ask(&scene.op, &newest, "Ada", &why));
	SCENE_OK(&scene, report_edition_ask(&scene.op, &newest, "Bea", &err));
	stage_become(&scene, "Bea");
	SCENE_OK(&scene, report_edition_approve(&scene.op, &newest, &err));
	SCENE_OK(&scene, report_edition_approve(&scene.op, &newest, &err));
	SCENE_OK(&scene, report_edition_get(&scene.op, scene.arena, &newest, &e, &err));
	ck_assert_str_eq(e.approved_by_name, "Bea");
	stage_become(&scene, "Cat");
	ck_assert_str_eq(refused(approve), "Bea has approved edition 1 already");
}
END_TEST

START_TEST(whoever_changed_a_word_since_is_a_writer)
{
	stage_become(&scene, "Bea");
	save("Another word.\n");
	stage_become(&scene, "Ada");
	(void)make();
	stage_become(&scene, "Bea");
	ck_assert_str_eq(refused(approve),
			 "You wrote this edition, so a colleague approves it");
	stage_become(&scene, "Cat");
	SCENE_OK(&scene, report_edition_approve(&scene.op, &newest, &err));
	/* What was approved is behind them. */
	stage_become(&scene, "Ada");
	save("One more.\n");
	(void)make();
	stage_become(&scene, "Bea");
	SCENE_OK(&scene, report_edition_approve(&scene.op, &newest, &err));
}
END_TEST

START_TEST(wrong_numbers_and_tables_make_no_edition)
{
	save("We analysed three.\n");
	ck_assert(str_starts(refused(again), "line 1: \"three\" is wrong"));
	save("| A | n |\n|---|---|\n| Yes | 41 |\n| No | 7 |\n| Other | 12 |\n| Total | 61 |\n");
	ck_assert(strstr(refused(again), "sum to 60, but N is 61"));
	save("{{nonsense}}\n");
	ck_assert(strstr(refused(again), "there is no such placeholder"));
}
END_TEST

START_TEST(what_moved_since_is_told)
{
	(void)make();
	ck_assert_str_eq(changes(), "");
	(void)reply("c@example.test");
	SCENE_OK(&scene,
		 response_screen(&scene.op, "words-0002", "excluded", "blank", &err));
	(void)scene_put(&scene, "words-0002", code, 0, 0, NULL);
	ck_assert_str_eq(changes(),
			 "2 responses changed since edition 1: 1 is new, 1 was "
			 "screened differently, 1 has other codes.");
	stage_become(&scene, "Bea");
	ck_assert(str_starts(refused(approve), "2 responses changed since edition 1"));
}
END_TEST

/* The line on which it is quoted, below 0 where it may not stand any more; it is one. */
static int64_t quoted_on(int64_t response_id)
{
	struct report_quoted_at *list;
	size_t count;

	SCENE_OK(&scene,
		 report_quoted(&scene.op, scene.arena, response_id, &list, &count, &err));
	ck_assert_uint_eq(count, 1);
	return list[0].stands ? list[0].line : -list[0].line;
}

START_TEST(a_permission_that_is_withdrawn_shows_where_it_is_quoted)
{
	int64_t id = 0;

	(void)make();
	id = scene_id(&scene, "words-0001");
	ck_assert_int_eq(quoted_on(id), 5);
	SCENE_OK(&scene,
		 response_respondent(&scene.op, "words-0001", NULL, "none", &err));
	ck_assert_int_eq(quoted_on(id), -5);
	stage_become(&scene, "Bea");
	ck_assert_str_eq(refused(approve),
			 "The quotation on line 5 of edition 1 may not be published any "
			 "more. Make another edition");
}
END_TEST

/* Approved before: no file of it is made, in any form, and another edition can be. */
START_TEST(an_edition_that_quotes_who_has_withdrawn_is_written_no_more)
{
	struct report_edition e;

	(void)scene_put(&scene, "words-0002", code, 18, 47, NULL);
	(void)make();
	stage_become(&scene, "Bea");
	SCENE_OK(&scene, report_edition_approve(&scene.op, &newest, &err));
	SCENE_OK(&scene, report_edition_get(&scene.op, scene.arena, &newest, &e, &err));
	for (int withdrawn = 0; withdrawn < 2; withdrawn++) {
		for (const struct report_form *form = report_forms; form->name; form++) {
			AUTO(buf) out = buf_new(1 << 20);
			struct err no = {0};

			ck_assert_int_eq(
				report_file(&scene.op, scene.arena, &e, form, out, &no),
				!withdrawn);
			ck_assert_int_eq(no.kind, withdrawn ? ERR_CONFLICT : ERR_NONE);
		}
		/* Nothing that is counted moves: somebody flags the response. */
		if (!withdrawn) {
			struct response r;
			struct flag flag;

			SCENE_OK(&scene, response_find(&scene.op, scene.arena,
						       "words-0001", &r, &err));
			SCENE_OK(&scene, flag_raise(&scene.op, scene.arena, r.inbound_id,
						    "", &flag, &err));
		}
	}
	stage_become(&scene, "Ada");
	ck_assert_int_eq(make(), 2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("report_edition");
	TCase *c = tcase_create("report_edition");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, an_edition_is_frozen);
	tcase_add_test(c, who_wrote_it_cannot_approve_it);
	tcase_add_test(c, whoever_changed_a_word_since_is_a_writer);
	tcase_add_test(c, wrong_numbers_and_tables_make_no_edition);
	tcase_add_test(c, what_moved_since_is_told);
	tcase_add_test(c, a_permission_that_is_withdrawn_shows_where_it_is_quoted);
	tcase_add_test(c, an_edition_that_quotes_who_has_withdrawn_is_written_no_more);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
