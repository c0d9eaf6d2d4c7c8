/*
 * txt - the TXT records of a name, asked for while somebody waits.
 *
 * For a person at a terminal: it blocks, for TXT_WAIT_MS at most. What the program itself asks
 * in the background is in mx.h.
 *
 * Ownership  in the arena.
 * Errors     ERR_ABSENT  the name has none; ERR_AGAIN  no answer came; ERR_SETUP  the resolver's
 *            address makes no sense
 * Source     RFC 1035 3.3.14; the strings of one record are one text (RFC 7208 3.3)
 */
#ifndef MERCAT_MX_TXT_H
#define MERCAT_MX_TXT_H

#include "base/arena.h"
#include "base/err.h"

enum { TXT_WAIT_MS = 5000 };

struct txt_records {
	const char **items;
	size_t count;
};

/* resolver as in mx_open(). */
bool txt_ask(const char *resolver, struct arena *arena, const char *name,
	     struct txt_records *out, struct err *err) MUST_USE;

#endif
