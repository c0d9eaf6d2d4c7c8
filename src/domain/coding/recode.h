/*
 * recode - a code put, or put in another's place, wherever a search finds it.
 *
 * First count (recode_count), then do; expect holds both together: when the count
 * is another meanwhile, nothing is done. However many it changes, it is one act and is
 * taken back as one (domain/coding/codeframe_log.h).
 *
 *	passages false, instead_of 0   the code on each reply that is found, as a whole
 *	passages true,  instead_of 0   on each paragraph in which the words stand
 *	passages false, instead_of X   all codings of X in the replies that are found
 *	passages true,  instead_of X   those of X whose own passage has the words
 *
 * Errors     ERR_INPUT no words for passages; ERR_CONFLICT another count than expected.
 */
#ifndef MERCAT_DOMAIN_RECODE_H
#define MERCAT_DOMAIN_RECODE_H

#include "domain/coding/coding.h"
#include "domain/responses/response.h"

enum { RECODE_MOST = 200000 };

struct recode {
	const char *consultation;
	struct response_filter filter;
	bool who;      /* may whoever asks see who wrote? As in struct response_look */
	bool passages; /* filter.search are plain words then, next to each other */
	int64_t code_id, instead_of;
};

struct recode_count {
	int64_t responses, codings; /* that would change */
	int64_t already;            /* have the code there already */
};

bool recode_count(struct operation *op, const struct recode *recode,
		  struct recode_count *out, struct err *err) MUST_USE;
/*
 * The same in steps, for a search that finds more than a person waits for: begin with
 * zeros, go on with what came out until whole. What changes between two steps is not
 * seen; expect finds it when it is done.
 */
struct recode_so_far {
	struct recode_count count;
	int64_t after, looked_at; /* the last reply, and how many there were up to it */
	bool whole;
};
bool recode_count_on(struct operation *op, const struct recode *recode, int64_t most,
		     struct recode_so_far *so_far, struct err *err) MUST_USE;
/* expect: codings as counted, or -1. */
bool recode_apply(struct operation *op, const struct recode *recode, int64_t expect,
		  struct recode_count *out, int64_t *out_change,
		  struct err *err) MUST_USE;

#endif
