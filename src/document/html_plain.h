/*
 * document html plain - is what html_to_text() makes of an HTML mail all that a person sees of it?
 *
 * Answers are judged by their text, and a picture, a box, words that a style sheet brings in
 * or an element that we render as nothing may say the opposite. So this reads the source by
 * itself, letter by letter, and believes only what it knows to the end: an allow-list of
 * elements that hold running text, closed comments and style sheets, attributes without
 * words. Whatever else stands there says more than the text, or may; so does a highlight.
 *
 * Ownership  nothing is kept; the title's words go to the caller's buffer.
 * Errors     none: what is not understood says more.
 * Source     HTML as mail programs write it; conditional comments as Word does.
 * Limits     512 kB; what is longer says more.
 */
#ifndef MERCAT_DOCUMENT_HTML_PLAIN_H
#define MERCAT_DOCUMENT_HTML_PLAIN_H

#include "base/buf.h"

struct html_plain {
	bool says_more; /* than its text, or nobody can tell */
	bool pictures;
};

/* html: valid UTF-8. What its title says, which html_to_text() leaves out, goes to title. */
struct html_plain html_plain_look(const char *html, size_t len,
				  struct buf *title) MUST_USE;

#endif
