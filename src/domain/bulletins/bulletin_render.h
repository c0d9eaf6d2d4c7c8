/*
 * bulletin render - how an update of the store reads for one choice of its sections.
 *
 * Ownership  in the arena.
 * Errors     ERR_INPUT a template, or a text that cannot be a mail's
 */
#ifndef MERCAT_DOMAIN_BULLETIN_RENDER_H
#define MERCAT_DOMAIN_BULLETIN_RENDER_H

#include "domain/bulletins/bulletin_load.h"

/* Rendered with token marks in its links. */
bool bulletin_render_mail(struct operation *op, struct arena *arena,
			  const struct bulletin *bulletin, uint64_t sections,
			  int64_t date_at, bool is_test, struct bulletin_mail *out,
			  struct err *err) MUST_USE;

#endif
