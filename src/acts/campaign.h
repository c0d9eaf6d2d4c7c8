/*
 * acts campaign - standard letters that many people send, and what each of them added.
 *
 * "find" proposes: texts that are alike make a campaign when at least
 * ACTS_CAMPAIGN_LEAST senders have them. Every reply is then measured against every
 * standard text, and is
 *	standard  alike by ACTS_CAMPAIGN_STANDARD per cent at least, and next to nothing
 *		  of its own: ACTS_CAMPAIGN_WHOLE per cent of it is the standard text
 *	modified  ACTS_CAMPAIGN_MODIFIED per cent of it stands in the standard text, or
 *		  nearly all of the standard text stands in it
 *	look      ACTS_CAMPAIGN_LOOK per cent: a person should look
 * The consultation's own questions do not count for either. A person confirms or
 * refuses; a refused one is not proposed again. Nothing is excluded by it: counts are
 * always there both ways.
 *
 * States     proposed <-> confirmed, proposed <-> refused
 * Source     the thresholds are those that held on labelled texts
 * Errors     ERR_ABSENT no such campaign
 */
#ifndef MERCAT_ACTS_CAMPAIGN_H
#define MERCAT_ACTS_CAMPAIGN_H

#include "acts/words.h"

enum {
	ACTS_CAMPAIGN_LEAST = 3,     /* senders */
	ACTS_CAMPAIGN_SHINGLES = 6,  /* a standard text has at least so many */
	ACTS_CAMPAIGN_STANDARD = 80, /* per cent, all of these */
	ACTS_CAMPAIGN_MODIFIED = 30,
	ACTS_CAMPAIGN_WHOLE = 90, /* of either text in the other one */
	ACTS_CAMPAIGN_LOOK = 10
};

struct acts_campaigns_found {
	int64_t replies, proposed, standard, modified, look;
};

bool acts_campaign_find(struct acts *acts, const char *consultation,
			struct acts_campaigns_found *out, struct err *err) MUST_USE;
/* state: "confirmed", "refused", or "proposed" to take either back. */
bool acts_campaign_decide(struct acts *acts, const char *consultation, int64_t number,
			  const char *state, struct err *err) MUST_USE;

/* What this reply has that the standard text of its campaign has not. */
struct acts_campaign_diff {
	int64_t number, share; /* per cent of the reply that is standard text */
	const char *closeness, *state;
	const char *marked; /* the reply, [+added+] and [-left out-] */
	const char *added;  /* only that, a line for each stretch */
	size_t added_words, removed_words;
};

/* ERR_ABSENT when it is in no campaign. */
bool acts_campaign_diff(struct acts *acts, struct arena *arena, int64_t response_id,
			struct acts_campaign_diff *out, struct err *err) MUST_USE;

#endif
