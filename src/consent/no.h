/*
 * consent no - is a text a refusal, or a wish to leave, and nothing besides?
 *
 * A closed reading: every word is of the tables, some words refuse, and none says yes. What
 * is said with "not" in front ("I did not ask") is nothing else than a refusal; what would be
 * a yes without it, or turns another refusal round ("do not remove me"), is for a person.
 *
 * Errors     none: what is not understood is no refusal.
 * Limits     60 words; English, and short refusals of other languages.
 */
#ifndef MERCAT_CONSENT_NO_H
#define MERCAT_CONSENT_NO_H

#include "base/arena.h"
#include "base/attr.h"

/* To a question. text: valid UTF-8; names: words that may stand below it, or NULL. */
bool no_is_all(struct arena *arena, const char *text, const char *names) MUST_USE;
/* Only words of leaving: "please take me off your list". Not a "no". */
bool no_is_leaving(struct arena *arena, const char *text, const char *names) MUST_USE;

#endif
