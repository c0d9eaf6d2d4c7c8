/*
 * acts move - a person takes another address, confirmed at both.
 *
 *	asked -> a letter to the old and one to the new address, each with its own token
 *	      -> confirmed at both -> done; the old address is told
 *
 * Either alone proves nothing: who reads the old mailbox might move somebody's updates
 * away, and who types a wrong new one might send them to a stranger. Links:
 * base_url/address/TOKEN, both; they expire with manage.link_expires and a later
 * question voids an earlier one. When somebody else has the new address already, its
 * owner gets the letter all the same; on confirming, the two become one where they can (the
 * new address is on no list), else it ends with ACTS_MOVE_TAKEN.
 *
 * Errors     ERR_INPUT no address, or the one they have.
 */
#ifndef MERCAT_ACTS_MOVE_H
#define MERCAT_ACTS_MOVE_H

#include "acts/manage.h"

/* At most three a day for one person, and three letters a day to one new address. */
bool acts_move_ask(struct acts *acts, const struct acts_self *self, const char *address,
		   struct err *err) MUST_USE;

struct acts_move {
	const char *old_address, *new_address, *language;
	bool is_old;             /* whose token this is */
	bool old_said, new_said; /* who has confirmed */
	bool done;
};
/* For the page with the button; changes nothing. *out is set for GOOD and USED. */
bool acts_move_find(struct acts *acts, struct arena *arena, const char *token,
		    enum acts_token_state *out_state, struct acts_move *out,
		    struct err *err) MUST_USE;

enum acts_move_result {
	ACTS_MOVE_WAITS, /* for the other address */
	ACTS_MOVE_DONE,
	ACTS_MOVE_AGAIN, /* was confirmed before: nothing changes */
	ACTS_MOVE_EXPIRED,
	ACTS_MOVE_TAKEN, /* the new address has subscriptions of its own, or is barred */
	ACTS_MOVE_UNKNOWN
};
bool acts_move_confirm(struct acts *acts, const char *token, enum acts_move_result *out,
		       struct err *err) MUST_USE;

#endif
