/*
 * acts desk own - what the files of the desk share: a filter made ready for its statements.
 *
 * Ownership  in the arena it was made in.
 * Errors     as in acts/desk.h
 */
#ifndef MERCAT_ACTS_DESK_OWN_H
#define MERCAT_ACTS_DESK_OWN_H

#include "acts/consultation.h"
#include "acts/desk.h"

enum { FILTER_MOST = 8000 };

/* As the parameters of desk_up stand: names are ids, words are a query. */
struct desk_query {
	int64_t consultation, staff, campaign, code, from_at, to_at;
	const char *state, *type, *permission, *match;
	enum acts_desk_any late, unreadable, marked, tagged, linked, second;
};

bool acts_desk_query(struct acts *acts, struct arena *arena, const char *consultation,
		     const struct acts_desk_filter *filter, bool who,
		     struct desk_query *out, struct err *err) MUST_USE;
/* The words of a search as the text index takes them. */
bool acts_desk_match(struct arena *arena, const char *words, bool who, const char **out,
		     struct err *err) MUST_USE;
/* desk_up, desk_down or desk_count; most -1: all. */
bool acts_desk_run(struct acts *acts, struct arena *arena, enum sql_id statement,
		   const struct desk_query *query, int64_t from, int64_t most,
		   struct store_table *out, struct err *err) MUST_USE;

#endif
