/*
 * published - what everybody may read of the responses of a consultation.
 *
 * Only what was released, in the words that were released, and only while it may still be
 * published at this moment: what is not so does not exist here, whatever its address. The order
 * is that of addresses, which say nothing of who came when or how many there are.
 *
 * Ownership  in the arena.
 * Errors     ERR_ABSENT no such response, or none that may be read: the same words for both
 * Limits     PUBLISHED_WORDS_MOST letters of a search
 */
#ifndef MERCAT_DOMAIN_PUBLISHED_H
#define MERCAT_DOMAIN_PUBLISHED_H

#include "domain/publication/publication.h"

enum { PUBLISHED_WORDS_MOST = 200 };

struct published_filter {
	const char *type, *organisation; /* NULL: any */
	int64_t question;                /* -1: any */
	const char *search;              /* words that all stand in it; NULL: any */
	const char *after;               /* what to go on from; NULL: the beginning */
	int64_t most;
};
struct published_item {
	int64_t response_id;
	const char *token, *type, *label, *organisation;
	struct publication_answer *answers;
	size_t answer_count;
};
struct published_page {
	struct published_item *items;
	size_t count;
	int64_t all; /* how many the filter finds */
	bool more;
};
bool published_list(struct operation *op, struct arena *arena, int64_t consultation_id,
		    const struct published_filter *filter, struct published_page *out,
		    struct err *err) MUST_USE;
bool published_find(struct operation *op, struct arena *arena, int64_t consultation_id,
		    const char *token, struct published_item *out,
		    struct err *err) MUST_USE;
/* Organisations that are named, by name: "organisation". */
bool published_organisations(struct operation *op, struct arena *arena,
			     int64_t consultation_id, struct store_table *out,
			     struct err *err) MUST_USE;
/* One row an answer. Callers bound most. */
bool published_csv(struct operation *op, struct arena *arena, int64_t consultation_id,
		   const struct published_filter *filter, struct buf *out,
		   struct err *err) MUST_USE;

#endif
