/*
 * html parse - the elements and texts of HTML, told to whoever listens.
 *
 * Several may listen to one parse: to parse takes longer than most of what is done with it.
 *
 * Ownership  nothing is kept; what is told lives until the listener returns.
 * Errors     none: any bytes are HTML.
 * Source     HTML as libxml2 reads it, by SAX: no tree is built, and nothing is ever fetched.
 * Limits     HTML_PARSE_MOST bytes; what is behind them is not read.
 */
#ifndef MERCAT_TEXT_HTML_PARSE_H
#define MERCAT_TEXT_HTML_PARSE_H

#include <stdbool.h>
#include <stddef.h>

enum { HTML_PARSE_MOST = 8 << 20 };

struct html_listener {
	void *with;
	/* attributes: names and values by turns, then NULL; a value may be NULL. NULL: none.
	 * False: nobody is told any more. */
	bool (*begin)(void *with, const unsigned char *name,
		      const unsigned char **attributes);
	void (*end)(void *with, const unsigned char *name);
	void (*text)(void *with, const char *text, size_t len);
};

/* html: valid UTF-8. Returns how much of it was read. */
size_t html_parse(const char *html, size_t len, const struct html_listener *to,
		  size_t count);

#endif
