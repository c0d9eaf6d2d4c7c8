/*
 * bulletin reuse - the last update's frame for the next one: headings and topics, no text.
 *
 * The keys are kept but for title and summary, which become marks that the checks ask
 * to fill in. Each section has its heading, its topics and a mark.
 *
 * Ownership  the text lives in the arena.
 * Errors     none.
 */
#ifndef MERCAT_BULLETIN_REUSE_H
#define MERCAT_BULLETIN_REUSE_H

#include "bulletin/source.h"

const char *bulletin_reuse(struct arena *arena, const struct bulletin_source *last);
/* For a list that has no update yet: a section for each topic. */
const char *bulletin_reuse_nothing(struct arena *arena, const char *list,
				   const char *const *topics, size_t count);

#endif
