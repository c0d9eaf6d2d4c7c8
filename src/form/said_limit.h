/*
 * form said_limit - words that a form might offer ("Not for publication"), and none does.
 *
 * A few words read as a choice that nobody marked. In a list of choices that is one which was
 * left open. By itself it is what somebody wrote: what may be published is less than was chosen
 * elsewhere. It is of a list when choices of the same field stand beside it, among them the
 * freest, and the ones that were left open look as it does: where those have boxes, a colon or
 * a "no" behind them, words without any are none of them.
 *
 * Errors     none: in doubt it is a limit, and a person decides.
 */
#ifndef MERCAT_FORM_SAID_LIMIT_H
#define MERCAT_FORM_SAID_LIMIT_H

#include "form/form.h"
#include "form/row.h"

/* Does the row say that less may be published, as no choice of a list? */
bool said_limit(const struct form_rows *rows, size_t number) MUST_USE;

#endif
