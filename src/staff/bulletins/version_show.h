/*
 * staff version show - two versions of a bulletin, compared on a page.
 *
 * Ownership  in the arena of the request.
 * Errors     none.
 */
#ifndef MERCAT_STAFF_VERSION_SHOW_H
#define MERCAT_STAFF_VERSION_SHOW_H

#include "bulletin/version_diff.h"
#include "staff/frame/visitor.h"

/* "pieces": what version-diff.html shows, the new version with what was taken out of it;
 * added_count, removed_count; is_same. */
void version_show(struct web_request *r, struct template_value *v, const char *old_text,
		  const char *new_text);

#endif
