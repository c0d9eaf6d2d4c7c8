/*
 * text markdown - Markdown as HTML and as plain text that says the same.
 *
 * Parsed once by libcmark-gfm (CommonMark, tables, bare links), then written by our
 * own walkers over its tree, so that only what is listed here can come out:
 * paragraphs, headings, lists, quotes, code, tables, rules, emphasis, links, line
 * breaks. HTML in the source is shown as the text it is. A link is kept when it is
 * http, https, mailto or tel; of any other only its text stays. An image is shown when
 * markdown_pictures() knows its name; of any other only its description stays.
 *
 * A document is a row of blocks (0 to count); writers take a range of them, so that
 * the sections of one document share its link definitions.
 *
 * Units      lines count from 1 (plus what first_line adds).
 * Ownership  markdown_parse() gives the document away; AUTO(markdown) or
 *            markdown_free() takes it back. Texts returned live in the arena.
 * Errors     ERR_INPUT: not UTF-8, control characters, too large, or built to be
 *            slow; the text says which line.
 * Source     CommonMark 0.29, GitHub's tables and bare links.
 * Limits     256 kB, 16 kB and 100 bars ('|') a line, 200 tables, 100 levels. Each is there
 *            because the library takes seconds or minutes for more (a row of
 *            200,000 bars 4 s, 40,000 one-bar tables 77 s); within them the worst
 *            that was found is 0.6 s.
 */
#ifndef MERCAT_TEXT_MARKDOWN_H
#define MERCAT_TEXT_MARKDOWN_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct markdown;

enum { MARKDOWN_MAX_BYTES = 256000 };

/* name is what an error calls the text ("update.md"); first_line the line it starts on. */
bool markdown_parse(const char *name, int first_line, const char *text, size_t len,
		    struct markdown **out, struct err *err) MUST_USE;
void markdown_free(struct markdown **md);
static inline void markdown_auto(struct markdown **md)
{
	markdown_free(md);
}

/* What "![description](name)" may become; borrowed until the document is freed. */
struct markdown_picture {
	const char *name;
	const char *mail_src, *web_src; /* for src=""; "" or NULL: its description only */
	int width, height;
};
void markdown_pictures(struct markdown *md, const struct markdown_picture *list,
		       size_t count);

size_t markdown_blocks(const struct markdown *md);
/* The level of a block that is a heading, else 0; its text and its line. */
int markdown_heading(const struct markdown *md, struct arena *arena, size_t block,
		     const char **out_text, int *out_line);

enum markdown_use {
	MARKDOWN_WEB, /* bare elements: the page's stylesheet does the rest */
	MARKDOWN_MAIL /* what a mail program needs stands on each element */
};

/*
 * Headings come out at "top" or below: with top 3 a "#" and a "##" become <h3>.
 * Output is one element a line, well-formed, without <script>, style or any
 * attribute from the source but href, start, align and alt.
 */
void markdown_html(const struct markdown *md, size_t from, size_t to,
		   enum markdown_use use, int top, struct buf *out);
/*
 * Lines of at most 72 characters (a longer word stands alone, cut at 900 bytes),
 * ending in LF; blocks are parted by one empty line. Links as "text (address)".
 */
void markdown_text(const struct markdown *md, size_t from, size_t to, struct buf *out);

/*
 * A whole text in which only the lines over 72 characters are wrapped, each with its own
 * indentation (behind "* " two more); lines indented by four and more are left alone.
 */
void markdown_wrap_long(struct buf *out, const char *text);
/* A heading as text: the line and a rule of its length under it. */
void markdown_underline(struct buf *out, const char *text, char rule);

/* What the author should mend, for people: images, links that were dropped, ... */
struct markdown_note {
	int line;
	const char *text;
};
size_t markdown_notes(const struct markdown *md, struct arena *arena,
		      struct markdown_note **out);

#endif
