/*
 * acts recode - a code put, or put in another's place, wherever a search finds it.
 *
 * First count (acts_recode_count), then do; expect holds both together: when the count
 * is another meanwhile, nothing is done. However many it changes, it is one act and is
 * taken back as one (acts/frame_change.h).
 *
 *	passages false, instead_of 0   the code on each reply that is found, as a whole
 *	passages true,  instead_of 0   on each paragraph in which the words stand
 *	passages false, instead_of X   all codings of X in the replies that are found
 *	passages true,  instead_of X   those of X whose own passage has the words
 *
 * Errors     ERR_INPUT no words for passages; ERR_CONFLICT another count than expected.
 */
#ifndef MERCAT_ACTS_RECODE_H
#define MERCAT_ACTS_RECODE_H

#include "acts/coding.h"
#include "acts/response.h"

enum { ACTS_RECODE_MOST = 200000 };

struct acts_recode {
	struct acts_response_filter filter; /* consultation must be there */
	bool passages; /* filter.search are plain words then, next to each other */
	int64_t code_id, instead_of;
};

struct acts_recode_count {
	int64_t replies, codings; /* that would change */
	int64_t already;          /* have the code there already */
};

bool acts_recode_count(struct acts *acts, const struct acts_recode *recode,
		       struct acts_recode_count *out, struct err *err) MUST_USE;
/*
 * The same in steps, for a search that finds more than a person waits for: begin with
 * zeros, go on with what came out until whole. What changes between two steps is not
 * seen; expect finds it when it is done.
 */
struct acts_recode_so_far {
	struct acts_recode_count count;
	int64_t after, looked_at; /* the last reply, and how many there were up to it */
	bool whole;
};
bool acts_recode_count_on(struct acts *acts, const struct acts_recode *recode,
			  int64_t most, struct acts_recode_so_far *so_far,
			  struct err *err) MUST_USE;
/* expect: codings as counted, or -1. */
bool acts_recode(struct acts *acts, const struct acts_recode *recode, int64_t expect,
		 struct acts_recode_count *out, int64_t *out_change,
		 struct err *err) MUST_USE;

#endif
