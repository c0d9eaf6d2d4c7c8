/* The report of a consultation: its draft, its placeholders, what may be shown and quoted. */
#include "tests/unit/response_scene.h"

#include "domain/reports/report.h"
#include "domain/reports/report_write.h"
#include "domain/safeguarding/flag.h"
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

static const char answers[] = "Good day.\n\n1. The buses are late every evening.\n\n"
			      "2. Nobody asked us about the feelings.\n";

/* A response that is analysed; its reference. */
static const char *reply(const char *from, const char *type, const char *permission)
{
	const char *ref = scene_reply(&scene, from, answers);

	SCENE_OK(&scene, response_respondent(&scene.op, ref, type, permission, &err));
	SCENE_OK(&scene, response_screen(&scene.op, ref, "included", NULL, &err));
	return ref;
}

static void save(const char *text)
{
	const struct report_text what = {.consultation = "words", .text = text};

	SCENE_OK(&scene, report_save(&scene.op, &what, &err));
}

static struct report_findings found;

static const char *markdown(const char *text)
{
	const struct report_text what = {.consultation = "words", .text = text};
	AUTO(buf) out = buf_new(1 << 20);
	struct report_made made;

	SCENE_OK(&scene, report_look(&scene.op, scene.arena, &what, &made, &found, &err));
	report_markdown(scene.arena, &made, out);
	return arena_strdup(scene.arena, buf_text(out));
}

/* "2 wrong: ..." of the first that stops. */
static const char *stops(const char *text)
{
	(void)markdown(text);
	for (size_t i = 0; i < found.count; i++)
		if (found.list[i].level == REPORT_WRONG)
			return arena_printf(scene.arena, "%d: %s", found.list[i].line,
					    found.list[i].text);
	return "";
}

static void four_replies(int64_t *out_code)
{
	int64_t travel = scene_code(&scene, "travel", 0);
	const char *one = reply("a@example.test", "individual", "name");
	const char *two = reply("b@example.test", "individual", "none");
	const char *three = reply("c@example.test", "organisation", "without name");
	const char *four = scene_reply(&scene, "d@example.test", "Too late.\n");

	SCENE_OK(&scene,
		 response_screen(&scene.op, four, "excluded", "out of scope", &err));
	(void)scene_put(&scene, one, travel, 14, 47, NULL);
	(void)scene_put(&scene, two, travel, 14, 47, NULL);
	(void)scene_put(&scene, three, travel, 18, 47, NULL);
	*out_code = travel;
}

START_TEST(figures_are_those_of_the_analysis)
{
	int64_t code;

	four_replies(&code);
	ck_assert_str_eq(
		markdown(
			"{{n received}} {{n removed}} {{n removed:\"out of scope\"}} "
			"{{n waiting}} {{n analysed}} {{n type:individual}} "
			"{{percent type:individual}} {{n code:travel}} "
			"{{n code:travel from organisations}} {{n q1 code:TRAVEL}} "
			"{{n q1 answered}} {{n q3 unanswered}} {{responses type:organisation}}"
			" {{percent q1 code:travel of answering}} {{n channel:email}}"),
		"4 1 1 0 3 2 66.7% 3 1 3 3 3 1 response 100.0% 3\n");
	ck_assert_uint_eq(found.count, 0);
	ck_assert_str_eq(markdown("{{title}}, {{opens}} to {{closes}}"),
			 "About words, Thursday 12 October 2017 to Friday 8 December "
			 "2017\n");
}
END_TEST

START_TEST(what_is_wrong_is_told_by_line)
{
	int64_t code;

	four_replies(&code);
	ck_assert(
		str_starts(stops("a\n\n{{nn received}}\n"),
			   "3: {{nn received}}: there is no such placeholder. Write one "
			   "of: n FIGURE; "));
	ck_assert(str_starts(stops("{{n received"), "1: {{: the placeholder that begins "
						    "here has no }} in its line"));
	ck_assert_str_eq(stops("See {{table q1}} here."),
			 "1: {{table q1}}: put it on a line of its own.");
	ck_assert_str_eq(
		stops("{{table q3}}"),
		"1: {{table q3}}: nobody answered question 3; take it out and say "
		"so in words.");
	ck_assert_str_eq(
		stops("{{n q9 answered}}"),
		"1: {{n q9 answered}}: there is no question 9; the questions are 1 "
		"to 3.");
	ck_assert(str_starts(stops("{{n code:bus}}"),
			     "1: {{n code:bus}}: there is no code"));
	SCENE_OK(&scene, code_retire(&scene.op, code, CODE_RETIRED, NULL, &err));
	ck_assert_str_eq(
		stops("{{n code:travel}}"),
		"1: {{n code:travel}}: the code \"travel\" is retired; use a code of "
		"the code frame, or offer it again.");
}
END_TEST

/* Somebody who ticked "organisation" and wrote their own name is named by nobody. */
START_TEST(a_person_is_no_organisation_by_ticking_it)
{
	static const struct {
		const char *name, *organisation, *said;
	} whose[] = {
		{NULL, "Bus Users", "Bus Users"},
		{"Ada Reed", "Bus Users", "Bus Users"},
		{"Agnes Mutch", "Agnes Mutch", "An organisation"},
		{"agnes mutch", "AGNES MUTCH, writer", "An organisation"},
	};
	int64_t code;
	const char *text;

	four_replies(&code);
	SCENE_OK(&scene, response_correct(&scene.op, "words-0003", whose[_i].name,
					  whose[_i].organisation, NULL, &err));
	text = markdown("{{quotes code:travel 3}}\n\n{{list organisations}}\n");
	ck_assert_msg(strstr(text, arena_printf(scene.arena, "— %s\n", whose[_i].said)),
		      "%s", text);
	ck_assert_int_eq(!strstr(text, whose[_i].organisation),
			 str_eq(whose[_i].said, "An organisation"));
}
END_TEST

START_TEST(only_what_may_be_quoted_is)
{
	int64_t code;
	const char *text;

	four_replies(&code);
	text = markdown("{{quotes code:travel 3}}");
	/* The second forbids it; the words of the third are in the first. */
	ck_assert_str_eq(text, "\n> The buses are late every evening.\n>\n> — An "
			       "individual\n\n> buses are late every evening.\n>\n"
			       "> — An organisation\n");
	ck_assert_uint_eq(found.counts[REPORT_LOOK], 1);
	SCENE_OK(&scene,
		 response_respondent(&scene.op, "words-0001", NULL, "none", &err));
	ck_assert(!strstr(markdown("{{quotes code:travel 3}}"), "individual"));
	SCENE_OK(&scene,
		 response_screen(&scene.op, "words-0003", "excluded", "blank", &err));
	ck_assert_str_eq(
		stops("{{quotes code:travel}}"),
		"1: {{quotes code:travel}}: no passage with the code \"travel\" may be "
		"quoted; take it out.");
}
END_TEST

START_TEST(who_may_be_at_risk_is_not_quoted)
{
	struct store_row row;
	struct flag flag;
	int64_t code;

	four_replies(&code);
	ck_assert(strstr(markdown("{{quotes code:travel 3}}"), "An individual"));
	SCENE_OK(&scene,
		 store_one(scene.op.store, scene.arena, &row, &err, SQL_RESPONSE_BY_ID,
			   "i", scene_id(&scene, "words-0001")));
	SCENE_OK(&scene, flag_raise(&scene.op, scene.arena, row_int(&row, "inbound_id"),
				    "Reads as if.", &flag, &err));
	ck_assert(!strstr(markdown("{{quotes code:travel 3}}"), "An individual"));
}
END_TEST

START_TEST(who_wrote_is_never_in_a_quotation)
{
	static const char *const texts[] = {
		"I am Morag Reid and I say no.",
		"Ring me on 0131 496 0123 please.",
		"Write to m.reid@example.test today.",
		"We live in EH6 6QQ and no bus comes.",
		"See https://example.test/morag for more.",
		"No bus comes here any more.",
	};
	int64_t code = scene_code(&scene, "travel", 0);

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		struct mail_address to = {.address = SCENE_ADDRESS};
		struct mail_message m = {
			.from = {.address = arena_printf(scene.arena, "p%zu@example.test",
							 i),
				 .name = "Morag Reid"},
			.to = {&to, 1},
			.text = texts[i]};
		const char *ref = arena_printf(scene.arena, "words-%04zu", i + 1);

		(void)scene_mail(&scene, &m);
		SCENE_OK(&scene,
			 response_respondent(&scene.op, ref, "individual", "name", &err));
		SCENE_OK(&scene, response_screen(&scene.op, ref, "included", NULL, &err));
		(void)scene_put(&scene, ref, code, 0, (int64_t)strlen(texts[i]), NULL);
	}
	ck_assert_str_eq(markdown("{{quotes code:travel 9}}"),
			 "\n> No bus comes here any more.\n>\n> — An individual\n");
}
END_TEST

START_TEST(a_draft_has_every_section_and_nothing_wrong)
{
	static const char *const wanted[] = {"# About words: analysis of responses",
					     "neither a vote nor a survey",
					     "| Removed: out of scope | 1 | 25.0% |",
					     "| Analysed | 3 | 75.0% |",
					     "| All responses received | 4 | 100.0% |",
					     "## How responses arrived",
					     "| Individuals | 2 | 66.7% |",
					     "### Question 1",
					     "### Question 3",
					     "Nobody answered this question.",
					     "#### travel",
					     "— An individual",
					     "## Campaigns",
					     "No campaign was found",
					     "was coded twice",
					     "## Code frame",
					     "We received 4 responses."};
	struct consultation c;
	struct report now;
	const char *text;
	int64_t code;

	four_replies(&code);
	SCENE_OK(&scene, report_draft(&scene.op, "words", "", &err));
	text = markdown(NULL);
	for (size_t i = 0; i < ARRAY_LEN(wanted); i++)
		ck_assert_msg(strstr(text, wanted[i]), "%s is not in\n%s", wanted[i],
			      text);
	ck_assert_uint_eq(found.counts[REPORT_WRONG], 0);
	SCENE_OK(&scene, consultation_named(&scene.op, scene.arena, "words", &c, &err));
	SCENE_OK(&scene, report_get(&scene.op, scene.arena, c.id, &now, &err));
	ck_assert_str_eq(now.changed_by_name, "Ada");
}
END_TEST

START_TEST(a_draft_of_nothing_is_whole_too)
{
	SCENE_OK(&scene, report_draft(&scene.op, "words", "", &err));
	(void)markdown(NULL);
	for (size_t i = 0; i < found.count; i++)
		ck_assert_msg(found.list[i].level != REPORT_WRONG, "%d: %s",
			      found.list[i].line, found.list[i].text);
}
END_TEST

START_TEST(a_report_is_not_overwritten_unseen)
{
	struct report_text old = {.consultation = "words", .text = "b", .seen = "0"};
	struct err err = {0};

	save("a");
	ck_assert(!report_save(&scene.op, &old, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_str_eq(err.text, "Ada has changed the report since you opened it");
	err = (struct err){0};
	ck_assert(!report_draft(&scene.op, "words", "", &err));
	ck_assert_str_eq(err.text, "this consultation has a report already");
}
END_TEST

START_TEST(a_change_is_taken_back_while_it_stands)
{
	struct consultation c;
	struct report now;
	const char *said;

	save("One.");
	save("Two.");
	SCENE_OK(&scene, undo_last(&scene.op, scene.arena, &said, &err));
	SCENE_OK(&scene, consultation_named(&scene.op, scene.arena, "words", &c, &err));
	SCENE_OK(&scene, report_get(&scene.op, scene.arena, c.id, &now, &err));
	ck_assert_str_eq(now.text, "One.");
	save("Three.");
	stage_hires(&scene, "Bea");
	stage_become(&scene, "Bea");
	save("Four.");
	stage_become(&scene, "Ada");
	{
		struct err why = {0};

		ck_assert(!undo_last(&scene.op, scene.arena, &said, &why));
	}
	SCENE_OK(&scene, report_get(&scene.op, scene.arena, c.id, &now, &err));
	ck_assert_str_eq(now.text, "Four.");
}
END_TEST

START_TEST(html_has_captions_heads_and_escapes)
{
	const struct report_text what = {
		.consultation = "words",
		.text = "# {{title}}\n\n{{chart responses by type}}\n\n"
			"{{quotes code:travel 1}}\n\n<b>no</b>\n"};
	AUTO(buf) out = buf_new(1 << 20);
	struct report_made made;
	int64_t code;

	four_replies(&code);
	SCENE_OK(&scene, report_look(&scene.op, scene.arena, &what, &made, &found, &err));
	SCENE_OK(&scene, report_html(scene.arena, &made, 1, out, &err));
	ck_assert(strstr(buf_text(out), "<h1>About words</h1>"));
	ck_assert(strstr(buf_text(out),
			 "<caption>Table 1: Responses by type of respondent</caption>"));
	ck_assert(strstr(buf_text(out), "<th scope=\"row\">Individuals</th>"));
	ck_assert(strstr(buf_text(out), "<figcaption>An individual</figcaption>"));
	ck_assert(strstr(buf_text(out), "<svg"));
	ck_assert(!strstr(buf_text(out), "<b>"));
}
END_TEST

/* ---- small numbers ---- */

enum { LEAST = 5, MOST_SEEN = 12 };

/* Every table of counts that shows the same: does it leave each few two values or more? */
struct tries {
	const struct report_table *t;
	int64_t counts[6][REPORT_COUNTS];
	int64_t low[6][REPORT_COUNTS], high[6][REPORT_COUNTS];
	int64_t kept_most;
};

static bool fits(const struct report_count *as, int64_t n)
{
	return as->seen == REPORT_SHOWN ? n == as->n
	       : as->seen == REPORT_FEW ? n >= 1 && n < LEAST
					: n >= 0;
}

/* What is shown, or is left over of a total that is. */
static bool is_forced(const struct tries *s, size_t r, int c, int64_t *out)
{
	const struct report_table *t = s->t;
	const struct report_count *whole = &t->rows[r].counts[REPORT_TOTAL];

	if (t->rows[r].counts[c].seen == REPORT_SHOWN) {
		*out = t->rows[r].counts[c].n;
		return true;
	}
	if (c == REPORT_TYPES - 1 && whole->seen == REPORT_SHOWN) {
		*out = whole->n - s->counts[r][0] - s->counts[r][1];
		return true;
	}
	if (r + 1 < t->count || t->base.counts[c].seen != REPORT_SHOWN)
		return false;
	*out = t->base.counts[c].n;
	for (size_t i = 0; i < r; i++)
		*out -= s->counts[i][c];
	return true;
}

/* rows and columns are filled from the top left; totals follow. */
static void try_all(struct tries *s, size_t r, int c)
{
	const struct report_table *t = s->t;
	int64_t forced;

	if (r == t->count) {
		for (int k = 0; k < REPORT_COUNTS; k++) {
			int64_t sum = 0;

			for (size_t i = 0; i < t->count; i++)
				sum += s->counts[i][k];
			if (!fits(&t->base.counts[k], sum))
				return;
			s->counts[t->count][k] = sum;
		}
		for (size_t i = 0; i <= t->count; i++)
			for (int k = 0; k < REPORT_COUNTS; k++) {
				if (s->counts[i][k] < s->low[i][k])
					s->low[i][k] = s->counts[i][k];
				if (s->counts[i][k] > s->high[i][k])
					s->high[i][k] = s->counts[i][k];
			}
		return;
	}
	if (c == REPORT_TYPES) {
		int64_t sum = s->counts[r][0] + s->counts[r][1] + s->counts[r][2];

		s->counts[r][REPORT_TOTAL] = sum;
		if (fits(&t->rows[r].counts[REPORT_TOTAL], sum))
			try_all(s, r + 1, 0);
		return;
	}
	if (is_forced(s, r, c, &forced)) {
		s->counts[r][c] = forced;
		if (fits(&t->rows[r].counts[c], forced))
			try_all(s, r, c + 1);
		return;
	}
	for (int64_t n = 0; n <= s->kept_most; n++)
		if (fits(&t->rows[r].counts[c], n)) {
			s->counts[r][c] = n;
			try_all(s, r, c + 1);
		}
}

static unsigned random_state = 7;

static int64_t random_below(unsigned most)
{
	random_state = random_state * 1103515245u + 12345u;
	return (int64_t)((random_state >> 16) % most);
}

START_TEST(no_few_can_be_worked_out)
{
	static const int64_t sizes[] = {0, 1, 2, 3, 4, 5, 6, 7, 9};

	for (int round = 0; round < 400; round++) {
		struct report_table t = {
			.by_type = true, .least = LEAST, .has_base = true};
		struct report_table types = {.least = LEAST};
		struct tries s = {.t = &t, .kept_most = MOST_SEEN};
		size_t rows = 2;

		for (size_t r = 0; r < rows; r++) {
			struct report_row *row = report_table_row(scene.arena, &t, "x");

			row->sums = true;
			for (int c = 0; c < REPORT_TYPES; c++) {
				row->counts[c].n = sizes[random_below(ARRAY_LEN(sizes))];
				row->counts[REPORT_TOTAL].n += row->counts[c].n;
				t.base.counts[c].n += row->counts[c].n;
			}
			t.base.counts[REPORT_TOTAL].n += row->counts[REPORT_TOTAL].n;
		}
		/* As in a report: which types are hidden is settled first. */
		for (int c = 0; c < REPORT_TYPES; c++) {
			struct report_row *row =
				report_table_row(scene.arena, &types, "t");

			row->sums = true;
			row->counts[REPORT_TOTAL].n = t.base.counts[c].n;
		}
		types.base.counts[REPORT_TOTAL] = t.base.counts[REPORT_TOTAL];
		report_guard(scene.arena, &types);
		for (int c = 0; c < REPORT_TYPES; c++)
			t.base.counts[c] = types.rows[c].counts[REPORT_TOTAL];
		report_guard(scene.arena, &t);
		memset(s.low, 0x7f, sizeof(s.low));
		memset(s.high, -1, sizeof(s.high));
		try_all(&s, 0, 0);
		for (size_t r = 0; r < rows; r++)
			for (int c = 0; c < REPORT_COUNTS; c++) {
				const struct report_count *n = &t.rows[r].counts[c];

				ck_assert_msg(n->seen || !n->n || n->n >= LEAST,
					      "round %d: %" PRId64 " is shown", round,
					      n->n);
				ck_assert_msg(n->seen != REPORT_FEW ||
						      s.low[r][c] < s.high[r][c],
					      "round %d: row %zu, column %d is %" PRId64
					      " for sure",
					      round, r, c, n->n);
			}
	}
}
END_TEST

START_TEST(small_numbers_are_not_in_the_text)
{
	const char *text;

	scene.settings->report_least = LEAST;
	for (int i = 0; i < 7; i++)
		(void)reply(arena_printf(scene.arena, "p%d@example.test", i),
			    i < 6 ? "individual" : "organisation", "name");
	text = markdown("{{table responses by type}}\n{{n type:organisation}} and "
			"{{responses type:individual}}\n");
	ck_assert(strstr(text, "| Organisations | fewer than 5 | not shown |"));
	ck_assert(strstr(text, "| Individuals | not shown | not shown |"));
	ck_assert(strstr(text, "| All responses | 7 | 100.0% |"));
	ck_assert(
		strstr(text, "fewer than 5 and a number of responses that is not shown"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("report");
	TCase *c = tcase_create("report");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, figures_are_those_of_the_analysis);
	tcase_add_test(c, what_is_wrong_is_told_by_line);
	tcase_add_loop_test(c, a_person_is_no_organisation_by_ticking_it, 0, 4);
	tcase_add_test(c, only_what_may_be_quoted_is);
	tcase_add_test(c, who_may_be_at_risk_is_not_quoted);
	tcase_add_test(c, who_wrote_is_never_in_a_quotation);
	tcase_add_test(c, a_draft_has_every_section_and_nothing_wrong);
	tcase_add_test(c, a_draft_of_nothing_is_whole_too);
	tcase_add_test(c, a_report_is_not_overwritten_unseen);
	tcase_add_test(c, a_change_is_taken_back_while_it_stands);
	tcase_add_test(c, html_has_captions_heads_and_escapes);
	tcase_add_test(c, small_numbers_are_not_in_the_text);
	tcase_add_test(c, no_few_can_be_worked_out);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
