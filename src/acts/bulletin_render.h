/*
 * acts bulletin_render - how an update of the store reads for one choice of its sections.
 *
 * Ownership  in the arena.
 * Errors     ERR_INPUT a template, or a text that cannot be a mail's
 */
#ifndef MERCAT_ACTS_BULLETIN_RENDER_H
#define MERCAT_ACTS_BULLETIN_RENDER_H

#include "acts/bulletin_load.h"

/* Rendered with token marks in its links. */
bool acts_bulletin_render(struct acts *acts, struct arena *arena,
			  const struct acts_bulletin *bulletin, uint64_t sections,
			  int64_t date_at, bool is_test, struct bulletin_mail *out,
			  struct err *err) MUST_USE;

#endif
