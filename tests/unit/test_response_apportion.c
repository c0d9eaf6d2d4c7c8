/* Answers in the store: by question, and corrected by a person. */
#include "domain/intake/reread.h"
#include "tests/unit/response_scene.h"

#include "domain/analysis/analysis.h"
#include "domain/responses/response_answer.h"
#include "base/str.h"

static struct stage scene;
static const char *ref;

static void begin(void)
{
	scene_open(&scene);
	ref = scene_reply(&scene, "ada@example.test",
			  "Hullo.\n1. Tinker.\n2. Yes, indeed.\n");
}

static void end(void)
{
	stage_close(&scene);
}

/* "question:text|..." */
static const char *answers(void)
{
	AUTO(buf) out = buf_new(1 << 16);
	struct response_answer *list;
	size_t n;

	SCENE_OK(&scene, response_answer_list(&scene.op, scene.arena,
					      scene_id(&scene, ref), &list, &n, &err));
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%s%d:%s", i ? "|" : "", (int)list[i].question,
			   list[i].text);
	return arena_strdup(scene.arena, buf_text(out));
}

START_TEST(a_reply_is_apportioned_when_it_comes)
{
	ck_assert_str_eq(answers(), "1:Tinker.|2:Yes, indeed.|0:Hullo.");
}
END_TEST

static const struct {
	int64_t question, from, to;
	const char *want;
} moves[] = {
	{2, 21, 24, "1:Tinker.|2:Yes|0:Hullo.\n1. |0:\n2. |0:, indeed."},
	{3, 0, 6, "1:Tinker.|2:Yes, indeed.|3:Hullo.|0:\n1. |0:\n2. "},
	{1, 0, 21, "1:Hullo.\n1. Tinker.\n2. |2:Yes, indeed."},
	{2, 0, 0, "1:Tinker.|0:Hullo.\n1. |0:\n2. Yes, indeed."},
	{0, 10, 13, "1:ker.|2:Yes, indeed.|0:Hullo.\n1. Tin|0:\n2. "},
};

START_TEST(a_person_moves_a_boundary)
{
	struct response_answer *list;
	size_t n;

	SCENE_OK(&scene, response_answer_set(
				 &scene.op, ref,
				 &(struct answer_place){.question = moves[_i].question,
							.part = TEXT_PART_MAIL,
							.from = moves[_i].from,
							.to = moves[_i].to},
				 &err));
	SCENE_OK(&scene, response_answer_list(&scene.op, scene.arena,
					      scene_id(&scene, ref), &list, &n, &err));
	for (size_t i = 0; i < n; i++)
		ck_assert_str_eq(list[i].how, "person");
	ck_assert_str_eq(answers(), moves[_i].want);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			ck_assert(list[i].to <= list[j].from ||
				  list[j].to <= list[i].from);
	/* Reading again leaves it; apportioning anew takes it back. */
	SCENE_OK(&scene, response_text_read_again(&scene.op, scene.arena,
						  scene_id(&scene, ref), &err));
	ck_assert(strstr(answers(), "Tinker.|2:Yes, indeed.|0:Hullo.") == NULL);
	SCENE_OK(&scene, response_answer_anew(&scene.op, ref, &err));
	ck_assert_str_eq(answers(), "1:Tinker.|2:Yes, indeed.|0:Hullo.");
}
END_TEST

static const struct {
	int64_t question, part, from, to;
} bad[] = {{4, -1, 0, 1}, {-1, -1, 0, 1}, {1, -1, 0, 5000}, {1, -1, 5, 4}, {1, 0, 0, 1}};

START_TEST(what_is_not_there_is_refused)
{
	struct err err = {0};

	ck_assert(
		!response_answer_set(&scene.op, ref,
				     &(struct answer_place){.question = bad[_i].question,
							    .part = bad[_i].part,
							    .from = bad[_i].from,
							    .to = bad[_i].to},
				     &err));
	ck_assert_int_eq(err.kind, ERR_INPUT);
	ck_assert_str_eq(answers(), "1:Tinker.|2:Yes, indeed.|0:Hullo.");
}
END_TEST

START_TEST(each_question_is_counted_over_all_replies)
{
	struct analysis_table sheet;
	static const int64_t want[] = {1, 2, 2, 1, 3};
	static const char *const labels[] = {"1 answered", "1 not answered", "2 answered",
					     "2 not answered", "3 not answered"};

	(void)scene_reply(&scene, "bob@example.test", "Q2: No.\n");
	(void)scene_reply(&scene, "cat@example.test", "I like it.\n");
	SCENE_OK(&scene, analysis_load(&scene.op, scene.arena,
				       &(struct analysis_sheet_of){
					       .consultation = "words", .by = "question"},
				       &sheet, &err));
	ck_assert_uint_eq(sheet.row_count, ARRAY_LEN(want));
	for (size_t i = 0; i < ARRAY_LEN(want); i++) {
		ck_assert_str_eq(sheet.rows[i].label, labels[i]);
		ck_assert_int_eq(sheet.rows[i].cells[ANALYSIS_TABLE_TYPES], want[i]);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("response_apportion");
	TCase *c = tcase_create("apportion");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, a_reply_is_apportioned_when_it_comes);
	UNIT_TABLE(c, a_person_moves_a_boundary, moves);
	UNIT_TABLE(c, what_is_not_there_is_refused, bad);
	tcase_add_test(c, each_question_is_counted_over_all_replies);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
