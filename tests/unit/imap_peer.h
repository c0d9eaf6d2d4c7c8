/*
 * imap_peer - starts the Python servers that the IMAP tests talk to.
 *
 * Ownership  peer_start() gives a process and its pipes; peer_stop() ends both.
 */
#ifndef MERCAT_TESTS_IMAP_PEER_H
#define MERCAT_TESTS_IMAP_PEER_H

#include "base/attr.h"

#include <check.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct peer {
	pid_t pid;
	FILE *to, *from;
	char ready[600]; /* what it said after READY */
};

/* script is below the source folder; a and b may be NULL. */
static inline struct peer peer_start(const char *script, const char *a, const char *b)
{
	struct peer p = {0};
	char path[500];
	int in[2], out[2];

	ck_assert_int_eq(pipe(in), 0);
	ck_assert_int_eq(pipe(out), 0);
	(void)snprintf(path, sizeof(path), "%s/%s", getenv("MERCAT_SRCDIR"), script);
	p.pid = fork();
	if (p.pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
		(void)dup2(in[0], 0);
		(void)dup2(out[1], 1);
		for (int fd = 3; fd < 64; fd++)
			close(fd);
		(void)execl("/usr/bin/python3", "python3", "-B", path, a, b,
			    (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	p.to = fdopen(in[1], "w");
	p.from = fdopen(out[0], "r");
	ck_assert_msg(fgets(p.ready, sizeof(p.ready), p.from) != NULL &&
			      strncmp(p.ready, "READY ", 6) == 0,
		      "%s %s did not start", script, a);
	memmove(p.ready, p.ready + 6, strlen(p.ready + 6) + 1);
	p.ready[strcspn(p.ready, "\n")] = '\0';
	return p;
}

/* Sends a line and wants "OK" back; the rest of the answer stands in ready. */
static inline void peer_ask(struct peer *p, const char *line)
{
	char rest[600] = "";

	(void)fprintf(p->to, "%s\n", line);
	(void)fflush(p->to);
	ck_assert_msg(fgets(p->ready, sizeof(p->ready), p->from) != NULL,
		      "the peer is gone");
	/* A long answer's rest must not stand for the next one. */
	while (!strchr(p->ready, '\n') && !strchr(rest, '\n') &&
	       fgets(rest, sizeof(rest), p->from) != NULL)
		;
	ck_assert_msg(strncmp(p->ready, "OK ", 3) == 0, "%s: %s", line, p->ready);
	memmove(p->ready, p->ready + 3, strlen(p->ready + 3) + 1);
}

static inline void peer_stop(struct peer *p)
{
	(void)fclose(p->to);
	(void)fclose(p->from);
	(void)waitpid(p->pid, NULL, 0);
}

#endif
