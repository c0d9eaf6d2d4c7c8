/*
 * crowd - finds the standard texts in a crowd of letters, and how much of one is in each.
 *
 * First every text is added; crowd_gather() then puts those together that are alike
 * (text/shingle.h), the most frequent wording of each lot being its standard text. Then
 * the standard texts to measure against are set, those and any other, and each text is
 * measured once more: which standard text it has most of, and how much.
 *
 * The same wording is signed and measured once however often it comes, so a campaign of
 * a hundred thousand exact copies costs as much as reading them.
 *
 * Units      likeness and shares from 0 to 1; ids are the caller's.
 * Ownership  crowd_new() gives it away, crowd_free() takes it back; texts are borrowed
 *            for the call.
 * Limits     SHINGLE_COMPARE_MOST; memory is some 550 bytes for each different text.
 */
#ifndef MERCAT_TEXT_CROWD_H
#define MERCAT_TEXT_CROWD_H

#include "text/shingle.h"

enum { CROWD_SAMPLE = 24 };

struct crowd;

/* without: what many quote and nobody wrote, such as the questions; or NULL. */
struct crowd *crowd_new(const char *without) MUST_USE;
void crowd_free(struct crowd **crowd);
static inline void crowd_auto(struct crowd **crowd)
{
	crowd_free(crowd);
}

void crowd_add(struct crowd *crowd, int64_t id, const char *text);

struct crowd_lot {
	int64_t id;   /* of the first text that has its most frequent wording */
	size_t count; /* texts in it, equal ones each counted */
	/* Some of its wordings, the most frequent among them, and how many texts have each. */
	int64_t sample[CROWD_SAMPLE];
	size_t weights[CROWD_SAMPLE], sampled;
};

/* Lots of at least least texts that are alike by at least alike; the largest first. */
void crowd_gather(struct crowd *crowd, double alike, size_t least, struct crowd_lot **out,
		  size_t *out_count);

/* Returns its number, from 0; -1 when what is left without quotes has fewer than
 * least shingles. */
int crowd_standard(struct crowd *crowd, const char *text, size_t least) MUST_USE;

struct crowd_measure {
	int standard;       /* the one it has most of; -1: of none */
	size_t common;      /* shingles */
	double of_text;     /* the share of the text that stands in the standard text */
	double of_standard; /* the share of the standard text that stands in the text */
	double alike;
};

void crowd_measure(struct crowd *crowd, const char *text, struct crowd_measure *out);

#endif
