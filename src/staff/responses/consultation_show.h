/*
 * staff consultation show - a consultation as its form has it, and as the public will see it.
 *
 * Ownership  in the arena of the request.
 * Errors     those of the domain.
 */
#ifndef MERCAT_STAFF_CONSULTATION_SHOW_H
#define MERCAT_STAFF_CONSULTATION_SHOW_H

#include "staff/frame/form_seen.h"

/* What the form sent; a name that was left out is made from the title. */
struct consultation_draft staff_draft_sent(struct web_request *r) MUST_USE;
/* "form_title" and so on. */
void staff_draft_show(struct template_value *v, const struct consultation_draft *draft);
/* Its fields, as the mark of their form has them; and of a form that was refused for its mark, in
 * each field that its sender left alone what stands now. */
void staff_draft_seen(struct seen *out, const struct consultation_draft *draft);
void staff_draft_merge(struct web_request *r, struct consultation_draft *sent,
		       const struct consultation_draft *now);
/* "kept": of each text that differs from what stands its label and itself, for who can only
 * copy it any more. */
void staff_draft_keep(struct template_value *v, const struct consultation_draft *sent,
		      const struct consultation_draft *now);
/* Says of each field what is wrong with it. of: the draft that is changed, or NULL. */
void staff_draft_check(struct staff_form *form, const struct consultation_draft *draft,
		       const char *of);
/* What the public will see of it: "shown_introduction", "shown_questions" ... */
bool staff_draft_preview(struct web_request *r, struct template_value *v,
			 const struct consultation_draft *draft,
			 struct err *err) MUST_USE;

#endif
