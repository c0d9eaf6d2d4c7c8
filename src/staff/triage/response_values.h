/*
 * staff response values - one response as the values that its page shows.
 *
 * The names that the templates use stand in templates/web/staff/response-body.html and those
 * beside it. Names and addresses of who wrote are absent where this person may not see
 * them.
 *
 * Ownership  in the arena of the request.
 * Limits     STAFF_TEXT_MOST bytes of one text on the page; the rest is a link away.
 */
#ifndef MERCAT_STAFF_RESPONSE_VALUES_H
#define MERCAT_STAFF_RESPONSE_VALUES_H

#include "domain/queue/response_view.h"
#include "staff/triage/code_show.h"

enum { STAFF_TEXT_MOST = 200 << 10 };

/* Subject, text, answers by question, files; "hits" when the search found any in them. */
void staff_response_show_texts(struct web_request *r, struct template_value *v,
			       const struct response_view *view,
			       struct staff_codes *codes);
/* Who, state, why, campaign, links, notes, emails, history. */
void staff_response_show_sides(struct web_request *r, struct template_value *v,
			       const struct response_view *view);
/* What was written to somebody, out of what we sent about their mail, before one more goes. */
void staff_written_show(struct web_request *r, struct template_value *v,
			const struct store_table *letters);

#endif
