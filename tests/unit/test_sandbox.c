#include "tests/unit/unit.h"

#include "base/fd.h"
#include "base/str.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64], inside[96], outside[96];

static void make_files(void)
{
	struct err err = {0};

	str_copy(folder, sizeof(folder), "/tmp/mercat-sandbox-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	(void)snprintf(inside, sizeof(inside), "%s/in", folder);
	(void)snprintf(outside, sizeof(outside), "%s-out", folder);
	ck_assert(fd_write_file(inside, "x", 1, 0600, &err));
	ck_assert(fd_write_file(outside, "x", 1, 0600, &err));
}

static void drop_files(void)
{
	(void)unlink(inside);
	(void)unlink(outside);
	(void)rmdir(folder);
}

/* Each is 0 when the system let it happen. */
static int tries_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 0 : errno;
}
static int tries_packet(void)
{
	return socket(AF_ALG, SOCK_SEQPACKET, 0) >= 0 ? 0 : errno;
}
static int tries_inside(void)
{
	return open(inside, O_RDONLY) >= 0 ? 0 : errno;
}
static int tries_write_inside(void)
{
	return open(inside, O_WRONLY) >= 0 ? 0 : errno;
}
static int tries_outside(void)
{
	return open(outside, O_RDONLY) >= 0 ? 0 : errno;
}
static int tries_exec(void)
{
	(void)execl("/bin/true", "true", (char *)NULL);
	return errno;
}
static int tries_fork(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	return child > 0 ? 0 : errno;
}
static int tries_kill(void)
{
	return kill(getppid(), 0) == 0 ? 0 : errno;
}
static int tries_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		    0) != MAP_FAILED
		       ? 0
		       : errno;
}
static int tries_memory(void)
{
	char *p = malloc(1 << 20);

	if (!p)
		return ENOMEM;
	memset(p, 1, 1 << 20);
	free(p);
	return 0;
}

static const struct {
	const char *name;
	enum sandbox_profile profile;
	int (*tries)(void);
	bool works;
	bool needs_landlock;
} walls[] = {
	{"parser: socket", SANDBOX_PARSER, tries_socket, false, false},
	{"parser: open inside", SANDBOX_PARSER, tries_inside, false, false},
	{"parser: exec", SANDBOX_PARSER, tries_exec, false, false},
	{"parser: fork", SANDBOX_PARSER, tries_fork, false, false},
	{"parser: kill", SANDBOX_PARSER, tries_kill, false, false},
	{"parser: code", SANDBOX_PARSER, tries_code, false, false},
	{"parser: memory", SANDBOX_PARSER, tries_memory, true, false},
	{"no network: socket", SANDBOX_NO_NETWORK, tries_socket, false, false},
	{"no network: open inside", SANDBOX_NO_NETWORK, tries_inside, true, false},
	{"no network: write inside", SANDBOX_NO_NETWORK, tries_write_inside, true, false},
	{"no network: open outside", SANDBOX_NO_NETWORK, tries_outside, false, true},
	{"no network: exec", SANDBOX_NO_NETWORK, tries_exec, false, false},
	{"no network: fork", SANDBOX_NO_NETWORK, tries_fork, true, false},
	{"network: socket", SANDBOX_NETWORK, tries_socket, true, false},
	{"network: odd socket", SANDBOX_NETWORK, tries_packet, false, false},
	{"network: open outside", SANDBOX_NETWORK, tries_outside, false, true},
	{"network: exec", SANDBOX_NETWORK, tries_exec, false, false},
};

enum { WORKED = 10, REFUSED = 20, NO_SANDBOX = 30, NO_LANDLOCK = 1 };

static int in_sandbox(size_t row)
{
	const char *const write[] = {folder, NULL};
	const struct sandbox_paths paths = {.write = write};
	struct sandbox_missing missing;
	struct err err = {0};
	int status = 0, mark;
	pid_t child = fork();

	if (child == 0) {
		if (!sandbox_enter(walls[row].profile, &paths, &missing, &err))
			_exit(NO_SANDBOX);
		mark = missing.count ? NO_LANDLOCK : 0;
		_exit((walls[row].tries() == 0 ? WORKED : REFUSED) + mark);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_msg(WIFEXITED(status), "%s: ended by signal %d", walls[row].name,
		      WTERMSIG(status));
	return WEXITSTATUS(status);
}

START_TEST(sandbox_lets_through_only_what_it_says)
{
	int got = in_sandbox((size_t)_i);
	bool without = got % 10 == NO_LANDLOCK;

	ck_assert_int_ne(got, NO_SANDBOX);
	/* A kernel that lacks a wall says so; then that wall cannot hold anything. */
	if (without && walls[_i].needs_landlock)
		return;
	ck_assert_msg((got - without == WORKED) == walls[_i].works, "%s: %s",
		      walls[_i].name, got - without == WORKED ? "worked" : "was refused");
}
END_TEST

#ifndef MERCAT_SANITIZED
START_TEST(memory_limit_holds)
{
	const struct sandbox_limits limits = {.memory_bytes = (size_t)256 << 20,
					      .no_core = true};
	struct err err = {0};
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		char *volatile p; /* or the compiler leaves the call out */

		if (!sandbox_limit(&limits, &err))
			_exit(1);
		p = malloc((size_t)512 << 20);
		_exit(p ? 2 : 0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(WEXITSTATUS(status), 0);
}
END_TEST
#endif

int main(void)
{
	Suite *suite = suite_create("sandbox");
	TCase *tc = tcase_create("sandbox");

	tcase_add_checked_fixture(tc, make_files, drop_files);
	UNIT_TABLE(tc, sandbox_lets_through_only_what_it_says, walls);
#ifndef MERCAT_SANITIZED
	tcase_add_test(tc, memory_limit_holds);
#endif
	suite_add_tcase(suite, tc);
	return unit_main(suite);
}
