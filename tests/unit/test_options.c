/* Closed questions: what was chosen is read, corrected, counted and taken back. */
#include "tests/unit/response_scene.h"

#include "domain/analysis/analysis.h"
#include "domain/admin/consultation.h"
#include "domain/core/undo.h"
#include "domain/intake/reread.h"
#include "domain/responses/options.h"
#include "domain/responses/response_answer.h"
#include "base/str.h"

static struct stage scene;

static void begin(void)
{
	scene_open(&scene);
	scene_consult(
		&scene, "plots",
		"1. Should every plot have an agreement? Please give your reasons.\n"
		"2. How should people be told?\n   [ ] By post\n   [ ] By telephone\n"
		"3. Should plots be larger? Please say why.\n   (open)\n"
		"4. Which is best?\n   ( ) A hedge\n   ( ) A fence\n"
		"5. And what of a gate?\n   ( ) A gate\n   ( ) Left (not answered)\n");
}

static void end(void)
{
	stage_close(&scene);
}

static const char *answer(const char *from, const char *text)
{
	struct mail_address to = {.address = "plots@updates.example.test"};
	struct mail_message m = {.from = {.address = from}, .to = {&to, 1}, .text = text};
	struct store_row row;

	SCENE_OK(&scene, store_one(scene.op.store, scene.arena, &row, &err,
				   SQL_RESPONSE_OF_INBOUND, "i", scene_mail(&scene, &m)));
	return arena_printf(scene.arena, "plots-%d", (int)row_int(&row, "number"));
}

/* "1=Yes 2=By post,By telephone 4=?" */
static const char *chosen(const char *reference)
{
	AUTO(buf) out = buf_new(2000);
	struct store_table t;
	int64_t last = 0;

	SCENE_OK(&scene, response_choice_list(&scene.op, scene.arena,
					      scene_id(&scene, reference), &t, &err));
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		int64_t question = row_int(&row, "question");
		const char *state = row_text(&row, "state");
		const char *said = str_eq(state, "chosen") ? row_text(&row, "option")
				   : str_eq(state, "none") ? "none"
							   : "?";

		if (question == last)
			buf_printf(out, ",%s", said);
		else
			buf_printf(out, "%s%d=%s", last ? " " : "", (int)question, said);
		last = question;
	}
	return arena_strdup(scene.arena, buf_text(out));
}

static int64_t counted(const char *label)
{
	struct analysis_table sheet;

	SCENE_OK(&scene, analysis_load(&scene.op, scene.arena,
				       &(struct analysis_sheet_of){
					       .consultation = "plots", .by = "choice"},
				       &sheet, &err));
	for (size_t i = 0; i < sheet.row_count; i++)
		if (str_eq(sheet.rows[i].label, label))
			return sheet.rows[i].cells[ANALYSIS_TABLE_TYPES];
	return -1;
}

static const struct {
	const char *text, *want;
} spoken[] = {
	{"Q1: Yes. It saves quarrels.\nQ2: By post and by telephone.\nQ4: A fence.\n",
	 "1=Yes 2=By post,By telephone 4=A fence"},
	{"1. We do not agree.\n2.\n[x] By post\n[ ] By telephone\n", "1=No 2=By post"},
	{"Q1: Yes and no.\n", "1=?"},
	{"Q4: [x] A hedge [x] A fence\n", "4=?"},
	{"Q3: Yes, much larger.\n", ""},
	{"Q1: Nobody asked me.\n", ""},
};

START_TEST(what_was_chosen_is_read_from_the_response)
{
	ck_assert_str_eq(chosen(answer("ada@example.test", spoken[_i].text)),
			 spoken[_i].want);
}
END_TEST

START_TEST(the_answer_is_what_stands_beside_the_choice)
{
	const char *ref = answer("ada@example.test", "Q1: Yes. It saves quarrels.\n");
	struct response_answer *answers;
	size_t count;

	SCENE_OK(&scene,
		 response_answer_list(&scene.op, scene.arena, scene_id(&scene, ref),
				      &answers, &count, &err));
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(answers[0].text, "It saves quarrels.");
}
END_TEST

START_TEST(a_person_corrects_and_takes_it_back)
{
	const char *ref = answer("ada@example.test", "Q1: Yes.\n"), *what;
	const int64_t no[] = {2}, both[] = {1, 2};
	struct err no_err = {0};

	SCENE_OK(&scene, response_choice_set(&scene.op, ref, 1, no, 1, &err));
	ck_assert_str_eq(chosen(ref), "1=No");
	SCENE_OK(&scene, response_text_read_again(&scene.op, scene.arena,
						  scene_id(&scene, ref), &err));
	ck_assert_str_eq(chosen(ref), "1=No");
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &what, &err));
	ck_assert_str_eq(chosen(ref), "1=Yes");
	SCENE_OK(&scene, response_choice_set(&scene.op, ref, 1, NULL, 0, &err));
	ck_assert_str_eq(chosen(ref), "1=none");
	SCENE_OK(&scene, response_choice_set(&scene.op, ref, 2, both, 2, &err));
	ck_assert_str_eq(chosen(ref), "1=none 2=By post,By telephone");
	ck_assert(!response_choice_set(&scene.op, ref, 1, both, 2, &no_err));
	ck_assert_int_eq(no_err.kind, ERR_INPUT);
	no_err = (struct err){0};
	ck_assert(!response_choice_set(&scene.op, ref, 3, no, 1, &no_err));
	ck_assert_int_eq(no_err.kind, ERR_INPUT);
	no_err = (struct err){0};
	ck_assert(!response_choice_set(&scene.op, ref, 9, no, 1, &no_err));
	ck_assert_int_eq(no_err.kind, ERR_INPUT);
}
END_TEST

START_TEST(choices_are_counted_and_sum_to_all)
{
	(void)answer("ada@example.test", "Q1: Yes.\nQ2: By post.\n");
	(void)answer("bob@example.test",
		     "Q1: Yes. Of course.\nQ2: By post and by telephone.\n");
	(void)answer("cat@example.test", "Q1: It depends.\n");
	(void)answer("dan@example.test", "Q1: Ask my neighbour.\n");
	(void)answer("eve@example.test", "I have nothing to say.\n");
	ck_assert_str_eq(chosen("plots-1"), "1=Yes 2=By post");
	ck_assert_str_eq(chosen("plots-2"), "1=Yes 2=By post,By telephone");
	ck_assert_int_eq(counted("1: Yes"), 2);
	ck_assert_int_eq(counted("1: No"), 0);
	ck_assert_int_eq(counted("1: (unclear)"), 1);
	ck_assert_int_eq(counted("1: (answered, no option)"), 1);
	ck_assert_int_eq(counted("1: (not answered)"), 1);
	ck_assert_int_eq(counted("2: By post"), 2);
	ck_assert_int_eq(counted("2: By telephone"), 1);
	ck_assert_int_eq(counted("2: (any option)"), 2);
	ck_assert_int_eq(counted("2: (not answered)"), 3);
	ck_assert_int_eq(counted("3: Yes"), -1);
	ck_assert_str_eq(analysis_table_share(scene.arena, 2, 3), "66.7");
	ck_assert_str_eq(analysis_table_share(scene.arena, 0, 3), "0.0");
	ck_assert_str_eq(analysis_table_share(scene.arena, 1, 0), "");
}
END_TEST

/* An option may be worded like a row of ours: what a row is stands beside its label. */
START_TEST(who_does_not_answer_is_known_without_the_label)
{
	struct analysis_table sheet;
	size_t unanswered = 0, options = 0;

	(void)answer("ada@example.test", "Q5: [x] Left (not answered)\n");
	(void)answer("bob@example.test", "Q1: Yes.\n");
	SCENE_OK(&scene, analysis_load(&scene.op, scene.arena,
				       &(struct analysis_sheet_of){
					       .consultation = "plots", .by = "choice"},
				       &sheet, &err));
	for (size_t i = 0; i < sheet.row_count; i++) {
		const struct analysis_row *row = &sheet.rows[i];

		unanswered += row->unanswered;
		if (!str_eq(row->label, "5: Left (not answered)"))
			continue;
		options++;
		ck_assert(!row->unanswered);
		ck_assert_int_eq(row->cells[ANALYSIS_TABLE_TYPES], 1);
		ck_assert_int_eq(row->answering, 1);
	}
	ck_assert_uint_eq(options, 1);
	ck_assert_uint_eq(unanswered, 4); /* of each closed question */
}
END_TEST

START_TEST(other_options_have_the_responses_read_again)
{
	static const char *const options[] = {"Aye", "Nay"};
	const struct choice_asked asked = {options, ARRAY_LEN(options), false};
	const char *ref = answer("ada@example.test", "Q3: Aye, much larger.\n");
	struct consultation c;
	struct err no_err = {0};
	const int64_t one[] = {1};
	int64_t n;

	ck_assert_str_eq(chosen(ref), "");
	SCENE_OK(&scene, consultation_named(&scene.op, scene.arena, "plots", &c, &err));
	SCENE_OK(&scene, options_set(&scene.op, c.id, 3, &asked, &err));
	SCENE_OK(&scene, reread_consultation(&scene.op, c.id, &n, &err));
	ck_assert_int_eq(n, 1);
	ck_assert_str_eq(chosen(ref), "3=Aye");
	/* What persons said of the old ones is not thrown away. */
	SCENE_OK(&scene, response_choice_set(&scene.op, ref, 3, one, 1, &err));
	ck_assert(!options_set(&scene.op, c.id, 3, &asked, &no_err));
	ck_assert_int_eq(no_err.kind, ERR_CONFLICT);
}
END_TEST

static const struct {
	const char *questions;
	int line;
} unfit[] = {
	{"1. Which?\n   ( ) A\n   [ ] B\n", 0},
	{"1. Which?\n   ( ) A\n   ( ) a\n", 0},
	{"1. Which?\n   ( ) \n", 0},
};

START_TEST(options_that_do_not_fit_are_refused_with_their_line)
{
	const char *name,
		*text = arena_printf(
			scene.arena,
			"---\nname: x\ntitle: X\naddress: x@updates.example.test\n"
			"opens: 2017-10-12\ncloses: 2017-12-08\n---\n\n%s",
			unfit[_i].questions);
	struct err err = {0};

	ck_assert(!consultation_add(&scene.op, scene.arena, "f.md", text, &name, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_ptr_nonnull(strstr(err.text, "f.md:1"));
}
END_TEST

/* As they are typed into the form of a consultation. */
START_TEST(questions_of_a_form_are_read)
{
	struct question_draft *questions;
	struct err err = {0};
	size_t count;

	ck_assert_msg(consultation_questions_read(
			      scene.arena,
			      "Should we?\n ( ) Yes\n ( ) No\n"
			      "How?\n [ ] By post\n [ ] By day\nWhy?\n (open)\n",
			      &questions, &count, &err),
		      "%s", err.text);
	ck_assert_uint_eq(count, 3);
	ck_assert_str_eq(questions[0].text, "Should we?");
	ck_assert_uint_eq(questions[0].option_count, 2);
	ck_assert(!questions[0].several && questions[1].several && questions[2].open);
	ck_assert_str_eq(questions[1].options[1], "By day");
	ck_assert(!consultation_questions_read(scene.arena, "Why?\n ( ) A\n ( ) a\n",
					       &questions, &count, &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("options");
	TCase *c = tcase_create("options");

	tcase_add_checked_fixture(c, begin, end);
	UNIT_TABLE(c, what_was_chosen_is_read_from_the_response, spoken);
	tcase_add_test(c, the_answer_is_what_stands_beside_the_choice);
	tcase_add_test(c, a_person_corrects_and_takes_it_back);
	tcase_add_test(c, choices_are_counted_and_sum_to_all);
	tcase_add_test(c, who_does_not_answer_is_known_without_the_label);
	tcase_add_test(c, questions_of_a_form_are_read);
	tcase_add_test(c, other_options_have_the_responses_read_again);
	UNIT_TABLE(c, options_that_do_not_fit_are_refused_with_their_line, unfit);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
