/*
 * doubts rules - what puts a permission in doubt, as rows of parts of words.
 *
 * Each table is one kind of doubt. doubts.c asks them one after the other.
 */
#ifndef MERCAT_DOUBTS_RULES_H
#define MERCAT_DOUBTS_RULES_H

#include "doubts/spoken.h"

struct doubt_rules {
	const struct spoken_rule *rules;
	size_t count;
	const char *const *phrases; /* words that follow one another; a NULL ends them */
};

extern const struct doubt_rules doubt_rules_known; /* somebody may find out */
extern const struct doubt_rules doubt_rules_fear;  /* what it may cost, fear, the law */
extern const struct doubt_rules doubt_rules_taken; /* taken back, or not sure */
extern const struct doubt_rules
	doubt_rules_limits; /* on a condition, for a time, in part */
extern const struct doubt_rules doubt_rules_voice; /* of children, and with others */

#endif
