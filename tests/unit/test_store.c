#include "tests/unit/unit.h"

#include "base/str.h"
#include "store/store.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TURNS = 1000 };

static char folder[UNIT_FOLDER], path[UNIT_FOLDER + 40];
static struct store *st;

static void setup(void)
{
	struct err err = {0};

	unit_folder(folder, "store");
	(void)snprintf(path, sizeof(path), "%s/mercat.db", folder);
	ck_assert_msg(store_open(path, STORE_MIGRATE, &st, &err), "%s", err.text);
}

static void remove_one(const char *tail)
{
	char name[128];

	(void)snprintf(name, sizeof(name), "%s%s", path, tail);
	(void)unlink(name);
}

static void teardown(void)
{
	store_close(&st);
	remove_one("");
	remove_one("-wal");
	remove_one("-shm");
	remove_one(".copy");
	(void)rmdir(folder);
}

START_TEST(every_statement_prepares_and_no_scan_is_unmeant)
{
	AUTO(arena) a = arena_new(4096);
	const char *report = NULL;
	struct err err = {0};

	ck_assert_msg(store_prepare_each(st, a, &report, &err), "%s", err.text);
	ck_assert_msg(!*report, "full scans that are not marked as meant:\n%s", report);
}
END_TEST

/* Those that are old, of any version; and nothing that only looks like one. */
START_TEST(copies_of_upgrades_go_when_they_are_old)
{
	static const struct {
		const char *tail;
		int64_t age;
		bool goes;
	} files[] = {{".before-3", 1000, true},   {".before-12", 1001, true},
		     {".before-13", 10, false},   {".before-", 1000, false},
		     {".before-me", 1000, false}, {".before-3.keep", 1000, false},
		     {".copy", 1000, false},      {"[1].before-3", 1000, false}};
	const int64_t now = 1800000000;
	int64_t removed = -1;
	struct err err = {0};
	char name[160];

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		struct timespec when = {.tv_sec = now - files[i].age};
		int fd;

		(void)snprintf(name, sizeof(name), "%s%s", path, files[i].tail);
		fd = open(name, O_CREAT | O_WRONLY, 0600);
		ck_assert_int_ge(fd, 0);
		ck_assert_int_eq(futimens(fd, (const struct timespec[2]){when, when}), 0);
		(void)close(fd);
	}
	ck_assert_msg(store_copies_remove(path, now - 999, &removed, &err), "%s",
		      err.text);
	ck_assert_int_eq(removed, 2);
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, files[i].tail);
		ck_assert_msg((access(name, F_OK) != 0) == files[i].goes, "%s", name);
		(void)unlink(name);
	}
}
END_TEST

static bool add_staff(const char *name, struct err *err)
{
	return store_run(st, err, SQL_STAFF_ADD, "tti", name, (char *)NULL, (int64_t)1);
}

START_TEST(transaction_rolls_back_unless_committed)
{
	AUTO(arena) a = arena_new(1024);
	struct store_table t;
	struct err err = {0};

	{
		AUTO(store_txn) outer = store_begin(st, &err);

		ck_assert(add_staff("one", &err));
		{
			AUTO(store_txn) inner = store_begin(st, &err);

			ck_assert(add_staff("two", &err));
			ck_assert(inner != NULL);
		}
		ck_assert(store_commit(&outer, &err));
	}
	{
		AUTO(store_txn) lost = store_begin(st, &err);

		ck_assert(add_staff("three", &err));
		ck_assert(lost != NULL);
	}
	ck_assert(store_all(st, a, &t, &err, SQL_STAFF_ACCOUNTS, "ii", (int64_t)0,
			    (int64_t)0));
	ck_assert_uint_eq(t.count, 1);
	ck_assert(!add_staff("one", &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
}
END_TEST

static const struct {
	const char *name, *sql;
} forbidden[] = {
	{"audit changed", "UPDATE audit SET who = 'x'"},
	{"audit deleted", "DELETE FROM audit"},
};

/* Says no as often as it is told to, and sees what others have written. */
struct asked {
	int times, refuses;
	int64_t rows;
};

static bool count_and_refuse(void *of, struct err *err)
{
	struct asked *asked = of;
	AUTO(arena) arena = arena_new(256);
	struct store_row row;

	asked->times++;
	if (!store_one(st, arena, &row, err, SQL_AUDIT_ACTS_LAST, "tit", "list",
		       (int64_t)1, "*"))
		return false;
	asked->rows = row_int(&row, "id");
	return asked->refuses-- <= 0 || err_set(err, ERR_CONFLICT, "not now");
}

START_TEST(guard_is_asked_inside_the_first_change_and_holds_it_up)
{
	struct asked asked = {.refuses = 2};
	struct store_txn *t, *inner;
	struct err err = {0};

	store_set_guard(st, count_and_refuse, &asked);
	t = store_snapshot(st, &err); /* looking is not asked about */
	ck_assert(t && asked.times == 0);
	store_rollback(&t);
	for (int i = 1; i <= 2; i++) {
		ck_assert(!store_begin(st, &err));
		ck_assert_int_eq(err.kind, ERR_CONFLICT);
		ck_assert_int_eq(asked.times, i);
	}
	err = (struct err){0};
	t = store_begin(st, &err);
	ck_assert_msg(t != NULL, "%s", err.text);
	inner = store_begin(st, &err);
	ck_assert(inner && store_commit(&inner, &err) && store_commit(&t, &err));
	/* Having said yes it is asked no more. */
	t = store_begin(st, &err);
	ck_assert(t != NULL);
	store_rollback(&t);
	ck_assert_int_eq(asked.times, 3);
	asked.refuses = 1;
	store_set_guard(st, count_and_refuse, &asked);
	store_set_guard(st, NULL, NULL);
	t = store_begin(st, &err);
	ck_assert(t && asked.times == 3);
	store_rollback(&t);
}
END_TEST

START_TEST(audit_rows_cannot_be_changed_or_deleted)
{
	struct err err = {0};
	char command[256];

	ck_assert(store_run(st, &err, SQL_AUDIT_ADD, "itttitttzt", (int64_t)1, "w", "act",
			    "s", (int64_t)1, "", "hash", (char *)NULL, (int64_t)0,
			    (char *)NULL));
	(void)snprintf(command, sizeof(command), "%s", forbidden[_i].sql);
	{
		pid_t pid = fork();
		int status = 0;

		if (pid == 0) {
			close(STDERR_FILENO);
			execlp("sqlite3", "sqlite3", path, command, (char *)NULL);
			_exit(127);
		}
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) != 127,
			      "sqlite3 is not installed");
		ck_assert_msg(WEXITSTATUS(status) != 0, "%s: was let through",
			      forbidden[_i].name);
	}
}
END_TEST

START_TEST(version_moves_when_another_process_commits)
{
	int64_t before = store_version(st);
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		struct store *other = NULL;
		struct err err = {0};
		bool ok = store_open(path, STORE_EXISTING, &other, &err) &&
			  store_run(other, &err, SQL_STAFF_ADD, "tti", "other",
				    (char *)NULL, (int64_t)1);

		_exit(ok ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert_int_eq(status, 0);
	ck_assert_int_ne(store_version(st), before);
}
END_TEST

/* A second connection writes meanwhile: it need not wait, and is seen only afterwards. */
START_TEST(snapshot_is_one_moment_and_holds_up_no_writer)
{
	AUTO(arena) a = arena_new(1024);
	struct store *other = NULL;
	struct store_table before, after;
	struct err err = {0};
	struct store_txn *t;

	ck_assert_msg(store_open(path, STORE_EXISTING, &other, &err), "%s", err.text);
	t = store_snapshot(st, &err);
	ck_assert(t != NULL);
	ck_assert(store_all(st, a, &before, &err, SQL_STAFF_ACCOUNTS, "ii", (int64_t)0,
			    (int64_t)0));
	ck_assert_msg(
		store_run(other, &err, SQL_STAFF_ADD, "tti", "Late", NULL, (int64_t)1),
		"%s", err.text);
	ck_assert(store_all(st, a, &after, &err, SQL_STAFF_ACCOUNTS, "ii", (int64_t)0,
			    (int64_t)0));
	ck_assert_uint_eq(before.count, after.count);
	store_rollback(&t);
	ck_assert(store_all(st, a, &after, &err, SQL_STAFF_ACCOUNTS, "ii", (int64_t)0,
			    (int64_t)0));
	ck_assert_uint_eq(after.count, before.count + 1);
	store_close(&other);
}
END_TEST

/* Holds the store for most of the time, as a role does that has thousands of rows. */
NORETURN static void write_in_turns(volatile int *turns)
{
	struct err err = {0};
	struct store *own;

	if (!store_open(path, STORE_EXISTING, &own, &err))
		_exit(1);
	for (; *turns < TURNS; (*turns)++) {
		AUTO(store_txn) t = store_begin(own, &err);

		if (!t)
			_exit(1);
		(void)usleep(60000);
		store_rollback(&t);
		(void)usleep(3000);
	}
	_exit(0);
}

START_TEST(writer_gets_its_turn_beside_one_that_hardly_pauses)
{
	volatile int *turns = mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int before, worst = 0;
	struct err err = {0};
	pid_t pid = fork();

	if (pid == 0)
		write_in_turns(turns);
	for (int i = 0; i < 10; i++) {
		AUTO(store_txn) t = NULL;

		before = *turns;
		while (*turns < before + 2) /* the other is at it again */
			(void)usleep(1000);
		before = *turns;
		t = store_begin(st, &err);
		ck_assert_msg(t != NULL, "%s", err.text);
		worst = *turns - before > worst ? *turns - before : worst;
	}
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	ck_assert_int_eq(waitpid(pid, NULL, 0), pid);
	ck_assert_msg(worst <= 5, "%d turns of the other went by", worst);
	(void)munmap((void *)(uintptr_t)turns, sizeof(int));
}
END_TEST

START_TEST(newer_and_foreign_files_are_refused_with_a_sentence)
{
	struct store *s = NULL;
	struct err err = {0};
	FILE *f = fopen(path, "r+b");
	unsigned char newer[4] = {0, 0, 0x7f, 0xff};

	ck_assert(store_checkpoint(st, &err));
	store_close(&st);
	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(fseek(f, 60, SEEK_SET), 0); /* user_version in the header */
	ck_assert_uint_eq(fwrite(newer, 1, 4, f), 4);
	fclose(f);
	ck_assert(!store_open(path, STORE_MIGRATE, &s, &err));
	ck_assert_int_eq(err.kind, ERR_SETUP);
	ck_assert_ptr_nonnull(strstr(err.text, "newer mercat"));
	remove_one("");
	ck_assert(!store_open(path, STORE_EXISTING, &s, &err));
	ck_assert_int_eq(err.kind, ERR_SETUP);
	f = fopen(path, "wb");
	fputs("this is a letter, not a store, and it is long enough to be looked at. ",
	      f);
	for (int i = 0; i < 200; i++)
		fputs("more text ", f);
	fclose(f);
	ck_assert(!store_open(path, STORE_MIGRATE, &s, &err));
	ck_assert_int_eq(err.kind, ERR_SETUP);
}
END_TEST

/* SQLite 3.40.1 can lose pages here (doc/traps.md); guarded, nothing is lost. */
START_TEST(writers_beside_constant_checkpoints_lose_nothing)
{
	enum { WRITERS = 4, EACH = 150 };
	AUTO(arena) a = arena_new(4096);
	struct store_table t;
	struct err err = {0};
	int left = WRITERS, status;

	for (int w = 0; w < WRITERS; w++)
		if (fork() == 0) {
			struct store *s = NULL;

			if (!store_open(path, STORE_EXISTING, &s, &err))
				_exit(1);
			for (int i = 0; i < EACH; i++) {
				char name[40];

				(void)snprintf(name, sizeof(name), "%d-%d", w, i);
				if (!store_run(s, &err, SQL_STAFF_ADD, "tti", name,
					       (char *)NULL, (int64_t)1))
					_exit(2);
			}
			_exit(0);
		}
	while (left) {
		if (!store_checkpoint(st, &err))
			ck_assert_msg(err.kind == ERR_AGAIN, "%s", err.text);
		while (waitpid(-1, &status, WNOHANG) > 0) {
			ck_assert_int_eq(status, 0);
			left--;
		}
	}
	ck_assert_msg(store_check(st, &err), "%s", err.text);
	ck_assert_msg(store_check_quick(st, &err), "%s", err.text);
	ck_assert(store_all(st, a, &t, &err, SQL_STAFF_ACCOUNTS, "ii", (int64_t)0,
			    (int64_t)0));
	ck_assert_uint_eq(t.count, WRITERS * EACH);
}
END_TEST

static bool add_words(int64_t id, const char *text, struct err *err)
{
	const char *nothing = NULL;

	return store_run(st, err, SQL_PARSED_ADD, "itttztttttttt", id, nothing, nothing,
			 text, (int64_t)0, nothing, nothing, text, text, nothing, nothing,
			 "[]", "[]");
}

/* Each step is a transaction: an id with words, added or (from | on) in place of others. */
static const struct {
	const char *name, *first, *then;
	bool drop, undo;
} word_steps[] = {
	{"added", "marigold", NULL, false, false},
	{"replaced in a later transaction", "larkspur", NULL, true, false},
	{"replaced in the same one", "bracken", "bracken and marigold", true, false},
	{"a savepoint taken back", "yarrow", NULL, true, true},
	{"dropped", NULL, NULL, true, false},
	{"added again", "marigold", "tansy", false, false},
};

/* Triggers and the commit keep the index; a wrong one shows only in a check that reads. */
START_TEST(text_index_follows_what_was_read)
{
	struct err err = {0};

	ck_assert(store_run(st, &err, SQL_MAILBOX_ENSURE, "t", "main"));
	ck_assert(store_run(st, &err, SQL_INBOUND_ADD, "iitbiii", (int64_t)1, (int64_t)1,
			    "1/1", "hash", (size_t)4, (int64_t)9, (int64_t)1,
			    (int64_t)0));
	for (size_t i = 0; i < ARRAY_LEN(word_steps); i++) {
		AUTO(store_txn) t = store_begin(st, &err);
		AUTO(store_txn) inner = store_begin(st, &err);

		if (word_steps[i].drop)
			ck_assert(store_run(st, &err, SQL_PARSED_DROP, "i", (int64_t)1));
		if (word_steps[i].first)
			ck_assert(add_words(1, word_steps[i].first, &err));
		if (word_steps[i].then) {
			ck_assert(store_run(st, &err, SQL_PARSED_DROP, "i", (int64_t)1));
			ck_assert(add_words(1, word_steps[i].then, &err));
		}
		if (word_steps[i].undo)
			store_rollback(&inner);
		else
			ck_assert(store_commit(&inner, &err));
		ck_assert_msg(store_commit(&t, &err), "%s: %s", word_steps[i].name,
			      err.text);
		ck_assert_msg(store_check(st, &err), "%s: %s", word_steps[i].name,
			      err.text);
	}
}
END_TEST

START_TEST(words_in_the_index_are_taken_out_as_they_were)
{
	struct err err = {0};
	AUTO(store_txn) t = store_begin(st, &err);

	ck_assert(store_run(st, &err, SQL_MAILBOX_ENSURE, "t", "main"));
	ck_assert(store_run(st, &err, SQL_INBOUND_ADD, "iitbiii", (int64_t)1, (int64_t)1,
			    "1/1", "hash", (size_t)4, (int64_t)9, (int64_t)1,
			    (int64_t)0));
	ck_assert(add_words(1, "marigold", &err));
	ck_assert(store_run(st, &err, SQL_EXTRACT_WORDS, "it", (int64_t)1, "a leaf"));
	ck_assert(store_commit(&t, &err));
	t = store_begin(st, &err);
	ck_assert(store_run(st, &err, SQL_EXTRACT_WORDS, "it", (int64_t)1, "two leaves"));
	ck_assert(store_run(st, &err, SQL_EXTRACT_WORDS, "it", (int64_t)1, "three"));
	ck_assert(store_commit(&t, &err));
	ck_assert_msg(store_check(st, &err), "%s", err.text);
}
END_TEST

START_TEST(copy_is_whole_and_never_overwrites)
{
	char to[128];
	struct store *copy = NULL;
	struct err err = {0};

	(void)snprintf(to, sizeof(to), "%s.copy", path);
	ck_assert(add_staff("one", &err));
	ck_assert_msg(store_backup(st, to, &err), "%s", err.text);
	ck_assert(!store_backup(st, to, &err));
	ck_assert_int_eq(err.kind, ERR_CONFLICT);
	ck_assert_msg(store_open(to, STORE_EXISTING, &copy, &err), "%s", err.text);
	ck_assert_msg(store_check(copy, &err), "%s", err.text);
	store_close(&copy);
	remove_one(".copy-wal");
	remove_one(".copy-shm");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("store");
	TCase *tc = tcase_create("store");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, every_statement_prepares_and_no_scan_is_unmeant);
	tcase_add_test(tc, copies_of_upgrades_go_when_they_are_old);
	tcase_add_test(tc, transaction_rolls_back_unless_committed);
	tcase_add_test(tc, guard_is_asked_inside_the_first_change_and_holds_it_up);
	UNIT_TABLE(tc, audit_rows_cannot_be_changed_or_deleted, forbidden);
	tcase_add_test(tc, version_moves_when_another_process_commits);
	tcase_add_test(tc, snapshot_is_one_moment_and_holds_up_no_writer);
	tcase_add_test(tc, writer_gets_its_turn_beside_one_that_hardly_pauses);
	tcase_add_test(tc, newer_and_foreign_files_are_refused_with_a_sentence);
	tcase_add_test(tc, writers_beside_constant_checkpoints_lose_nothing);
	tcase_add_test(tc, text_index_follows_what_was_read);
	tcase_add_test(tc, words_in_the_index_are_taken_out_as_they_were);
	tcase_add_test(tc, copy_is_whole_and_never_overwrites);
	suite_add_tcase(suite, tc);
	return unit_main(suite);
}
