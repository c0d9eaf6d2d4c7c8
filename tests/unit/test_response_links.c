/* Several replies of one person: linked, never lost, counted both ways. */
#include "acts/reread.h"
#include "tests/unit/response_scene.h"

#include "acts/analysis.h"
#include "acts/duplicate.h"
#include "base/str.h"

static struct scene scene;
static const char *one, *two;

static void begin(void)
{
	scene_open(&scene);
	one = scene_reply(&scene, "ada@example.test", "1. Tinker.\n");
}

static void end(void)
{
	scene_close(&scene);
}

/* "duplicate holds of words-1", or "none" */
static const char *link_of(const char *reference)
{
	struct store_row row, of;
	struct err none = {0};

	if (!store_one(scene.acts.store, scene.arena, &row, &none, SQL_LINK_OF, "i",
		       scene_id(&scene, reference)))
		return "none";
	SCENE_OK(&scene, store_one(scene.acts.store, scene.arena, &of, &err,
				   SQL_RESPONSE_BY_ID, "i", row_int(&row, "of_id")));
	return arena_printf(scene.arena, "%s %s of words-%d", row_text(&row, "as_what"),
			    row_text(&row, "state"), (int)row_int(&of, "number"));
}

static int64_t counted(const char *label)
{
	struct acts_sheet sheet;

	SCENE_OK(&scene, acts_analysis(&scene.acts, scene.arena, "words", "copies", NULL,
				       &sheet, &err));
	for (size_t i = 0; i < sheet.row_count; i++)
		if (str_eq(sheet.rows[i].label, label))
			return sheet.rows[i].cells[ACTS_SHEET_TYPES];
	return 0;
}

static const struct {
	const char *from, *text, *want;
} later[] = {
	{"ada@example.test", "1. Tinker.\n", "duplicate holds of words-1"},
	{"Ada@Example.test", "1.  TINKER!\n", "duplicate holds of words-1"},
	{"ada@example.test", "1. Tinker, and cad.\n", "amendment proposed of words-1"},
	{"bob@example.test", "1. Tinker.\n", "none"},
};

START_TEST(a_later_reply_is_linked_to_the_one_before)
{
	two = scene_reply(&scene, later[_i].from, later[_i].text);
	ck_assert_str_eq(link_of(two), later[_i].want);
	ck_assert_str_eq(link_of(one), "none");
}
END_TEST

START_TEST(counts_are_there_both_ways)
{
	(void)scene_reply(&scene, "ada@example.test", "1. Tinker.\n");
	(void)scene_reply(&scene, "ada@example.test", "1. Cad.\n");
	(void)scene_reply(&scene, "bob@example.test", "1. Cad.\n");
	ck_assert_int_eq(counted("counted once"), 2);
	ck_assert_int_eq(counted("duplicate of another"), 1);
	ck_assert_int_eq(counted("perhaps amendment of another"), 1);
}
END_TEST

START_TEST(a_person_links_and_unlinks_and_the_machine_keeps_away)
{
	two = scene_reply(&scene, "ada@example.test", "1. Cad.\n");
	SCENE_OK(&scene, acts_duplicate_link(&scene.acts, two, one, "composite", &err));
	ck_assert_str_eq(link_of(two), "composite holds of words-1");
	SCENE_OK(&scene, acts_duplicate_unlink(&scene.acts, two, &err));
	ck_assert_str_eq(link_of(two), "none");
	SCENE_OK(&scene, acts_words_read_again(&scene.acts, scene.arena,
					       scene_id(&scene, two), &err));
	ck_assert_str_eq(link_of(two), "none");
	ck_assert_int_eq(counted("counted once"), 2);
}
END_TEST

START_TEST(impossible_links_are_refused)
{
	struct err no = {0};

	two = scene_reply(&scene, "bob@example.test", "1. Cad.\n");
	ck_assert(!acts_duplicate_link(&scene.acts, two, two, "duplicate", &no));
	ck_assert_int_eq(no.kind, ERR_INPUT);
	ck_assert(!acts_duplicate_link(&scene.acts, two, one, "cousin", &no));
	ck_assert(!acts_duplicate_unlink(&scene.acts, two, &no));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	SCENE_OK(&scene, acts_duplicate_link(&scene.acts, two, one, "duplicate", &err));
	ck_assert(!acts_duplicate_link(&scene.acts, one, two, "duplicate", &no));
	ck_assert_int_eq(no.kind, ERR_INPUT);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_links");
	TCase *c = tcase_create("links");

	tcase_add_checked_fixture(c, begin, end);
	UNIT_TABLE(c, a_later_reply_is_linked_to_the_one_before, later);
	tcase_add_test(c, counts_are_there_both_ways);
	tcase_add_test(c, a_person_links_and_unlinks_and_the_machine_keeps_away);
	tcase_add_test(c, impossible_links_are_refused);
	suite_add_tcase(suite, c);
	return unit_main(suite);
}
