/*
 * document css - what the styles of an HTML text may strike out or hide.
 *
 * What stands in a style attribute of its own is known; what a style sheet does hangs on which
 * rule wins and on how wide the window is. So words that a sheet may strike out, hide, or move
 * out of sight are not taken for struck out or hidden: they are in doubt (DOCUMENT_DOUBTED),
 * and whoever asks what was chosen knows nothing of them. A selector is read by its last part
 * alone, without what it asks of elements around: rather one word too many in doubt.
 *
 * Ownership  in the arena; sheets are borrowed while they are added.
 * Limits     CSS_RULES rules that strike out or hide, and some millions of elements and rules
 *            together; with more everything is in doubt.
 * Source     CSS Syntax 3, Selectors 4.
 */
#ifndef MERCAT_DOCUMENT_CSS_H
#define MERCAT_DOCUMENT_CSS_H

#include "base/arena.h"

enum { CSS_RULES = 400 };

struct css;

struct css *css_new(struct arena *arena) MUST_USE;
/* The text of one style element; of all of a text, also below what they speak of. */
void css_add(struct css *css, const char *sheet, size_t len);
void css_add_all(struct css *css, const char *html, size_t len);

/* The value of an attribute of the element that is asked about, or NULL. */
typedef const char *css_attribute(const void *with, const char *name);
/* May a rule strike this element out, hide it, or move it out of sight? */
bool css_doubts(struct css *css, const char *element, css_attribute *attribute,
		const void *with) MUST_USE;
/* Is it white, or nearly, or nothing at all? NULL: no colour is given. */
bool css_is_pale(const char *colour) MUST_USE;
/* May a style attribute, beyond what is plain ("display: none")? */
bool css_style_doubts(const char *style) MUST_USE;

#endif
