/*
 * staff bulletin show - what the pages about one bulletin share; inside only.
 */
#ifndef MERCAT_STAFF_BULLETIN_SHOW_H
#define MERCAT_STAFF_BULLETIN_SHOW_H

#include "domain/bulletins/bulletin.h"
#include "domain/bulletins/bulletin_audience.h"
#include "bulletin/check.h"
#include "staff/frame/paths.h"

enum { STAFF_BULLETIN_BYTES = 1 << 20, STAFF_EDITOR_BYTES = 4 << 20 };

/* The bulletin that the path names; answers by itself when there is none. */
bool staff_bulletin_load(struct web_request *r, struct bulletin *out);
/* list, number, title, state and what may be done now, for every page of a bulletin. */
void staff_bulletin_values(struct web_request *r, struct template_value *v,
			   const struct bulletin *b);
/* The steps draft, checked, tested, approved, scheduled, sent, with who and when.
 * findings: of the text as it stands; NULL once it has begun to go out. */
bool staff_bulletin_steps(struct web_request *r, struct template_value *v,
			  const struct bulletin *b,
			  const struct bulletin_findings *findings,
			  struct err *err) MUST_USE;
/* To whom it goes: count, and once it is approved, who has joined since (joined), how many
 * an approval would be for now (now_count), whom it reaches when some have left (goes_to). */
void staff_bulletin_audience(struct template_value *v, const struct audience_tell *a);
/* Its page again, with what stood in the way, and what was written. */
void staff_bulletin_refused(struct web_request *r, const struct bulletin *b,
			    const struct err *err);
/* The same, with what is wrong beside that field, too. */
void staff_bulletin_wrong(struct web_request *r, const struct bulletin *b,
			  const char *field, const struct err *err);
/* Lines count from first_line of the whole text on: those of the text field. */
void staff_findings(struct template_value *v, const struct bulletin_findings *findings,
		    int first_line);
/* The pictures as values: name, size, and how to write them in the text. */
bool staff_bulletin_pictures(struct web_request *r, struct template_value *v,
			     const struct bulletin *b, struct err *err) MUST_USE;
/* "days": what is planned, or went out, between two times, of what who asks may see. */
bool staff_planned(struct web_request *r, struct template_value *v, int64_t from,
		   int64_t to, struct err *err) MUST_USE;
/* Links of a mail in a preview lead nowhere in particular: the marks become letters. */
const char *staff_without_marks(struct web_request *r, const char *text) MUST_USE;

#endif
