/*
 * desk filter - what a person asked the queue for, in the address of a page.
 *
 * The list, its chips, next and previous and all that is done to "all that were found"
 * share one filter (acts/desk.h). In an address it is readable and can be sent to a
 * colleague: ?state=received&late=yes&order=newest. Saved views and forms carry it as
 * the acts write it.
 *
 * Units      days are those of the consultation's zone, the last one whole.
 * Ownership  in the arena of the request.
 * Errors     ERR_INPUT a day or a number that is none; the acts check the rest
 */
#ifndef MERCAT_DESK_FILTER_H
#define MERCAT_DESK_FILTER_H

#include "acts/desk.h"
#include "desk/words.h"

struct desk_asked {
	struct acts_desk_filter filter;
	bool newest_first;
};

bool desk_filter_read(struct web_request *r, struct desk_asked *out,
		      struct err *err) MUST_USE;
/* "state=received&order=newest"; "" for everything in its usual order. */
const char *desk_filter_query(struct web_request *r,
			      const struct desk_asked *asked) MUST_USE;
/* The same for a view: its filter as text. */
const char *desk_filter_query_of(struct web_request *r, const char *text) MUST_USE;
/* path?query, or path alone */
const char *desk_filter_url(struct web_request *r, const char *path,
			    const char *query) MUST_USE;
bool desk_filter_is_empty(const struct acts_desk_filter *filter) MUST_USE;
bool desk_filter_same(const struct acts_desk_filter *a,
		      const struct acts_desk_filter *b) MUST_USE;

/* "chips": label, value and the address without it; "asked": the fields of the form. */
void desk_filter_show(struct web_request *r, struct template_value *v, const char *path,
		      const struct desk_asked *asked);

#endif
