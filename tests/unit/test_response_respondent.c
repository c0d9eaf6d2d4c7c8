/* What a reply's form says becomes the respondent's, unless a person said otherwise. */
#include "tests/unit/response_scene.h"

#include "base/str.h"

static struct scene scene;

static void begin(void)
{
	scene_open(&scene);
}

static void end(void)
{
	scene_close(&scene);
}

static const char *of(const char *reference, const char *column)
{
	struct acts_response r;
	struct store_row row;

	SCENE_OK(&scene,
		 acts_response_find(&scene.acts, scene.arena, reference, &r, &err));
	SCENE_OK(&scene, store_one(scene.acts.store, scene.arena, &row, &err,
				   SQL_RESPONDENT_OF, "i", r.respondent_id));
	return row_text(&row, column);
}

static const char *said(const char *reference, const char *field, const char *column)
{
	struct store_table t;

	SCENE_OK(&scene, store_all(scene.acts.store, scene.arena, 0, &t, &err,
				   SQL_SAID_OF, "i", scene_id(&scene, reference)));
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (str_eq(row_text(&row, "field"), field))
			return row_text(&row, column);
	}
	return NULL;
}

static const char form[] =
	"Name: Jean Roy\n[x] Individual\n[ ] Organisation\n\n"
	"[x] Publish response with name\n[ ] Do not publish response\n\n"
	"May we contact you again? Yes\n\n1. Tinker.\n";

START_TEST(a_form_in_the_mail_fills_the_respondent)
{
	const char *ref = scene_reply(&scene, "jean@example.test", form);

	ck_assert_str_eq(of(ref, "name"), "Jean Roy");
	ck_assert_str_eq(of(ref, "type"), "individual");
	ck_assert_str_eq(of(ref, "permission"), "name");
	ck_assert_str_eq(of(ref, "contact"), "yes");
	ck_assert_str_eq(said(ref, "permission", "place"), "mail, line 5");
}
END_TEST

START_TEST(a_form_in_a_file_is_read_and_named)
{
	struct mail_address to = {.address = SCENE_ADDRESS};
	struct mail_attachment file = {.name = "form.docx",
				       .type = "application/msword",
				       .sha256 = "00",
				       .text = "\nOrganisation name: Rowan Trust\n"
					       "☐ Individual ☒ Organisation\n"};
	struct mail_message m = {.from = {.address = "rowan@example.test"},
				 .to = {&to, 1},
				 .text = "See the file.\n",
				 .attachments = &file,
				 .attachment_count = 1};
	const char *ref = "words-1";

	ck_assert_str_eq(scene_taken(&scene, scene_mail(&scene, &m), "taken_as"),
			 "reply");
	ck_assert_str_eq(of(ref, "type"), "organisation");
	ck_assert_str_eq(of(ref, "organisation"), "Rowan Trust");
	ck_assert_str_eq(of(ref, "permission"), "unknown");
	ck_assert_str_eq(said(ref, "type", "place"), "form.docx, line 3");
}
END_TEST

START_TEST(two_forms_that_disagree_allow_nothing)
{
	const char *ref = scene_reply(&scene, "jean@example.test", form);

	(void)scene_reply(&scene, "jean@example.test",
			  "Please do not publish my response.\n");
	ck_assert_str_eq(of(ref, "permission"), "unknown");
	ck_assert_str_eq(of(ref, "type"), "individual");
	ck_assert_str_eq(said(ref, "permission", "value"), "name");
}
END_TEST

START_TEST(what_a_person_set_stays)
{
	const char *ref = scene_reply(&scene, "jean@example.test", "1. Tinker.\n");

	ck_assert_str_eq(of(ref, "type"), "unknown");
	SCENE_OK(&scene, acts_response_respondent(&scene.acts, ref, NULL, "none", &err));
	(void)scene_reply(&scene, "jean@example.test", form);
	ck_assert_str_eq(of(ref, "permission"), "none");
	ck_assert_str_eq(of(ref, "type"), "individual");
}
END_TEST

START_TEST(names_that_a_person_corrected_stay)
{
	const char *ref = scene_reply(&scene, "jean@example.test", form);

	SCENE_OK(&scene, acts_response_correct(&scene.acts, ref, "Jeanne Roy",
					       "Rowan Trust", "no", &err));
	(void)scene_reply(&scene, "jean@example.test", form);
	ck_assert_str_eq(of(ref, "name"), "Jeanne Roy");
	ck_assert_str_eq(of(ref, "organisation"), "Rowan Trust");
	ck_assert_str_eq(of(ref, "contact"), "no");
	ck_assert_str_eq(of(ref, "type"), "individual");
	SCENE_OK(&scene, acts_response_correct(&scene.acts, ref, NULL, "", NULL, &err));
	ck_assert_ptr_null(of(ref, "organisation"));
	ck_assert_str_eq(of(ref, "name"), "Jeanne Roy");
}
END_TEST

static const struct {
	const char *name, *organisation, *contact;
} unfit[] = {
	{"two\nlines", NULL, NULL},
	{NULL, "a\tb\x01", NULL},
	{NULL, NULL, "perhaps"},
};

START_TEST(unfit_corrections_are_refused)
{
	const char *ref = scene_reply(&scene, "jean@example.test", form);
	struct err err = {0};

	ck_assert(!acts_response_correct(&scene.acts, ref, unfit[_i].name,
					 unfit[_i].organisation, unfit[_i].contact,
					 &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_str_eq(of(ref, "name"), "Jean Roy");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_respondent");
	TCase *c = tcase_create("respondent");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, a_form_in_the_mail_fills_the_respondent);
	tcase_add_test(c, a_form_in_a_file_is_read_and_named);
	tcase_add_test(c, two_forms_that_disagree_allow_nothing);
	tcase_add_test(c, what_a_person_set_stays);
	tcase_add_test(c, names_that_a_person_corrected_stay);
	UNIT_TABLE(c, unfit_corrections_are_refused, unfit);
	suite_add_tcase(suite, c);
	return unit_main(suite);
}
