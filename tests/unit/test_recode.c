/* Recoding by a search: counted, done as one act, taken back as one. */
#include "tests/unit/response_scene.h"

#include "domain/coding/codeframe_log.h"
#include "domain/coding/recode.h"
#include "base/str.h"

#include <inttypes.h>

static struct stage scene;
static int64_t travel, money;

/* The bus pass in two replies, and in one of them twice; the third has other words. */
static void begin(void)
{
	scene_open(&scene);
	travel = scene_code(&scene, "travel", 0);
	money = scene_code(&scene, "money", 0);
	(void)scene_reply(
		&scene, "a@example.test",
		"The bus pass is dear.\n\nThe trams are late.\n\nA BUS-PASS for "
		"all.\n");
	(void)scene_reply(&scene, "b@example.test", "Keep the bus pass.\n");
	(void)scene_reply(&scene, "c@example.test", "Let them pass the bus.\n");
}

static void end(void)
{
	stage_close(&scene);
}

/* Every coding that holds: "1 travel 0-21; ". */
static const char *coded(void)
{
	AUTO(buf) out = buf_new(4000);

	for (int i = 1; i <= 3; i++) {
		const char *ref = arena_printf(scene.arena, "words-%d", i);
		struct coding *c;
		size_t count;

		SCENE_OK(&scene, coding_list(&scene.op, scene.arena,
					     scene_id(&scene, ref), &c, &count, &err));
		for (size_t k = 0; k < count; k++)
			buf_printf(out, "%d %s %d-%d; ", i, c[k].code,
				   (int)c[k].where.from, (int)c[k].where.to);
	}
	return arena_strdup(scene.arena, buf_text(out));
}

static const struct {
	const char *name, *search;
	bool passages, replaces;
	int64_t responses, codings;
	const char *want;
} recodings[] = {
	{"responses that are found", "bus pass", false, false, 3, 3,
	 "1 money 0-0; 1 travel 0-21; 2 money 0-0; 3 money 0-0; "},
	{"the words as a phrase", "\"bus pass\"", false, false, 2, 2,
	 "1 money 0-0; 1 travel 0-21; 2 money 0-0; "},
	{"paragraphs with the words", "bus pass", true, false, 2, 3,
	 "1 money 0-21; 1 travel 0-21; 1 money 44-63; 2 money 0-18; "},
	{"in another's place", "bus", false, true, 1, 1, "1 money 0-21; "},
	{"passages that say so", "pass is dear", true, true, 1, 1, "1 money 0-21; "},
	{"passages that do not", "trams", true, true, 0, 0, "1 travel 0-21; "},
};

/* Counted so many replies at a time. */
static struct recode_count in_steps(const struct recode *how, int64_t most)
{
	struct recode_so_far so_far = {0};

	for (int step = 0; !so_far.whole; step++) {
		ck_assert_int_lt(step, 5);
		SCENE_OK(&scene, recode_count_on(&scene.op, how, most, &so_far, &err));
	}
	return so_far.count;
}

START_TEST(what_was_counted_is_done_and_taken_back)
{
	struct coded_passage first = {.part = -1, .from = 0, .to = 21};
	struct recode how = {.consultation = "words",
			     .filter = {.search = recodings[_i].search},
			     .passages = recodings[_i].passages,
			     .code_id = money,
			     .instead_of = recodings[_i].replaces ? travel : 0};
	struct recode_count n, done;
	int64_t id, change = 0;
	struct err no = {0};

	SCENE_OK(&scene, coding_put(&scene.op,
				    &(struct coding_new){.reference = "words-1",
							 .code_id = travel,
							 .where = &first},
				    &id, NULL, &err));
	SCENE_OK(&scene, recode_count(&scene.op, &how, &n, &err));
	ck_assert_str_eq(coded(), "1 travel 0-21; ");
	ck_assert_msg(n.responses == recodings[_i].responses &&
			      n.codings == recodings[_i].codings,
		      "%s: %d codings on %d responses", recodings[_i].name,
		      (int)n.codings, (int)n.responses);
	for (int64_t most = 1; most <= 4; most++) {
		struct recode_count steps = in_steps(&how, most);

		ck_assert_int_eq(steps.responses, n.responses);
		ck_assert_int_eq(steps.codings, n.codings);
		ck_assert_int_eq(steps.already, n.already);
	}
	ck_assert(!recode_apply(&scene.op, &how, n.codings + 1, &done, &change, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_str_eq(coded(), "1 travel 0-21; ");
	SCENE_OK(&scene, recode_apply(&scene.op, &how, n.codings, &done, &change, &err));
	ck_assert_str_eq(coded(), recodings[_i].want);
	ck_assert_int_eq(change != 0, n.codings != 0);
	if (!change)
		return;
	if (!recodings[_i].replaces) {
		SCENE_OK(&scene, recode_count(&scene.op, &how, &n, &err));
		ck_assert_int_eq(n.codings, 0);
		ck_assert_int_eq(n.already, recodings[_i].codings);
	}
	SCENE_OK(&scene, codeframe_undo(&scene.op, change, &err));
	ck_assert_str_eq(coded(), "1 travel 0-21; ");
}
END_TEST

START_TEST(what_is_no_recoding_is_refused)
{
	struct recode bad[] = {
		{.filter = {.search = "bus"}, .code_id = money},
		{.consultation = "words",
		 .filter = {.search = "..."},
		 .passages = true,
		 .code_id = money},
		{.consultation = "words",
		 .filter = {.search = "bus"},
		 .code_id = money,
		 .instead_of = money},
	};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct recode_count n;
		struct err no = {0};

		ck_assert(!recode_count(&scene.op, &bad[i], &n, &no));
		ck_assert_int_eq(no.kind, ERR_INPUT);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("recode");
	TCase *c = tcase_create("recode");

	tcase_add_checked_fixture(c, begin, end);
	UNIT_TABLE(c, what_was_counted_is_done_and_taken_back, recodings);
	tcase_add_test(c, what_is_no_recoding_is_refused);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
