/*
 * reader fork_server - a small process that the reader's children are born from.
 *
 * It is forked while its parent is young, closes what it inherited, and gives up files,
 * programs and the network. So a child that is taken over by a mail finds no key, no
 * password and no other mail in its memory, and the parent pays for no copy of its own
 * at each birth. One child at a time; the end of the parent is the end of both.
 *
 * Units      memory in bytes above what the fork_server itself has mapped.
 * Ownership  fork_server_open() gives it away; fork_server_close() takes it back.
 * Errors     ERR_SYSTEM: no process can be made. A fork_server that is gone, or does not answer
 *            within ten seconds, is opened anew, three times for one birth.
 */
#ifndef MERCAT_READER_FORK_SERVER_H
#define MERCAT_READER_FORK_SERVER_H

#include "base/err.h"

#include <stddef.h>
#include <sys/types.h>

struct fork_server {
	pid_t pid; /* 0: there is none */
	int orders;
};

bool fork_server_open(struct fork_server *out, struct err *err) MUST_USE;
void fork_server_close(struct fork_server *fork_server);

/* A child, and the socket to talk with it, which is the caller's; see reader/mail_child.h. */
bool fork_server_birth(struct fork_server *fork_server, size_t memory_bytes, int *out_fd,
		       struct err *err) MUST_USE;
/* How the child at work ends: by itself, or at once. */
enum fork_server_how { FORK_SERVER_WAITS, FORK_SERVER_KILLS };
/*
 * Waits for the child's end, which is now when kill_it. Returns its wait status; that of
 * a child that was killed when the fork_server is gone.
 */
int fork_server_end(struct fork_server *fork_server, enum fork_server_how how);

#endif
