/*
 * respondent - who answered and what they allow, read from their own response.
 *
 * Each response has a respondent of its own. Type, permission and contact are what its
 * form or its sentences say; name and organisation come from the form, else from the
 * signature, else from From. All is kept with the place where it stands. What a person
 * of the staff has set is never touched.
 *
 * A later response that is linked to this one, or only proposed to be, makes what this
 * one allows stricter and never freer: From can be forged, and so a later mail gives
 * nothing away that an earlier one held back, until a person decides.
 *
 * Each place that says something about type, permission or contact is kept as a reading
 * beside what they give together, so that an official sees both sides of a contradiction.
 *
 * Source     form/reading/form.h, form/pieces/scale.h, text/letter/signature.h
 */
#ifndef MERCAT_DOMAIN_RESPONDENT_H
#define MERCAT_DOMAIN_RESPONDENT_H

#include "domain/responses/response_text.h"

struct respondent_found;

/* What a response says of that, from its words alone. In the arena, as words must be. */
const struct respondent_found *respondent_read(struct arena *arena,
					       const struct response_text *words);
/* Keeps what was found. */
bool respondent_write(struct operation *op, struct arena *arena,
		      const struct response_text *words,
		      const struct respondent_found *found, struct err *err) MUST_USE;

/* This response and all that it is linked to, directly or in turn. */
bool respondent_before(struct operation *op, struct arena *arena, int64_t response_id,
		       struct store_table *out, struct err *err) MUST_USE;
/* What their respondents allow, after a link among them came or went. */
bool respondent_renew(struct operation *op, const struct store_table *responses,
		      struct err *err) MUST_USE;

#endif
