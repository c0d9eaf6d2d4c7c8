/*
 * sentence role - what one sentence of a mail to a consultation is: part of an answer to it, or
 * something said to the team.
 *
 * Every sentence is substance unless something shows that it is not: it asks the team for
 * something, wants the regular mail or wants it no more, thanks, finds fault with how the
 * consultation is run, speaks of its papers and dates, or says why its writer asks.
 * What speaks of the matter (children, families, courts) or holds a view is substance
 * also where it asks, unless it plainly asks the team. So a sentence that nobody thought of
 * keeps a mail a response.
 *
 * Ownership  nothing is kept.
 * Limits     English; by the patterns of role_words.c.
 */
#ifndef MERCAT_PROPOSAL_SENTENCE_ROLE_H
#define MERCAT_PROPOSAL_SENTENCE_ROLE_H

#include "proposal/speech.h"
#include "proposal/pattern.h"

enum role_sign {
	ROLE_SUBSTANCE = 1 << 0,
	ROLE_ASKS = 1 << 1,
	ROLE_ASKS_SHORT = 1 << 2, /* by a question mark, about nothing of the matter */
	ROLE_WANTS_MAIL = 1 << 3,
	ROLE_WANTS_NONE = 1 << 4,
	ROLE_THANKS = 1 << 5,
	ROLE_FINDS_FAULT = 1 << 6,
	ROLE_COMPLAINS = 1 << 7, /* in words that are said of nothing else */
	ROLE_WANTS_RECORDS = 1 << 8,
	ROLE_NAMES_ACT = 1 << 9,
	ROLE_OWN_DATA = 1 << 10,
	ROLE_OFFERS = 1 << 11,
	ROLE_PROCESS = 1 << 12,    /* speaks of papers, dates, letters */
	ROLE_CONTEXT = 1 << 13,    /* says something of the writer */
	ROLE_MATTER = 1 << 14,     /* speaks of what the consultation is about */
	ROLE_VIEW = 1 << 15,       /* an answer or a view, in so many words */
	ROLE_ASKS_PLAIN = 1 << 16, /* asks the team, in words that ask nobody else */
	ROLE_PERSONAL = 1 << 17, /* of the writer; substance, but not beside a request */
	ROLE_MUCH_MATTER = 1 << 18
};

/* topic: what the consultation is about, or NULL. */
unsigned role_of(const struct tokens *t, const struct speech_sentence *s,
		 const struct speech_topic *topic) MUST_USE;

extern struct patterns role_views, role_no_views, role_judges, role_asks, role_asks_plain,
	role_scope, role_wonders, role_unmarked, role_wants_mail, role_wants_none,
	role_thanks, role_thanks_for, role_complains, role_acts, role_own_data,
	role_wants_records, role_no_records, role_supplies, role_offers, role_context,
	role_faults, role_asides, role_of_others, role_slips, role_has_it;

#endif
