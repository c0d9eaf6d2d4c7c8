/*
 * fuzz - what fuzz targets share: the table of them, and what all of them look at.
 *
 * A target is a function that hands any bytes to one of our parsers and ASSERTs what its
 * manual promises. The table is targets.h: a new target is a line there, a file here and
 * a folder of seeds. The same functions are run in two ways:
 *
 *   make fuzz     by libFuzzer, with sanitizers, for as long as one likes (run.py)
 *   make check    by replay.c: the seeds, and so many inputs made of them
 *
 * Ownership  a target frees all that it makes: what stays is found as a leak.
 * Limits     bytes are exactly len long, without a NUL behind.
 */
#ifndef MERCAT_TESTS_FUZZ_H
#define MERCAT_TESTS_FUZZ_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct fuzz_target {
	const char *name;
	unsigned least;   /* executions a second and core, with sanitizers */
	size_t most;      /* bytes of an input */
	const char *what; /* that it reads */
	void (*run)(const char *bytes, size_t len);
};

extern const struct fuzz_target fuzz_targets[]; /* NULL name at the end */
const struct fuzz_target *fuzz_target_named(const char *name); /* NULL: none */

/* Once in each process: what the libraries and tables need. */
void fuzz_setup(void);

/* The bytes as our own readers hand texts on: valid UTF-8 without NUL. */
char *fuzz_text(struct arena *arena, const char *bytes, size_t len) MUST_USE;
/* The first line of the bytes as such a text; what follows is left in them. */
char *fuzz_line(struct arena *arena, const char **bytes, size_t *len) MUST_USE;
/* The first byte, taken off; 0 when there is none. */
unsigned fuzz_byte(const char **bytes, size_t *len);

/* NULL, or what may be stored and shown: valid UTF-8 (without NUL by nature). */
void fuzz_is_text(const char *text);
void fuzz_is_text_buf(const struct buf *text);
/* An error that a person can be told. */
void fuzz_is_said(const struct err *err);

/* Seeds that only a program can write: false when these bytes give none. */
bool fuzz_make_document(struct arena *a, const char *html, size_t len,
			struct buf *out) MUST_USE;
bool fuzz_make_wire(struct arena *a, const char *mail, size_t len,
		    struct buf *out) MUST_USE;

#define FUZZ_TARGET(name, least, most, what) \
	void fuzz_##name(const char *bytes, size_t len);
#include "tests/fuzz/targets.h"
#undef FUZZ_TARGET

#endif
