/*
 * lock - one process a job: a file with our pid, held by flock().
 *
 * The kernel drops it when the process dies, however it dies.
 *
 * Errors     ERR_CONFLICT names who holds it; ERR_SYSTEM the file cannot be made.
 */
#ifndef MERCAT_BASE_LOCK_H
#define MERCAT_BASE_LOCK_H

#include "base/err.h"

/* out_fd is kept open for as long as the lock is wanted; wait_ms: how long to try. */
bool lock_take(const char *path, const char *what, int64_t wait_ms, int *out_fd,
	       struct err *err) MUST_USE;

/* Who holds it, without taking it: their process, or 0: nobody does. */
bool lock_holder(const char *path, int64_t *out_pid, struct err *err) MUST_USE;

#endif
