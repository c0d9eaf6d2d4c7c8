/*
 * staff approval show - who was asked about a bulletin, what they said, what was changed since.
 *
 * Ownership  in the arena of the request.
 * Errors     of the store.
 */
#ifndef MERCAT_STAFF_APPROVAL_SHOW_H
#define MERCAT_STAFF_APPROVAL_SHOW_H

#include "staff/bulletins/bulletin_show.h"

/* "request", "colleagues" or "writers" to choose from, "comments", "version": what there is to
 * compare with; the comparison itself where whoever looks must see it. */
bool approval_show(struct web_request *r, struct template_value *v,
		   const struct bulletin *b, struct err *err) MUST_USE;
/* For the editor: whom one may ask; may_ask. */
bool approval_show_colleagues(struct web_request *r, struct template_value *v,
			      const struct bulletin *b, struct err *err) MUST_USE;
/* "Bea Second has it on Home now, and is told by email." */
enum staff_told { STAFF_NOT_TOLD = 0, STAFF_TOLD };
const char *approval_asked_words(struct web_request *r, const char *of,
				 enum staff_told told) MUST_USE;

#endif
