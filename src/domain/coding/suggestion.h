/*
 * suggestion - codes that a rule or a machine would put on a passage.
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
#ifndef MERCAT_DOMAIN_SUGGESTION_H
#define MERCAT_DOMAIN_SUGGESTION_H

#include "domain/coding/coding.h"

struct suggestion_new {
	const struct response_text *words;
	int64_t code_id;
	const struct coded_passage *where;
	const char *by_what, *because;
};
/* By a rule or the machine, inside its transaction. because: why, in words ("rule
 * buses"). out_added false: coded, suggested or refused there before. */
bool suggestion_add(struct operation *op, struct arena *arena,
		    const struct suggestion_new *suggestion, bool *out_added,
		    struct err *err) MUST_USE;
bool suggestion_accept(struct operation *op, int64_t suggestion_id, int64_t *out_coding,
		       int64_t *out_change, struct err *err) MUST_USE;
bool suggestion_refuse(struct operation *op, int64_t suggestion_id, int64_t *out_change,
		       struct err *err) MUST_USE;

struct suggestion_page {
	const char *consultation;
	int64_t after; /* the id of the last one of the page before; 0: the first page */
	size_t most;
};
/* Open ones of a consultation, the oldest first, after that id; as quotes whose
 * coding_id is the suggestion's. */
bool suggestion_list(struct operation *op, struct arena *arena,
		     const struct suggestion_page *page, struct coded_quote **out,
		     size_t *out_count, struct err *err) MUST_USE;

#endif
