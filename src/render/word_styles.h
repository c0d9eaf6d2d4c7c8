/*
 * word styles - a Word document without words, whose styles, page size and page numbers a
 * document takes over.
 *
 * Ownership  out is the caller's.
 * Errors     none.
 * Source     ECMA-376, part 1, 17.7 and 17.10; the names of the styles are pandoc's.
 */
#ifndef MERCAT_RENDER_WORD_STYLES_H
#define MERCAT_RENDER_WORD_STYLES_H

#include "base/buf.h"

/* footer: XML that stands before the number of each page, or NULL. */
void word_styles(const char *footer, struct buf *out);

#endif
