#include "tests/unit/domain_house.h"

#include "base/fd.h"
#include "base/str.h"
#include "domain/admin/session.h"
#include "domain/admin/account.h"
#include "domain/copies/copy_keep.h"
#include "domain/copies/copy_restore.h"
#include "domain/personal/personal_data_erase.h"
#include "domain/subscribers/suppress.h"

#include <dirent.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *in_house(const char *name)
{
	return arena_printf(house.arena, "%s/%s", house.folder, name);
}

/* Names in a folder that contain this. */
static int files(const char *folder, const char *part)
{
	DIR *dir = opendir(folder);
	const struct dirent *one;
	int n = 0;

	ck_assert(dir != NULL);
	while ((one = readdir(dir)) != NULL)
		n += strstr(one->d_name, part) != NULL;
	(void)closedir(dir);
	return n;
}

static const char *make(void)
{
	struct err err = {0};
	const char *file = NULL;

	ck_assert_msg(copy_make(&house.op, house.arena, in_house("copies"), &file, &err),
		      "%s", err.text);
	return file;
}

/* The newest copy, opened as a restore opens it: its operation is as ours, on that store. */
static struct operation restored(const char *file)
{
	struct operation op = house.op;
	struct err err = {0};

	ck_assert_msg(store_open(file, STORE_COPY, &op.store, &err), "%s", err.text);
	return op;
}

static void change(const char *path, const char *sql)
{
	sqlite3 *db = NULL;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", sql,
		      sqlite3_errmsg(db));
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}

static int64_t count(const char *path, const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *q = NULL;
	int64_t n;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK, "%s: %s",
		      sql, sqlite3_errmsg(db));
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	n = sqlite3_column_int64(q, 0);
	(void)sqlite3_finalize(q);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	return n;
}

START_TEST(copies_are_named_by_their_time_and_the_oldest_go)
{
	const char *folder = in_house("copies"), *newest, *file;
	struct err err = {0};
	int64_t removed, at;

	for (int i = 0; i < 4; i++) {
		house.op.now += HOUSE_DAY;
		file = make();
	}
	ck_assert_int_eq(files(folder, ".db"), 4);
	ck_assert_int_eq(files(folder, ".key"), 4);
	ck_assert(!copy_make(&house.op, house.arena, folder, &file, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	/* Nobody else's, and what was not finished: neither counted nor removed. */
	ck_assert(fd_write_file(in_house("copies/mercat-20260101T000000Z.db.partial"), "",
				0, 0600, &err));
	ck_assert(fd_write_file(in_house("copies/mercat-mine.db"), "", 0, 0600, &err));
	ck_assert(copies_rotate(folder, 2, &removed, &err));
	ck_assert_int_eq(removed, 2);
	ck_assert_int_eq(files(folder, "Z.key"), 2);
	ck_assert_int_eq(files(folder, ".partial"), 1);
	ck_assert_int_eq(files(folder, "mine"), 1);
	ck_assert(copy_newest(house.arena, folder, &newest, &at, &err));
	ck_assert_str_eq(newest, file);
	ck_assert_int_eq(at, house.op.now);
	ck_assert_int_eq(files(folder, ".restore-"), 0);
	ck_assert(copies_rotate(folder, 1, &removed, &err));
	ck_assert_int_eq(removed, 1);
	ck_assert(!copies_rotate(in_house("nowhere"), 1, &removed, &err));
	ck_assert(!copy_newest(house.arena, house.folder, &newest, &at, &err));
	ck_assert_int_eq(err.kind, ERR_ABSENT);
}
END_TEST

enum harm { CUT, CUT_AT_A_PAGE, EMPTY, NO_STORE, NEWER, A_REFERENCE, THE_AUDIT, HARMS };
static const char *const harms[] = {
	"cut off",        "cut off between pages", "empty",
	"no store",       "of a newer version",    "a broken reference",
	"a changed audit"};

static void harm(const char *file, enum harm how)
{
	struct stat about;
	struct err err = {0};

	ck_assert_int_eq(stat(file, &about), 0);
	if (how == CUT || how == CUT_AT_A_PAGE)
		ck_assert_int_eq(
			truncate(file, about.st_size - (how == CUT ? 1000 : 8192)), 0);
	else if (how == EMPTY)
		ck_assert_int_eq(truncate(file, 0), 0);
	else if (how == NO_STORE)
		ck_assert(fd_write_file(file, "organisation = \"T\";", 19, 0600, &err));
	else if (how == NEWER)
		change(file, "PRAGMA user_version = 100000");
	else if (how == A_REFERENCE)
		change(file,
		       "PRAGMA foreign_keys = OFF; INSERT INTO attempt (delivery_id, at, "
		       "outcome) VALUES (999999, 1, 'found')");
	else
		change(file, "DROP TRIGGER audit_stays; UPDATE audit SET who = 'nobody' "
			     "WHERE id = 1");
}

/* In one sentence, and nothing of the trial is left. */
START_TEST(copy_that_is_not_whole_is_refused)
{
	const char *file = in_house("harmed.db"), *whole = make(), *trial = NULL;
	struct err err = {0};

	ck_assert(copy_file(whole, file, &err));
	ck_assert(copy_trial(&house.op, house.arena, file, house.folder, &trial, &err));
	copy_trial_remove(trial);
	ck_assert(!copy_file(whole, file, &err));
	err = (struct err){0};
	harm(file, (enum harm)_i);
	ck_assert_msg(
		!copy_trial(&house.op, house.arena, file, house.folder, &trial, &err),
		"%s was taken", harms[_i]);
	ck_assert_msg(strchr(err.text, '\n') == NULL && strlen(err.text) > 10, "%s",
		      err.text);
	ck_assert_int_eq(files(house.folder, ".restore-"), 0);
}
END_TEST

/* Left by another program, or by a kill: what a backup finds is no reason to stop. */
START_TEST(half_a_copy_is_made_anew)
{
	const char *folder = in_house("copies");
	struct err err = {0};

	ck_assert(fd_make_dirs(folder, 0700, &err));
	ck_assert(fd_write_file(in_house("copies/mercat-20260302T090000Z.db.partial"),
				"half", 4, 0600, &err));
	ck_assert_str_eq(make(), in_house("copies/mercat-20260302T090000Z.db"));
	ck_assert_int_eq(files(folder, ".partial"), 0);
}
END_TEST

START_TEST(what_may_have_gone_out_since_is_held)
{
	struct copy_held held;
	struct operation op;
	struct err err = {0};
	const char *file;
	int64_t number;

	house_joins("children", "anna@example.net");
	house_joins("children", "bert@example.net");
	number = house_drafts("children", NULL);
	house_sends("children", number);
	house_do("UPDATE delivery SET state = 'sending', attempts = 1 WHERE id ="
		 " (SELECT min(id) FROM delivery)");
	house_do("INSERT INTO session (token_hash, staff_id, how, created_at, seen_at)"
		 " VALUES (randomblob(32), 1, 'password', %" PRId64 ", %" PRId64 ")",
		 house.op.now, house.op.now);
	file = make();
	op = restored(file);
	op.now += HOUSE_DAY;
	ck_assert_msg(copy_hold(&op, "copy of Monday", COPY_LEDGER_CARRIED, &held, &err),
		      "%s", err.text);
	store_close(&op.store);
	ck_assert_int_eq(held.bulletins, 1);
	ck_assert_int_eq(held.deliveries, 1);
	ck_assert_int_ge(held.notifications, 1);
	ck_assert_int_eq(held.sessions, 1);
	ck_assert_int_eq(held.digests, 0);
	ck_assert_int_eq(held.last_at, house.op.now);
	ck_assert_int_eq(count(file,
			       "SELECT count(*) FROM bulletin WHERE state = 'on hold' AND"
			       " hold_reason LIKE 'the store was restored%'"),
			 1);
	ck_assert_int_eq(
		count(file, "SELECT count(*) FROM notification WHERE state = 'queued' OR"
			    " state = 'deferred' OR state = 'sending'"),
		0);
	ck_assert_int_eq(
		count(file, "SELECT count(*) FROM delivery WHERE state = 'sending'"), 0);
	ck_assert_int_eq(
		count(file, "SELECT count(*) FROM session WHERE ended_at IS NULL"), 0);
	ck_assert_int_eq(count(file,
			       "SELECT count(*) FROM audit WHERE event = 'restored' AND"
			       " detail LIKE 'copy of Monday; on hold: 1 bulletins%'"),
			 1);
	/* The store that it was copied from goes on. */
	ck_assert_str_eq(house_bulletin("children", number), "sending");
}
END_TEST

/* A copy of a bulletin that four were to get: one had it, one was under way, two waited. */
static const char *copy_of_a_bulletin(int64_t *out_number)
{
	const char *file;

	house_joins("children", "anna@example.net");
	house_joins("children", "bert@example.net");
	house_joins("children", "cleo@example.net");
	house_joins("children", "dora@example.net");
	*out_number = house_drafts("children", NULL);
	house_sends("children", *out_number);
	house_do("UPDATE delivery SET state = 'sent', settled_at = 1 WHERE id = 1");
	house_do("UPDATE delivery SET state = 'sending', attempts = 1 WHERE id = 2");
	file = make();
	house.op.now += 60;
	house_do("UPDATE delivery SET state = 'sent', attempts = 1, settled_at = %" PRId64
		 ", relay = 'main', reply_code = 250, reply_text = 'taken'"
		 " WHERE id = 2 OR id = 3",
		 house.op.now);
	return file;
}

/* _i 0: the replaced store says who has got it; 1: it cannot be read. */
START_TEST(nobody_gets_a_restored_bulletin_twice)
{
	AUTO(arena) arena = arena_new(1 << 12);
	struct copy_carried carried = {0};
	struct copy_held held;
	struct operation op;
	struct err err = {0};
	int64_t number;
	const char *file = copy_of_a_bulletin(&number);

	op = restored(file);
	if (_i == 0)
		ck_assert_msg(copy_carry(&op, house.op.store, arena, &carried, &err),
			      "%s", err.text);
	ck_assert_msg(copy_hold(&op, "a copy", _i ? COPY_LEDGER_OLD : COPY_LEDGER_CARRIED,
				&held, &err),
		      "%s", err.text);
	ck_assert_int_eq(carried.delivered, _i ? 0 : 2);
	ck_assert_int_eq(held.deliveries, _i ? 3 : 0);
	ck_assert_int_eq(held.bulletins, 1);
	ck_assert_msg(bulletin_resume(&op, "children", number, &err), "%s", err.text);
	store_close(&op.store);
	ck_assert_int_eq(
		count(file, "SELECT count(*) FROM delivery WHERE state = 'sent'"),
		_i ? 1 : 3);
	ck_assert_int_eq(
		count(file, "SELECT count(*) FROM delivery WHERE state = 'queued'"),
		_i ? 0 : 1);
	ck_assert_int_eq(count(file, "SELECT count(*) FROM delivery WHERE relay = 'main'"
				     " AND reply_code = 250 AND settled_at > 1"),
			 _i ? 0 : 2);
}
END_TEST

/* Approved when the copy was made, and sent since: it does not begin a second time by itself. */
START_TEST(what_began_since_is_held_and_what_is_lost_is_named)
{
	AUTO(arena) arena = arena_new(1 << 12);
	struct copy_carried carried;
	struct operation op;
	struct err err = {0};
	const char *file;
	int64_t first, second;

	house_joins("children", "anna@example.net");
	first = house_drafts("children", NULL);
	house_approves("children", first);
	file = make();
	house.op.now += 60;
	house_begins("children", first);
	house_do("UPDATE delivery SET state = 'sent', settled_at = 1");
	second = house_drafts("children", NULL);
	house_sends("children", second);
	op = restored(file);
	ck_assert_msg(copy_carry(&op, house.op.store, arena, &carried, &err), "%s",
		      err.text);
	store_close(&op.store);
	ck_assert_int_eq(carried.delivered, 1);
	ck_assert_int_eq(
		count(file, "SELECT count(*) FROM bulletin WHERE state = 'on hold'"), 1);
	ck_assert_int_eq((int64_t)carried.sent_count, 1);
	ck_assert_str_eq(carried.sent[0],
			 arena_printf(arena, "children #%" PRId64, second));
}
END_TEST

/* _i 0: its time has passed; 1: it is to come, and comes. */
START_TEST(schedule_that_came_due_is_held_and_no_other)
{
	struct copy_held held;
	struct operation op;
	struct err err = {0};
	int64_t number = house_drafts("children", NULL);

	house_do(
		"UPDATE bulletin SET state = 'scheduled', zone = 'Europe/London', due_at = "
		"%" PRId64 " WHERE number = %" PRId64,
		house.op.now + 100, number);
	op = restored(make());
	op.now += _i == 0 ? 200 : 50;
	ck_assert(copy_hold(&op, "a copy", COPY_LEDGER_OLD, &held, &err));
	store_close(&op.store);
	ck_assert_int_eq(held.bulletins, _i == 0);
}
END_TEST

static void since_the_copy(void)
{
	struct self_service erased;
	struct erasure_receipt receipt;
	struct err err = {0};
	int64_t lists;

	house.op.now += 3600;
	house_leaves("children", "left@example.net");
	ck_assert(suppression_add(&house.op, "never@example.net", "asked by telephone",
				  &lists, &err));
	ck_assert(account_end(&house.op, "olga", &err));
	ck_assert(preferences_of_address(&house.op, "gone@example.net", &erased, &err));
	ck_assert_msg(personal_data_erase(&house.op, &erased, &receipt, &err), "%s",
		      err.text);
	house_joins("children", "later@example.net");
}

START_TEST(what_was_taken_back_since_is_taken_back_again)
{
	AUTO(arena) arena = arena_new(1 << 12);
	struct copy_carried carried;
	struct operation op;
	struct err err = {0};
	const char *file;
	bool barred;

	house_joins("children", "stays@example.net");
	house_joins("children", "left@example.net");
	house_joins("children", "never@example.net");
	house_joins("children", "gone@example.net");
	house_do("UPDATE notification SET state = 'sent', settled_at = 1");
	file = make();
	since_the_copy();
	op = restored(file);
	ck_assert_msg(copy_carry(&op, house.op.store, arena, &carried, &err), "%s",
		      err.text);
	ck_assert_int_eq(carried.gone, 3);
	ck_assert_int_eq(carried.suppressed, 2);
	ck_assert_int_eq(carried.staff, 1);
	ck_assert_int_eq((int64_t)carried.erased_count, 1);
	ck_assert_str_eq(carried.erased[0], "gone@example.net");
	ck_assert(address_is_suppressed(&op, "never@example.net", &barred, &err) &&
		  barred);
	store_close(&op.store);
	ck_assert_int_eq(
		count(file, "SELECT count(*) FROM subscription WHERE state = 'active'"),
		1);
	/* With the evidence as it was: when, and how. */
	ck_assert_int_eq(
		count(file,
		      arena_printf(
			      house.arena,
			      "SELECT count(*) FROM evidence WHERE at = %" PRId64
			      " AND event IN ('unsubscribed', 'suppressed', 'erased')"
			      " AND (event <> 'unsubscribed' OR how <> 'staff')",
			      house.op.now)),
		3);
	ck_assert_int_eq(count(file, "SELECT count(*) FROM staff WHERE name = 'olga' AND"
				     " ended_at IS NOT NULL"),
			 1);
	/* Once more changes nothing. */
	op = restored(file);
	ck_assert(copy_carry(&op, house.op.store, arena, &carried, &err));
	ck_assert_int_eq(
		carried.gone + carried.suppressed + carried.staff + carried.roles, 0);
	store_close(&op.store);
}
END_TEST

/* Ids that are the same by chance are not the same people. */
START_TEST(store_of_another_past_gives_nothing)
{
	AUTO(arena) arena = arena_new(1 << 12);
	struct copy_carried carried;
	struct operation op;
	struct err err = {0};
	const char *file;

	house_joins("children", "anna@example.net");
	file = make();
	change(file,
	       "DROP TRIGGER audit_stays; UPDATE audit SET hash = replace(hash, 'a', 'b')");
	house_leaves("children", "anna@example.net");
	op = restored(file);
	ck_assert(!copy_carry(&op, house.op.store, arena, &carried, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	store_close(&op.store);
	ck_assert_int_eq(
		count(file, "SELECT count(*) FROM subscription WHERE state = 'active'"),
		1);
}
END_TEST

START_TEST(store_that_is_replaced_stays_aside_with_its_log)
{
	const char *path = in_house("old/mercat.db"), *from = in_house("new.db");
	struct err err = {0};
	int64_t removed;

	ck_assert(fd_make_dirs(in_house("old"), 0700, &err));
	ck_assert(fd_write_file(from, "new", 3, 0600, &err));
	/* With nothing there it is put in place all the same. */
	ck_assert(store_put_back(from, path, 7, &err));
	ck_assert_int_eq(files(in_house("old"), "mercat.db"), 1);
	ck_assert(fd_write_file(from, "newer", 5, 0600, &err));
	ck_assert(fd_write_file(in_house("old/mercat.db-wal"), "log", 3, 0600, &err));
	ck_assert(fd_write_file(in_house("old/mercat.db-shm"), "", 0, 0600, &err));
	ck_assert(store_put_back(from, path, 8, &err));
	ck_assert_int_eq(files(in_house("old"), "mercat.db.before-8-wal"), 1);
	ck_assert_int_eq(files(in_house("old"), "mercat.db-"), 0);
	ck_assert(store_copies_remove(path, INT64_MAX, &removed, &err));
	ck_assert_int_eq(removed, 1);
	ck_assert_int_eq(files(in_house("old"), "mercat.db"), 1);
	ck_assert(!store_put_back(in_house("nothing"), path, 9, &err));
	ck_assert_int_eq(err.kind, ERR_SYSTEM);
}
END_TEST

/* What a test made below the house. */
static void empty(const char *name)
{
	const char *folder = in_house(name);
	DIR *dir = opendir(folder);
	const struct dirent *one;

	while (dir && (one = readdir(dir)) != NULL)
		(void)unlink(arena_printf(house.arena, "%s/%s", folder, one->d_name));
	if (dir)
		(void)closedir(dir);
	(void)rmdir(folder);
}

static void close_house(void)
{
	static const char *const made[] = {"copies", "old"};
	static const char *const loose[] = {"harmed.db", "harmed.db-wal", "harmed.db-shm",
					    "new.db"};

	for (size_t i = 0; i < ARRAY_LEN(made); i++)
		empty(made[i]);
	for (size_t i = 0; i < ARRAY_LEN(loose); i++)
		(void)unlink(in_house(loose[i]));
	house_close();
}

int main(void)
{
	Suite *suite = suite_create("copies");
	TCase *tc = tcase_create("copies");

	tcase_add_checked_fixture(tc, house_open, close_house);
	tcase_add_test(tc, copies_are_named_by_their_time_and_the_oldest_go);
	tcase_add_loop_test(tc, copy_that_is_not_whole_is_refused, 0, HARMS);
	tcase_add_test(tc, half_a_copy_is_made_anew);
	tcase_add_test(tc, what_may_have_gone_out_since_is_held);
	tcase_add_loop_test(tc, nobody_gets_a_restored_bulletin_twice, 0, 2);
	tcase_add_test(tc, what_began_since_is_held_and_what_is_lost_is_named);
	tcase_add_loop_test(tc, schedule_that_came_due_is_held_and_no_other, 0, 2);
	tcase_add_test(tc, what_was_taken_back_since_is_taken_back_again);
	tcase_add_test(tc, store_of_another_past_gives_nothing);
	tcase_add_test(tc, store_that_is_replaced_stays_aside_with_its_log);
	suite_add_tcase(suite, tc);
	return unit_main_together(suite);
}
