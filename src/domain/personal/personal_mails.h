/*
 * personal mails - which mails in the store are one person's, and which only name them.
 *
 * A mail is somebody's when they are its only author: From says so; or, where From is an
 * address of ours or was put there by a group, the address that answers are wanted at
 * (intake keeps it as mail_writer). What a program answers for whoever our mail went to names
 * them, from whatever address it comes. A link or an address with a token that was theirs makes
 * nobody an author: who got a bulletin passed on may answer it. Notices of mail systems go with
 * whom they are about.
 *
 * What does not go with them is for a person to decide: what they wrote with somebody else
 * ("joint"), what others wrote and names them or came by a link of theirs ("named"), and what
 * they wrote, says that somebody may be at risk and nobody has looked at ("at risk"). Whoever
 * asks for their own data is never told of the first two: a neighbour may have written
 * about them. Responses to consultations, and what came to one and is not sorted, are part
 * of a record and in none of these.
 *
 * Errors     of the store only.
 * Limits     found are the addresses of person_forms.h, in the head of a mail, in its text and
 *            in the text of its files; never a name alone.
 */
#ifndef MERCAT_DOMAIN_PERSONAL_MAILS_H
#define MERCAT_DOMAIN_PERSONAL_MAILS_H

#include "domain/core/person_forms.h"
#include "domain/subscribers/preferences.h"

struct personal_mails_left {
	int64_t at_risk, joint, named; /* mails */
};

/*
 * Fills the store's tables erasing_address, erasing_mail (what goes) and erasing_other (what is
 * left), inside a transaction of the caller's; ends by personal_mails_drop().
 */
bool personal_mails_gather(struct operation *op, struct arena *arena,
			   const struct person_known *who, const char **out_forms,
			   struct personal_mails_left *out, struct err *err) MUST_USE;
/* Empties every place that goes with the mails gathered, and what carries their words on. */
bool personal_mails_blank(struct operation *op, struct err *err) MUST_USE;
/* ERR_CONFLICT while something with words of theirs, or to them (person_id, or 0), is being
 * sent. */
bool personal_mails_still(struct operation *op, int64_t person_id,
			  struct err *err) MUST_USE;
bool personal_mails_drop(struct operation *op, struct err *err) MUST_USE;
/* What an erasure would leave; changes nothing. For the staff only. */
bool personal_mails_count(struct operation *op, const struct self_service *whose,
			  struct personal_mails_left *out, struct err *err) MUST_USE;
/* In words, in the arena: "2 emails of others name this address; ..."; "" when nothing is. */
const char *personal_mails_words(struct arena *arena,
				 const struct personal_mails_left *left) MUST_USE;

#endif
