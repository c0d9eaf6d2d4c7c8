/*
 * classify reason said - what of a diagnostic the refusing server said itself, and whom
 * it names.
 *
 * Ownership  texts are folded (classify/phrase.h) and hang in the arena.
 * Errors     none.
 */
#ifndef MERCAT_CLASSIFY_REASON_SAID_H
#define MERCAT_CLASSIFY_REASON_SAID_H

#include "classify/reason.h"

/* The reply that a relay quotes, behind "said:" or between quotes; NULL: it quotes none. */
const char *reason_quoted(struct arena *arena, const char *folded);
/* Behind "recipient address rejected:" and its like; NULL where nothing stands there, or
   there is no such prefix. */
const char *reason_behind_prefix(const char *folded);
/* The words of the links, where there is little beside them; NULL else. */
const char *reason_in_links(struct arena *arena, const char *folded);
/* It was refused for our sake: by the command, or because only we are named. */
bool reason_names_only_us(const char *folded, const struct reason_about *about,
			  const struct mail_failed_recipient *r);

#endif
