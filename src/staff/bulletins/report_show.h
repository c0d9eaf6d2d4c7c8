/* staff report show - the figures of what goes out or has gone out, as values of a page; in
 * page_bulletin.c, for that page and for the report. */
#ifndef MERCAT_STAFF_REPORT_SHOW_H
#define MERCAT_STAFF_REPORT_SHOW_H

#include "domain/delivery/bulletin_progress.h"
#include "staff/frame/visitor.h"

/* A list of that name: count, failure, reason, words. */
void staff_report_failures(struct template_value *v, const char *name,
			   const struct failed_deliveries *failures, size_t count);
/* "sent_count", "rows" ..., "held", "failures", "minutes". */
void staff_report_progress(struct web_request *r, struct template_value *v,
			   const struct delivery_progress *progress);

#endif
