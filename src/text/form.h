/*
 * form - reads a respondent information form out of plain text.
 *
 * Who answers (name, individual or organisation), what may be published, and whether
 * they may be contacted again: from boxes that are ticked ("[x]", a ballot box, a bare
 * x before or behind the label, Yes/No), from "label: value", or from a short sentence
 * that says nothing else ("Please publish without my name").
 *
 * What is not clearly said stays unknown: no box ticked, two ticked, a box against a
 * sentence, a list of choices with none taken. It is for publication, so a wrong "yes"
 * is worse than any number of unknowns: a longer sentence that mentions publishing is
 * an opinion, not a permission.
 *
 * Units      lines count from 1.
 * Ownership  values are copies in the arena or constants.
 * Source     the form in use and what it means: our notes on consultations.
 * Limits     English; nothing is read behind FORM_LINES_MOST lines.
 */
#ifndef MERCAT_TEXT_FORM_H
#define MERCAT_TEXT_FORM_H

#include "base/arena.h"
#include "base/attr.h"

enum { FORM_LINES_MOST = 50000, FORM_VALUE_MOST = 200 };

enum form_field {
	FORM_NAME,
	FORM_ORGANISATION,
	FORM_TYPE,       /* "individual", "organisation" */
	FORM_PERMISSION, /* "name", "without name", "none" */
	FORM_CONTACT,    /* "yes", "no" */
	FORM_FIELDS
};

struct form_finding {
	const char *value; /* NULL: unknown */
	const char *note;  /* why unknown or how it was read, or NULL */
	size_t line;       /* where; 0: nowhere */
};

struct form {
	struct form_finding of[FORM_FIELDS];
};

void form_read(struct arena *arena, const char *text, struct form *out);

/*
 * The text without the lines that belong to a form: its labels, choices and boxes, with
 * what was filled in beside a label. Everybody's form has these, whatever they think.
 */
const char *form_without(struct arena *arena, const char *text) MUST_USE;

/* Is this line nothing but a part of a form? room: for one line after the other. */
struct form_line;
bool form_has_line(const char *line, size_t len, struct form_line *room) MUST_USE;

/* The sentences of the usual form, which people send back with it. */
extern const char form_wording[];
extern const char *const form_field_names[FORM_FIELDS];

#endif
