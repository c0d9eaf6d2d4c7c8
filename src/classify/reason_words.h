/*
 * classify reason words - how mail systems word their refusals, by what they mean.
 *
 * Lower case, single blanks. The order is part of the meaning: the first row with a
 * phrase that occurs decides. The last row has no reason.
 */
#ifndef MERCAT_CLASSIFY_REASON_WORDS_H
#define MERCAT_CLASSIFY_REASON_WORDS_H

#include "mail/fields/message.h"

struct reason_words {
	enum mail_reason reason;
	const char *const *phrases; /* NULL at the end */
};

extern const struct reason_words reason_words[];

#endif
