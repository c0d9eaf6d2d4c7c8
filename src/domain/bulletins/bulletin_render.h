/*
 * bulletin render - how an update of the store reads for one choice of its sections.
 *
 * Ownership  in the arena.
 * Errors     ERR_INPUT a template, or a text that cannot be a mail's
 */
#ifndef MERCAT_DOMAIN_BULLETIN_RENDER_H
#define MERCAT_DOMAIN_BULLETIN_RENDER_H

#include "domain/bulletins/bulletin_load.h"

/* Whether the mail goes to subscribers, or says that it is a test. */
enum bulletin_purpose { BULLETIN_FOR_READERS, BULLETIN_AS_TEST };
struct bulletin_reading {
	uint64_t sections; /* a variant of bulletin_variant() */
	int64_t date_at;   /* the day that stands in it */
	enum bulletin_purpose purpose;
};
/* Rendered with token marks in its links. */
bool bulletin_render_mail(struct operation *op, struct arena *arena,
			  const struct bulletin *bulletin,
			  const struct bulletin_reading *reading,
			  struct bulletin_mail *out, struct err *err) MUST_USE;

#endif
