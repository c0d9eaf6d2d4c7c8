/*
 * needs - what waits for whoever op, over all lists and consultations that they may see.
 *
 * Nothing is in it that they have no right to do something about; a list or consultation that
 * they may not see is not named and not counted (op->rights; without them: everything).
 *
 *	flags      that somebody may be at risk: overdue, not seen yet, open; for
 *	           administrators those that are overdue, and that nobody could be told of
 *	risk       responses that say that somebody may be at risk, still to be decided
 *	unsorted   email that nobody could sort; with those of it at risk
 *	role       a process of the daemon that does not run, for staff.trouble_after
 *	relay      one that mail cannot be handed to, for as long
 *	mailbox    one that cannot be read, for as long
 *	on hold    a bulletin that was put on hold; paused: by a person
 *	doubt      mails of a bulletin that may or may not have arrived
 *	asked      a bulletin that a colleague asks them to approve; agree: to agree to changes in
 *	returned   a bulletin that they asked about, and that was returned with comments
 *	approve    a draft that others wrote, which they may approve, and nobody was asked about
 *	report     an edition of a report that a colleague asks them to approve, the newest
 *	release    responses that a colleague decided to publish, and they may release
 *	report back  one that waits for an approval, and whose words are others'
 *	request    who asks to be let in to a closed list
 *	mine       responses assigned to them that are not screened
 *	inform     responses that ask for information, which the law wants answered by a day
 *	second     a sample that they are still to code
 *	re-anchor  coded passages whose words moved
 *	bounce     subscribers whose mail comes back, before anybody is stopped
 *	draft      a bulletin that they wrote, and nobody approved
 *
 * Cost       six statements, however much waits.
 * Ownership  everything lives in the arena.
 * Errors     of the store.
 */
#ifndef MERCAT_DOMAIN_NEEDS_H
#define MERCAT_DOMAIN_NEEDS_H

#include "domain/admin/rights.h"

enum need_kind {
	NEED_FLAG_OVERDUE = 0,
	NEED_FLAG_UNSEEN,
	NEED_FLAG_LATE,   /* for administrators: overdue */
	NEED_FLAG_UNTOLD, /* for them: nobody could be told, or the email does not go */
	NEED_RISK,
	NEED_UNSORTED_RISK,
	NEED_FLAG_OPEN,
	NEED_ROLE,
	NEED_RELAY,
	NEED_MAILBOX,
	NEED_HELD,
	NEED_DOUBT,
	NEED_ASKED,
	NEED_AGREE,
	NEED_RETURNED,
	NEED_APPROVE,
	NEED_REPORT,
	NEED_REPORT_BACK,
	NEED_RELEASE,
	NEED_REQUEST,
	NEED_UNSORTED,
	NEED_MINE,
	NEED_INFORM,
	NEED_SECOND,
	NEED_RE_ANCHOR,
	NEED_BOUNCE,
	NEED_PAUSED,
	NEED_DRAFT,
	NEED_KINDS
};

struct need {
	enum need_kind kind;
	const char *place,
		*title; /* name and title of the list or consultation; NULL: none */
	int64_t number; /* of the bulletin, the sample, the edition or the only flag; 0: none */
	const char *
		what; /* title of the bulletin; name of the role, relay or mailbox; last day */
	const char *who; /* wrote it last; asks; returned it; why it is on hold */
	int64_t since_at, count;
};
struct needs {
	struct need *items; /* by kind, then the oldest first */
	size_t count;
};

bool needs_load(struct operation *op, struct arena *arena, struct needs *out,
		struct err *err) MUST_USE;

/* "risk", "on hold", "mine": what the store calls it. */
const char *need_name(enum need_kind kind) MUST_USE;
/* Home and the emails say and show the same: "3 responses are assigned to you", and where on the
 * staff site it is done, "/staff/consultations/cruelty?...". Whoever op is it is for. */
const char *need_says(struct arena *arena, const struct need *need) MUST_USE;
const char *need_path(const struct operation *op, struct arena *arena,
		      const struct need *need) MUST_USE;
bool need_is_urgent(enum need_kind kind) MUST_USE;

#endif
