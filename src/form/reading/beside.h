/*
 * form beside - short lines of the same paragraph as a choice that nobody understands.
 *
 * "Refused", "DNP", "---- CANCELLED ----" below a choice, "I object to:" or "Last time I chose:"
 * above it: what such lines say of the choice cannot be listed, so none is taken to say nothing.
 * A line beside a choice is part of a form, a name or an address, the heading of what follows, a
 * sentence (which is heard, form/reading/hearing.h), or of words that are all known; else the
 * choice is in doubt.
 *
 * Errors     none.
 */
#ifndef MERCAT_FORM_BESIDE_H
#define MERCAT_FORM_BESIDE_H

#include "form/reading/form.h"
#include "form/pieces/row.h"

/* The line beside row number that puts its choice in doubt, or NULL. crossed: it was chosen by a
 * cross, which a line above may have asked for what is not wanted. */
const struct form_row *beside_in_doubt(const struct form_rows *rows, size_t number,
				       const struct form_reading *chosen) MUST_USE;

#endif
