/*
 * form choice - the choices of a form, row by row, into what was chosen.
 *
 * Choices of one field that stand together are one group. Exactly one of a group must be
 * marked, or left when all others are struck out, or stressed when no other is, or stand
 * alone behind its heading. Yes and no answer the heading right above them.
 */
#ifndef MERCAT_FORM_CHOICE_H
#define MERCAT_FORM_CHOICE_H

#include "form/form.h"
#include "form/row.h"

void form_choices_read(struct arena *arena, const struct form_rows *rows,
		       struct form *out);

#endif
