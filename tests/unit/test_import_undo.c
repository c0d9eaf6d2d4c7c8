/* An import taken back within a day. */
#include "tests/unit/domain_house.h"

#include "domain/imports/subscriber_import.h"
#include "domain/imports/subscriber_import_undo.h"
#include "domain/subscribers/subscribe.h"
#include "base/calendar.h"
#include "base/str.h"

static struct err err;

static int64_t imported(const char *text)
{
	static const struct subscriber_import_watch nobody_looks;
	struct list list = house_list("children");
	struct subscriber_import_result result;
	struct subscriber_import plan;

	ck_assert_msg(subscriber_import_open(house.arena, &list, text, strlen(text),
					     &plan, &err) &&
			      subscriber_import_run(&house.op, &list, &plan,
						    &nobody_looks, &result, &err),
		      "%s", err.text);
	return result.import_id;
}

static struct subscriber_import_undone taken_back(int64_t id)
{
	struct list list = house_list("children");
	struct subscriber_import_undone done;

	ck_assert_msg(subscriber_import_undo(&house.op, &list, id, &done, &err), "%s",
		      err.text);
	return done;
}

/* Of the wrong file nothing stays that names anybody. */
START_TEST(nothing_stays_of_whom_it_added)
{
	struct subscriber_import_undone done;
	int64_t id;

	(void)house_adds("children", "here@x.example", NULL);
	(void)house_adds("forum", "other@x.example", NULL);
	id = imported("here@x.example\na@x.example\nb@x.example\nother@x.example\n");
	ck_assert_str_eq(house_state("children", "other@x.example"), "active");
	house.op.now += DAY_S - 1;
	done = taken_back(id);
	ck_assert_int_eq(done.removed, 3);
	ck_assert_int_eq(done.unsubscribed + done.stayed + done.restored, 0);
	ck_assert_str_eq(house_text("SELECT group_concat(address) FROM person"),
			 "here@x.example,other@x.example");
	ck_assert_str_eq(house_state("children", "here@x.example"), "active");
	ck_assert_str_eq(house_state("forum", "other@x.example"), "active");
	ck_assert_str_eq(house_state("children", "other@x.example"), "");
	ck_assert_int_eq(house_int("SELECT count(*) FROM evidence"), 2);
	ck_assert_int_eq(house_int("SELECT count(*) FROM imported"), 0);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person_search"), 2);
	ck_assert_str_eq(house_text("SELECT event FROM audit ORDER BY id DESC LIMIT 1"),
			 "import taken back");
	/* And the right file can come. */
	ck_assert_int_gt(imported("a@x.example\n"), id);
	ck_assert_str_eq(house_state("children", "a@x.example"), "active");
}
END_TEST

START_TEST(who_was_sent_a_bulletin_is_unsubscribed)
{
	struct subscriber_import_undone done;
	int64_t id = imported("a@x.example\n");

	house_sends("children", house_drafts("children", NULL));
	done = taken_back(id);
	ck_assert_int_eq(done.unsubscribed, 1);
	ck_assert_int_eq(done.removed, 0);
	ck_assert_str_eq(house_state("children", "a@x.example"), "unsubscribed");
	ck_assert_str_eq(
		house_text("SELECT event || ': ' || basis FROM evidence ORDER BY id "
			   "DESC LIMIT 1"),
		"removed: the import that added them was taken back");
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM delivery WHERE state = 'queued'"), 0);
	ck_assert_int_eq(house_notifications("unsubscribed", NULL), 0);
}
END_TEST

START_TEST(who_has_acted_since_stays)
{
	struct list list = house_list("children");
	struct subscriber_import_undone done;
	int64_t id = imported("a@x.example\nb@x.example\n");

	ck_assert(subscriber_topics(&house.op, &list, "a@x.example", "neglect", &err));
	done = taken_back(id);
	ck_assert_int_eq(done.stayed, 1);
	ck_assert_int_eq(done.removed, 1);
	ck_assert_str_eq(house_state("children", "a@x.example"), "active");
	ck_assert_str_eq(house_state("children", "b@x.example"), "");
}
END_TEST

START_TEST(who_waited_waits_again)
{
	struct subscriber_import_undone done;
	int64_t id;

	(void)house_adds("children", "a@x.example", NULL);
	house_do("UPDATE subscription SET state = 'pending'");
	id = imported("a@x.example\n");
	ck_assert_str_eq(house_state("children", "a@x.example"), "active");
	done = taken_back(id);
	ck_assert_int_eq(done.restored, 1);
	ck_assert_str_eq(house_state("children", "a@x.example"), "pending");
	ck_assert_int_eq(house_int("SELECT count(*) FROM evidence"), 1);
}
END_TEST

START_TEST(who_left_elsewhere_is_forgotten)
{
	struct subscriber_import_undone done =
		taken_back(imported("email,unsubscribed\na@x.example,yes\n"));

	ck_assert_int_eq(done.removed, 1);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person"), 0);
}
END_TEST

START_TEST(undo_is_for_a_day_and_once)
{
	struct list list = house_list("children"), forum = house_list("forum");
	int64_t first = imported("a@x.example\n"), second = imported("b@x.example\n");
	struct subscriber_import_undone done;
	struct store_table t;

	ck_assert(subscriber_imports_recent(&house.op, house.arena, &list, &t, &err));
	ck_assert_uint_eq(t.count, 2);
	ck_assert(!subscriber_import_undo(&house.op, &forum, first, &done, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
	(void)taken_back(first);
	ck_assert(!subscriber_import_undo(&house.op, &list, first, &done, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_ptr_nonnull(strstr(err.text, "already, by jean"));
	house.op.now += DAY_S;
	ck_assert(!subscriber_import_undo(&house.op, &list, second, &done, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "older than a day"));
	ck_assert(subscriber_imports_recent(&house.op, house.arena, &list, &t, &err));
	ck_assert_uint_eq(t.count, 0);
	house.op.now += 1;
	ck_assert(subscriber_imports_forget(&house.op, &err));
	ck_assert_int_eq(house_int("SELECT count(*) FROM imported"), 0);
	ck_assert_str_eq(house_state("children", "b@x.example"), "active");
}
END_TEST

/* Evidence is kept, but for that of an import while it is taken back. */
START_TEST(evidence_stays_otherwise)
{
	(void)imported("a@x.example\n");
	ck_assert(house_refuses("DELETE FROM evidence"));
}
END_TEST

/* Who imports on one list says nothing of whom another knows; and of nobody for good. */
START_TEST(names_of_who_was_there_stay)
{
	struct list list = house_list("children");
	struct subscriber_new who = {.address = "other@x.example",
				     .name = "Evil Name",
				     .how = "staff",
				     .basis = "b"};
	int64_t id;

	(void)house_adds("forum", "other@x.example", NULL);
	(void)house_joins("children", "waits@x.example");
	house_do("UPDATE person SET name = NULL");
	house_do("UPDATE subscription SET state = 'pending' WHERE list_id = (SELECT id "
		 "FROM list WHERE name = 'children')");
	id = imported("email,name\nother@x.example,Evil Name\nWAITS@x.example,Evil Name\n"
		      "new@x.example,New Name\n");
	ck_assert_str_eq(house_state("children", "other@x.example"), "active");
	ck_assert_str_eq(house_text("SELECT group_concat(name) FROM person"), "New Name");
	(void)taken_back(id);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person WHERE name NOT NULL"), 0);
	/* Nor does who adds one by hand. */
	ck_assert_msg(subscriber_add(&house.op, &list, &who, &err), "%s", err.text);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person WHERE name NOT NULL"), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("import undo");
	TCase *tc = tcase_create("import undo");

	tcase_add_checked_fixture(tc, house_open, house_close);
	tcase_add_test(tc, nothing_stays_of_whom_it_added);
	tcase_add_test(tc, who_was_sent_a_bulletin_is_unsubscribed);
	tcase_add_test(tc, who_has_acted_since_stays);
	tcase_add_test(tc, who_waited_waits_again);
	tcase_add_test(tc, who_left_elsewhere_is_forgotten);
	tcase_add_test(tc, undo_is_for_a_day_and_once);
	tcase_add_test(tc, evidence_stays_otherwise);
	tcase_add_test(tc, names_of_who_was_there_stay);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
