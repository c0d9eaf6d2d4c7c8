/*
 * staff moderation show - the text of a response with what is redacted, proposed and left out in
 * it, and the same as lists to act on.
 *
 * Units      characters of a part, as of domain/publication/redaction.h
 * Ownership  in the arena of the request.
 * Limits     as much of the texts as a page of the staff has room for (staff_text), in 4,000
 *            pieces; 500 of each list: the next come when those are settled
 */
#ifndef MERCAT_STAFF_MODERATION_SHOW_H
#define MERCAT_STAFF_MODERATION_SHOW_H

#include "domain/publication/redaction.h"
#include "staff/frame/visitor.h"

/* "parts", each with "pieces": text, and whether it is left_out, redacted, proposed. */
void staff_moderation_text(struct web_request *r, struct template_value *v,
			   const struct redactions *all);
/* "proposals", "redactions", "dismissals". */
void staff_moderation_items(struct web_request *r, struct template_value *v,
			    const struct redactions *all);

#endif
