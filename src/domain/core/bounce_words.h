/*
 * bounce words - what something that came back did, as a fact; and what that and its
 * reason mean, for people.
 *
 * The names are those of bounce.effect; the reasons are enum mail_reason.
 *
 * Ownership  strings that live for ever.
 */
#ifndef MERCAT_DOMAIN_BOUNCE_WORDS_H
#define MERCAT_DOMAIN_BOUNCE_WORDS_H

#include "mail/fields/message.h"

enum bounce_effect {
	BOUNCE_NOT_WEIGHED = 0, /* never stored */
	BOUNCE_FOREIGN,         /* carries no tag of ours */
	BOUNCE_NOTICE,          /* nothing has failed (yet) */
	BOUNCE_KEPT,            /* not for its address's sake */
	BOUNCE_ELSEWHERE,       /* about a mailbox that ours was passed on to */
	BOUNCE_MOOT,            /* not on the list any more */
	BOUNCE_OLD,             /* of a mail sent before a later one got through */
	BOUNCE_AGAIN,           /* this mail has counted before */
	BOUNCE_SAME_DAY,
	BOUNCE_WAITING, /* a probe is under way */
	BOUNCE_POINT,
	BOUNCE_DEAD,    /* the probe came back too: stopped */
	BOUNCE_UNCLEAR, /* the probe came back for another reason */
	BOUNCE_LEFT,    /* a complaint */
	BOUNCE_EFFECTS
};

const char *bounce_effect_name(enum bounce_effect effect);
/* BOUNCE_NOT_WEIGHED for NULL and for a name that is none. */
enum bounce_effect bounce_effect_named(const char *name) MUST_USE;

const char *bounce_effect_words(enum bounce_effect effect);
/* "no such address"; "no reason given" for MAIL_REASON_UNKNOWN. */
const char *bounce_reason_words(enum mail_reason reason);

#endif
