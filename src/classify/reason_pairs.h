/*
 * classify reason pairs - refusals in words that stand in no table.
 *
 * A noun of the recipient within a few words of a denial, in a sentence that speaks
 * neither of permission nor of room nor of sending, says that the address is gone,
 * however it is put. So do a server and a denial of reaching it for the network, and a
 * measure of time beside a failure for a queue that ran out.
 *
 * Errors     none: MAIL_REASON_UNKNOWN where no pair is found.
 */
#ifndef MERCAT_CLASSIFY_REASON_PAIRS_H
#define MERCAT_CLASSIFY_REASON_PAIRS_H

#include "base/arena.h"
#include "mail/fields/message.h"

/* folded: by words_fold(), without names and links. */
enum mail_reason reason_by_pairs(const char *folded);
/* What is said besides "it does not exist or you may not write to it": of such two
   reasons the one that removes nobody is meant. NULL: nothing is put so. */
const char *reason_without_either_or(struct arena *arena, const char *folded);

#endif
