/* Files of an edition that another program makes: asked for, made, kept, handed out. */
#include "tests/unit/response_scene.h"

#include "base/str.h"
#include "domain/admin/rights.h"
#include "domain/exports/report_kept.h"
#include "render/rendered.h"

#include <sys/stat.h>

static struct stage scene;
static char folder[UNIT_FOLDER];
static struct rendering with;
static struct report_edition edition;
static const struct report_edition_of newest = {.consultation = "words"};

static void save(const char *text)
{
	const struct report_text what = {.consultation = "words", .text = text};

	SCENE_OK(&scene, report_save(&scene.op, &what, &err));
}

static void look(void)
{
	SCENE_OK(&scene,
		 report_edition_get(&scene.op, scene.arena, &newest, &edition, &err));
}

/* Ada writes, Bea may approve. */
static void begin(void)
{
	const char *ref;
	int64_t number;

	scene_open(&scene);
	scene.settings->report_least = 0;
	stage_hires(&scene, "Bea");
	SCENE_OK(&scene, rights_grant(&scene.op, "Bea", "approver", NULL, NULL, &err));
	ref = scene_reply(&scene, "a@example.test",
			  "Good day.\n\n1. The buses are late every evening.\n");
	SCENE_OK(&scene, response_respondent(&scene.op, ref, "individual", "name", &err));
	SCENE_OK(&scene, response_screen(&scene.op, ref, "included", NULL, &err));
	(void)scene_put(&scene, ref, scene_code(&scene, "travel", 0), 14, 47, NULL);
	save("# {{title}}\n\n{{chart responses by type}}\n\n{{quotes code:travel 1}}\n");
	SCENE_OK(&scene, report_edition_make(&scene.op, "words", NULL, &number, &err));
	look();
	unit_folder(folder, "kept");
	with = rendering_usual(folder);
}

static void end(void)
{
	ck_assert_msg(rmdir(folder) == 0, "something is left in %s", folder);
	stage_close(&scene);
}

static struct report_kept kept(const char *form)
{
	struct report_kept *list, found = {0};
	size_t count;

	SCENE_OK(&scene,
		 report_kept_list(&scene.op, scene.arena, &edition, &list, &count, &err));
	ck_assert_uint_eq(count, 3);
	for (size_t i = 0; i < count; i++)
		if (str_eq(list[i].form->name, form))
			found = list[i];
	ck_assert_ptr_nonnull(found.form);
	return found;
}

static void ask(const char *form)
{
	SCENE_OK(&scene, report_kept_ask(&scene.op, scene.arena, &edition,
					 report_form_named(form), &err));
}

/* All that wait; how many. */
static int make_all(void)
{
	struct report_waiting waiting;
	struct err no = {0};
	int made = 0;

	for (; report_kept_next(&scene.op, scene.arena, &waiting, &no); made++)
		SCENE_OK(&scene,
			 report_kept_make(&scene.op, scene.arena, &waiting, &with, &err));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	return made;
}

static bool read_it(const char *form, struct report_bytes *out, struct err *err)
{
	return report_kept_read(&scene.op, scene.arena, &edition, report_form_named(form),
				out, err);
}

static void what_is_not_installed(void)
{
	with.weasyprint = "/usr/bin/no-such-program";
}

static void what_fails(void)
{
	with.weasyprint = "/usr/bin/python3"; /* that knows none of its options */
}

static const struct {
	void (*set)(void);
	const char *begins;
} fails[] = {
	{what_is_not_installed,
	 "WeasyPrint is not installed here (on Debian: apt-get install weasyprint)"},
	{what_fails, "WeasyPrint failed: "},
};

START_TEST(what_cannot_be_made_says_why_and_is_asked_for_again)
{
	struct report_bytes none;
	struct err no = {0};

	fails[_i].set();
	ck_assert_int_eq(kept("pdf").state, REPORT_FILE_NONE);
	ask("pdf");
	ask("pdf");
	ck_assert_int_eq(kept("pdf").state, REPORT_FILE_WAITING);
	ck_assert_int_eq(make_all(), 1);
	ck_assert_int_eq(kept("pdf").state, REPORT_FILE_FAILED);
	ck_assert_msg(str_starts(kept("pdf").reason, fails[_i].begins), "got %s",
		      kept("pdf").reason);
	ck_assert(!read_it("pdf", &none, &no));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	ask("pdf");
	ck_assert_int_eq(kept("pdf").state, REPORT_FILE_WAITING);
	ck_assert_int_eq(kept("docx").state, REPORT_FILE_NONE);
}
END_TEST

START_TEST(one_that_ends_its_maker_is_given_up)
{
	struct report_waiting waiting;

	ask("pdf");
	SCENE_OK(&scene, report_kept_next(&scene.op, scene.arena, &waiting, &err));
	SCENE_OK(&scene,
		 report_kept_give_up(&scene.op, &waiting, "it took too long", &err));
	ck_assert_int_eq(kept("pdf").state, REPORT_FILE_FAILED);
	ck_assert_str_eq(kept("pdf").reason, "it took too long");
	ck_assert_int_eq(make_all(), 0);
}
END_TEST

#ifdef HAVE_XLSXWRITER
START_TEST(one_that_is_made_is_kept_until_its_page_is_another)
{
	struct report_bytes file;
	struct err no = {0};

	ask("xlsx");
	ck_assert_int_eq(make_all(), 1);
	ck_assert_int_eq(kept("xlsx").state, REPORT_FILE_MADE);
	ask("xlsx");
	ck_assert_int_eq(make_all(), 0);
	SCENE_OK(&scene, read_it("xlsx", &file, &err));
	ck_assert(!memcmp(file.bytes, "PK\3\4", 4));
	ck_assert_int_eq(kept("xlsx").size, (int64_t)file.len);
	/* It says that it is not approved, which is true no more. */
	stage_become(&scene, "Bea");
	SCENE_OK(&scene, report_edition_approve(&scene.op, &newest, &err));
	look();
	ck_assert_int_eq(kept("xlsx").state, REPORT_FILE_NONE);
	ck_assert(!read_it("xlsx", &file, &no));
	ck_assert_int_eq(no.kind, ERR_ABSENT);
	ask("xlsx");
	ck_assert_int_eq(make_all(), 1);
	SCENE_OK(&scene, read_it("xlsx", &file, &err));
}
END_TEST

/* Who is quoted takes it back, before it is made or after. */
START_TEST(who_has_withdrawn_is_in_no_file)
{
	struct report_bytes file;
	struct err no = {0};

	ask("xlsx");
	ck_assert_int_eq(make_all(), 1);
	ask("pdf");
	SCENE_OK(&scene,
		 response_respondent(&scene.op, "words-0001", NULL, "none", &err));
	ck_assert(!read_it("xlsx", &file, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_int_eq(make_all(), 1);
	ck_assert_int_eq(kept("pdf").state, REPORT_FILE_FAILED);
	ck_assert_msg(strstr(kept("pdf").reason, "may not be published any more"),
		      "got %s", kept("pdf").reason);
	no = (struct err){0};
	ck_assert(!report_kept_ask(&scene.op, scene.arena, &edition,
				   report_form_named("docx"), &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
}
END_TEST
#endif

START_TEST(what_ended_half_done_leaves_nothing)
{
	char left[UNIT_FOLDER + 40], other[UNIT_FOLDER + 40];

	(void)snprintf(left, sizeof(left), "%s/mercat-report-abcdef", folder);
	(void)snprintf(other, sizeof(other), "%s/other", folder);
	ck_assert_int_eq(mkdir(left, 0700), 0);
	ck_assert_int_eq(mkdir(other, 0700), 0);
	rendering_clear(folder);
	ck_assert_int_ne(access(left, F_OK), 0);
	ck_assert_int_eq(rmdir(other), 0);
	rendering_clear("/nonexistent");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("report_kept");
	TCase *c = tcase_create("report_kept");

	tcase_add_checked_fixture(c, begin, end);
	UNIT_TABLE(c, what_cannot_be_made_says_why_and_is_asked_for_again, fails);
	tcase_add_test(c, one_that_ends_its_maker_is_given_up);
#ifdef HAVE_XLSXWRITER
	tcase_add_test(c, one_that_is_made_is_kept_until_its_page_is_another);
	tcase_add_test(c, who_has_withdrawn_is_in_no_file);
#endif
	tcase_add_test(c, what_ended_half_done_leaves_nothing);
	suite_add_tcase(suite, c);
	return unit_main(suite);
}
