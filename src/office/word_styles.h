/*
 * office word_styles - which styles of a Word document strike out or hide what they are given to.
 *
 * The look of a word may stand in the run itself, in the style that it names, or in the styles
 * that this one is based on. What a style strikes out or hides may be turned on again by the
 * run, so such words are in doubt (DOCUMENT_DOUBTED) and not struck out.
 *
 * Ownership  in the arena.
 * Limits     WORD_STYLES styles; with more of them each is taken for one that hides.
 * Source     ECMA-376 part 1, 17.7.4.
 */
#ifndef MERCAT_OFFICE_WORD_STYLES_H
#define MERCAT_OFFICE_WORD_STYLES_H

#include "base/arena.h"
#include "office/xml.h"

enum { WORD_STYLES = 2000, WORD_STYLE_NAME = 80 };

struct word_style {
	char name[WORD_STYLE_NAME], based_on[WORD_STYLE_NAME];
	bool doubted;
};

struct word_styles {
	struct word_style *items;
	size_t count;
	bool many;
};

/* word/styles.xml; NULL, or why it could not be read. */
const char *word_styles_read(office_xml_read *read, void *from, struct arena *arena,
			     struct word_styles *out) MUST_USE;
/* styles NULL: there are none. */
bool word_style_doubts(const struct word_styles *styles, const char *name) MUST_USE;
/* Does an element of rPr hide or strike out, by itself or in a style? */
bool word_look_hides(const struct office_walk *w, const char *name) MUST_USE;

#endif
