/*
 * html_safe - the layout of a stranger's HTML, built anew from what is harmless.
 *
 * Nothing is taken out of the HTML that came: a new document is written, in which stands
 * only what is on the lists: elements that set out text, a few attributes of each with
 * values of known form, and pictures that are in the HTML itself (data:). What is not on
 * a list has no way in, so that whatever a browser learns to fetch next (a hint, a
 * preconnection, a font) is not there. Text stays; that of scripts and styles is none.
 *
 * A link is shown and does not work: its address becomes the title of its words. A
 * browser looks up, connects to or opens what a link names, sometimes before any click,
 * and its sender would learn who reads, and when.
 *
 * Ownership  nothing is kept.
 * Errors     none: any bytes give a whole document.
 * Source     HTML as libxml2 reads it, by SAX: no tree is built, nothing is fetched.
 * Limits     what is nested deeper than 400 levels, or lies beyond 8 MB, is left out, and
 *            the document says so at its end.
 */
#ifndef MERCAT_TEXT_HTML_SAFE_H
#define MERCAT_TEXT_HTML_SAFE_H

#include "base/buf.h"

/* Appends the document to to; html is valid UTF-8. */
void html_safe(struct buf *to, const char *html, size_t len);

#endif
