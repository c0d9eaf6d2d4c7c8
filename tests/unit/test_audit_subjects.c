/* What the audit's rows are about: a closed set, and a filter that finds all of each. */
#include "tests/unit/domain_house.h"

#include "base/str.h"
#include "domain/core/audit.h"

static struct err err;

#define OK(call) ck_assert_msg((call), "%s", err.text)

static struct store_table listed(const char *subject,
				 bool (*ask)(struct operation *, struct arena *,
					     const struct audit_filter *,
					     struct store_table *, struct err *))
{
	const struct audit_filter filter = {
		.subject = subject, .before = INT64_MAX, .most = 100};
	struct store_table t;

	OK(ask(&house.op, house.arena, &filter, &t, &err));
	return t;
}

START_TEST(row_is_found_by_its_subject_and_by_no_other)
{
	const char *const *all = audit_subjects();
	size_t count = 0;

	for (; all[count]; count++)
		OK(audit_record(&house.op, &err, "tried", all[count], 7, "%s", "here"));
	ck_assert_uint_gt(count, 15);
	for (size_t i = 0; i < count; i++) {
		struct store_table t = listed(all[i], _i ? audit_page : audit_list);
		int found = 0;

		for (size_t k = 0; k < t.count; k++) {
			struct store_row row = table_row(&t, k);

			ck_assert_str_eq(row_text(&row, "subject"), all[i]);
			found += str_eq(row_text(&row, "event"), "tried");
		}
		ck_assert_int_eq(found, 1);
	}
}
END_TEST

START_TEST(subject_that_nobody_could_ask_for_is_not_written)
{
	static const char *const odd[] = {"letter", "", "responses", "Response"};

	for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
		int64_t before = house_int("SELECT count(*) FROM audit");

		ck_assert(!audit_record(&house.op, &err, "tried", odd[i], 7, "%s", ""));
		ck_assert_int_eq(err.kind, ERR_SETUP);
		err = (struct err){0};
		ck_assert_int_eq(house_int("SELECT count(*) FROM audit"), before);
	}
}
END_TEST

/* Its hash is over the old word, so the row keeps it; people read the new one. */
static const char *const renamed[][2] = {{"letter", "notification"},
					 {"second coding", "double coding"}};

START_TEST(row_of_an_older_store_is_found_by_the_word_of_now)
{
	const char *const *word = renamed[_i / 2];
	struct store_table t;
	struct store_row row;

	OK(audit_record(&house.op, &err, "tried", word[1], 7, "%s", ""));
	house_do(
		"INSERT INTO audit (at, who, event, subject, subject_id, detail, hash, form) "
		"SELECT at, who, event, '%s', 6, detail, 'of then', form FROM audit "
		"WHERE subject = '%s'",
		word[0], word[1]);
	t = listed(word[1], _i % 2 ? audit_page : audit_list);
	ck_assert_uint_eq(t.count, 2);
	row = table_row(&t, 0);
	ck_assert_int_eq(row_int(&row, "subject_id"), 6);
	ck_assert_str_eq(row_text(&row, "subject"), word[1]);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("audit subjects");
	TCase *t = tcase_create("subjects");

	tcase_add_checked_fixture(t, house_open, house_close);
	tcase_add_loop_test(t, row_is_found_by_its_subject_and_by_no_other, 0, 2);
	tcase_add_test(t, subject_that_nobody_could_ask_for_is_not_written);
	tcase_add_loop_test(t, row_of_an_older_store_is_found_by_the_word_of_now, 0,
			    2 * (int)ARRAY_LEN(renamed));
	suite_add_tcase(suite, t);
	return unit_main_together(suite);
}
