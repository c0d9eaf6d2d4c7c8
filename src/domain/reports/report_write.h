/*
 * report write - a report that was filled in, as Markdown, as HTML and as CSV.
 *
 * All three say the same: a count is put into words in one place (report_table.h). The HTML is
 * what a page or a file has between its frame: headings from "top" down, tables with captions
 * and heads for rows and columns, charts as SVG with a title and description and with their table
 * beside them, quotations as such.
 *
 * Ownership  out is the caller's.
 * Errors     ERR_INPUT Markdown that cannot be read (text/markup/markdown.h), by its line.
 */
#ifndef MERCAT_DOMAIN_REPORT_WRITE_H
#define MERCAT_DOMAIN_REPORT_WRITE_H

#include "domain/reports/report_fill.h"

enum { REPORT_HTML_BYTES = 64 << 20 };

void report_markdown(struct arena *arena, const struct report_made *made,
		     struct buf *out);
bool report_html(struct arena *arena, const struct report_made *made, int top,
		 struct buf *out, struct err *err) MUST_USE;
/* Every table of it, one below the other, each with its title above. */
void report_csv(struct arena *arena, const struct report_made *made, struct buf *out);
/* "Table 3: Responses by type": the same number in all three. In the arena. */
const char *report_table_caption(struct arena *arena, const struct report_table *t,
				 size_t number) MUST_USE;
/* Text with &, <, > and " as HTML has them. */
void report_escape(struct buf *out, const char *text);

#endif
