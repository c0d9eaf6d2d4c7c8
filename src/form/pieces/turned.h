/*
 * form turned - what takes a choice back by a sign or a word or two, and is no sentence.
 *
 * A choice counts as what it says only where its row holds nothing else that is not understood:
 * "EXAMPLE: publish with name: yes", "~yes~ no", "yes - for 30 days" and "yes ???" say
 * something, and nobody knows what. And a line that is a label of few words with a no behind it
 * ("Permission: refused", "Final answer: no") denies what another line chose.
 *
 * Errors     none: in doubt it is turned, and a person decides.
 */
#ifndef MERCAT_FORM_TURNED_H
#define MERCAT_FORM_TURNED_H

#include "form/pieces/row.h"

/* Does the row hold what may turn its item, a choice or a yes? */
bool choice_is_turned(const struct form_row *row, const struct form_item *item) MUST_USE;

/* Does something point at a choice that has no mark, as in ">>> Do not publish <<<"? */
bool choice_is_stressed(const struct form_row *row) MUST_USE;

/* Among the answers to questions a no mostly is one. */
enum turned_place { TURNED_BESIDE, TURNED_AMONG_ANSWERS };
/* Is the row a label, none that a form has, with a no behind it that takes back a permission? */
bool row_denies(const struct form_row *row, enum turned_place place) MUST_USE;

/* "Fax: none": whatever the label is. */
bool row_says_no(const struct form_row *row) MUST_USE;
/* "🚫 publish": a sign that nobody knows, beside a word or two of what may be published? */
bool row_is_signed(const struct form_row *row) MUST_USE;

/* What was typed as a name, or as an organisation: does it hold a no, or a sign that no name has?
 * "Pat Fern - NO", "Pat Fern [x]", "???". */
bool name_is_turned(const char *name) MUST_USE;
/* "Name Withheld", "Anon", "A Survivor": words that are nobody's name. */
bool name_says_something(const char *name) MUST_USE;

/* A face, a hand, a warning: nobody knows what it says of what it stands beside. */
bool text_has_odd_sign(const char *text) MUST_USE;

/* "Religion: none", with its colon at text[at]: it answers a label with words that no form has,
 * and not the heading above. */
bool is_none_of_other(const char *text, size_t from, size_t at, size_t to) MUST_USE;

#endif
