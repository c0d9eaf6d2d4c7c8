#include "tests/unit/unit.h"

#include "base/arena.h"
#include "base/fd.h"
#include "base/str.h"
#include "process/access_token.h"

#include <unistd.h>

static const struct {
	const char *name, *command, *want; /* NULL: refused with */
	const char *why;
} commands[] = {
	{"a token", "/bin/echo a.b-c", "a.b-c", NULL},
	{"only the first line", "/usr/bin/printf one\\ntwo\\n", "one", NULL},
	{"blanks between", "  /bin/echo \t x  ", "x", NULL},
	{"fails", "/bin/false", NULL, "failed"},
	{"not there", "/nowhere/token", NULL, "failed"},
	{"not executable", "/etc/hostname", NULL, "failed"},
	{"says nothing", "/bin/true", NULL, "no token"},
	{"no shell", "/bin/echo $HOME", "$HOME", NULL},
};

START_TEST(token_is_the_first_line_of_the_command)
{
	AUTO(arena) a = arena_new(1024);
	struct err err = {0};
	const char *token = NULL;
	int fd = -1;
	bool ok;

	ck_assert_msg(token_keeper_start(commands[_i].command, &fd, &err), "%s",
		      err.text);
	ok = token_ask(fd, a, &token, &err);
	(void)close(fd);
	ck_assert_msg(ok == (commands[_i].want != NULL), "%s: %s", commands[_i].name,
		      ok ? token : err.text);
	if (ok)
		ck_assert_str_eq(token, commands[_i].want);
	else
		ck_assert_msg(err.kind == ERR_SETUP && strstr(err.text, commands[_i].why),
			      "%s: %s", commands[_i].name, err.text);
}
END_TEST

START_TEST(command_runs_anew_each_time)
{
	AUTO(arena) a = arena_new(1024);
	struct err err = {0};
	const char *one = NULL, *two = NULL;
	int fd = -1;

	ck_assert(token_keeper_start("/bin/date +%s.%N", &fd, &err));
	ck_assert(token_ask(fd, a, &one, &err) && token_ask(fd, a, &two, &err));
	(void)close(fd);
	ck_assert_str_ne(one, two);
}
END_TEST

/* Whoever renews a token puts another file in its place; a keeper reads it as it is. */
START_TEST(token_of_a_file_is_read_anew)
{
	AUTO(arena) a = arena_new(1024);
	char folder[] = "/tmp/mercat-token-XXXXXX", path[64];
	struct err err = {0};
	const char *token = NULL;
	int fd = -1;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/token", folder);
	ck_assert(token_file_keeper_start(path, &fd, &err));
	ck_assert(!token_ask(fd, a, &token, &err));
	ck_assert(err.kind == ERR_SETUP && strstr(err.text, path));
	for (int i = 0; i < 3; i++) {
		const char *const text[] = {"one\n", "two\nmore\n", "three"};
		const char *const want[] = {"one", "two", "three"};

		ck_assert(fd_write_file(path, text[i], strlen(text[i]), 0600, &err));
		ck_assert_msg(token_ask(fd, a, &token, &err), "%s", err.text);
		ck_assert_str_eq(token, want[i]);
	}
	(void)close(fd);
	(void)unlink(path);
	(void)rmdir(folder);
}
END_TEST

START_TEST(long_output_is_no_token_twice)
{
	AUTO(arena) a = arena_new(1 << 16);
	struct err err = {0};
	const char *token = NULL;
	int fd = -1;

	ck_assert(token_keeper_start("/usr/bin/head -c 40000 /dev/zero", &fd, &err));
	ck_assert(!token_ask(fd, a, &token, &err));
	ck_assert_int_eq(err.kind, ERR_SETUP);
	(void)close(fd);
}
END_TEST

int main(void)
{
	Suite *s = suite_create("token");
	TCase *tc = tcase_create("token");

	UNIT_TABLE(tc, token_is_the_first_line_of_the_command, commands);
	tcase_add_test(tc, command_runs_anew_each_time);
	tcase_add_test(tc, token_of_a_file_is_read_anew);
	tcase_add_test(tc, long_output_is_no_token_twice);
	suite_add_tcase(s, tc);
	return unit_main_together(s);
}
