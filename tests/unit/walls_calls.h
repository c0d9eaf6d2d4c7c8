/*
 * walls_calls - system calls that roles must not make, and some that they must, to be tried.
 *
 * A try calls with arguments that no kernel takes (all bits set), so that one that is let
 * through harms nothing: it fails with an errno of its own, while one that the filter
 * refuses is "not there" (ENOSYS).
 */
#ifndef MERCAT_TESTS_WALLS_CALLS_H
#define MERCAT_TESTS_WALLS_CALLS_H

#include <stdbool.h>
#include <stddef.h>

struct walls_call {
	const char *name;
	long number;
	int (*tries)(long number); /* 0, or the errno */
	const char *may;           /* "": nobody, "every", "network", or names of roles */
	bool ends;                 /* a refusal may end the process */
};

extern const struct walls_call walls_calls[];
extern const size_t walls_calls_count;

#endif
