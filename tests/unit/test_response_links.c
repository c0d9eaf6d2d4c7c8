/* Several replies of one person: linked, never lost, counted both ways. */
#include "domain/intake/reread.h"
#include "tests/unit/response_scene.h"

#include "domain/analysis/analysis.h"
#include "domain/campaigns/duplicate.h"
#include "base/str.h"

static struct stage scene;
static const char *one, *two;

static void begin(void)
{
	scene_open(&scene);
	one = scene_reply(&scene, "ada@example.test", "1. Tinker.\n");
}

static void end(void)
{
	stage_close(&scene);
}

/* "duplicate holds of words-1", or "none" */
static const char *link_of(const char *reference)
{
	struct store_row row, of;
	struct err none = {0};

	if (!store_one(scene.op.store, scene.arena, &row, &none, SQL_LINK_OF, "i",
		       scene_id(&scene, reference)))
		return "none";
	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &of, &err,
				   SQL_RESPONSE_BY_ID, "i", row_int(&row, "of_id")));
	return arena_printf(scene.arena, "%s %s of words-%d", row_text(&row, "as_what"),
			    row_text(&row, "state"), (int)row_int(&of, "number"));
}

static int64_t counted(const char *label)
{
	struct analysis_table sheet;

	SCENE_OK(&scene, analysis_load(&scene.op, scene.arena,
				       &(struct analysis_sheet_of){
					       .consultation = "words", .by = "copies"},
				       &sheet, &err));
	for (size_t i = 0; i < sheet.row_count; i++)
		if (str_eq(sheet.rows[i].label, label))
			return sheet.rows[i].cells[ANALYSIS_TABLE_TYPES];
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

#define ASKS "Our committee asks that sheds be as high as the hedge and no higher.\n\n"

/* The first is from Helge Stene <office@towpath.example> with ASKS and plan.pdf. */
static const struct {
	const char *name, *from, *text, *file, *want;
} again[] = {
	{"Helge Stene", "helge@example.test", ASKS "Helge Stene\nSecretary\n", "aa",
	 "duplicate proposed of words-2"},
	{"Stene, Helge", "helge@example.test", ASKS "Sent from my phone\n", "aa",
	 "duplicate proposed of words-2"},
	{NULL, "helge@example.test", ASKS "Best wishes\nHelge Stene\n", "aa",
	 "duplicate proposed of words-2"},
	{"Helge Stene", "helge@example.test", "The plan again, as promised.\n", "aa",
	 "duplicate proposed of words-2"},
	{"Helge Stene", "office@towpath.example", ASKS "Sent from my iPad\n", "aa",
	 "duplicate holds of words-2"},
	{"Helge Stene", "office@towpath.example", "And mend the tap.\n", NULL,
	 "amendment proposed of words-2"},
	/* a campaign's words under another name; another member at the same address */
	{"Pia Holm", "pia@example.test", ASKS, "aa", "none"},
	{"Pia Holm", "office@towpath.example", ASKS, "aa", "none"},
	{"Pia Holm", "office@towpath.example", "And mend the tap.\n", NULL, "none"},
	/* one name, other words and another file */
	{"Helge Stene", "helge@example.test", "Mend the tap by the gate, and soon.\n",
	 "bb", "none"},
	/* one name under a few words that anybody may write */
	{"Helge Stene", "helge@example.test", "1. Tinker.\n", NULL, "none"},
};

static const char *with_file(const char *name, const char *from, const char *text,
			     const char *hash)
{
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_attachment file = {
		.name = "plan.pdf", .type = "application/pdf", .text = "A plan."};
	struct mail_message m = {.from = {.name = name, .address = from},
				 .to = {&to, 1},
				 .text = text,
				 .attachments = hash ? &file : NULL,
				 .attachment_count = hash != NULL};
	struct store_row row;

	if (hash)
		str_copy(file.sha256, sizeof(file.sha256), hash);
	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_RESPONSE_OF_INBOUND, "i", scene_mail(&scene, &m)));
	return response_reference(scene.arena, row_text(&row, "consultation"),
				  row_int(&row, "number"));
}

START_TEST(the_same_is_known_from_another_address_and_device)
{
	(void)with_file("Helge Stene", "office@towpath.example", ASKS, "aa");
	two = with_file(again[_i].name, again[_i].from, again[_i].text, again[_i].file);
	ck_assert_str_eq(link_of(two), again[_i].want);
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
	SCENE_OK(&scene, response_duplicate_link(&scene.op, two, one, "composite", &err));
	ck_assert_str_eq(link_of(two), "composite holds of words-1");
	SCENE_OK(&scene, response_duplicate_unlink(&scene.op, two, &err));
	ck_assert_str_eq(link_of(two), "none");
	SCENE_OK(&scene, response_text_read_again(&scene.op, scene.arena,
						  scene_id(&scene, two), &err));
	ck_assert_str_eq(link_of(two), "none");
	ck_assert_int_eq(counted("counted once"), 2);
}
END_TEST

START_TEST(impossible_links_are_refused)
{
	struct err no = {0};

	two = scene_reply(&scene, "bob@example.test", "1. Cad.\n");
	ck_assert(!response_duplicate_link(&scene.op, two, two, "duplicate", &no));
	ck_assert_int_eq(no.kind, ERR_INPUT);
	ck_assert(!response_duplicate_link(&scene.op, two, one, "cousin", &no));
	ck_assert(!response_duplicate_unlink(&scene.op, two, &no));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	SCENE_OK(&scene, response_duplicate_link(&scene.op, two, one, "duplicate", &err));
	ck_assert(!response_duplicate_link(&scene.op, one, two, "duplicate", &no));
	ck_assert_int_eq(no.kind, ERR_INPUT);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_links");
	TCase *c = tcase_create("links");

	tcase_add_checked_fixture(c, begin, end);
	UNIT_TABLE(c, a_later_reply_is_linked_to_the_one_before, later);
	UNIT_TABLE(c, the_same_is_known_from_another_address_and_device, again);
	tcase_add_test(c, counts_are_there_both_ways);
	tcase_add_test(c, a_person_links_and_unlinks_and_the_machine_keeps_away);
	tcase_add_test(c, impossible_links_are_refused);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
