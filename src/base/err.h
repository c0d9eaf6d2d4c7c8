/*
 * err - what went wrong, as what to do about it.
 *
 * A fallible function returns bool and takes a "struct err *" last. It writes
 * there when it returns false, and only then: after true err is as it was before. The
 * kind says what the caller can do; the text is one sentence for a person, UTF-8: where,
 * what, what to do. tests/unit/proved.py holds every public function to that.
 *
 * Ownership  a struct err holds its text itself; nothing to free.
 * Errors     out of memory and broken promises of our own code abort().
 */
#ifndef MERCAT_BASE_ERR_H
#define MERCAT_BASE_ERR_H

#include "base/attr.h"

#include <stdarg.h>

enum err_kind {
	ERR_NONE = 0,
	ERR_AGAIN,    /* it may work later: try again */
	ERR_REFUSED,  /* the other side said no for good */
	ERR_UNSURE,   /* it may or may not have happened */
	ERR_INPUT,    /* what we were given is wrong: mend it */
	ERR_ABSENT,   /* there is no such thing */
	ERR_CONFLICT, /* somebody or something else stands in the way */
	ERR_SYSTEM,   /* the machine: disk, memory, files */
	ERR_SETUP     /* the settings or the installation: an operator must act */
};

struct err {
	enum err_kind kind;
	char text[480]; /* what is wrong and what to do, for whoever reads it wherever */
	char hint[160]; /* how on the command line; empty: nothing */
};

/* In a format, before words that help on the command line alone: "no list" HINT "see: ...". */
#define HINT "\x1F"

/* Writes kind and text; always returns false, so "return err_set(...)" reads well. */
bool err_set(struct err *err, enum err_kind kind, const char *format, ...)
	PRINTF_LIKE(3, 4);

/* Puts "format: " before the text that is already there; returns false. */
bool err_prefix(struct err *err, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * True, and err is clean again, when it is of this kind: for whoever can do without what
 * was not found. Anything else stays as it is, and false goes on to the caller.
 */
bool err_forgive(struct err *err, enum err_kind kind) MUST_USE;

/* The name of a kind: "again", "refused", ... */
const char *err_name(enum err_kind kind);

/* Says where and why on stderr and aborts: a broken promise of our own code. */
#define PANIC(...) err_panic(__FILE__, __LINE__, __VA_ARGS__)
NORETURN void err_panic(const char *file, int line, const char *format, ...)
	PRINTF_LIKE(3, 4);

/* ASSERT stays in every build: a daemon that goes on with a lie does harm. */
#define ASSERT(what) ((what) ? (void)0 : PANIC("broken promise: %s", #what))

#endif
