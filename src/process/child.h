/*
 * process child - one role's process as its master sees it.
 *
 * Ownership  the master's array owns the struct; child_start() opens log_fd and
 *            child_log() closes it at its end.
 * Errors     ERR_SYSTEM: no process could be made.
 */
#ifndef MERCAT_PROCESS_CHILD_H
#define MERCAT_PROCESS_CHILD_H

#include "base/err.h"
#include "process/restart.h"

#include <sys/types.h>

enum { CHILD_LINE = 2048 };

struct child {
	const char *role, *mailbox; /* mailbox NULL but for collect */
	pid_t pid;                  /* -1: not running */
	int log_fd;                 /* its stderr */
	int listen_fd;              /* a socket to take visitors of, or -1 */
	int64_t started_ms, start_at_ms;
	int64_t asked_at_ms; /* when it was asked to stop, to be started again; or 0 */
	struct restart restart;
	char line[CHILD_LINE];
	size_t line_len;
};

/* secrets_fd is inherited by the child and stays the caller's to close. */
bool child_start(struct child *child, const char *program, const char *config,
		 int secrets_fd, struct err *err) MUST_USE;
/* Whether more of it may come. */
enum child_end { CHILD_GOES_ON, CHILD_HAS_ENDED };
/* Takes what it wrote into our own log; last: it has ended, take all. */
void child_log(struct child *child, enum child_end end);

#endif
