/*
 * staff scan show - the frame in which a page shows the pictures of a scan.
 *
 * The pictures stand in a page of their own (page_scan.c), so that turning and enlarging them
 * takes nothing from a form beside it, without a script.
 *
 * Ownership  in the arena of the request.
 * Errors     none.
 */
#ifndef MERCAT_STAFF_SCAN_SHOW_H
#define MERCAT_STAFF_SCAN_SHOW_H

#include "domain/queue/response_view.h"
#include "staff/frame/visitor.h"

/* The page may hold a frame of ours. */
void staff_scan_policy(struct web_request *r);
/* "has_scan": the response was typed from one. */
void staff_scan_link(struct web_request *r, struct template_value *v,
		     const struct response_view *view);

#endif
