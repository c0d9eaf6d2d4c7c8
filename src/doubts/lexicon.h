/*
 * doubts lexicon - the words of forms, by what they do to a permission.
 *
 * A text becomes a row of words with their class. A word that is not in the table is
 * WORD_UNKNOWN: whatever grants something must be free of those, for one of them may turn
 * the sense. So a word is put in the table as WORD_AGREE only when it never does.
 *
 * Ownership  words are borrowed from the row itself.
 * Limits     LEXICON_WORDS words of a text; beyond that it is marked as long. Letters of
 *            Latin scripts lose their accents; apostrophes vanish.
 */
#ifndef MERCAT_DOUBTS_LEXICON_H
#define MERCAT_DOUBTS_LEXICON_H

#include "base/attr.h"

enum { LEXICON_WORDS = 64, LEXICON_LETTERS = 24 };

enum word_class {
	WORD_UNKNOWN,
	WORD_AGREE, /* says nothing against, and nothing by itself */
	WORD_NOT,
	WORD_OFF, /* keep, leave ... off, out */
	WORD_PUBLISH,
	WORD_NAME,
	WORD_ANONYMOUS,
	WORD_WITH,
	WORD_WITHOUT,
	WORD_ONLY,
	WORD_SECRET,
	WORD_INDIVIDUAL,
	WORD_ORGANISATION,
	WORD_CONTACT,
	WORD_AGAIN,
	WORD_OWN,  /* response, words, letter */
	WORD_MINE, /* I, my, our */
	WORD_MAY,  /* may, can, are, do: also at the head of questions */
	WORD_IF,
	WORD_BUT,
	WORD_AND,
	WORD_EVEN,
	WORD_ASK, /* preference, choice, how, which */
	WORD_YES,
	WORD_CLASSES
};

struct lexicon_word {
	char text[LEXICON_LETTERS];
	enum word_class is;
};

struct lexicon {
	struct lexicon_word words[LEXICON_WORDS];
	size_t count;
	unsigned has[WORD_CLASSES]; /* how many of each class */
	/* By a first letter's lower six bits: the second letters of words that were read */
	uint64_t begins[64];
	bool is_long;
	size_t middle; /* where the second half of LEXICON_WORDS words begins in the text */
};

/* The table, sorted by the bytes of its words. */
struct lexicon_entry {
	const char *text;
	enum word_class is;
};

extern const struct lexicon_entry lexicon_words[];
extern const size_t lexicon_word_count;

void lexicon_read(const char *text, size_t len, struct lexicon *out);
/* Of so many words at most (LEXICON_WORDS at most); false: it has more, and is not read. */
bool lexicon_read_few(const char *text, size_t len, size_t most,
		      struct lexicon *out) MUST_USE;

/* Where word number from or a later one is of this class; count when none is. */
size_t lexicon_find(const struct lexicon *l, enum word_class is, size_t from) MUST_USE;
/* These words first. */
bool lexicon_begins(const struct lexicon *l, const char *words) MUST_USE;
/* No word that is not one of these; true of no words. */
bool lexicon_has_only(const struct lexicon *l, const char *const *words,
		      size_t count) MUST_USE;
bool lexicon_is(const struct lexicon *l,
		const char *words) MUST_USE; /* these, no others */
/* False: no word that was read begins as these do, as of most phrases. */
static inline bool lexicon_may_have(const struct lexicon *l, const char *words)
{
	return l->begins[words[0] & 63] >> (words[1] & 63) & 1;
}
/* Do these stand in it, one behind the other? */
bool lexicon_has(const struct lexicon *l, const char *words) MUST_USE;
bool lexicon_has_one(const struct lexicon *l, const char *const *phrases,
		     size_t count) MUST_USE;
/* Cuts the words out where they stand, for what means something else together. */
bool lexicon_drop(struct lexicon *l, const char *words);

#endif
