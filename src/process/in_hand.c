#include "process/in_hand.h"
#include "base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct mark {
	int64_t id, times;
};

static struct {
	int fd;
	struct mark last;       /* that was found */
	volatile int64_t in_hand; /* read by the handler, in the thread that set it */
} here = {.fd = -1};

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
static struct sigaction before[ARRAY_LEN(crashes)];

/* Only what a handler may call. Whoever handled it before, a sanitizer say, is next. */
static void leave_mark(int signal)
{
	struct mark m = {here.in_hand, 1};

	if (m.id) {
		if (m.id == here.last.id)
			m.times += here.last.times;
		if (pwrite(here.fd, &m, sizeof(m), 0) < 0)
			m.id = 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(crashes); i++)
		if (crashes[i] == signal)
			(void)sigaction(signal, &before[i], NULL);
	(void)raise(signal);
}

bool in_hand_open(const char *folder, const char *role, struct err *err)
{
	/* A stack that is full must be told of on another one. */
	static char stack[64 << 10];
	const stack_t other = {.ss_sp = stack, .ss_size = sizeof(stack)};
	struct sigaction act = {.sa_handler = leave_mark, .sa_flags = SA_ONSTACK};
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/%s.crashed", folder, role);
	here.fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (here.fd < 0)
		return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
	if (pread(here.fd, &here.last, sizeof(here.last), 0) != sizeof(here.last))
		here.last = (struct mark){0};
	(void)sigaltstack(&other, NULL);
	for (size_t i = 0; i < ARRAY_LEN(crashes); i++)
		(void)sigaction(crashes[i], &act, &before[i]);
	return true;
}

void in_hand(int64_t id)
{
	here.in_hand = id;
}

int64_t in_hand_crashes(int64_t id)
{
	return id && here.last.id == id ? here.last.times : 0;
}
