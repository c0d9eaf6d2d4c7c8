/*
 * consent doubt - is there a word of refusal or of doubt in what stands around an answer?
 *
 * A yes is none when its signature, a line of a mail program or a banner of a gateway says
 * anything that a person might mean as a no: whoever types below the signature mark, or goes
 * on behind "Sent from my telephone", means it. In doubt it is one.
 *
 * Errors     none.
 */
#ifndef MERCAT_CONSENT_DOUBT_H
#define MERCAT_CONSENT_DOUBT_H

#include "base/arena.h"
#include "base/attr.h"

/* A word that refuses, doubts, asks, or speaks of whoever writes. "No. 10" is a number. */
bool doubt_in(struct arena *arena, const char *text) MUST_USE;
/* The same of a firm's or a gateway's sentences, which forbid and warn as they are: only
   words of a person who speaks of themselves, or of this mail as unwanted. */
bool doubt_in_notice(struct arena *arena, const char *text) MUST_USE;

#endif
