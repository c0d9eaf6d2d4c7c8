/*
 * acts address - the addresses people give, and those that carry our marks.
 *
 * A list or consultation has one address; what is meant stands behind a plus:
 *	NAME+join@   NAME+leave@   NAME+leave-TOKEN@   NAME+confirm-TOKEN@
 *	NAME+b-TOKEN@ (VERP envelope sender)   NAME+r-TOKEN@ (one reply's thread)
 *	NAME+help@   NAME+owner@
 *
 * Errors     ERR_INPUT, one sentence with the address.
 * Source     RFC 5233 (subaddressing).
 */
#ifndef MERCAT_ACTS_ADDRESS_H
#define MERCAT_ACTS_ADDRESS_H

#include "base/arena.h"
#include "base/err.h"

/* out_plain: the form that is kept and mailed to; out_key: the form that is compared. */
bool acts_address_read(struct arena *arena, const char *given, const char **out_key,
		       const char **out_plain, struct err *err) MUST_USE;
/* local+detail@domain of a base address that was checked. */
const char *acts_address_with(struct arena *arena, const char *base,
			      const char *detail) MUST_USE;

#endif
