/* Sheets about codes and campaigns, and the pictures of sheets. */
#include "tests/unit/response_scene.h"

#include "domain/analysis/analysis.h"
#include "domain/campaigns/campaign.h"
#include "domain/coding/coding.h"
#include "base/str.h"

#include <inttypes.h>

static struct stage scene;

static void begin(void)
{
	scene_open(&scene);
}

static void end(void)
{
	stage_close(&scene);
}

static struct analysis_table sheet_by(const char *by)
{
	struct analysis_table sheet;

	SCENE_OK(&scene, analysis_load(&scene.op, scene.arena,
				       &(struct analysis_sheet_of){
					       .consultation = "words", .by = by},
				       &sheet, &err));
	return sheet;
}

/* "travel 2 (1 1 0); ...": the total and, where they are, the types. */
static const char *rows(const char *by)
{
	struct analysis_table sheet = sheet_by(by);
	AUTO(buf) out = buf_new(4000);

	for (size_t i = 0; i < sheet.row_count; i++) {
		const struct analysis_row *r = &sheet.rows[i];

		buf_printf(out, "%s%*s%s %d", i ? "; " : "", r->depth, "", r->label,
			   (int)r->cells[3]);
		if (sheet.column_count > 1)
			buf_printf(out, " (%d %d %d)", (int)r->cells[0], (int)r->cells[1],
				   (int)r->cells[2]);
	}
	return arena_strdup(scene.arena, buf_text(out));
}

static const char text[] = "Good day.\n\n1. The buses.\n\n2. The feelings.\n";

/* buses stands below travel; two replies have it, one of them travel itself too. */
static void some_codes(void)
{
	const char *one = scene_reply(&scene, "a@example.test", text);
	const char *two = scene_reply(&scene, "b@example.test", text);
	int64_t travel = scene_code(&scene, "travel", 0),
		buses = scene_code(&scene, "buses", travel);

	(void)scene_reply(&scene, "c@example.test", "Nothing to say.\n");
	(void)scene_code(&scene, "unused", 0);
	SCENE_OK(&scene, response_respondent(&scene.op, one, "individual", NULL, &err));
	(void)scene_put(&scene, one, buses, 14, 23, NULL);
	(void)scene_put(&scene, one, buses, 18, 23, NULL);
	(void)scene_put(&scene, one, travel, 0, 8, NULL);
	(void)scene_put(&scene, two, buses, 30, 42, NULL);
	(void)scene_put(&scene, two, buses, 0, 0, NULL);
}

START_TEST(a_branch_counts_each_reply_once)
{
	some_codes();
	ck_assert_str_eq(rows("code"), "travel 2;  buses 2; unused 0; (any code) 2; "
				       "(no code) 1");
	ck_assert_str_eq(rows("code-type"),
			 "travel 2 (1 0 1);  buses 2 (1 0 1); unused 0 (0 0 0); "
			 "(any code) 2 (1 0 1); (no code) 1 (0 0 1)");
	ck_assert_int_eq(sheet_by("code").total, 3);
}
END_TEST

START_TEST(codes_by_question_sum_for_each_question)
{
	struct analysis_table sheet;

	some_codes();
	sheet = sheet_by("code-question");
	ck_assert_str_eq(sheet.rows[0].label, "1: travel");
	ck_assert_str_eq(
		rows("code-question"),
		"1: travel 1 (1 0 0);  1: buses 1 (1 0 0); 1: (any code) 1 (1 0 0); "
		"1: (answered, no code) 1 (0 0 1); 1: (not answered) 1 (0 0 1); "
		"2: travel 1 (0 0 1);  2: buses 1 (0 0 1); 2: (any code) 1 (0 0 1); "
		"2: (answered, no code) 1 (1 0 0); 2: (not answered) 1 (0 0 1); "
		"3: (not answered) 3 (1 0 2)");
}
END_TEST

START_TEST(every_sheet_has_its_picture)
{
	some_codes();
	for (int w = 0; analysis_ways[w]; w++) {
		struct analysis_table sheet = sheet_by(analysis_ways[w]);
		AUTO(buf) svg = buf_new(CHART_BYTES);
		struct chart chart;

		ck_assert_msg(analysis_chart(scene.arena, &sheet, "sheet", &chart), "%s",
			      analysis_ways[w]);
		SCENE_OK(&scene, chart_svg(&chart, svg, &err));
		ck_assert_msg(str_ends(buf_text(svg), "</svg>\n"), "%s: %s",
			      analysis_ways[w], buf_text(svg));
		ck_assert_uint_eq(chart.label_count, sheet.row_count);
	}
}
END_TEST

START_TEST(days_without_a_reply_are_in_the_picture)
{
	struct analysis_table sheet;
	struct chart chart;

	(void)scene_reply(&scene, "a@example.test", text);
	scene.op.now -= 3 * 86400;
	(void)scene_reply(&scene, "b@example.test", text);
	sheet = sheet_by("day");
	ck_assert_uint_eq(sheet.row_count, 2);
	ck_assert(analysis_chart(scene.arena, &sheet, "days", &chart));
	ck_assert_int_eq(chart.kind, CHART_LINES);
	ck_assert_uint_eq(chart.label_count, 4);
	ck_assert_str_eq(chart.labels[1], "2017-12-05");
	ck_assert_int_eq(chart.values[0], 1);
	ck_assert_int_eq(chart.values[1], 0);
	ck_assert_int_eq(chart.values[3], 1);
	sheet.row_count = 0;
	ck_assert(!analysis_chart(scene.arena, &sheet, "days", &chart));
}
END_TEST

START_TEST(campaigns_are_counted_both_ways)
{
	static const char standard[] =
		"I write to ask that the law should name the neglect of feelings in plain "
		"words, because teachers and nurses see it long before anybody else does and "
		"have no word for it that a court will hear.\n";

	struct campaigns_found found;

	for (int i = 0; i < 5; i++)
		(void)scene_reply(&scene,
				  arena_printf(scene.arena, "p%d@example.test", i),
				  standard);
	(void)scene_reply(&scene, "own@example.test", "Nothing of the sort is needed.\n");
	SCENE_OK(&scene, campaign_find(&scene.op, "words", &found, &err));
	SCENE_OK(&scene, campaign_decide(&scene.op, "words", 1, "confirmed", &err));
	ck_assert_str_eq(rows("campaign"), "1 standard 5; (no campaign) 1");
	ck_assert_str_eq(rows("campaign-once"), "1 standard 1; (no campaign) 1");
	ck_assert_int_eq(sheet_by("campaign").total, 6);
	ck_assert_int_eq(sheet_by("campaign-once").total, 2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("analysis_code");
	TCase *c = tcase_create("analysis_code");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, a_branch_counts_each_reply_once);
	tcase_add_test(c, codes_by_question_sum_for_each_question);
	tcase_add_test(c, every_sheet_has_its_picture);
	tcase_add_test(c, days_without_a_reply_are_in_the_picture);
	tcase_add_test(c, campaigns_are_counted_both_ways);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
