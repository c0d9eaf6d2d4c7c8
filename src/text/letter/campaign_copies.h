/*
 * campaign copies - finds the standard texts in many texts, and how much of one is in each.
 *
 * First every text is added; campaign_copies_gather() then puts those together that are alike
 * (text/words/shingle.h), the most frequent wording of each lot being its standard text. Then
 * the standard texts to measure against are set, those and any other, and each text is
 * measured once more: which standard text it has most of, and how much.
 *
 * The same wording is signed and measured once however often it comes, so a campaign of
 * a hundred thousand exact copies costs as much as reading them.
 *
 * Units      likeness and shares from 0 to 1; ids are the caller's.
 * Ownership  campaign_copies_new() gives it away, campaign_copies_free() takes it back;
 *            texts are borrowed for the call.
 * Limits     SHINGLE_COMPARE_MOST; memory is some 550 bytes for each different text.
 */
#ifndef MERCAT_TEXT_CAMPAIGN_COPIES_H
#define MERCAT_TEXT_CAMPAIGN_COPIES_H

#include "text/words/shingle.h"

enum { CAMPAIGN_COPIES_SAMPLE = 24 };

struct campaign_copies;

/* without: what many quote and nobody wrote, such as the questions; or NULL. */
struct campaign_copies *campaign_copies_new(const char *without) MUST_USE;
void campaign_copies_free(struct campaign_copies **campaign_copies);
static inline void campaign_copies_auto(struct campaign_copies **campaign_copies)
{
	campaign_copies_free(campaign_copies);
}

void campaign_copies_add(struct campaign_copies *campaign_copies, int64_t id,
			 const char *text);

struct campaign_copies_lot {
	int64_t id;   /* of the first text that has its most frequent wording */
	size_t count; /* texts in it, equal ones each counted */
	/* Some of its wordings, the most frequent among them, and how many texts have each. */
	int64_t sample[CAMPAIGN_COPIES_SAMPLE];
	size_t weights[CAMPAIGN_COPIES_SAMPLE], sampled;
};

/* Lots of at least least texts that are alike by at least alike; the largest first. */
void campaign_copies_gather(struct campaign_copies *campaign_copies, double alike,
			    size_t least, struct campaign_copies_lot **out,
			    size_t *out_count);

/* Returns its number, from 0; -1 when what is left without quotes has fewer than
 * least shingles. */
int campaign_copies_standard(struct campaign_copies *campaign_copies, const char *text,
			     size_t least) MUST_USE;

struct campaign_copies_measure {
	int standard;       /* the one it has most of; -1: of none */
	size_t common;      /* shingles */
	double of_text;     /* the share of the text that stands in the standard text */
	double of_standard; /* the share of the standard text that stands in the text */
	double alike;
};

void campaign_copies_measure(struct campaign_copies *campaign_copies, const char *text,
			     struct campaign_copies_measure *out);

#endif
