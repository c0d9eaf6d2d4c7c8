/*
 * office named_styles - which styles of a document strike out or hide what they are given to.
 *
 * The look of a word may stand beside it, in the style that it names, in the styles that this
 * one is based on, or in what the document says of all words. What a style strikes out or hides
 * may be turned on again where it is used, so such words are in doubt (DOCUMENT_DOUBTED) and not
 * struck out.
 *
 * Ownership  in the arena.
 * Limits     NAMED_STYLES styles; with more of them each is taken for one that hides.
 * Source     ECMA-376 part 1, 17.7; ODF 1.3 part 3, 16 and 20.
 */
#ifndef MERCAT_OFFICE_NAMED_STYLES_H
#define MERCAT_OFFICE_NAMED_STYLES_H

#include "base/arena.h"
#include "office/xml.h"

enum { NAMED_STYLES = 2000, NAMED_STYLE_NAME = 80 };

struct named_style {
	char name[NAMED_STYLE_NAME], based_on[NAMED_STYLE_NAME];
	bool doubted;
	bool of_all; /* of each paragraph that names none */
};

struct named_styles {
	struct named_style *items;
	size_t count;
	bool many;
	bool all; /* what is said of all words strikes out or hides */
};

/* word/styles.xml, and styles.xml of OpenDocument; NULL, or why it could not be read. */
const char *named_styles_of_word(office_xml_read *read, void *from, struct arena *arena,
				 struct named_styles *out) MUST_USE;
const char *named_styles_of_odf(office_xml_read *read, void *from, struct arena *arena,
				struct named_styles *out) MUST_USE;
/* name "": words that name none. styles NULL: nobody has read them, so each name is in doubt. */
bool named_style_doubts(const struct named_styles *styles, const char *name) MUST_USE;
/* Does an element of rPr hide, by itself or in a style? And one of style:text-properties, or
 * what stands around words? */
bool word_look_hides(const struct office_walk *w, const char *name) MUST_USE;
bool odf_look_hides(const struct office_walk *w) MUST_USE;

#endif
