/*
 * html - what a person reads in an HTML mail, as plain text.
 *
 * Block elements end lines, list items get "- ", cells are set apart by a tab,
 * blockquote is marked with "> " so that quoted mail can be cut away, and a link
 * gives its text (the address only where there is no text). Scripts, styles, the
 * title and what is hidden by the hidden attribute or display:none say nothing.
 *
 * Ownership  nothing is kept.
 * Errors     none: any bytes give some text. True when a limit cut the work short.
 * Source     HTML as libxml2 reads it, by SAX: no tree is built.
 * Limits     elements deeper than 400 and input over 8 MB are read as bare text,
 *            with the tags dropped; nothing is ever fetched.
 */
#ifndef MERCAT_TEXT_HTML_H
#define MERCAT_TEXT_HTML_H

#include "base/arena.h"
#include "base/buf.h"
#include "text/markup/html_parse.h"

/* Appends the text of html, which is valid UTF-8, to to; returns whether a limit was hit. */
bool html_to_text(struct buf *to, const char *html, size_t len);

/*
 * The same where others listen to the parse, too: html_parse() is told of the listener between
 * the two, and says how much was read. Lives in the arena, and until its end.
 */
struct html_text;
struct html_text *html_text_new(struct arena *arena, size_t max,
				struct html_listener *out_listener);
bool html_text_end(struct html_text *t, const char *html, size_t len, size_t was_read,
		   struct buf *to);

#endif
