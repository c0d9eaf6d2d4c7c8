/*
 * staff flag show - the flag of a mail, on the page of its response or of unsorted mail.
 *
 * Whoever reads the mail sees that it is flagged, since when, and whether it has been dealt with;
 * who deals with it, and what was written, is on the page of the flag alone.
 *
 * Ownership  in the arena of the request.
 * Errors     of the store.
 */
#ifndef MERCAT_STAFF_FLAG_SHOW_H
#define MERCAT_STAFF_FLAG_SHOW_H

#include "domain/queue/response_view.h"
#include "domain/safeguarding/flag.h"
#include "staff/frame/visitor.h"

/* The values "flag" (is_open, is_proposed, is_raised, number, path ...) and "flag_to", where
 * the forms of the partial templates/web/staff/flag-panel.html and flag-raise.html post to.
 * out (may be NULL): the flag, id 0 for none. */
bool staff_flag_show(struct web_request *r, struct template_value *v, int64_t inbound_id,
		     const char *to, struct flag *out, struct err *err) MUST_USE;
/* The same of a response: "flag_asks" where no proposal beside it asks already. */
void staff_flag_of_response(struct web_request *r, struct template_value *v,
			    const struct response_view *view, struct flag *out);
/* What such a form asks for, done; false when it has answered. */
bool staff_flag_sent(struct web_request *r, int64_t inbound_id) MUST_USE;

#endif
