/*
 * leak fold - one character as the letters that it is compared by.
 *
 * Ownership  nothing is kept.
 * Errors     none: what is no letter parts words, or is nothing.
 * Source     Unicode 15: decompositions of Latin letters, full width forms, mathematical
 *	      letters, ligatures, default ignorable characters.
 */
#ifndef MERCAT_LEAK_FOLD_H
#define MERCAT_LEAK_FOLD_H

#include "base/attr.h"

enum leak_class {
	LEAK_PARTS = 0, /* a blank, a sign */
	LEAK_NOTHING,   /* nobody sees it */
	LEAK_JOINS,     /* a hyphen, an apostrophe: words go on behind it */
	LEAK_SMALL,
	LEAK_BIG, /* a capital */
	LEAK_DIGIT,
	LEAK_ALONE /* a letter of a script that puts no blanks between words */
};

enum { LEAK_FOLDED = 5 };

/* out gets what is compared, as a text; "" where it is no letter. */
enum leak_class leak_fold(uint32_t code_point, char out[LEAK_FOLDED]) MUST_USE;

#endif
