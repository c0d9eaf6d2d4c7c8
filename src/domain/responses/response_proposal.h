/*
 * response proposal - what a response seems to be when it is none, and what else it
 * says that somebody must act on; an official accepts or refuses each.
 *
 * Derived from the mail as often as it is read (proposal/proposal.h). A proposal is no
 * decision: figures and exports do not know of it. One that the mail is no response waits
 * until somebody includes or excludes the response, with it or without; another waits
 * until it is decided, whatever becomes of the response. What was decided stays.
 *
 * Accepting that it is no response excludes it, with that as the reason; accepting
 * what stands beside a response leaves the response as it is. Both can be undone.
 *
 * A request for information has to be answered in 20 working days from its receipt
 * (Freedom of Information (Scotland) Act 2002, section 10).
 *
 * Ownership  in the arena.
 * Errors     ERR_INPUT     a kind that is none, or none given and several wait
 *            ERR_ABSENT    no such response or proposal
 *            ERR_CONFLICT  it was decided, or somebody else has the response locked
 * Limits     the due date knows weekends, and no bank holidays
 */
#ifndef MERCAT_DOMAIN_RESPONSE_PROPOSAL_H
#define MERCAT_DOMAIN_RESPONSE_PROPOSAL_H

#include "domain/responses/response_text.h"

enum { PROPOSAL_DUE_DAYS = 20 };

extern const char *const response_proposal_kinds[]; /* ends with NULL */

enum proposal_decision { PROPOSAL_ACCEPT, PROPOSAL_REFUSE };

/* Inside the caller's transaction. */
bool response_proposal_read(struct operation *op, struct arena *arena,
			    const struct response_text *words, struct err *err) MUST_USE;
/* The rows of "proposals_of": kind, whole, sign, words, state, staff, at, waits. */
bool response_proposal_list(struct operation *op, struct arena *arena,
			    int64_t response_id, struct store_table *out,
			    struct err *err) MUST_USE;
/* The rows of "proposals_in": those of a consultation that wait; kind NULL: all. */
bool response_proposals_in(struct operation *op, struct arena *arena,
			   const char *consultation, const char *kind,
			   struct store_table *out, struct err *err) MUST_USE;
/* kind NULL: the only one that waits. */
bool response_proposal_decide(struct operation *op, const char *reference,
			      const char *kind, enum proposal_decision decision,
			      struct err *err) MUST_USE;
/* The last day for an answer, as "2026-12-08", for what came at that time in that zone. */
const char *response_proposal_due(struct arena *arena, int64_t received_at,
				  const char *zone) MUST_USE;

#endif
