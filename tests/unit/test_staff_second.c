/* The view "second coding": what the person who asks still has to code blindly. */
#include "tests/unit/response_scene.h"

#include "domain/queue/queue.h"
#include "domain/coding/sample.h"

enum { REPLIES = 6 };

static struct stage scene;
static int64_t sample;

static void become(const char *name)
{
	stage_become(&scene, name);
}

/* Six replies that Ada coded; Bea is to code four of them, Cat none. */
static void begin(void)
{
	int64_t code;

	scene_open(&scene);
	scene_sample(&scene, REPLIES, 4, &sample, &code);
}

static void end(void)
{
	stage_close(&scene);
}

/* The view's count, held against what its filter finds; -1 when there is no such view. */
static int64_t shown(void)
{
	struct queue d;

	SCENE_OK(&scene, queue_load(&scene.op, scene.arena, "words", &d, &err));
	for (size_t i = 0; i < d.view_count; i++) {
		struct response_filter f;
		const struct response_look look = {
			.consultation = "words", .filter = &f, .who = true};
		int64_t found;

		if (strcmp(d.views[i].name, "second") != 0)
			continue;
		SCENE_OK(&scene,
			 response_filter_read(scene.arena, d.views[i].filter, &f, &err));
		SCENE_OK(&scene, queue_count(&scene.op, &look, &found, &err));
		ck_assert_int_eq(found, d.views[i].count);
		return found;
	}
	return -1;
}

START_TEST(only_a_second_coder_has_the_view)
{
	ck_assert_int_eq(shown(), -1);
	become("Cat");
	ck_assert_int_eq(shown(), -1);
	become("Bea");
	ck_assert_int_eq(shown(), 4);
}
END_TEST

START_TEST(it_has_the_replies_that_are_not_done)
{
	struct response_filter f = {.second = RESPONSE_YES},
			       others = {.second = RESPONSE_NO};
	struct response_look look = {.consultation = "words", .filter = &f, .who = true};
	struct queue_page page = {.most = 50};
	struct sample_unit *units;
	struct queue_rows rows;
	int64_t rest;
	size_t count;

	become("Bea");
	SCENE_OK(&scene,
		 sample_units(&scene.op, scene.arena,
			      (struct sample_share){.sample_id = sample,
						    .staff_id = scene.op.staff_id},
			      &units, &count, &err));
	SCENE_OK(&scene, sample_unit_done(&scene.op, sample, units[0].position,
					  SAMPLE_UNIT_DONE, &err));
	ck_assert_int_eq(shown(), 3);
	SCENE_OK(&scene, queue_list(&scene.op, scene.arena, &look, &page, &rows, &err));
	ck_assert_uint_eq(rows.count, 3);
	for (size_t i = 0; i < rows.count; i++)
		ck_assert_str_ne(rows.items[i].reference, units[0].reference);
	look.filter = &others;
	SCENE_OK(&scene, queue_count(&scene.op, &look, &rest, &err));
	ck_assert_int_eq(rest, REPLIES - 3);
}
END_TEST

START_TEST(it_goes_when_all_is_done)
{
	become("Bea");
	SCENE_OK(&scene, sample_coder_done(&scene.op, sample, &err));
	ck_assert_int_eq(shown(), -1);
}
END_TEST

START_TEST(it_goes_when_the_sample_is_given_up)
{
	SCENE_OK(&scene, sample_end(&scene.op, "words", 1, &err));
	become("Bea");
	ck_assert_int_eq(shown(), -1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("desk second");
	TCase *c = tcase_create("second");

	tcase_add_checked_fixture(c, begin, end);
	tcase_add_test(c, only_a_second_coder_has_the_view);
	tcase_add_test(c, it_has_the_replies_that_are_not_done);
	tcase_add_test(c, it_goes_when_all_is_done);
	tcase_add_test(c, it_goes_when_the_sample_is_given_up);
	suite_add_tcase(suite, c);
	return unit_main_together(suite);
}
