/*
 * in sight - what a program has dealt with, and a person must read all the same.
 *
 * Whoever writes to an address that joins, leaves or helps gets what they asked for; what
 * else they say is for people, and must not lie where nobody looks. The same holds for a
 * mail that was taken for a machine's, when it tells that somebody may be at risk.
 *
 * Ownership  what is given out lives for ever: no word of a mail stands in it, for it is
 *            kept where nobody would look for one when its writer is erased.
 * Errors     those of the store, which is let go while long words are read (store/apart.h).
 */
#ifndef MERCAT_DOMAIN_IN_SIGHT_H
#define MERCAT_DOMAIN_IN_SIGHT_H

#include "domain/core/domain.h"
#include "mail/fields/message.h"

/*
 * taken: what became of it, a word of inbound_taken[]. out: why staff must see it, as half a
 * sentence; NULL: they need not.
 */
bool in_sight_why(struct operation *op, struct arena *arena, const struct mail_message *m,
		  const char *taken, const char **out, struct err *err) MUST_USE;

/* A machine's notice about a mail: what is attached to it is nobody's response. */
bool in_sight_is_notice(const struct mail_message *m);
/* Its own words, its subject, what it shows beside its text, or what its files say by themselves,
 * tell that somebody may be at risk. */
bool in_sight_at_risk(struct operation *op, struct arena *arena,
		      const struct mail_message *m, bool *out, struct err *err) MUST_USE;
/* The same of words that were read later, out of its files. */
bool in_sight_words_at_risk(struct operation *op, struct arena *arena, const char *words,
			    bool *out, struct err *err) MUST_USE;

#endif
