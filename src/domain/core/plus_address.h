/*
 * plus address - the addresses people give, and those that carry our marks.
 *
 * A list or consultation has one address; what is meant stands behind a plus:
 *	NAME+join@   NAME+leave@   NAME+leave-TOKEN@   NAME+confirm-TOKEN@
 *	NAME+b-TOKEN@ (VERP envelope sender)   NAME+r-TOKEN@ (one reply's thread)
 *	NAME+help@   NAME+owner@
 *
 * Errors     ERR_INPUT, one sentence with the address.
 * Source     RFC 5233 (subaddressing).
 */
#ifndef MERCAT_DOMAIN_PLUS_ADDRESS_H
#define MERCAT_DOMAIN_PLUS_ADDRESS_H

#include "base/arena.h"
#include "base/err.h"

enum { LIST_NAME_MOST = 200 };

/* out_plain: the form that is kept and mailed to; out_key: the form that is compared. */
bool address_read(struct arena *arena, const char *given, const char **out_key,
		  const char **out_plain, struct err *err) MUST_USE;
/*
 * The key of the address that is meant by what stood in the head of a mail, however it was
 * written there: comments, quotes without need, a domain in other letters or with a dot at its
 * end. NULL when it is no address.
 */
const char *address_meant(struct arena *arena, const char *given) MUST_USE;
/*
 * A name as it came, fit for a header and a table: no control character, at most
 * LIST_NAME_MOST bytes; NULL when nothing is left of it.
 */
const char *address_name_clean(struct arena *arena, const char *name) MUST_USE;
/* The same for what the staff give: ERR_INPUT instead of mending. NULL is good. */
bool address_text_check(const char *what, const char *text, size_t most,
			struct err *err) MUST_USE;
/* local+detail@domain of a base address that was checked. */
const char *address_with(struct arena *arena, const char *base,
			 const char *detail) MUST_USE;

#endif
