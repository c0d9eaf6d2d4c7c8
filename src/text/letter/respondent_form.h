/*
 * respondent form - which lines of a letter are those of a respondent information form.
 *
 * For taking the form out of what a person wrote. What the form says is read by
 * form/reading/form.h, from the document as a person sees it.
 *
 * Limits     English.
 */
#ifndef MERCAT_TEXT_RESPONDENT_FORM_H
#define MERCAT_TEXT_RESPONDENT_FORM_H

#include "base/arena.h"
#include "base/attr.h"

enum form_field {
	FORM_NAME,
	FORM_ORGANISATION,
	FORM_TYPE,       /* "individual", "organisation" */
	FORM_PERMISSION, /* "name", "without name", "none" */
	FORM_CONTACT,    /* "yes", "no" */
	FORM_FIELDS
};

/* Is this line nothing but a part of a form? room: for one line after the other. */
struct form_line;
bool form_has_line(const char *line, size_t len, struct form_line *room) MUST_USE;

/*
 * The text without the lines that belong to a form: its labels, choices and boxes, with
 * what was filled in beside a label. Everybody's form has these, whatever they think.
 */
const char *form_without(struct arena *arena, const char *text) MUST_USE;

/* The sentences of the usual form, which people send back with it. */
extern const char form_wording[];

#endif
