/*
 * queue private - what the files of the desk share: a filter made ready for its statements.
 *
 * Ownership  in the arena it was made in.
 * Errors     as in domain/queue/queue.h
 */
#ifndef MERCAT_DOMAIN_QUEUE_PRIVATE_H
#define MERCAT_DOMAIN_QUEUE_PRIVATE_H

#include "domain/admin/consultation.h"
#include "domain/queue/queue.h"

enum { FILTER_MOST = 8000 };

/* As the parameters of staff_up stand: names are ids, words are a query. */
struct staff_query {
	int64_t consultation, staff, campaign, code, from_at, to_at;
	const char *state, *type, *permission, *match, *proposed;
	enum queue_any late, unreadable, marked, tagged, linked, second;
};

bool queue_query(struct operation *op, struct arena *arena, const struct queue_look *look,
		 struct staff_query *out, struct err *err) MUST_USE;
/* The words of a search as the text index takes them. */
bool queue_match(struct arena *arena, const char *words, bool who, const char **out,
		 struct err *err) MUST_USE;
/* staff_up, staff_down or staff_count; most -1: all. */
bool queue_run(struct operation *op, struct arena *arena, enum sql_id statement,
	       const struct staff_query *query, int64_t from, int64_t most,
	       struct store_table *out, struct err *err) MUST_USE;

#endif
