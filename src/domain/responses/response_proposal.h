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
 * A lesson is a mail of which a person said what it is: included, or a proposal of it
 * refused, it is a response; excluded with the reason of a kind, as accepting does, it is
 * of that kind. Excluded for any other reason it teaches nothing.
 *
 * What was decided before the last full hour counts, LESSONS_DECIDED of the newest. So the
 * same data gives the same answer in every process, and each trains once an hour at most,
 * and when a decision is taken back;
 * where nobody decided anything, none does. What an erasure took is no lesson any more.
 * The weights are held in memory, and nowhere else.
 *
 * Ownership  in the arena; what was learned belongs to the process, under a lock.
 * Errors     ERR_INPUT     a kind that is none, or none given and several wait
 *            ERR_ABSENT    no such response or proposal
 *            ERR_CONFLICT  it was decided, or somebody else has the response locked
 * Limits     training takes some tenths of a second, and some 30 MB for that time;
 *            the due date knows weekends, and no bank holidays
 */
#ifndef MERCAT_DOMAIN_RESPONSE_PROPOSAL_H
#define MERCAT_DOMAIN_RESPONSE_PROPOSAL_H

#include "domain/responses/response_text.h"
#include "base/calendar.h"

enum { PROPOSAL_DUE_DAYS = 20, LESSONS_DECIDED = 400, LESSONS_EVERY_SECONDS = HOUR_S };

extern const char *const response_proposal_kinds[]; /* ends with NULL */

enum proposal_decision { PROPOSAL_ACCEPT, PROPOSAL_REFUSE };

/* proposal/proposal.h */
struct proposal_mail;
struct proposals;

/* What is known of it that tells what it is; ERR_ABSENT before its mail is done.
 * out_decided: somebody said whether it is a response. */
bool response_proposal_facts(struct operation *op, struct arena *arena,
			     const struct response_text *words, struct proposal_mail *out,
			     bool *out_decided, struct err *err) MUST_USE;
/* What proposal_read() says with what was learned; sets its learned meanwhile. */
bool response_propose(struct operation *op, struct arena *arena,
		      struct proposal_mail *mail, struct proposals *out,
		      struct err *err) MUST_USE;
/* Why it is excluded where its being so is accepted: that stands in the figures. */
const char *response_proposal_reason(const char *kind) MUST_USE;
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
