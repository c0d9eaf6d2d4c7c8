/*
 * staff forms - what is wrong with a form, beside its fields, and the page that asks once more.
 *
 * A field that is wrong is said twice: in a summary on top, which takes the focus and leads to
 * the field ("errors": field, sentence; the partial form-errors.html), and beside it
 * ("wrong_title"). Where a step cannot be taken back or many are touched by it, a page of ours
 * says what will be, and its button does it.
 *
 * Ownership  in the arena of the request.
 * Errors     none.
 */
#ifndef MERCAT_STAFF_FORMS_H
#define MERCAT_STAFF_FORMS_H

#include "staff/frame/visitor.h"

struct staff_form {
	struct web_request *r;
	struct template_value *values, *errors;
	size_t wrong; /* how many fields are */
};

/* title: what the summary is called, "The list was not changed". */
struct staff_form staff_form_of(struct web_request *r, struct template_value *values,
				const char *title);
/* field is its id on the page; the first that is said of a field counts. */
void staff_form_wrong(struct staff_form *form, const char *field, const char *words);
/* What a form sent, or "" - never NULL; without white space around it. */
const char *staff_form_text(struct web_request *r, const char *name) MUST_USE;

/* A long text that a form sent, as it was typed, with the ends of lines that we keep. */
const char *staff_form_lines(struct web_request *r, const char *name) MUST_USE;

/* A page that asks once more. */
struct staff_sure {
	const char *title, *place; /* as of staff_values() */
	const char *to, *does;     /* where its button posts to, and what stands on it */
	const char *back, *back_words; /* the way out: "Back to the topic" */
	struct template_value *values, *says, *kept; /* made by staff_sure() */
};
void staff_sure(struct web_request *r, struct staff_sure *page);
/* A paragraph of it; what its form carries on. */
void staff_sure_says(struct staff_sure *page, const char *sentence);
/* name "seen": the mark of what it says (staff/frame/form_seen.h). */
void staff_sure_keeps(struct staff_sure *page, const char *name, const char *value);
void staff_sure_show(struct web_request *r, const struct staff_sure *page);
/* The button of such a page was pressed. */
bool staff_is_sure(struct web_request *r) MUST_USE;

#endif
