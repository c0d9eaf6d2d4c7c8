/* The form that a consultation offers, sent back: what the staff see of it. */
#include "tests/unit/ownform_made.h"
#include "tests/unit/response_scene.h"

#include "base/str.h"
#include "domain/admin/asked.h"
#include "domain/intake/attachment_text.h"
#include "domain/campaigns/campaign.h"
#include "domain/responses/options.h"
#include "domain/responses/response_answer.h"
#include "extract/parsers/document.h"
#include "ownform/ownform.h"

static struct stage scene;

static const char questions[] =
	"1. Which words are no longer understood?\n"
	"2. Should neglect of feelings be named?\n"
	"   ( ) Yes\n   ( ) No\n"
	"3. How should families be told?\n"
	"   [ ] By post\n   [ ] By telephone\n   [ ] In a meeting\n";

static void begin(void)
{
	scene_open(&scene);
	scene_consult(&scene, "forms", questions);
	scene_consult(&scene, "others", questions);
}

static void end(void)
{
	stage_close(&scene);
}

/* Its form, and what Siân fills into it. */
static struct made made_of(const char *name, enum made_carrier carrier)
{
	struct made m = {.arena = scene.arena, .random = 7, .carrier = carrier};
	struct consultation c;

	SCENE_OK(&scene, consultation_named(&scene.op, scene.arena, name, &c, &err));
	SCENE_OK(&scene, asked_form(&scene.op, scene.arena, &c, &m.form, &err));
	m.fill = (struct made_fill){.name = "Siân O'Neil",
				    .organisation = "Rowan Trust",
				    .type = 2,
				    .permission = 1,
				    .contact = 2,
				    .answers = {{0, "Cad & bounder.\n\nAnd tinker."},
						{1, NULL},
						{5, "Kindly."}}};
	return m;
}

static const char *send(const char *to, const char *from, const char *text)
{
	struct mail_address address = {
		.address = arena_printf(scene.arena, "%s@updates.example.test", to)};
	struct mail_message m = {.from = {.address = from, .name = "Jo Bloggs"},
				 .subject = "Response",
				 .to = {&address, 1},
				 .text = text};
	struct store_row row;
	int64_t id = scene_mail(&scene, &m);

	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_RESPONSE_OF_INBOUND, "i", id));
	return response_reference(scene.arena, row_text(&row, "consultation"),
				  row_int(&row, "number"));
}

static const char *filled(struct made *m)
{
	AUTO(buf) text = buf_new(1 << 20);

	made_text(m, text);
	return arena_strdup(scene.arena, buf_text(text));
}

static const char *of(const char *reference, const char *column)
{
	return scene_respondent(&scene, reference, column);
}

static const char *note_of(const char *reference, const char *field)
{
	struct store_table t;

	SCENE_OK(&scene, store_all(scene.op.store, scene.arena, &t, &err, SQL_SAID_OF,
				   "i", scene_id(&scene, reference)));
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (str_eq(row_text(&row, "field"), field))
			return row_text(&row, "note");
	}
	return NULL;
}

/* "2=Yes 3=By post 3=In a meeting", or "2=unclear". */
static const char *choices(const char *reference)
{
	AUTO(buf) all = buf_new(4000);
	struct store_table t;

	SCENE_OK(&scene, response_choice_list(&scene.op, scene.arena,
					      scene_id(&scene, reference), &t, &err));
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		buf_printf(all, "%s%d=%s", i ? " " : "", (int)row_int(&row, "question"),
			   str_or(row_text(&row, "option"), row_text(&row, "state")));
	}
	return arena_strdup(scene.arena, buf_text(all));
}

/* "1:Cad.|3:Kindly." and what belongs to no question as "0:...". */
static const char *answers(const char *reference)
{
	AUTO(buf) all = buf_new(1 << 16);
	struct response_answer *list;
	size_t count;

	SCENE_OK(&scene,
		 response_answer_list(&scene.op, scene.arena, scene_id(&scene, reference),
				      &list, &count, &err));
	for (size_t i = 0; i < count; i++)
		buf_printf(all, "%s%d:%s", i ? "|" : "", (int)list[i].question,
			   list[i].text);
	return arena_strdup(scene.arena, buf_text(all));
}

static void is_as_filled_in(const char *ref)
{
	ck_assert_str_eq(of(ref, "name"), "Siân O'Neil");
	ck_assert_str_eq(of(ref, "organisation"), "Rowan Trust");
	ck_assert_str_eq(of(ref, "type"), "organisation");
	ck_assert_str_eq(of(ref, "permission"), "name");
	ck_assert_str_eq(of(ref, "contact"), "no");
	ck_assert_str_eq(choices(ref), "2=Yes 3=By post 3=In a meeting");
}

START_TEST(text_that_was_filled_in_is_what_the_staff_see)
{
	struct made m = made_of("forms", MADE_TEXT);
	const char *ref = send("forms", "sian@example.test", filled(&m));

	is_as_filled_in(ref);
	ck_assert_str_eq(answers(ref), "1:Cad & bounder.\n\nAnd tinker.|3:Kindly.");
}
END_TEST

static int64_t send_file(const struct buf *file, const char *type)
{
	struct mail_address to = {.address = "forms@updates.example.test"};
	struct mail_attachment attached = {.name = "form",
					   .type = type,
					   .sha256 = "00",
					   .bytes = file->bytes,
					   .size = file->len};
	struct mail_message mail = {
		.from = {.address = "sian@example.test", .name = "Jo Bloggs"},
		.to = {&to, 1},
		.text = "Please find it attached.\n\nKind regards\n\nJo Bloggs\nElm Society\n",
		.attachments = &attached,
		.attachment_count = 1};

	return scene_mail(&scene, &mail);
}

/* Both files go the way of an attachment: read in its child, kept, then read once more. */
START_TEST(file_that_was_filled_in_is_what_the_staff_see)
{
	struct made m = made_of("forms", _i ? MADE_ODT : MADE_DOCX);
	AUTO(buf) file = buf_new(OWNFORM_BYTES);
	AUTO(buf) text = buf_new(1 << 20);
	AUTO(buf) packed = buf_new(1 << 20);
	struct extract_said said = {.text = text, .shown = document_new(scene.arena)};
	struct extract_result result = {.state = EXTRACT_DONE, .source = "docx"};
	int64_t id;

	made_file(&m, file);
	id = send_file(file, _i ? OWNFORM_ODT_TYPE : OWNFORM_DOCX_TYPE);
	extract_document(EXTRACT_ZIP, file->bytes, file->len, &said);
	document_pack(said.shown, packed);
	result.text = arena_strdup(scene.arena, buf_text(text));
	result.shown = packed->bytes;
	result.shown_len = packed->len;
	SCENE_OK(&scene, attachment_text_keep(&scene.op, id, 0, &result, &err));
	is_as_filled_in("forms-1");
	ck_assert_ptr_nonnull(strstr(answers("forms-1"), "1:Cad & bounder."));
	ck_assert_ptr_nonnull(strstr(answers("forms-1"), "3:Kindly."));
	ck_assert_ptr_null(strstr(answers("forms-1"), "Question"));
}
END_TEST

START_TEST(what_the_mail_asks_beside_the_form_may_be_stricter)
{
	struct made m = made_of("forms", MADE_TEXT);
	const char *ref =
		send("forms", "sian@example.test",
		     arena_printf(scene.arena, "Please do not publish my response.\n\n%s",
				  filled(&m)));

	ck_assert_str_eq(of(ref, "permission"), "unknown");
	ck_assert_str_eq(of(ref, "contact"), "no");
	ck_assert_str_eq(choices(ref), "2=Yes 3=By post 3=In a meeting");
}
END_TEST

START_TEST(what_is_left_blank_is_not_known)
{
	struct made m = made_of("forms", MADE_TEXT);
	const char *ref;

	m.fill = (struct made_fill){.permission = 3};
	ref = send("forms", "sian@example.test",
		   arena_printf(scene.arena,
				"%s\nOn behalf of the Elm Society\n\nKind "
				"regards\n\nJo Bloggs\nElm Society\n",
				filled(&m)));
	ck_assert_str_eq(of(ref, "name"), "Jo Bloggs"); /* who sent it */
	ck_assert_ptr_null(of(ref, "organisation"));
	ck_assert_str_eq(of(ref, "type"), "unknown");
	ck_assert_str_eq(of(ref, "permission"), "unknown");
	ck_assert_str_eq(of(ref, "contact"), "unknown");
	ck_assert_str_eq(choices(ref), "");
}
END_TEST

START_TEST(form_of_another_consultation_answers_nothing_here)
{
	struct made m = made_of("others", MADE_TEXT);
	const char *ref = send("forms", "sian@example.test", filled(&m));

	ck_assert_str_eq(of(ref, "name"), "Siân O'Neil");
	ck_assert_str_eq(of(ref, "permission"), "unknown");
	ck_assert_str_eq(of(ref, "contact"), "unknown");
	ck_assert_str_eq(note_of(ref, "permission"),
			 "in the form of another consultation");
	ck_assert_str_eq(choices(ref), "2=unclear 3=unclear");
	ck_assert(str_starts(answers(ref), "0:") && !strchr(answers(ref), '|'));
}
END_TEST

START_TEST(form_with_older_questions_is_left_to_a_person)
{
	static const char *const options[] = {"Always", "Never"};
	struct choice_asked asked = {.options = options, .count = 2};
	struct made m = made_of("forms", MADE_TEXT);
	const char *text = filled(&m), *ref;
	struct consultation c;

	SCENE_OK(&scene, consultation_named(&scene.op, scene.arena, "forms", &c, &err));
	SCENE_OK(&scene, options_set(&scene.op, c.id, 2, &asked, &err));
	ref = send("forms", "sian@example.test", text);
	ck_assert_str_eq(of(ref, "permission"), "name");
	ck_assert_str_eq(choices(ref), "2=unclear 3=unclear");
	ck_assert(str_starts(answers(ref), "0:") && !strchr(answers(ref), '|'));
	ck_assert(
		str_starts(note_of(ref, "permission"), "in a form with older questions"));
	m = made_of("forms", MADE_TEXT);
	ref = send("forms", "ada@example.test", filled(&m));
	ck_assert_str_eq(choices(ref), "2=Always 3=By post 3=In a meeting");
}
END_TEST

/* All copies of a form share its words, and say each something else. */
START_TEST(form_itself_is_no_standard_letter)
{
	static const char *const said[] = {
		"The word cad is old, and nobody of mine uses it now.",
		"My mother was called a tinker at the door of her school.",
		"None: the law says what it means, and so do I, in short.",
		"Bounder, rascal and rogue, as my neighbours in Leith tell me."};
	struct campaigns_found found;

	for (size_t i = 0; i < ARRAY_LEN(said); i++) {
		struct made m = made_of("forms", MADE_TEXT);

		m.fill.name = arena_printf(scene.arena, "Person %c", (int)('A' + i));
		m.fill.answers[0].answer = said[i];
		(void)send("forms", arena_printf(scene.arena, "p%zu@example.test", i),
			   filled(&m));
	}
	SCENE_OK(&scene, campaign_find(&scene.op, "forms", &found, &err));
	ck_assert_int_eq(found.proposed, 0);
}
END_TEST

/* What stands behind the name in its field may take back what was chosen below. */
static const char *const taken_back[] = {"Permission: No",
					 "Consent: No",
					 "I consent: No",
					 "Publish my response: No",
					 "Publish name: No",
					 "Use my name: No",
					 "Do not publish: [x]",
					 "[x] Confidential",
					 "Anonymous: [x]",
					 "NO",
					 "No",
					 "no!",
					 "Correction: No",
					 "Final answer: no",
					 "Mistake above.",
					 "Wrong box.",
					 "The tick above is wrong.",
					 "Make public: No",
					 "Website: no",
					 "Answer should be No.",
					 "Not for publication",
					 "Please don't.",
					 "Please do not publish this.",
					 "Keep private",
					 "Not with my name",
					 "I changed my mind: no",
					 "~ no ~",
					 "except my name",
					 "but not my name",
					 "(initials only)",
					 "without name",
					 "name: no",
					 "crossed in error",
					 "box ticked by mistake",
					 "none",
					 "None of the above",
					 "refused",
					 "withheld",
					 "not me",
					 "ask me first",
					 "???"};

static const char *permission_with(const char *name)
{
	struct made m = made_of("forms", MADE_TEXT);

	m.fill.name = name;
	return of(send("forms", "pat@post.example", filled(&m)), "permission");
}

START_TEST(words_behind_a_name_take_the_permission_back)
{
	static const struct {
		const char *before, *after;
	} ways[] = {{"Pat Fern - ", ""},
		    {"Pat Fern, ", ""},
		    {"Pat Fern ", ""},
		    {"", " - Pat Fern"},
		    {"", ""}};
	const char *was = "";

	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		const char *name = arena_printf(scene.arena, "%s%s%s", ways[i].before,
						taken_back[_i], ways[i].after);

		if (!str_eq(permission_with(name), "unknown"))
			was = arena_printf(scene.arena, "%s [%s]", was, name);
	}
	ck_assert_msg(!*was, "%s", was);
}
END_TEST

static const char *const names[] = {"Siân O'Neil",
				    "Noel Noakes",
				    "No-Yung Park",
				    "Dr Anne-Marie Nowell",
				    "Pat Fern - Public Health Scotland",
				    "Pat Fern (Chair)",
				    "Pat Fern, Website Team",
				    "Norma Nil",
				    "A. N. Other",
				    "Pat Fern – Head of Information",
				    "Pat Fern, on behalf of all",
				    "Pat & Jo Fern",
				    "Ms Consent Okafor",
				    "Pat Fern, no fixed address",
				    "Fern, Pat",
				    "Pat Fern: convener",
				    "Pat Fern MBE - Rowan Trust, Oban"};

START_TEST(a_name_takes_nothing_back)
{
	ck_assert_str_ne(permission_with(names[_i]), "unknown");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("ownform response");
	TCase *tc = tcase_create("response");

	extract_document_setup();
	tcase_add_checked_fixture(tc, begin, end);
	tcase_add_test(tc, text_that_was_filled_in_is_what_the_staff_see);
	tcase_add_loop_test(tc, file_that_was_filled_in_is_what_the_staff_see, 0, 2);
	tcase_add_test(tc, what_the_mail_asks_beside_the_form_may_be_stricter);
	tcase_add_test(tc, what_is_left_blank_is_not_known);
	tcase_add_test(tc, form_of_another_consultation_answers_nothing_here);
	tcase_add_test(tc, form_with_older_questions_is_left_to_a_person);
	tcase_add_test(tc, form_itself_is_no_standard_letter);
	tcase_add_loop_test(tc, words_behind_a_name_take_the_permission_back, 0,
			    (int)ARRAY_LEN(taken_back));
	tcase_add_loop_test(tc, a_name_takes_nothing_back, 0, (int)ARRAY_LEN(names));
	suite_add_tcase(s, tc);
	return unit_main_together(s);
}
