/*
 * doubts weighed - how likely a sentence puts what its writer allows in doubt, by examples.
 *
 * The rules (doubts/rules.h) hear what they have words for. People find other words each
 * time, so each sentence is also weighed by all that it has: words without their endings, two
 * and three of them in a row, pieces of words, rows of the classes of words, and whether it
 * stands in an answer to a question or beside the answers (each word counts by itself and for
 * its place, after Daumé, "Frustratingly Easy Domain Adaptation", 2007). The weights are those
 * of an L2-regularised logistic regression, one for publishing and one for being contacted,
 * learned when the program is built (tools/weigh.c) from sentences made up for it
 * (doubts/examples). The same examples give the same weights.
 *
 * Units      a likelihood from 0 to 1.
 * Errors     none. Of a sentence that has hardly anything in common with the examples nothing
 *            is said: 0.
 * Source     R.-E. Fan and others, "LIBLINEAR: A Library for Large Linear Classification",
 *            2008.
 * Limits     WEIGHED_WORDS words; English.
 */
#ifndef MERCAT_DOUBTS_WEIGHED_H
#define MERCAT_DOUBTS_WEIGHED_H

#include "base/attr.h"

#include <stddef.h>
#include <stdint.h>

enum {
	WEIGHED_WORDS = 100,
	WEIGHED_LETTERS = 23,
	WEIGHED_FEATURES = 4096 /* room; a power of two */
};

enum weighed_of { WEIGHED_PUBLISHING, WEIGHED_CONTACT, WEIGHED_OUTPUTS };
enum weighed_place { WEIGHED_BESIDE, WEIGHED_ANSWER };

/* A table that is looked up by hash: each at the first free place from hash % slots on. */
struct weighed_feature {
	uint32_t hash; /* 0: free */
	float weights[WEIGHED_OUTPUTS];
};

struct weighed {
	const struct weighed_feature *features;
	size_t slots; /* a power of two */
	float bias[WEIGHED_OUTPUTS];
};

/* What comes with the program. */
extern const struct weighed weighed_shipped;

void weighed_judge(const char *sentence, size_t len, enum weighed_place place,
		   double out[WEIGHED_OUTPUTS]);

/* Words in small letters (the first one, too, when others are), by whether examples have them. */
struct weighed_words {
	size_t known, strange;
};
void weighed_count_words(const char *sentence, size_t len, struct weighed_words *out);

/* What a sentence has, each once: how many. For whoever learns. */
size_t weighed_read(const char *sentence, size_t len, enum weighed_place place,
		    uint32_t out[WEIGHED_FEATURES]);
/* What each feature is multiplied by when a sentence has so many that are known. */
double weighed_share(size_t known) MUST_USE;

#endif
