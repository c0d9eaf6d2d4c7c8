/*
 * acts suggestion - codes that a rule or a machine would put on a passage.
 *
 * A suggestion counts nowhere until a person accepts it; then it is a coding by that
 * rule or machine, with the person who said yes. Refused ones do not come back: the
 * same code is never suggested again for that passage or one that overlaps it, also
 * after the reply was read anew.
 *
 *	open -> accepted | refused; taking the act back opens it again
 *	open -> gone (the passage could not be found again)
 *
 * Errors     ERR_CONFLICT it is decided already.
 */
#ifndef MERCAT_ACTS_SUGGESTION_H
#define MERCAT_ACTS_SUGGESTION_H

#include "acts/coding.h"

/* By a rule or the machine, inside its transaction. because: why, in words ("rule
 * buses"). out_added false: coded, suggested or refused there before. */
bool acts_suggestion_add(struct acts *acts, struct arena *arena,
			 const struct acts_words *words, int64_t code_id,
			 const struct acts_passage *where, const char *by_what,
			 const char *because, bool *out_added, struct err *err) MUST_USE;
bool acts_suggestion_accept(struct acts *acts, int64_t suggestion_id, int64_t *out_coding,
			    int64_t *out_change, struct err *err) MUST_USE;
bool acts_suggestion_refuse(struct acts *acts, int64_t suggestion_id, int64_t *out_change,
			    struct err *err) MUST_USE;

/* Open ones of a consultation, the oldest first, after that id; as quotes whose
 * coding_id is the suggestion's. */
bool acts_suggestions(struct acts *acts, struct arena *arena, const char *consultation,
		      int64_t after, size_t most, struct acts_quote **out,
		      size_t *out_count, struct err *err) MUST_USE;

#endif
