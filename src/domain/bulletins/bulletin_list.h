/*
 * bulletin list - all bulletins, and who wrote, tested and approved one.
 *
 * Changes nothing. Tables are those of the named statements.
 *
 * Units      at is unix seconds UTC.
 * Ownership  everything lives in the arena.
 * Errors     of the store only: a list that there is none of has no bulletins.
 */
#ifndef MERCAT_DOMAIN_BULLETIN_LIST_H
#define MERCAT_DOMAIN_BULLETIN_LIST_H

#include "domain/bulletins/bulletin_load.h"

/* The rows of "bulletin_list" by number; list NULL: of all lists. */
bool bulletin_list(struct operation *op, struct arena *arena, const char *list,
		   struct store_table *out, struct err *err) MUST_USE;
/* Those in whose title or text all of up to three words stand, the newest first: the rows of
 * "bulletin_search". Case of ASCII is ignored; marks of a search for responses are passed over. */
bool bulletin_search(struct operation *op, struct arena *arena, const char *words,
		     struct store_table *out, struct err *err) MUST_USE;
/* The number of the last one of a list that has begun, and of the next that is to go out;
 * 0: none. */
bool bulletin_marks(struct operation *op, int64_t list_id, int64_t *out_last,
		    int64_t *out_next, struct err *err) MUST_USE;
/* The row of "approval_show" for its last approval, withdrawn or not; or none. */
bool bulletin_approval(struct operation *op, struct arena *arena, int64_t bulletin_id,
		       struct store_table *out, struct err *err) MUST_USE;

struct bulletin_step {
	const char *who; /* NULL: nobody did */
	int64_t at;
};

/* Who wrote on it last; who sent the last test of exactly this text. */
bool bulletin_written(struct operation *op, struct arena *arena,
		      const struct bulletin *bulletin, struct bulletin_step *out,
		      struct err *err) MUST_USE;
bool bulletin_tested(struct operation *op, struct arena *arena,
		     const struct bulletin *bulletin, struct bulletin_step *out,
		     struct err *err) MUST_USE;

#endif
