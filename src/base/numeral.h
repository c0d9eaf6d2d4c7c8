/*
 * numeral - numbers as people read them: grouped, as a size, as a time that passes, and the
 * word beside them in one or in many.
 *
 * Units      bytes, seconds.
 * Source     the style of GOV.UK: commas from 1,000 on; no comma in a year, which is none of
 *            these.
 */
#ifndef MERCAT_BASE_NUMERAL_H
#define MERCAT_BASE_NUMERAL_H

#include "base/attr.h"
#include "base/numeral.h"

enum { NUMERAL_TEXT = 64 }; /* room for every text made here */

void numeral_grouped(int64_t n, char out[NUMERAL_TEXT]); /* "12,345" */
void numeral_size(int64_t bytes,
		  char out[NUMERAL_TEXT]); /* "900 bytes", "12 kB", "1.5 MB" */
void numeral_duration(int64_t seconds, char out[NUMERAL_TEXT]); /* "2 days 3 hours" */

/* plural(n, "response", "responses"); plural(n, "", "s") behind a word. */
static inline const char *plural(int64_t n, const char *one, const char *many)
{
	return n == 1 ? one : many;
}

/* n with a digit (0 to 9) written behind it, as a number is read: 12 and 3 make 123. What would
 * not fit stays INT64_MAX, however many digits somebody wrote. */
static inline int64_t numeral_with(int64_t n, int digit)
{
	return __builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, digit, &n)
		       ? INT64_MAX
		       : n;
}

#endif
