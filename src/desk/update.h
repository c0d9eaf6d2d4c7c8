/*
 * desk update - what the pages about one update share; inside only.
 */
#ifndef MERCAT_DESK_UPDATE_H
#define MERCAT_DESK_UPDATE_H

#include "acts/bulletin.h"
#include "bulletin/check.h"
#include "desk/inside.h"

enum { DESK_UPDATE_BYTES = 1 << 20, DESK_PICTURE_BYTES = 3 << 20 };

/* The update that the path names (/desk/l/LIST/u/NUMBER); answers by itself when there is
 * none. */
bool desk_update_load(struct web_request *r, struct acts_bulletin *out);
/* list, number, title, state and what may be done now, for every page of an update. */
void desk_update_values(struct web_request *r, struct template_value *v,
			const struct acts_bulletin *b);
/* The steps draft, checked, tested, approved, scheduled, sent, with who and when.
 * findings: of the text as it stands; NULL once it has begun to go out. */
bool desk_update_steps(struct web_request *r, struct template_value *v,
		       const struct acts_bulletin *b,
		       const struct bulletin_findings *findings,
		       struct err *err) MUST_USE;
/* Its page again, with what stood in the way, and what was written. */
void desk_update_refused(struct web_request *r, const struct acts_bulletin *b,
			 const struct err *err);
void desk_findings(struct template_value *v, const struct bulletin_findings *findings);
/* The pictures as values: name, size, and how to write them in the text. */
bool desk_update_pictures(struct web_request *r, struct template_value *v,
			  const struct acts_bulletin *b, struct err *err) MUST_USE;
/* Links of a mail in a preview lead nowhere in particular: the marks become letters. */
const char *desk_without_marks(struct web_request *r, const char *text) MUST_USE;
/* A mail's HTML in a frame that can run nothing and load nothing. */
void desk_mail_frame(struct web_request *r, const char *html);

#endif
