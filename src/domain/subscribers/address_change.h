/*
 * address change - a person takes another address, confirmed at both.
 *
 *	asked -> a letter to the old and one to the new address, each with its own token
 *	      -> confirmed at both -> done; the old address is told
 *
 * Either alone proves nothing: who reads the old mailbox might move somebody's updates
 * away, and who types a wrong new one might send them to a stranger. Links:
 * base_url/address/TOKEN, both; they expire with manage.link_expires and a later
 * question voids an earlier one. When somebody else has the new address already, its
 * owner gets the letter all the same; on confirming, the two become one where they can (the
 * new address is on no list), else it ends with ADDRESS_CHANGE_TAKEN.
 *
 * Errors     ERR_INPUT no address, or the one they have.
 */
#ifndef MERCAT_DOMAIN_ADDRESS_CHANGE_H
#define MERCAT_DOMAIN_ADDRESS_CHANGE_H

#include "domain/subscribers/preferences.h"

/* At most three a day for one person, and three letters a day to one new address. */
bool address_change_ask(struct operation *op, const struct self_service *self,
			const char *address, struct err *err) MUST_USE;

struct address_change {
	const char *old_address, *new_address, *language;
	bool is_old;             /* whose token this is */
	bool old_said, new_said; /* who has confirmed */
	bool done;
};
/* For the page with the button; changes nothing. *out is set for GOOD and USED. */
bool address_change_find(struct operation *op, struct arena *arena, const char *token,
			 enum token_state *out_state, struct address_change *out,
			 struct err *err) MUST_USE;

/* What they have asked for and may still confirm; its new_address is NULL for none. */
bool address_change_open(struct operation *op, struct arena *arena,
			 const struct self_service *self, struct address_change *out,
			 struct err *err) MUST_USE;
/* Its links are void; when there is none, nothing changes. */
bool address_change_cancel(struct operation *op, const struct self_service *self,
			   struct err *err) MUST_USE;

enum address_change_result {
	ADDRESS_CHANGE_WAITS, /* for the other address */
	ADDRESS_CHANGE_DONE,
	ADDRESS_CHANGE_AGAIN, /* was confirmed before: nothing changes */
	ADDRESS_CHANGE_EXPIRED,
	ADDRESS_CHANGE_TAKEN, /* the new address has subscriptions of its own, or is barred */
	ADDRESS_CHANGE_UNKNOWN
};
bool address_change_confirm(struct operation *op, const char *token,
			    enum address_change_result *out, struct err *err) MUST_USE;

#endif
