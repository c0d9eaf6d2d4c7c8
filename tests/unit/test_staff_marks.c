/* No form of the staff site can be written that changes something and says not what was seen. */
#include "tests/unit/unit.h"

#include "base/str.h"
#include "staff/frame/form_seen.h"
#include "staff/routes/staff.h"

enum { REASON_LEAST = 20 };

static size_t marks_of(const char *path)
{
	size_t count = 0;

	for (const struct staff_mark *m = staff_marks; m->path; m++)
		count += str_eq(m->path, path);
	return count;
}

static bool is_posted_to(const char *path)
{
	for (const struct web_route *t = staff_table.routes; t->path; t++)
		if (t->method == WEB_POST && str_eq(t->path, path))
			return true;
	return false;
}

START_TEST(every_post_is_marked_or_says_why_not)
{
	size_t posts = 0;

	for (const struct web_route *t = staff_table.routes; t->path; t++) {
		if (t->method != WEB_POST)
			continue;
		posts++;
		ck_assert_msg(marks_of(t->path) == 1,
			      "%s: name its mark in form_marks.c, or why it needs none",
			      t->path);
	}
	ck_assert_uint_gt(posts, 80);
}
END_TEST

START_TEST(every_mark_is_of_a_post_and_every_reason_is_one)
{
	for (const struct staff_mark *m = staff_marks; m->path; m++) {
		ck_assert_msg(is_posted_to(m->path), "%s: nothing is posted to it",
			      m->path);
		ck_assert_msg(!m->reads != !m->why, "%s: a mark or a reason", m->path);
		ck_assert_msg(!m->why || strlen(m->why) >= REASON_LEAST,
			      "%s: that is no reason: %s", m->path, m->why);
	}
}
END_TEST

/* What is not named here is done once (form_seen.h). */
START_TEST(whatever_may_come_again_says_why)
{
	size_t count = 0;

	for (const struct staff_repeat *x = staff_repeats; x->path; x++, count++) {
		ck_assert_msg(is_posted_to(x->path), "%s: nothing is posted to it",
			      x->path);
		ck_assert_msg(x->why && strlen(x->why) >= REASON_LEAST,
			      "%s: that is no reason", x->path);
		for (const struct staff_repeat *y = x + 1; y->path; y++)
			ck_assert_str_ne(x->path, y->path);
	}
	ck_assert_uint_lt(count, 25);
	for (const char *const *own = staff_own_pages; *own; own++)
		ck_assert_msg(is_posted_to(*own), "%s: nothing is posted to it", *own);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("staff marks");
	TCase *tc = tcase_create("staff marks");

	tcase_add_test(tc, every_post_is_marked_or_says_why_not);
	tcase_add_test(tc, every_mark_is_of_a_post_and_every_reason_is_one);
	tcase_add_test(tc, whatever_may_come_again_says_why);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
