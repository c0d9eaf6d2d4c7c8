/*
 * bulk - one thing done to many replies: all of them or none, taken back as one.
 *
 * The replies are a selection (references) or all that a filter finds. Each reply gets
 * its own audit row, as if it had been done one by one; the undo is one. A reply that
 * somebody else has open refuses the whole, and the sentence names it.
 *
 * Errors     ERR_INPUT     nothing chosen, or more than BULK_MOST
 *            ERR_CONFLICT  the number found is no longer what the person was told
 *            and those of the act itself, with the reference in front
 */
#ifndef MERCAT_DOMAIN_BULK_H
#define MERCAT_DOMAIN_BULK_H

#include "domain/queue/queue.h"

enum { BULK_MOST = 20000 };

enum bulk_act { BULK_SCREEN, BULK_TAG, BULK_UNTAG, BULK_ASSIGN };

struct bulk {
	const char *consultation;
	const char *const *references; /* a selection, or */
	size_t reference_count;
	const struct response_filter *filter; /* all that this finds (references NULL) */
	bool who;                             /* as in struct queue_page */
	int64_t expected; /* how many the person was told; -1: as many as there are */
	enum bulk_act act;
	const char *value;  /* state, tag, or colleague (NULL: nobody) */
	const char *reason; /* of an exclusion */
};

/* out_changed: how many were changed; the others were so already. */
bool bulk_apply(struct operation *op, const struct bulk *bulk, int64_t *out_found,
		int64_t *out_changed, struct err *err) MUST_USE;
/* How many it would be about. */
bool bulk_count(struct operation *op, const struct bulk *bulk, int64_t *out,
		struct err *err) MUST_USE;

#endif
