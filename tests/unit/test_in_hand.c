/* process in_hand: what a crash leaves behind for the next process. */
#include "tests/unit/unit.h"

#include "process/in_hand.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[UNIT_FOLDER];

/* A process that crashes, or ends, with id in hand; says how often it had crashed before. */
static int life(int64_t id, int ends_by)
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		struct err err = {0};

		if (!in_hand_open(folder, "classify", &err))
			_exit(100);
		in_hand(id);
		if (!ends_by)
			_exit((int)in_hand_crashes(id));
		if (ends_by == SIGHUP) /* whoever began us may have ignored it */
			(void)signal(SIGHUP, SIG_DFL);
		(void)raise(ends_by);
		_exit(101);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	if (!ends_by) {
		ck_assert_int_eq(WIFEXITED(status), 1);
		return WEXITSTATUS(status);
	}
#ifndef MERCAT_SANITIZED /* a sanitizer that handles the signal exits */
	ck_assert_int_eq(WIFSIGNALED(status) && WTERMSIG(status) == ends_by, 1);
#endif
	return 0;
}

static void make_folder(void)
{
	unit_folder(folder, "in-hand");
}

static void remove_folder(void)
{
	char path[100];

	(void)snprintf(path, sizeof(path), "%s/classify.crashed", folder);
	(void)unlink(path);
	(void)rmdir(folder);
}

START_TEST(crashes_in_a_row_are_counted)
{
	static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};

	ck_assert_int_eq(life(7, 0), 0);
	for (int i = 0; i < (int)ARRAY_LEN(signals); i++) {
		(void)life(7, signals[i]);
		ck_assert_int_eq(life(7, 0), i + 1);
	}
	ck_assert_int_eq(life(8, 0), 0);
	(void)life(8, SIGSEGV);
	ck_assert_int_eq(life(8, 0), 1);
	ck_assert_int_eq(life(7, 0), 0);
}
END_TEST

START_TEST(end_from_outside_leaves_no_mark)
{
	(void)life(7, SIGKILL);
	(void)life(7, SIGHUP);
	(void)life(0, SIGSEGV);
	ck_assert_int_eq(life(7, 0), 0);
	ck_assert_int_eq(life(0, 0), 0);
}
END_TEST

START_TEST(folder_that_is_not_there_is_named)
{
	struct err err = {0};

	ck_assert(!in_hand_open("/nosuch", "classify", &err));
	ck_assert_int_eq(err.kind, ERR_SYSTEM);
	ck_assert_ptr_nonnull(strstr(err.text, "/nosuch/classify.crashed"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("in_hand");
	TCase *c = tcase_create("in_hand");

	tcase_add_checked_fixture(c, make_folder, remove_folder);
	tcase_add_test(c, crashes_in_a_row_are_counted);
	tcase_add_test(c, end_from_outside_leaves_no_mark);
	tcase_add_test(c, folder_that_is_not_there_is_named);
	suite_add_tcase(suite, c);
	return unit_main(suite);
}
