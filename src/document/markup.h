/*
 * markup - every word that some program may show of an HTML, as lines of text.
 *
 * html_to_text() says what most people read. This says what nobody may miss: words behind
 * the end of the document, behind a comment or a tag that is never closed, in a second
 * document, hidden by a style, for one program alone, in a field or beside a picture. It
 * reads letter by letter and builds nothing, so there is no place in which a word could be
 * dropped: what is no tag, no closed comment, script, style sheet or title, is said.
 *
 * A block is a line, cells stand a tab apart, what is quoted begins with ">", a box is "[x]"
 * or "[ ]", and words struck out stand between "~~".
 *
 * Ownership  nothing is kept.
 * Errors     none: any bytes give some text.
 * Source     the tokens of HTML (WHATWG, 13.2.5), and programs that do not keep to them.
 * Limits     none but that of the buffer; time grows with the length alone.
 */
#ifndef MERCAT_DOCUMENT_MARKUP_H
#define MERCAT_DOCUMENT_MARKUP_H

#include "base/buf.h"

/* Appends; html is valid UTF-8. */
void markup_words(struct buf *to, const char *html, size_t len);

#endif
