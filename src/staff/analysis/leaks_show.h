/* staff leaks show - what a scan found in a report, with what a person says of each; in
 * page_report_settle.c, for the report and its editions. */
#ifndef MERCAT_STAFF_LEAKS_SHOW_H
#define MERCAT_STAFF_LEAKS_SHOW_H

#include "domain/leaks/leak.h"
#include "staff/frame/visitor.h"

/* "leaks", with "any_leaks" and "any_open_leaks"; what has the same words is told once. edition:
 * where the form leads back to, 0: the report. */
void staff_leaks_show(struct web_request *r, struct template_value *v,
		      const struct leak_found *found, int64_t edition);

#endif
