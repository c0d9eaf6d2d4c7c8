/*
 * response moved - what a page shows of a response that was moved, or may be.
 *
 * Errors     of the store only.
 */
#ifndef MERCAT_STAFF_RESPONSE_MOVED_H
#define MERCAT_STAFF_RESPONSE_MOVED_H

#include "domain/queue/response_view.h"
#include "staff/triage/triage.h"

/* "consultations_to", "may_move"; "moves": where it was before. */
bool staff_move_show(struct web_request *r, struct template_value *v,
		     const struct response_view *view, struct err *err) MUST_USE;
/* A reference that a response had: leads to where it is, or says that this person may not read
 * it there. False when none had it, and nothing was answered. */
bool staff_moved_on(struct web_request *r, const char *reference) MUST_USE;

#endif
