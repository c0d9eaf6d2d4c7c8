/*
 * agreement - how far two or more coders agree beyond chance; numbers only.
 *
 * Cohen's kappa is for two coders and one code: each unit has the code or has it not,
 * to each of them. Its standard error is the one for large samples that holds when
 * kappa is not 0 (Fleiss, Cohen and Everitt), and the interval is kappa -+ 1.96 of it,
 * cut at -1 and 1.
 *
 *	po = (both + neither) / n	pe = p1 p2 + (1 - p1) (1 - p2)
 *	kappa = (po - pe) / (1 - pe)
 *
 * Krippendorff's alpha is for any number of coders, of whom some may have left units
 * out: alpha = 1 - observed / expected disagreement, over the pairs of values within
 * units (nominal: two values differ or do not).
 *
 * Errors     what has no value says so: defined is false and why is a sentence.
 * Source     J. Cohen, A coefficient of agreement for nominal scales (1960); J. Fleiss,
 *            J. Cohen, B. Everitt, Large sample standard errors of kappa and weighted
 *            kappa (1969), formula 8 without weights; K. Krippendorff, Content Analysis
 *            (2013), chapter 12.
 * Limits     the interval is rough below some 30 units, and says nothing where kappa
 *            is 1: then it has no width.
 */
#ifndef MERCAT_TEXT_AGREEMENT_H
#define MERCAT_TEXT_AGREEMENT_H

#include "base/attr.h"

/* How many units have the code: to both, to one of them only, to neither. */
struct agreement_pairs {
	int64_t both, first_only, second_only, neither;
};

struct agreement_kappa {
	bool defined;
	const char *why; /* when it is not */
	int64_t units;
	double observed, expected; /* po, pe; observed is set whenever units > 0 */
	double kappa, error, low, high;
};

void agreement_kappa(const struct agreement_pairs *pairs, struct agreement_kappa *out);

enum { AGREEMENT_MISSING = -1 };

struct agreement_alpha {
	bool defined;
	const char *why;
	int64_t pairable; /* values that stand in a unit with at least two of them */
	double alpha;
};

/* values[coder * units + unit]: 0 and up, or AGREEMENT_MISSING; categories: one more
 * than the greatest. */
void agreement_alpha(const int *values, size_t coders, size_t units, int categories,
		     struct agreement_alpha *out);

#endif
