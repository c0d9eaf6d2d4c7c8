/*
 * process follow - files that somebody may put another in the place of.
 *
 * A wall of Landlock is built around the file that was there: a resolv.conf that is replaced
 * (written beside and renamed, as every tool does) is another file, outside the wall. Who
 * lives within it is started again then; this says when.
 *
 * Ownership  paths and the array of marks are borrowed, and live as long as the struct.
 * Errors     none: a file that is not there, or cannot be looked at, has not been replaced.
 * Limits     a file that is written anew in its place is the same file, and is no cause.
 */
#ifndef MERCAT_PROCESS_FOLLOW_H
#define MERCAT_PROCESS_FOLLOW_H

#include "base/attr.h"

#include <stddef.h>
#include <sys/types.h>

struct follow_mark {
	dev_t device;
	ino_t file; /* 0: there was none */
};

struct follow {
	const char *const *paths;
	size_t count;
	const char *const
		*open; /* folders that are within the wall whole; NULL at the end */
	struct follow_mark *marks; /* count of them */
};

/* From now on. */
void follow_begin(struct follow *follow);
/* The first path that leads to another file than at follow_begin(), or NULL. */
const char *follow_moved(const struct follow *follow) MUST_USE;

#endif
