/*
 * form cuts - a text of a row parted wherever a sign stands, or where its look changes.
 *
 * Most signs are not in most texts: which bytes a text has is seen once, and tells of nearly
 * each sign that it is not there.
 *
 * Units      bytes of the row's text.
 * Limits     FORM_CUTS_MOST parts; a text with more of them has none.
 */
#ifndef MERCAT_FORM_FORM_CUTS_H
#define MERCAT_FORM_FORM_CUTS_H

#include "form/pieces/row.h"

enum { FORM_CUTS_MOST = 10 };

struct form_cuts {
	size_t from[FORM_CUTS_MOST], to[FORM_CUTS_MOST];
	size_t count;
	bool many;
};

/* By sign, or by look where that is "". */
void form_cut(const struct form_row *row, size_t from, size_t to, const char *sign,
	      struct form_cuts *out);

/* For form_cut_may(): false when the sign is not in a text of these bytes. */
uint64_t form_cut_bytes(const struct form_row *row, size_t from, size_t to) MUST_USE;
bool form_cut_may(uint64_t bytes, const char *sign) MUST_USE;

#endif
