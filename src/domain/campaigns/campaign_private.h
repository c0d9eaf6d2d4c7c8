/*
 * campaign_private - what finding campaigns and showing one letter's own words share.
 *
 * Ownership  all that is given lives in the caller's arena.
 * Errors     of the store.
 */
#ifndef MERCAT_DOMAIN_CAMPAIGN_PRIVATE_H
#define MERCAT_DOMAIN_CAMPAIGN_PRIVATE_H

#include "domain/campaigns/campaign.h"
#include "text/words/shingle.h"

/* What many quote and nobody wrote: what the consultation is about, and the wording of both
 * forms. */
bool campaign_asked(struct operation *op, struct arena *arena,
		    const struct consultation *of, const char **out,
		    struct err *err) MUST_USE;
void campaign_asked_shingles(struct arena *arena, const char *text, struct shingles *out);

/* A response as it is compared: without the frame of its letter and without what was asked.
 * row: one of "campaign_texts" or "campaign_text". */
const char *campaign_own_words(struct arena *arena, const struct store_row *row,
			       const struct shingles *asked) MUST_USE;

#endif
