/*
 * form steps - what form_read() does with the rows of a document, one step after the other.
 */
#ifndef MERCAT_FORM_STEPS_H
#define MERCAT_FORM_STEPS_H

#include "form/reading/form.h"
#include "form/pieces/row.h"

/*
 * The choices of a form, row by row, into what was chosen. Choices of one field that stand
 * together are one group. Exactly one of a group must be marked, or left when all others are
 * struck out, or stressed when no other is, or stand alone behind its heading. Yes and no
 * answer the heading right above them.
 */
void form_choices_read(struct arena *arena, const struct form_rows *rows,
		       struct form *out);

/* Behind the choices: sentences, and what puts in doubt what was allowed (hearing.h). */
void form_hear(struct arena *arena, const struct form_rows *rows, struct form *out);

/* Name and organisation, typed behind their labels: what a name is may hang on the type. */
void form_values_read(struct arena *arena, const struct form_rows *rows,
		      struct form *out);

/* Where what was typed begins, behind a label of who responds; 0: it is no such row. */
size_t form_row_value(const struct form_row *row) MUST_USE;

#endif
