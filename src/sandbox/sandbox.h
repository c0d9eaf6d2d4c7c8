/*
 * sandbox - takes away from this process what it does not need, for good.
 *
 * Three walls, each on its own: resource limits, Landlock (which files), seccomp
 * (which system calls). no_new_privs comes with them.
 *
 *   SANDBOX_PARSER      reads and writes what is open already; memory; nothing else
 *   SANDBOX_NO_NETWORK  the files below the given folders; no socket
 *   SANDBOX_SERVER      the same; takes visitors of a socket that listens already
 *   SANDBOX_NETWORK     the same, with sockets of the internet and unix families
 *
 * Units      memory in bytes, CPU in seconds; 0 leaves a limit as it is.
 * Ownership  everything is borrowed.
 * Errors     ERR_SYSTEM: the kernel refused what it says it has. A kernel that lacks a
 *            wall is no error: each lack is a sentence in missing, for the role to log.
 * Source     seccomp(2) by libseccomp, landlock(7) by raw calls, setrlimit(2).
 * Limits     Landlock of ABI 1 to 3 (files). In a build with sanitizers the memory
 *            limit and the parser's tight list are widened by what they need.
 */
#ifndef MERCAT_SANDBOX_SANDBOX_H
#define MERCAT_SANDBOX_SANDBOX_H

#include "base/err.h"

enum sandbox_profile {
	SANDBOX_PARSER,
	SANDBOX_NO_NETWORK,
	SANDBOX_SERVER,
	SANDBOX_NETWORK
};

struct sandbox_paths {
	const char *const *read;  /* folders or files to read, NULL at the end; or NULL */
	const char *const *write; /* to read, write, create and remove in */
	bool may_exec;            /* programs below read[] may be run */
};

struct sandbox_limits {
	size_t memory_bytes; /* of address space, with what is in use already */
	unsigned cpu_s;
	unsigned files; /* open descriptors */
	bool no_core;
};

enum { SANDBOX_MISSING_MAX = 4, SANDBOX_MISSING_ROOM = 160 };

struct sandbox_missing {
	char text[SANDBOX_MISSING_MAX][SANDBOX_MISSING_ROOM];
	size_t count;
};

/* Before sandbox_enter(), which leaves only what is set here. */
bool sandbox_limit(const struct sandbox_limits *limits, struct err *err) MUST_USE;

bool sandbox_enter(enum sandbox_profile profile, const struct sandbox_paths *paths,
		   struct sandbox_missing *missing, struct err *err) MUST_USE;

#endif
