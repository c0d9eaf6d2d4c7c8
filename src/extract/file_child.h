/*
 * file child - the far side of the fork: reads one file and ends.
 *
 * Text goes down one pipe as it is found; what it was and why it is not all of it (or
 * a program's complaints) down the second; what a person sees of it beyond its text, as
 * a packed document (document/model.h), down the third. The exit code is 0, or that of
 * the program.
 */
#ifndef MERCAT_EXTRACT_FILE_CHILD_H
#define MERCAT_EXTRACT_FILE_CHILD_H

#include "base/attr.h"
#include "extract/parsers/kind.h"

#include <sys/types.h>

enum {
	EXTRACT_EXIT_SETUP = 70,  /* the walls could not be put up */
	EXTRACT_EXIT_ABSENT = 127 /* the program is not installed */
};

struct extract_job {
	enum extract_kind kind;
	const void *bytes;
	size_t len, text_most;
	int text_fd, words_fd, shown_fd;
	size_t memory_bytes; /* of our own parsers: with what is mapped already */
	size_t program_memory_bytes;
	unsigned cpu_s, wall_ms; /* wall_ms 0: as usual */
	pid_t parent;
	const char *const *program; /* argv, or NULL: our own parsers */
	const char *const *program_paths;
};

/* Never returns. */
NORETURN void extract_child(const struct extract_job *job);

#endif
