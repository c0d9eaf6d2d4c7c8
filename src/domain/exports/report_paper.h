/*
 * report paper - the page around an edition, for each kind of file that is made of it.
 *
 * For a browser it is a page with its style. For PDF there is a title page, a list of the
 * sections with their pages, page numbers, and the word that it is not approved on each page
 * while it is not. For Word the same is said with the names of styles, and for a workbook only
 * the tables count. In all of them stands what was frozen, and nothing else.
 *
 * Ownership  everything is borrowed; out is the caller's.
 * Errors     none; out says when it was cut.
 */
#ifndef MERCAT_DOMAIN_REPORT_PAPER_H
#define MERCAT_DOMAIN_REPORT_PAPER_H

#include "base/buf.h"

#include <stdint.h>

struct report_sheet {
	const char *title;        /* of the consultation */
	const char *organisation; /* that publishes it */
	const char *stands;       /* "Edition 2, approved on 3 March 2026" */
	const char *html;         /* what was frozen */
	int64_t approved_at;      /* 0: it is not */
};

void report_paper_screen(const struct report_sheet *sheet, struct buf *out);
void report_paper_print(const struct report_sheet *sheet, struct buf *out);
void report_paper_word(const struct report_sheet *sheet, struct buf *out);

#endif
