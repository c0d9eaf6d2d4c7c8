/*
 * staff filter - what a person asked the queue for, in the address of a page.
 *
 * The list, its chips, next and previous and all that is done to "all that were found"
 * share one filter (domain/queue/queue.h). In an address it is readable and can be sent to a
 * colleague: ?state=received&late=yes&order=newest. Saved views and forms carry it as
 * the op write it.
 *
 * Units      days are those of the consultation's zone, the last one whole.
 * Ownership  in the arena of the request.
 * Errors     ERR_INPUT a day or a number that is none; the op check the rest
 */
#ifndef MERCAT_STAFF_FILTER_H
#define MERCAT_STAFF_FILTER_H

#include "domain/queue/queue.h"
#include "staff/frame/words.h"

struct staff_asked {
	struct response_filter filter;
	bool newest_first;
};

bool staff_filter_read(struct web_request *r, struct staff_asked *out,
		       struct err *err) MUST_USE;
/* "state=received&order=newest"; "" for everything in its usual order. */
const char *staff_filter_query(struct web_request *r,
			       const struct staff_asked *asked) MUST_USE;
/* The same for a view: its filter as text. */
const char *staff_filter_query_of(struct web_request *r, const char *text) MUST_USE;
/* path?query, or path alone */
const char *staff_filter_url(struct web_request *r, const char *path,
			     const char *query) MUST_USE;
bool staff_filter_is_empty(const struct response_filter *filter) MUST_USE;
bool staff_filter_same(const struct response_filter *a,
		       const struct response_filter *b) MUST_USE;

/* "chips": label, value and the address without it; "asked": the fields of the form. */
void staff_filter_show(struct web_request *r, struct template_value *v, const char *path,
		       const struct staff_asked *asked);

#endif
