/*
 * outside - another program, or a library of others, makes a file of some bytes, shut in.
 *
 * It runs in a child with a folder of its own, which goes with it: there it may read and write,
 * elsewhere it reads the parts of the system that it is made of (rendering_paths()), and no
 * network is there. Its time, its memory and what it may write have limits; past its deadline it
 * is ended. It reads the bytes from its standard input and answers on its standard output.
 *
 * Units      *_ms are milliseconds of waiting, *_s seconds of CPU.
 * Ownership  everything is borrowed; out is the caller's.
 * Errors     ERR_SETUP   the program is not installed: the sentence says which package has it
 *            ERR_SYSTEM  it failed, was too slow or wanted too much: the sentence is what it said
 *			  last; out is not to be used then
 */
#ifndef MERCAT_RENDER_OUTSIDE_H
#define MERCAT_RENDER_OUTSIDE_H

#include "base/buf.h"
#include "base/err.h"

/* That lies in its folder from the start. */
struct outside_file {
	const char *name;
	const struct buf *bytes;
};

struct outside_job {
	const char *name;        /* as people know it: "WeasyPrint" */
	const char *package;     /* that it comes with, on Debian */
	const char *const *argv; /* argv[0] is its path; NULL: work() is done */
	/* In the child, in its folder: false with what is wrong. */
	bool (*work)(const struct outside_job *job, struct buf *out, struct err *err);
	const struct buf *in, *about;     /* about: for work() alone, or NULL */
	const struct outside_file *files; /* NULL: none; ends with a NULL name */
	const char *folder;               /* below which its own is made */
	size_t memory_bytes;
	unsigned cpu_s, wall_ms;
};
bool outside_make(const struct outside_job *job, struct buf *out,
		  struct err *err) MUST_USE;

#endif
