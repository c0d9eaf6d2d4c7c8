/* Numbers and tables that somebody typed into a report, held against the data. */
#include "tests/unit/response_scene.h"

#include "domain/reports/report.h"
#include "domain/reports/report_number.h"
#include "domain/responses/options.h"
#include "base/str.h"

#include <inttypes.h>

static struct stage scene;

static void begin(void)
{
	scene_open(&scene);
	scene.settings->report_least = 0;
}

static void end(void)
{
	stage_close(&scene);
}

/* So many of a type that are analysed; those with the code say something else. */
static void replies(int from, int count, const char *type, int64_t code)
{
	for (int i = from; i < from + count; i++) {
		const char *ref = scene_reply(
			&scene, arena_printf(scene.arena, "p%d@example.test", i),
			"Good day.\n\n1. The buses are late every evening.\n");

		SCENE_OK(&scene, response_respondent(&scene.op, ref, type, "name", &err));
		SCENE_OK(&scene, response_screen(&scene.op, ref, "included", NULL, &err));
		if (code)
			(void)scene_put(&scene, ref, code, 14, 30, NULL);
	}
}

/* 6 individuals, 4 of them with the code; 3 organisations, 1 of them. */
static void nine(void)
{
	int64_t code = scene_code(&scene, "bus fares", 0);

	replies(0, 4, "individual", code);
	replies(4, 2, "individual", 0);
	replies(6, 1, "organisation", code);
	replies(7, 2, "organisation", 0);
}

static struct report_findings found;

static void look(const char *text)
{
	const struct report_text what = {.consultation = "words", .text = text};
	struct report_made made;

	SCENE_OK(&scene, report_look(&scene.op, scene.arena, &what, &made, &found, &err));
}

/* "wrong 1, look 0, right 2" */
static const char *counts(const char *text)
{
	look(text);
	return arena_printf(scene.arena, "wrong %zu, look %zu, right %zu",
			    found.counts[REPORT_WRONG], found.counts[REPORT_LOOK],
			    found.counts[REPORT_RIGHT]);
}

/* "3: ..." of the first that is wrong */
static const char *wrong(const char *text)
{
	look(text);
	for (size_t i = 0; i < found.count; i++)
		if (found.list[i].level == REPORT_WRONG)
			return arena_printf(scene.arena, "%d: %s", found.list[i].line,
					    found.list[i].text);
	return "";
}

/* "41/89 58% 23" of all that is found */
static const char *numbers(const char *text)
{
	AUTO(buf) out = buf_new(4000);
	struct report_number *list;
	size_t count = report_numbers(scene.arena, text, &list);

	for (size_t i = 0; i < count; i++) {
		buf_str(out, i ? " " : "");
		if (list[i].kind == REPORT_SHARE_TYPED)
			buf_printf(out, "%.4g%%", list[i].share);
		else
			buf_printf(out, "%" PRId64, list[i].n);
		if (list[i].of)
			buf_printf(out, "/%" PRId64, list[i].of);
	}
	return arena_strdup(scene.arena, buf_text(out));
}

START_TEST(numbers_are_found_however_they_are_written)
{
	static const struct {
		const char *text, *found;
	} cases[] = {
		{"41 of 89 said so, and 7 did not.", "41/89 7"},
		{"Forty-one out of 89.", "41/89"},
		{"1,234 responses; 58% and 58 % and 58 per cent", "1234 58% 58% 58%"},
		{"12.5% of them", "12.5%"},
		{"Twenty-three people, one hundred and two people, three thousand",
		 "23 102 3000"},
		{"two thirds, a quarter and more than half", "66.67% 25% 50%"},
		{"one response, and no one else; one of them", "1"},
		{"question 3, section 2.1, page 4, annex 1", ""},
		{"on 12 October 2017, for 12 weeks, from 2016", ""},
		{"2016 responses", "2016"},
		{"\xc2\xa3"
		 "400 and the 1st of them, 3.2 and 24/7",
		 ""},
		{"sixty percent of 50 responses", "60% 50"},
		{"of the nine, five agreed and four did not", "9 5 4"},
		{"nine in ten, 1 in 4, 9 in 2017", "90% 25% 9"},
		{"14/16 of them, open 24/7, on 3/12", "14/16"},
		{"a couple of people, a pair, half a dozen and a dozen", "2 2 6 12"},
		{"a single individual, and a single point of contact", "1"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		ck_assert_str_eq(numbers(cases[i].text), cases[i].found);
}
END_TEST

START_TEST(right_numbers_are_right)
{
	static const char *const texts[] = {
		"We received 9 responses and analysed nine.",
		"Six individuals and three organisations responded.",
		"Of the 9 responses, 5 mentioned bus fares.",
		"Four individuals spoke of bus fares.",
		"Bus fares were raised in 55.6% of responses.",
		"Two thirds of responses came from individuals.",
		"More than half raised bus fares.",
		"6 of 9 responses were from individuals.",
		"A third came from organisations.",
		"Of all 9 responses, 5 raised bus fares.",
		"Two in three responses came from individuals.",
	};

	nine();
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		look(texts[i]);
		ck_assert_msg(!found.counts[REPORT_WRONG] && !found.counts[REPORT_LOOK] &&
				      found.counts[REPORT_RIGHT],
			      "%s: %s", texts[i], found.list[0].text);
	}
}
END_TEST

/* What stands right behind a number is what it counts, whatever else the sentence names. */
START_TEST(a_number_that_fits_another_label_is_wrong)
{
	static const char *const texts[] = {
		"Three individuals and six organisations responded.",
		"9 organisations responded.",
		"9 responses were about bus fares.",
		"Nine in ten individuals raised bus fares.",
		"Five individuals raised bus fares.",
		"3/9 individuals raised bus fares; 14/16 individuals did.",
	};

	nine();
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		ck_assert_msg(*wrong(texts[i]), "%s", texts[i]);
	/* Both of the first. */
	look(texts[0]);
	ck_assert_uint_eq(found.counts[REPORT_WRONG], 2);
}
END_TEST

/* Words of a response that are copied carry no permission: a person looks. */
START_TEST(what_is_quoted_by_hand_is_looked_at)
{
	nine();
	ck_assert_str_eq(counts("> The buses are late every evening.\n"),
			 "wrong 0, look 1, right 0");
	ck_assert_str_eq(counts("> Have you any other\n> comments?\n"),
			 "wrong 0, look 1, right 0");
}
END_TEST

START_TEST(wrong_numbers_are_wrong_and_the_right_one_is_said)
{
	nine();
	ck_assert_str_eq(wrong("a\n\nSeven individuals responded.\n"),
			 "3: \"Seven\" is wrong: of \"individuals\" there are 6 of 9 "
			 "(66.7%). Write {{n type:individual}}.");
	ck_assert_str_eq(wrong("Bus fares were raised by\n8 respondents."),
			 "2: \"8\" is wrong: of \"bus fares\" there are 5 of 9 (55.6%). "
			 "Write {{n code:\"bus fares\"}}.");
	ck_assert_str_eq(
		wrong("Six individuals responded; 2 individuals raised bus fares."),
		"1: \"2\" is wrong: of \"bus fares\" by type individual there are 4 "
		"of 6 (66.7%). Write {{n code:\"bus fares\" from individual}}.");
	ck_assert(*wrong("58% of responses came from individuals."));
	ck_assert(*wrong("Three quarters of responses came from individuals."));
	ck_assert(*wrong("Fewer than half raised bus fares; under half of individuals."));
	ck_assert_str_eq(counts("There were 17 of something else."),
			 "wrong 0, look 1, right 0");
	ck_assert_str_eq(counts("{{n type:individual}} and {{typed 12 teams}} here."),
			 "wrong 0, look 1, right 0");
}
END_TEST

/* The two tables of a published analysis of 89 responses: 61 of them answered each question. */
START_TEST(tables_that_do_not_add_up_are_refused)
{
	static const char *const tables[] = {
		"| Answer | Number |\n|---|---|\n| Yes | 41 |\n| No | 7 |\n"
		"| Don't know | 12 |\n| **Total** | **61** |\n",
		"Table 2 (N = 61)\n\n| Answer | Number |\n|---|---|\n| Yes | 34 |\n| No | 7 |\n"
		"| Don't know | 18 |\n",
		"| Answer | Number (N=61) |\n|---|---|\n| Yes | 41 |\n| No | 7 |\n"
		"| Don't know | 12 |\n",
		"| Answer | Number |\n|:--|--:|\n| Yes | 34 |\n| No | 7 |\n| Don't know | 18 |\n"
		"\nBase: n = 61\n",
	};
	static const int sums[] = {60, 59, 60, 59};

	nine();
	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		struct err err = {0};

		look(tables[i]);
		ck_assert(!report_is_whole(&found, &err));
		ck_assert_msg(
			strstr(err.text, arena_printf(scene.arena,
						      "sum to %d, but N is 61", sums[i])),
			"%zu: %s", i, err.text);
	}
	ck_assert(str_starts(wrong(tables[0]), "6: This table does not add up"));
	ck_assert(str_starts(wrong(tables[1]), "3: This table does not add up"));
}
END_TEST

START_TEST(tables_that_add_up_are_held_against_the_data)
{
	nine();
	ck_assert_str_eq(counts("| Type | Number |\n|---|---|\n| Individuals | 6 |\n"
				"| Organisations | 3 |\n| Total | 9 |\n"),
			 "wrong 0, look 0, right 2");
	ck_assert_str_eq(
		wrong("| Type | Number | % |\n|---|---|---|\n"
		      "| Individuals | 5 | 66.7% |\n| Organisations | 4 | 33.3% |\n"),
		"3: The \"number\" of \"Individuals\" is wrong: there are 6 of 9 "
		"(66.7%).");
	ck_assert_str_eq(counts("| Code | Individuals | Organisations |\n|---|---|---|\n"
				"| bus fares | 4 | 1 |\n"),
			 "wrong 0, look 0, right 2");
	ck_assert(*wrong("| Code | Individuals | Organisations |\n|---|---|---|\n"
			 "| bus fares | 4 | 2 |\n"));
	ck_assert_str_eq(counts("| Thing | Number |\n|---|---|\n| Buns | 40 |\n"
				"| Cakes | 2 |\n"),
			 "wrong 0, look 1, right 0");
}
END_TEST

START_TEST(a_small_number_is_not_to_be_typed_either)
{
	nine();
	scene.settings->report_least = 5;
	ck_assert_str_eq(wrong("Three organisations responded."),
			 "1: \"Three\" is small enough to identify somebody. Write {{n "
			 "type:organisation}}, which says as much as may be said.");
	ck_assert(strstr(wrong("A single organisation raised bus fares."),
			 "\"A single\" is small enough"));
}
END_TEST

START_TEST(a_number_in_a_name_or_a_question_is_no_count)
{
	int64_t code = scene_code(&scene, "under 18", 0);

	replies(0, 3, "individual", code);
	ck_assert_str_eq(
		counts("### Question 1\n\n> Should it be 16 or 18, for 2 of them?\n\n"
		       "#### under 18\n\nWe found under 18 in {{n code:\"under 18\"}}.\n"),
		"wrong 0, look 1, right 0");
	ck_assert(*wrong("We found under 18 in 7 responses."));
	SCENE_OK(&scene, report_draft(&scene.op, "words", "", &err));
	look(NULL);
	ck_assert_uint_eq(found.counts[REPORT_WRONG], 0);
}
END_TEST

START_TEST(a_draft_of_ours_has_no_number_by_hand)
{
	nine();
	SCENE_OK(&scene, report_draft(&scene.op, "words", "", &err));
	look(NULL);
	for (size_t i = 0; i < found.count; i++)
		ck_assert_msg(found.list[i].level == REPORT_RIGHT, "%d: %s",
			      found.list[i].line, found.list[i].text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("report_check");
	TCase *c = tcase_create("report_check");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, numbers_are_found_however_they_are_written);
	tcase_add_test(c, right_numbers_are_right);
	tcase_add_test(c, a_number_that_fits_another_label_is_wrong);
	tcase_add_test(c, what_is_quoted_by_hand_is_looked_at);
	tcase_add_test(c, wrong_numbers_are_wrong_and_the_right_one_is_said);
	tcase_add_test(c, tables_that_do_not_add_up_are_refused);
	tcase_add_test(c, tables_that_add_up_are_held_against_the_data);
	tcase_add_test(c, a_small_number_is_not_to_be_typed_either);
	tcase_add_test(c, a_number_in_a_name_or_a_question_is_no_count);
	tcase_add_test(c, a_draft_of_ours_has_no_number_by_hand);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
