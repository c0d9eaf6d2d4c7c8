/*
 * staff report_back_show - a report back as its page shows it: its state, its email, who gets it
 * or got it.
 *
 * Ownership  in the arena of the request.
 */
#ifndef MERCAT_STAFF_REPORT_BACK_SHOW_H
#define MERCAT_STAFF_REPORT_BACK_SHOW_H

#include "domain/outcome/report_back_send.h"
#include "staff/frame/forms.h"

/* number 0: that of all of them; step: "", "/new", "/ask". */
const char *report_back_path(struct web_request *r, int64_t number,
			     const char *step) MUST_USE;
/* The one in the path; false when it has answered. */
bool report_back_find(struct web_request *r, struct report_back *out) MUST_USE;
struct report_back_of report_back_in(struct web_request *r, const struct report_back *b);

void report_back_show_state(struct web_request *r, struct template_value *v,
			    const struct report_back *b);
void report_back_show_email(struct web_request *r, struct template_value *v,
			    const struct report_back_words *w);
struct template_value *report_back_values(struct web_request *r,
					  const struct report_back *b) MUST_USE;
/* Answers with its page. words: typed and not saved, or NULL. */
void report_back_show(struct web_request *r, struct template_value *v, unsigned status,
		      const struct report_back *found,
		      const struct report_back_words *words);

#endif
