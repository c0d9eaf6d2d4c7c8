/* Blind second coding: drawn, coded unseen, compared, settled. */
#include "tests/unit/response_scene.h"

#include "domain/admin/account.h"
#include "domain/coding/codeframe_log.h"
#include "domain/coding/sample.h"
#include "base/calendar.h"
#include "base/str.h"

#include <inttypes.h>
#include <math.h>

enum { REPLIES = 10 };

static struct stage scene;
static const char *refs[REPLIES];
static int64_t travel, money;

static const char text[] = "The buses are late and the fares are high.\n";

static void become(const char *name)
{
	stage_become(&scene, name);
}

/* Ten replies; Ada puts travel on all and money on the first four. */
static void begin(void)
{
	scene_open(&scene);
	stage_hires(&scene, "Bea");
	stage_hires(&scene, "Cat");
	travel = scene_code(&scene, "travel", 0);
	money = scene_code(&scene, "money", 0);
	for (int i = 0; i < REPLIES; i++) {
		refs[i] = scene_reply(
			&scene, arena_printf(scene.arena, "p%d@example.test", i), text);
		(void)scene_put(&scene, refs[i], travel, 4, 9, NULL);
		if (i < 4)
			(void)scene_put(&scene, refs[i], money, 27, 41, NULL);
		if (i < 5)
			SCENE_OK(&scene, response_respondent(&scene.op, refs[i],
							     "organisation", NULL, &err));
	}
}

static void end(void)
{
	stage_close(&scene);
}

static struct sample draw(struct sample_draw how)
{
	static const char *const bea[] = {"Bea"};
	struct sample sample;
	int64_t number;

	how.consultation = "words";
	if (!how.coder_count) {
		how.coders = bea;
		how.coder_count = 1;
	}
	SCENE_OK(&scene, sample_draw(&scene.op, &how, &number, &err));
	SCENE_OK(&scene,
		 sample_get(&scene.op, scene.arena, "words", number, &sample, &err));
	return sample;
}

static const char *drawn(int64_t sample)
{
	AUTO(buf) out = buf_new(4000);
	struct sample_unit *u;
	size_t count;

	SCENE_OK(&scene,
		 sample_units(&scene.op, scene.arena,
			      (struct sample_share){.sample_id = sample,
						    .staff_id = scene.op.staff_id},
			      &u, &count, &err));
	for (size_t i = 0; i < count; i++)
		buf_printf(out, "%s ", u[i].reference);
	return arena_strdup(scene.arena, buf_text(out));
}

START_TEST(the_same_seed_draws_the_same)
{
	struct sample one = draw((struct sample_draw){.count = 4, .seed = 7});
	struct sample two = draw((struct sample_draw){.count = 4, .seed = 7});
	struct sample three = draw((struct sample_draw){.count = 4, .seed = 8});
	struct sample four = draw((struct sample_draw){.percent = 35, .seed = 7});

	ck_assert_int_eq(one.units, 4);
	ck_assert_int_eq(one.from_count, REPLIES);
	ck_assert_str_eq(drawn(one.id), drawn(two.id));
	ck_assert_str_ne(drawn(one.id), drawn(three.id));
	ck_assert_str_eq(drawn(one.id), drawn(four.id));
	ck_assert_str_eq(four.wanted, "35 %");
}
END_TEST

START_TEST(a_stratified_draw_keeps_the_proportions)
{
	for (int64_t seed = 0; seed < 12; seed++) {
		struct sample s = draw(
			(struct sample_draw){.count = 6, .seed = seed, .by_type = true});
		struct sample_unit *u;
		int organisations = 0;
		size_t count;

		SCENE_OK(&scene, sample_units(&scene.op, scene.arena,
					      (struct sample_share){.sample_id = s.id},
					      &u, &count, &err));
		for (size_t i = 0; i < count; i++)
			for (int r = 0; r < 5; r++)
				organisations += str_eq(u[i].reference, refs[r]);
		ck_assert_uint_eq(count, 6);
		ck_assert_int_eq(organisations, 3);
	}
}
END_TEST

static const struct {
	int64_t count, percent;
	const char *coder;
	enum err_kind want;
} bad[] = {
	{0, 0, "Bea", ERR_INPUT},   {5, 5, "Bea", ERR_INPUT},  {11, 0, "Bea", ERR_INPUT},
	{0, 101, "Bea", ERR_INPUT}, {5, 0, "Zoe", ERR_ABSENT}, {5, 0, "Ada", ERR_INPUT},
};

START_TEST(what_is_no_draw_is_refused)
{
	const char *coder = bad[_i].coder;
	struct sample_draw how = {.consultation = "words",
				  .count = bad[_i].count,
				  .percent = bad[_i].percent,
				  .coders = &coder,
				  .coder_count = 1};
	struct err no = {0};
	int64_t number;

	ck_assert(!sample_draw(&scene.op, &how, &number, &no));
	ck_assert_msg(no.kind == bad[_i].want, "%s", no.text);
}
END_TEST

static size_t seen(const char *ref)
{
	struct coding *c;
	size_t count;

	SCENE_OK(&scene, coding_list(&scene.op, scene.arena, scene_id(&scene, ref), &c,
				     &count, &err));
	return count;
}

static size_t quoted(void)
{
	struct coded_quote_filter f = {.code_id = travel};
	struct coded_quotes found;

	SCENE_OK(&scene, coded_quotes_load(&scene.op, scene.arena, &f, &found, &err));
	return found.count;
}

START_TEST(a_second_coder_sees_nothing_until_done)
{
	struct sample s = draw((struct sample_draw){.count = REPLIES});
	int64_t mine, first = scene_put(&scene, refs[0], travel, 4, 9, NULL);
	struct sample *mines;
	struct err no = {0};
	size_t count;

	ck_assert_uint_eq(seen(refs[0]), 2);
	become("Bea");
	SCENE_OK(&scene, samples_mine(&scene.op, scene.arena, &mines, &count, &err));
	ck_assert_uint_eq(count, 1);
	ck_assert_uint_eq(seen(refs[0]), 0);
	ck_assert_uint_eq(quoted(), 0);
	ck_assert(!coding_end(&scene.op, first, NULL, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	mine = scene_put(&scene, refs[0], travel, 0, 13, NULL);
	ck_assert_int_lt(mine, 0);
	ck_assert_int_eq(scene_put(&scene, refs[0], travel, 4, 9, NULL), mine);
	(void)scene_put(&scene, refs[0], travel, 10, 22, NULL);
	ck_assert_uint_eq(seen(refs[0]), 1);
	become("Ada");
	ck_assert_uint_eq(seen(refs[0]), 2);
	ck_assert_uint_eq(quoted(), REPLIES);
	become("Bea");
	ck_assert(!sample_disagreements(
		&scene.op, scene.arena,
		(struct sample_chosen){.sample_id = s.id, .which = SAMPLE_OPEN_ONES},
		&(struct sample_disagreement *){0}, &count, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	/* What nobody has said to be done would count nowhere. */
	no = (struct err){0};
	ck_assert(!sample_coder_done(&scene.op, s.id, &no));
	ck_assert_int_eq(no.kind, ERR_CONFLICT);
	ck_assert_msg(strstr(no.text, "and not said that it is done"), "%s", no.text);
	for (int i = 0; i < REPLIES; i++)
		SCENE_OK(&scene, sample_unit_done(&scene.op, s.id, i + 1,
						  SAMPLE_UNIT_DONE, &err));
	SCENE_OK(&scene, sample_coder_done(&scene.op, s.id, &err));
	ck_assert_uint_eq(seen(refs[0]), 2);
	ck_assert_uint_eq(quoted(), REPLIES);
	ck_assert(!sample_take_off(&scene.op, -mine, &no));
}
END_TEST

/* Bea has travel on all but two, money on the first three and the last; all done. */
static struct sample coded_twice(void)
{
	struct sample s = draw((struct sample_draw){.count = REPLIES});

	become("Bea");
	for (int i = 0; i < REPLIES; i++) {
		if (i != 5 && i != 6)
			(void)scene_put(&scene, refs[i], travel, 4, 13, NULL);
		if (i < 3 || i == 9)
			(void)scene_put(&scene, refs[i], money, 23, 41, NULL);
		SCENE_OK(&scene, sample_unit_done(&scene.op, s.id, i + 1,
						  SAMPLE_UNIT_DONE, &err));
	}
	SCENE_OK(&scene, sample_coder_done(&scene.op, s.id, &err));
	become("Ada");
	return s;
}

START_TEST(agreement_is_counted_for_each_code)
{
	struct sample s = coded_twice();
	struct sample_agreement_of *a;
	size_t count;

	SCENE_OK(&scene,
		 sample_agreement(&scene.op, scene.arena, s.id, &a, &count, &err));
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(a[0].code, "money");
	ck_assert_str_eq(a[0].coder, "Bea");
	ck_assert_int_eq(a[0].pairs.both, 3);
	ck_assert_int_eq(a[0].pairs.first_only, 1);
	ck_assert_int_eq(a[0].pairs.second_only, 1);
	ck_assert_int_eq(a[0].pairs.neither, 5);
	ck_assert(a[0].kappa.defined);
	ck_assert_double_eq_tol(a[0].kappa.kappa, (0.8 - 0.52) / 0.48, 1e-9);
	ck_assert(a[0].alpha.defined);
	ck_assert_int_eq(a[1].pairs.both, 8);
	ck_assert_int_eq(a[1].pairs.first_only, 2);
	ck_assert_double_eq_tol(a[1].kappa.kappa, 0, 1e-9);
}
END_TEST

START_TEST(what_is_coded_later_does_not_change_the_figures)
{
	struct sample s = coded_twice();
	int64_t change, other = scene_code(&scene, "cost", 0);
	struct sample_agreement_of *a;
	size_t count;

	(void)scene_put(&scene, refs[9], money, 27, 41, NULL);
	SCENE_OK(&scene, code_merge(&scene.op, money, other, &change, &err));
	SCENE_OK(&scene,
		 sample_agreement(&scene.op, scene.arena, s.id, &a, &count, &err));
	ck_assert_uint_eq(count, 2);
	ck_assert_str_eq(a[0].code, "cost");
	ck_assert_int_eq(a[0].pairs.both, 3);
	ck_assert_int_eq(a[0].pairs.second_only, 1);
}
END_TEST

static size_t open_ones(int64_t sample, struct sample_disagreement **out, bool open)
{
	size_t count = 0;

	SCENE_OK(&scene, sample_disagreements(
				 &scene.op, scene.arena,
				 (struct sample_chosen){.sample_id = sample,
							.which = open ? SAMPLE_OPEN_ONES
								      : SAMPLE_EVERY_ONE},
				 out, &count, &err));
	return count;
}

START_TEST(a_disagreement_is_settled_and_both_stay_on_record)
{
	struct sample s = coded_twice();
	struct sample_disagreement *d;
	struct sample_agreement_of *a;
	struct store_table t;
	int64_t change = 0, put_on = 0, taken_off = 0;
	struct err no = {0};
	size_t count;

	ck_assert_uint_eq(open_ones(s.id, &d, true), 4);
	for (size_t i = 0; i < 4; i++) {
		bool bea = str_eq(d[i].reference, refs[9]);

		ck_assert_str_eq(d[i].with, bea ? "Bea" : "first coding");
		ck_assert_str_eq(d[i].without, bea ? "first coding" : "Bea");
		SCENE_OK(&scene,
			 sample_passages(&scene.op, scene.arena, s.id, &d[i], &t, &err));
		ck_assert_uint_eq(t.count, 1);
		SCENE_OK(&scene,
			 sample_reconcile(&scene.op,
					  &(struct sample_settling){
						  .sample_id = s.id,
						  .position = d[i].position,
						  .code_id = d[i].code_id,
						  .settled = bea ? SAMPLE_CODE_HOLDS
								 : SAMPLE_CODE_GOES,
						  .note = "talked it over"},
					  &change, &err));
		if (bea)
			put_on = change;
		else if (str_eq(d[i].reference, refs[3]))
			taken_off = change;
	}
	ck_assert_uint_eq(open_ones(s.id, &d, true), 0);
	ck_assert_uint_eq(open_ones(s.id, &d, false), 4);
	ck_assert_str_eq(d[0].settled_by, "Ada");
	ck_assert_str_eq(d[0].note, "talked it over");
	ck_assert_uint_eq(seen(refs[9]), 2);
	ck_assert_uint_eq(seen(refs[3]), 1);
	SCENE_OK(&scene,
		 sample_agreement(&scene.op, scene.arena, s.id, &a, &count, &err));
	ck_assert_int_eq(a[0].pairs.first_only, 1);
	SCENE_OK(&scene, codeframe_undo(&scene.op, put_on, &err));
	SCENE_OK(&scene, codeframe_undo(&scene.op, taken_off, &err));
	ck_assert_uint_eq(open_ones(s.id, &d, true), 2);
	ck_assert_uint_eq(seen(refs[9]), 1);
	ck_assert_uint_eq(seen(refs[3]), 2);
	ck_assert(
		!sample_reconcile(&scene.op,
				  &(struct sample_settling){.sample_id = s.id,
							    .position = 1,
							    .code_id = 99,
							    .settled = SAMPLE_CODE_HOLDS},
				  NULL, &no));
}
END_TEST

START_TEST(several_coders_may_leave_units_out)
{
	static const char *const both[] = {"Bea", "Cat"};
	struct sample s = draw(
		(struct sample_draw){.count = REPLIES, .coders = both, .coder_count = 2});
	struct sample_agreement_of *a;
	size_t count;

	for (int who = 0; who < 2; who++) {
		struct sample_unit *u;

		become(both[who]);
		SCENE_OK(&scene, sample_units(&scene.op, scene.arena,
					      (struct sample_share){
						      .sample_id = s.id,
						      .staff_id = scene.op.staff_id},
					      &u, &count, &err));
		for (size_t i = 0; i < count; i++) {
			ck_assert(!u[i].done);
			if (who == 1 && i >= 4)
				continue;
			(void)scene_put(&scene, u[i].reference, travel, 4, 9, NULL);
			SCENE_OK(&scene, sample_unit_done(&scene.op, s.id, u[i].position,
							  SAMPLE_UNIT_DONE, &err));
		}
		SCENE_OK(&scene, sample_coder_done(&scene.op, s.id, &err));
	}
	SCENE_OK(&scene,
		 sample_agreement(&scene.op, scene.arena, s.id, &a, &count, &err));
	ck_assert_uint_eq(count, 4);
	ck_assert_str_eq(a[2].code, "travel");
	ck_assert_int_eq(a[2].pairs.both, REPLIES);
	ck_assert_int_eq(a[3].pairs.both, 4);
	ck_assert(!a[3].kappa.defined);
	ck_assert_int_eq(a[3].alpha.pairable, REPLIES * 2 + 4);
	ck_assert_int_eq(a[0].pairs.first_only, 4);
	ck_assert_double_eq_tol(a[0].kappa.kappa, 0, 1e-9);
}
END_TEST

START_TEST(a_unit_may_be_an_answer)
{
	const char *ref = scene_reply(&scene, "q@example.test",
				      "1. The buses are late.\n\n2. The fares.\n");
	struct sample s;
	struct sample_agreement_of *a;
	size_t count;

	(void)scene_put(&scene, ref, travel, 3, 12, NULL);
	(void)scene_put(&scene, ref, money, 28, 37, NULL);
	s = draw((struct sample_draw){.count = 1, .question = 1});
	ck_assert_str_eq(drawn(s.id), arena_printf(scene.arena, "%s ", ref));
	become("Bea");
	(void)scene_put(&scene, ref, travel, 7, 21, NULL);
	(void)scene_put(&scene, ref, money, 28, 37, NULL);
	SCENE_OK(&scene, sample_unit_done(&scene.op, s.id, 1, SAMPLE_UNIT_DONE, &err));
	SCENE_OK(&scene, sample_coder_done(&scene.op, s.id, &err));
	SCENE_OK(&scene,
		 sample_agreement(&scene.op, scene.arena, s.id, &a, &count, &err));
	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(a[0].code, "travel");
	ck_assert_int_eq(a[0].pairs.both, 1);
}
END_TEST

START_TEST(it_is_news_to_its_coders_but_not_to_who_drew_it)
{
	static const char *const coders[] = {"Bea", "Cat"};
	struct store_table due;
	struct store_row row;

	for (size_t i = 0; i < ARRAY_LEN(coders); i++)
		SCENE_OK(&scene, account_tell(&scene.op, coders[i], "at once",
					      ACCOUNT_WEEKDAYS, &err));
	become("Bea");
	(void)draw((struct sample_draw){.count = 2, .coders = coders, .coder_count = 2});
	SCENE_OK(&scene, store_all(scene.op.store, scene.arena, &due, &err, SQL_NEWS_DUE,
				   "iii", scene.op.now, (int64_t)HOUR_S, (int64_t)DAY_S));
	ck_assert_uint_eq(due.count, 1);
	row = table_row(&due, 0);
	become("Cat");
	ck_assert_int_eq(row_int(&row, "staff_id"), scene.op.staff_id);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sample");
	TCase *c = tcase_create("sample");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, the_same_seed_draws_the_same);
	tcase_add_test(c, a_stratified_draw_keeps_the_proportions);
	UNIT_TABLE(c, what_is_no_draw_is_refused, bad);
	tcase_add_test(c, a_second_coder_sees_nothing_until_done);
	tcase_add_test(c, agreement_is_counted_for_each_code);
	tcase_add_test(c, what_is_coded_later_does_not_change_the_figures);
	tcase_add_test(c, a_disagreement_is_settled_and_both_stay_on_record);
	tcase_add_test(c, several_coders_may_leave_units_out);
	tcase_add_test(c, a_unit_may_be_an_answer);
	tcase_add_test(c, it_is_news_to_its_coders_but_not_to_who_drew_it);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
