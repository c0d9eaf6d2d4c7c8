/*
 * sandbox calls - which system calls each profile may make; every other is refused.
 *
 * The lists name what the program and its libraries were seen to need, and the calls that
 * another C library of Debian 12 or 13 makes in their place; each group says why. A name
 * that a machine's kernel does not have is passed over.
 *
 * Ownership  the filter stays the caller's.
 * Errors     false: libseccomp refused a rule.
 * Source     libseccomp's names; the numbers are those of this build's architecture, and
 *            calls by another one's (i386, x32) end the process.
 */
#ifndef MERCAT_SANDBOX_CALLS_H
#define MERCAT_SANDBOX_CALLS_H

#include "sandbox/sandbox.h"

enum sandbox_programs { SANDBOX_NO_PROGRAMS, SANDBOX_PROGRAMS };

/* filter: a scmp_filter_ctx whose default refuses. */
bool sandbox_calls(void *filter, enum sandbox_profile profile,
		   enum sandbox_programs programs) MUST_USE;

#endif
