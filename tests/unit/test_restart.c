/* process/restart: who comes back at once, and how long the others wait. */
#include "process/restart.h"
#include "tests/unit/unit.h"

static int64_t crash(struct restart *r, int64_t now_ms)
{
	return restart_pause(r, RESTART_CRASHED_IN_FRONT_OF_PEOPLE, 10, now_ms);
}

START_TEST(pauses_double_up_to_half_a_minute)
{
	static const int64_t want[] = {200,  400,   800,   1600,  3200,
				       6400, 12800, 25600, 30000, 30000};
	struct restart r = {0};

	for (size_t i = 0; i < ARRAY_LEN(want); i++)
		ck_assert_int_eq(restart_pause(&r, RESTART_ENDED, 10, 1), want[i]);
	ck_assert_int_eq(restart_pause(&r, RESTART_ENDED, RESTART_MINUTE_MS + 1, 1), 200);
}
END_TEST

START_TEST(crash_of_the_pages_is_over_at_once_three_times_a_minute)
{
	struct restart r = {0};

	for (int64_t i = 0; i < RESTART_AT_ONCE; i++)
		ck_assert_int_eq(crash(&r, 1000 * i), 0);
	ck_assert_int_eq(crash(&r, 4000), 200);
	ck_assert_int_eq(crash(&r, 5000), 400);
	ck_assert_msg(crash(&r, RESTART_MINUTE_MS - 1) > 0, "a fourth one in a minute");
	ck_assert_int_eq(crash(&r, RESTART_MINUTE_MS), 0);
	ck_assert_msg(crash(&r, RESTART_MINUTE_MS + 999) > 0, "the second is in it yet");
}
END_TEST

/* Whatever the times: no minute holds more than three that came back at once. */
START_TEST(no_minute_holds_a_fourth_one)
{
	int64_t at_once[4000], now = 1;
	struct restart r = {0};
	uint64_t seed = 11;
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_LEN(at_once); i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		now += (int64_t)(seed >> 33) % 30000;
		if (crash(&r, now) == 0)
			at_once[count++] = now;
	}
	ck_assert_msg(count > 1000, "got %zu", count);
	for (size_t i = 3; i < count; i++)
		ck_assert_msg(at_once[i] - at_once[i - 3] >= RESTART_MINUTE_MS,
			      "number %zu came %lld ms after the third before it", i,
			      (long long)(at_once[i] - at_once[i - 3]));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("restart");
	TCase *tc = tcase_create("pauses");

	tcase_add_test(tc, pauses_double_up_to_half_a_minute);
	tcase_add_test(tc, crash_of_the_pages_is_over_at_once_three_times_a_minute);
	tcase_add_test(tc, no_minute_holds_a_fourth_one);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
