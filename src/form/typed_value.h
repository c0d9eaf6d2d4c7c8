/*
 * typed value - what was typed behind the labels of a form: name and organisation.
 */
#ifndef MERCAT_FORM_TYPED_VALUE_H
#define MERCAT_FORM_TYPED_VALUE_H

#include "form/form.h"
#include "form/row.h"

/* Behind form_choices_read(): what a name is may hang on the type. */
void form_values_read(struct arena *arena, const struct form_rows *rows,
		      struct form *out);

#endif
