/*
 * flag tell - who is told of a flag, at once and when it is overdue; and whether anybody can be.
 *
 * At once: the safeguarding lead whom the settings name. Who has no account, no email address
 * of their own, or no right to deal with flags of that place cannot be told: then everybody
 * else with that right is, and if none of them can be, the administrators, who can only give
 * the role to somebody. The same when an email was refused or is in doubt, or its reader has lost
 * the right, until somebody has seen the flag. When it is overdue all of them are told. They
 * cannot choose not to be.
 *
 * No word of the mail, and nobody's name, is in these emails: the number of the flag, when it was
 * raised, by when it is to be seen, and the address of its page.
 *
 * Errors     of the store; an email that cannot be made counts as one that reached nobody.
 */
#ifndef MERCAT_DOMAIN_FLAG_TELL_H
#define MERCAT_DOMAIN_FLAG_TELL_H

#include "domain/core/domain.h"

/* The clock's: takes up what the program proposes, and tells of what nobody has seen. */
bool flags_tell(struct operation *op, bool *out_did, struct err *err) MUST_USE;

/* The lead whom the settings name, as things stand. */
struct flag_lead {
	const char *name; /* NULL: nobody is named */
	bool is_there;    /* there is such an account */
	bool can_sign_in; /* with a password, or through a proxy */
	bool has_email;   /* of their own */
	bool has_right;   /* in one place at least */
	const char *
		wrong; /* the first of these that is missing, in a sentence; NULL: none */
};
bool flag_lead_now(struct operation *op, struct arena *arena, struct flag_lead *out,
		   struct err *err) MUST_USE;

/* For administrators: how many flags nobody has seen in time, how many nobody could be told of,
 * how many emails about them have waited for staff.trouble_after; each since when, 0 for none. */
struct flag_trouble {
	int64_t overdue, overdue_at, untold, untold_at, unsent, unsent_at;
};
bool flag_trouble_now(struct operation *op, struct arena *arena, struct flag_trouble *out,
		      struct err *err) MUST_USE;

#endif
