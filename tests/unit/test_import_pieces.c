/*
 * A big import keeps nobody waiting: looking at it takes no lock, what is written goes in pieces,
 * and what was broken off between two of them can be told, gone on with and taken back.
 */
#include "tests/unit/domain_house.h"

#include "domain/imports/subscriber_import_preview.h"
#include "domain/imports/subscriber_import_undo.h"
#include "base/str.h"
#include "store/store.h"

#include <inttypes.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	LOOKED_AT = 20000,
	WRITTEN = 3000,
	SHARE = 4 /* held at once for no more than a fourth of what it took */
};

static struct err err;

static struct buf *file_of(int lines)
{
	struct buf *out = buf_new(1 << 22);

	buf_str(out, "email,name\n");
	for (int i = 0; i < lines; i++)
		buf_printf(out, "p%d@x%d.example,Person %d\n", i, i % 97, i);
	return out;
}

static struct subscriber_import plan_of(const struct list *list, const struct buf *file)
{
	struct subscriber_import plan;

	ck_assert_msg(subscriber_import_open(house.arena, list, file->bytes, file->len,
					     &plan, &err),
		      "%s", err.text);
	return plan;
}

/* The same operation on a connection that has held nothing yet. */
static struct operation fresh(void)
{
	struct operation op = house.op;

	ck_assert_msg(store_open(house.path, STORE_EXISTING, &op.store, &err), "%s",
		      err.text);
	return op;
}

static void others_can_write(void)
{
	house_do("PRAGMA busy_timeout = 0; BEGIN IMMEDIATE; COMMIT");
}

START_TEST(preview_takes_no_lock)
{
	struct list list = house_list("children");
	AUTO(buf) file = file_of(LOOKED_AT);
	struct subscriber_import plan = plan_of(&list, file);
	struct subscriber_import_preview p = {0};
	struct operation op = fresh();

	ck_assert_msg(subscriber_import_preview(&op, house.arena, &list, &plan, &p, &err),
		      "%s", err.text);
	ck_assert_int_eq(p.counts.added, LOOKED_AT);
	ck_assert_int_eq(store_held_most_us(op.store), 0);
	store_close(&op.store);
}
END_TEST

/* And while another holds it, it does not wait either. */
START_TEST(preview_is_shown_while_another_writes)
{
	struct list list = house_list("children");
	AUTO(buf) file = file_of(10);
	struct subscriber_import plan = plan_of(&list, file);
	struct subscriber_import_preview p = {0};
	struct operation op = fresh();
	struct store_txn *other = store_begin(house.op.store, &err);

	ck_assert_ptr_nonnull(other);
	ck_assert_msg(subscriber_import_preview(&op, house.arena, &list, &plan, &p, &err),
		      "%s", err.text);
	ck_assert_int_eq(p.counts.added, 10);
	store_rollback(&other);
	store_close(&op.store);
}
END_TEST

struct seen {
	int calls;
	int64_t kill_at; /* as many added; 0: never */
};

static void on_progress(void *with, size_t done, size_t all, int64_t added)
{
	struct seen *seen = with;

	(void)done;
	(void)all;
	seen->calls++;
	if (seen->kill_at && added >= seen->kill_at)
		(void)raise(SIGKILL);
	if (!seen->kill_at)
		others_can_write();
}

static void is_let_go(struct operation *op, int64_t began, const char *what)
{
	int64_t all = unit_own_us() - began, held = store_held_most_us(op->store);

	ck_assert_msg(held * SHARE < all,
		      "%s: the store was held for %" PRId64 " of %" PRId64
		      " microseconds",
		      what, held, all);
}

START_TEST(import_and_undo_let_others_write)
{
	struct seen seen = {0};
	struct subscriber_import_watch watch = {.with = &seen, .progress = on_progress};
	struct list list = house_list("children");
	AUTO(buf) file = file_of(WRITTEN);
	struct subscriber_import plan = plan_of(&list, file);
	struct subscriber_import_result result;
	struct subscriber_import_undone done;
	struct operation op = fresh();
	int64_t began = unit_own_us();

	ck_assert_msg(subscriber_import_run(&op, &list, &plan, &watch, &result, &err),
		      "%s", err.text);
	ck_assert_int_eq(result.added, WRITTEN);
	ck_assert_int_gt(seen.calls, 10);
	is_let_go(&op, began, "an import");
	store_close(&op.store);
	op = fresh();
	began = unit_own_us();
	ck_assert_msg(subscriber_import_undo(&op, &list, result.import_id, &done, &err),
		      "%s", err.text);
	ck_assert_int_eq(done.removed, WRITTEN);
	is_let_go(&op, began, "an undo");
	store_close(&op.store);
}
END_TEST

/* What another process makes of it until it is killed, once so many were added. */
static void import_is_killed(const struct buf *file, int64_t at)
{
	pid_t child = fork();
	int status;

	ck_assert_int_ge(child, 0);
	if (!child) {
		struct seen seen = {.kill_at = at};
		struct subscriber_import_watch watch = {.with = &seen,
							.progress = on_progress};
		struct subscriber_import_result result;
		struct operation op = fresh();
		struct list list = house_list("children");
		struct subscriber_import plan = plan_of(&list, file);

		_exit(subscriber_import_run(&op, &list, &plan, &watch, &result, &err));
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_msg(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "%s", err.text);
}

START_TEST(import_that_was_killed_is_told_and_gone_on_with)
{
	AUTO(buf) file = file_of(WRITTEN);
	struct list list = house_list("children");
	struct subscriber_import plan = plan_of(&list, file);
	struct subscriber_import_preview before = {0}, after = {0};
	struct subscriber_import_result rest;
	struct subscriber_import_undone done;
	struct subscriber_imported it;
	struct store_table recent;
	int64_t id, added;

	ck_assert(subscriber_import_preview(&house.op, house.arena, &list, &plan, &before,
					    &err));
	import_is_killed(file, WRITTEN / 3);
	added = house_int("SELECT count(*) FROM subscription WHERE state = 'active'");
	ck_assert_int_gt(added, 0);
	ck_assert_int_lt(added, WRITTEN);
	/* The row of the import says so, and it is among those that can be taken back. */
	ck_assert(
		subscriber_imports_recent(&house.op, house.arena, &list, &recent, &err));
	ck_assert_uint_eq(recent.count, 1);
	id = house_int("SELECT id FROM import");
	ck_assert(subscriber_import_find(&house.op, house.arena, &list, id, &it, &err));
	ck_assert_int_eq(row_int(&it.row, "added"), added);
	ck_assert_int_eq(row_int(&it.row, "wanted"), WRITTEN);
	ck_assert(row_null(&it.row, "done_at"));
	ck_assert_int_gt(it.until, 0);
	/* What was shown before is no more what would happen: it is looked at again. */
	ck_assert(!subscriber_import_bound(&house.op, &list, &plan, before.digest, &rest,
					   &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert(subscriber_import_preview(&house.op, house.arena, &list, &plan, &after,
					    &err));
	ck_assert_int_eq(after.counts.passed_over, added);
	ck_assert_msg(subscriber_import_bound(&house.op, &list, &plan, after.digest,
					      &rest, &err),
		      "%s", err.text);
	ck_assert_int_eq(rest.added, WRITTEN - added);
	ck_assert_int_eq(
		house_int("SELECT count(*) FROM import WHERE done_at IS NOT NULL"), 1);
	/* Each is taken back for itself. */
	ck_assert(subscriber_import_undo(&house.op, &list, id, &done, &err));
	ck_assert_int_eq(done.removed, added);
	ck_assert(subscriber_import_undo(&house.op, &list, rest.import_id, &done, &err));
	ck_assert_int_eq(done.removed, WRITTEN - added);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person"), 0);
	ck_assert_int_eq(house_int("SELECT count(*) FROM evidence"), 0);
}
END_TEST

/* The import of one process is taken back by another while it runs: it ends there. */
static void takes_back(void *with, size_t done, size_t all, int64_t added)
{
	struct subscriber_import_undone *undone = with;
	struct list list = house_list("children");
	struct operation op;

	(void)done;
	(void)all;
	if (!added || undone->removed)
		return;
	op = fresh();
	ck_assert(subscriber_import_undo(
		&op, &list, house_int("SELECT max(id) FROM import"), undone, &err));
	store_close(&op.store);
}

START_TEST(import_that_is_taken_back_while_it_runs_ends)
{
	struct subscriber_import_undone undone = {0};
	struct subscriber_import_watch watch = {.with = &undone, .progress = takes_back};
	struct list list = house_list("children");
	AUTO(buf) file = file_of(WRITTEN);
	struct subscriber_import plan = plan_of(&list, file);
	struct subscriber_import_result result;

	ck_assert(!subscriber_import_run(&house.op, &list, &plan, &watch, &result, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_ptr_nonnull(strstr(err.text, "taken back while it ran"));
	ck_assert_int_gt(undone.removed, 0);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person"), 0);
}
END_TEST

/* Who joins while it runs is passed over, as anybody who is on the list. */
static void somebody_joins(void *with, size_t done, size_t all, int64_t added)
{
	bool *joined = with;

	(void)done;
	(void)all;
	if (added && !*joined)
		(void)house_adds("children", "p2999@x89.example", NULL);
	*joined = *joined || added;
}

START_TEST(who_joins_meanwhile_is_passed_over)
{
	bool joined = false;
	struct subscriber_import_watch watch = {.with = &joined,
						.progress = somebody_joins};
	struct list list = house_list("children");
	AUTO(buf) file = file_of(WRITTEN);
	struct subscriber_import plan = plan_of(&list, file);
	struct subscriber_import_result result;
	struct subscriber_import_undone done;

	ck_assert_msg(
		subscriber_import_run(&house.op, &list, &plan, &watch, &result, &err),
		"%s", err.text);
	ck_assert(joined);
	ck_assert_int_eq(result.added, WRITTEN - 1);
	ck_assert_int_eq(result.passed_over, 1);
	ck_assert_int_eq(house_int("SELECT passed_over FROM import WHERE done_at > 0"),
			 1);
	ck_assert(
		subscriber_import_undo(&house.op, &list, result.import_id, &done, &err));
	ck_assert_str_eq(house_text("SELECT group_concat(address) FROM person"),
			 "p2999@x89.example");
}
END_TEST

/* As a kill between two pieces of an undo leaves it: begun, and some are there still. */
START_TEST(undo_that_was_killed_goes_on)
{
	static const struct subscriber_import_watch nobody_looks;
	struct list list = house_list("children");
	AUTO(buf) file = file_of(10);
	struct subscriber_import plan = plan_of(&list, file);
	struct subscriber_import_result result;
	struct subscriber_import_undone done;
	struct store_table recent;
	struct subscriber_imported it;

	ck_assert(subscriber_import_run(&house.op, &list, &plan, &nobody_looks, &result,
					&err));
	house_do(
		"UPDATE import SET undone_at = at, undone_by = staff_id;"
		" DELETE FROM evidence WHERE subscription_id <= 4;"
		" DELETE FROM imported WHERE subscription_id <= 4;"
		" DELETE FROM subscription WHERE id <= 4; DELETE FROM person WHERE id <= 4");
	ck_assert(
		subscriber_imports_recent(&house.op, house.arena, &list, &recent, &err));
	ck_assert_uint_eq(recent.count, 1);
	ck_assert(subscriber_import_find(&house.op, house.arena, &list, result.import_id,
					 &it, &err));
	ck_assert_int_gt(it.until, 0);
	ck_assert_msg(
		subscriber_import_undo(&house.op, &list, result.import_id, &done, &err),
		"%s", err.text);
	ck_assert_int_eq(done.removed, 6);
	ck_assert_int_eq(house_int("SELECT count(*) FROM person"), 0);
	ck_assert(
		!subscriber_import_undo(&house.op, &list, result.import_id, &done, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("import in pieces");
	TCase *tc = tcase_create("import in pieces");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, house_open, house_close);
	tcase_add_test(tc, preview_takes_no_lock);
	tcase_add_test(tc, preview_is_shown_while_another_writes);
	tcase_add_test(tc, import_and_undo_let_others_write);
	tcase_add_test(tc, import_that_was_killed_is_told_and_gone_on_with);
	tcase_add_test(tc, import_that_is_taken_back_while_it_runs_ends);
	tcase_add_test(tc, who_joins_meanwhile_is_passed_over);
	tcase_add_test(tc, undo_that_was_killed_goes_on);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
