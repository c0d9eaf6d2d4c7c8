/*
 * proposals - what the tests of proposals ask of one, and count.
 */
#ifndef MERCAT_TESTS_PROPOSALS_H
#define MERCAT_TESTS_PROPOSALS_H

#include "proposal/proposal.h"

static inline const struct proposal *whole_of(const struct proposals *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->items[i].whole)
			return &p->items[i];
	return NULL;
}

static inline bool has(const struct proposals *p, enum proposal_kind kind)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->items[i].kind == kind)
			return true;
	return false;
}

struct tally {
	unsigned made, found, right;
};

#endif
