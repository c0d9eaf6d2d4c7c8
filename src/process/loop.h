/*
 * process loop - waiting: for a commit of somebody else, for a time, for a descriptor, or
 * for the order to stop.
 *
 * Other processes' commits are noticed by PRAGMA data_version, asked every
 * LOOP_TICK_MS: about a microsecond each, and no message bus to parse, secure or lose.
 *
 * Units      milliseconds of the monotonic clock.
 */
#ifndef MERCAT_PROCESS_LOOP_H
#define MERCAT_PROCESS_LOOP_H

#include "store/store.h"

enum { LOOP_TICK_MS = 100 };

struct loop {
	struct store *store;
	int64_t version; /* of the store, when last looked at */
	int stop_fd;     /* readable once SIGTERM or SIGINT came */
};

enum loop_why { LOOP_STOP, LOOP_MOVED, LOOP_TIME, LOOP_READABLE };

/* Once a process: turns SIGTERM and SIGINT into a readable descriptor. */
bool loop_signals(int *out_stop_fd, struct err *err) MUST_USE;
void loop_begin(struct loop *loop, struct store *store, int stop_fd);
bool loop_stopping(const struct loop *loop) MUST_USE;

/* Until until_ms at the latest; fd is -1 or something that wakes too. */
enum loop_why loop_wait(struct loop *loop, int64_t until_ms, int fd);
/* As loop_wait() without caring for the store: for back-off. */
enum loop_why loop_sleep(struct loop *loop, int64_t ms);

#endif
