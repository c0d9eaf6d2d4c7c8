/*
 * report number - the numbers that somebody typed into running text.
 *
 * Figures with their thousands parted or not ("1,234"), decimals, per cent; numbers in words up
 * to thousands ("twenty-three", "one hundred and two", "a couple", "a dozen"); fractions and
 * rates ("two thirds", "a quarter", "more than half", "nine in ten"); "41 of 89", "41 out of 89"
 * and "41/89". What is no count of anything is passed over: dates and years, numbers of
 * questions, sections and pages, money, ordinals, durations, and "one" where it is a pronoun.
 *
 * Units      from and to are bytes of the text; shares are per cent.
 * Ownership  in the arena.
 * Errors     none.
 */
#ifndef MERCAT_DOMAIN_REPORT_NUMBER_H
#define MERCAT_DOMAIN_REPORT_NUMBER_H

#include "base/arena.h"

#include <stdint.h>

enum report_number_kind { REPORT_COUNT_TYPED, REPORT_SHARE_TYPED };
enum report_number_than { REPORT_ABOUT_AS, REPORT_MORE_THAN, REPORT_LESS_THAN };

struct report_number {
	size_t from, to;
	enum report_number_kind kind;
	int64_t n;    /* of a count */
	int64_t of;   /* "41 of 89": 89; else 0 */
	double share; /* of a share */
	double slack; /* it is as good as this near */
	enum report_number_than than;
};

size_t report_numbers(struct arena *arena, const char *text, struct report_number **out);
/* "N = 61", "(n=61)": the first in a text; false: none. */
bool report_says_n(const char *text, int64_t *out) MUST_USE;

#endif
