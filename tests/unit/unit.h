/*
 * unit - what every unit test program shares: got-and-want messages and main().
 *
 * Output is TAP (CK_TAP_LOG_FILE_NAME=- in the makefile); main returns 0, the
 * driver reads the lines.
 */
#ifndef MERCAT_TESTS_UNIT_H
#define MERCAT_TESTS_UNIT_H

#include "base/attr.h"
#include "base/codec/secret.h"

#ifdef MERCAT_WITHOUT_CHECK
#error "the tests need Check and Jansson: tools/dependencies --install test, then configure anew"
#endif
#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A file below the folder of corpora; NULL in a checkout that stands alone. Static. */
static inline const char *unit_shared(const char *name)
{
	static char path[PATH_MAX];
	const char *shared = getenv("MERCAT_SHARED"), *source = getenv("MERCAT_SRCDIR");

	(void)snprintf(path, sizeof(path), "%s%s/%s",
		       shared   ? shared
		       : source ? source
				: ".",
		       shared ? "" : "/../shared", name);
	return access(path, R_OK) ? NULL : path;
}

/* Processor time of this thread: what takes long is told apart by it on any machine. */
static inline int64_t unit_own_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

enum { UNIT_FOLDER = 64 };
/* A folder of the test's own, below TMPDIR or /tmp; ends the program when there can be none. */
static inline void unit_folder(char to[UNIT_FOLDER], const char *name)
{
	const char *below = getenv("TMPDIR");

	(void)snprintf(to, UNIT_FOLDER, "%s/mercat-%s-XXXXXX",
		       below && *below ? below : "/tmp", name);
	if (mkdtemp(to))
		return;
	perror(to);
	exit(1);
}

/* Where what a test makes begins: MERCAT_SEED, to make it once more, or chance; never 0. */
static inline uint64_t unit_seed(void)
{
	const char *given = getenv("MERCAT_SEED");
	uint64_t n = 0;

	if (given)
		return strtoull(given, NULL, 10);
	secret_random(&n, 6);
	return n | 1;
}

/* Are those words in a text for people? Where its lines end depends on a date's length. */
static inline bool unit_says(const char *text, const char *words)
{
	for (; text && *text; text++) {
		const char *t = text, *w = words;

		while (*w && (*t == *w || (*w == ' ' && *t == '\n'))) {
			t += *w == ' ' ? strspn(t, " \n") : 1;
			w++;
		}
		if (!*w)
			return true;
	}
	return false;
}

/* What this process has computed so far: who else is busy on the machine does not show. */
static inline int64_t unit_cpu_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* One case runs the test once for each row of its table. */
#define UNIT_TABLE(tcase, test, rows) \
	tcase_add_loop_test((tcase), (test), 0, (int)ARRAY_LEN(rows))

static inline int unit_run(SRunner *runner)
{
	secret_setup();
	srunner_run_all(runner, CK_ENV);
	srunner_free(runner);
	return 0;
}

/*
 * Check gives a test in a process of its own four seconds, on a busy machine too; here one has
 * as long as a whole program, so that none fails by the time alone.
 */
__attribute__((constructor)) static void unit_takes_its_time(void)
{
	(void)setenv("CK_DEFAULT_TIMEOUT", "1500", 0);
}

/* Each test in a process of its own. */
static inline int unit_main(Suite *suite)
{
	return unit_run(srunner_create(suite));
}

enum { UNIT_LONGEST_S = 3600 }; /* no program takes that long; one that hangs is ended */
/*
 * All tests in one process: for those that start none themselves and close what they open. A
 * process a test, and the pages that it has to copy, costs six times what such a test does, and
 * more with sanitizers, which look for leaks at the end of each. A test that crashes ends the
 * program, whose plan is not met then; CK_FORK=yes shows the others.
 */
static inline int unit_main_together(Suite *suite)
{
	SRunner *runner = srunner_create(suite);

	if (!getenv("CK_FORK"))
		srunner_set_fork_status(runner, CK_NOFORK);
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	(void)alarm(UNIT_LONGEST_S);
	return unit_run(runner);
}

#endif
