/*
 * report file - an edition as a file of its own: HTML with its style, Markdown, or its tables as
 * CSV.
 *
 * All are of what was frozen, so the same numbers stand in each. The HTML needs nothing beside it
 * and runs no script; it prints, and reads in light and dark. An edition that is not approved
 * says so at its head, in HTML and Markdown.
 *
 * Ownership  out is the caller's.
 * Errors     ERR_INPUT    there is no such form
 *            ERR_CONFLICT it quotes what may not be published any more, or names somebody who has
 *			  not allowed it
 */
#ifndef MERCAT_DOMAIN_REPORT_FILE_H
#define MERCAT_DOMAIN_REPORT_FILE_H

#include "domain/reports/report_edition.h"

extern const char *const report_file_forms[]; /* "html", "md", "csv"; NULL at the end */

bool report_file(struct operation *op, struct arena *arena,
		 const struct report_edition *edition, const char *form, struct buf *out,
		 struct err *err) MUST_USE;

#endif
