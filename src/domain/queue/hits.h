/*
 * hits - what a search found in one mail, so that it can be marked where it stands.
 *
 * The text index says which words were found, each as it is written in that mail
 * ("Kettles", "kettle"); they are then looked for in the texts that are shown, as whole
 * words, since those are cut otherwise than the one that was indexed.
 *
 * Units      bytes of the text that is asked about.
 * Ownership  in the arena; texts are borrowed.
 * Errors     ERR_INPUT a search that is too long
 * Limits     HITS_MOST different words; of a mail and its files with more than
 *            INDEXED_CHARS characters they are marked as they were typed, not as the
 *            index stems them; a phrase of more than HIT_BYTES, or one whose blanks are
 *            others where the text is shown, is not seen. Senders are never looked at:
 *            nobody learns of them by what is marked.
 */
#ifndef MERCAT_DOMAIN_HITS_H
#define MERCAT_DOMAIN_HITS_H

#include "domain/core/domain.h"

struct search_hit {
	const char *text;
	size_t len;
};

struct search_hits {
	struct search_hit *items; /* the longest first */
	size_t count;
};

/* search NULL or "": none. */
bool search_hits_load(struct operation *op, struct arena *arena, const char *search,
		      int64_t inbound_id, struct search_hits *out,
		      struct err *err) MUST_USE;
/* The next of them from at on that ends by end; NULL: none. text: where it all begins. */
const char *search_hit_next(const struct search_hits *hits, const char *text,
			    const char *at, const char *end, size_t *out_len) MUST_USE;

#endif
