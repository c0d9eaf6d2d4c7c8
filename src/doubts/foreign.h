/*
 * doubts foreign - is a sentence in another language than English?
 *
 * Told by its letters and by the small words that every sentence has, so that what is not
 * understood does not stand unread beside a permission. Names, addresses and greetings are
 * of no language.
 *
 * Limits     languages that are often written in Scotland and Wales; of others those whose
 *            letters are no Latin ones, and longer sentences without any English word.
 */
#ifndef MERCAT_DOUBTS_FOREIGN_H
#define MERCAT_DOUBTS_FOREIGN_H

#include "doubts/spoken.h"

enum foreign_kind {
	FOREIGN_NOTHING,
	FOREIGN_WORD,
	FOREIGN_NO,   /* denies, limits, fears */
	FOREIGN_KNOWN /* of publishing and names */
};

struct foreign_word {
	const char *text;
	enum foreign_kind kind;
};

extern const struct foreign_word foreign_words[];
extern const size_t foreign_word_count;

bool foreign_is(const struct spoken *s) MUST_USE;

/* Does it deny or limit, and speak of publishing or names? For forms of that language. */
bool foreign_limits(const struct spoken *s) MUST_USE;

#endif
