/*
 * leak letters - what a text says, letter by letter, as names and words in it are compared.
 *
 * Letters and digits alone are left, without case and accents: "Zoë O'Neil", "ZOE ONEIL" and
 * "zo&euml; o&#39;nei&shy;l" are the same letters. Character references, percent signs of
 * addresses and escapes of JSON are read as what they stand for; what nobody sees (soft hyphens,
 * joiners, marks of direction, a hyphen at the end of a line) is left out.
 *
 * A text has two sides: what is seen, and what stands in its tags and comments. Tags of inline
 * elements part no word; those of blocks do. What is no markup has only the first side, and
 * where somebody wrote <so>, that is found on the second.
 *
 * Units      at and ends are bytes of the text. A place between two letters is bound where a
 *	      word may begin or end there ("olive.quarry2", "OliveQuarry", "Ol<b>ive</b>" have some), and
 *	      spaced where the words are parted by a blank or a sign.
 * Ownership  leak_letters_clear() gives back what reading took; one may be read into again.
 * Errors     none: any bytes are a text. A byte that is no UTF-8 is taken for windows-1252.
 * Source     UAX 15 (what Latin letters are made of), HTML 4.01 24, RFC 3986 2.1, RFC 8259 7.
 * Limits     LEAK_TEXT_MOST bytes; what is beyond is not read. Accents of other scripts than
 *	      Latin stay.
 */
#ifndef MERCAT_LEAK_LETTERS_H
#define MERCAT_LEAK_LETTERS_H

#include "base/attr.h"

enum { LEAK_TEXT_MOST = 1 << 30 };

enum leak_side { LEAK_SEEN = 0, LEAK_UNSEEN, LEAK_SIDES };

enum {
	LEAK_BOUND = 1,
	LEAK_SPACED = 2,
	LEAK_CAPITAL = 4, /* the letter behind it is one */
	LEAK_BLOCK = 8    /* another paragraph, cell or heading begins */
};

struct leak_letters {
	char *letters;
	unsigned char *marks; /* of the place before each, and of the end */
	uint32_t *at, *ends;  /* of each, in the text */
	size_t count, room;
};

void leak_letters_read(struct leak_letters *out, const char *text, size_t len,
		       enum leak_side side);
void leak_letters_clear(struct leak_letters *letters);

/* Where the word (between two spaced places) begins that has this letter, and ends. */
size_t leak_word_begin(const struct leak_letters *l, size_t at) MUST_USE;
size_t leak_word_end(const struct leak_letters *l, size_t at) MUST_USE;

#endif
