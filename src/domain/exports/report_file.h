/*
 * report file - an edition as a file of its own: HTML with its style, Markdown, its tables as CSV;
 * and by programs of others, PDF, Word, and its tables as a workbook.
 *
 * All are of what was frozen, so the same numbers stand in each. The HTML needs nothing beside it
 * and runs no script; it prints, and reads in light and dark. An edition that is not approved
 * says so at its head, in every form but CSV.
 *
 * Ownership  out is the caller's.
 * Errors     ERR_CONFLICT it quotes what may not be published any more, or names somebody who has
 *			  not allowed it
 *            ERR_SETUP    what makes this form is not installed (render/rendered.h)
 *            ERR_SYSTEM   it failed
 */
#ifndef MERCAT_DOMAIN_REPORT_FILE_H
#define MERCAT_DOMAIN_REPORT_FILE_H

#include "domain/reports/report_edition.h"
#include "domain/reports/report_write.h"

enum { REPORT_FILE_BYTES = REPORT_HTML_BYTES + (1 << 16) };

struct rendering;
struct report_form {
	const char *name; /* "html"; also how the names of such files end */
	const char *type;
	/* Makes it of its page; NULL: no other program is needed. */
	bool (*render)(const struct rendering *with, const struct buf *page,
		       struct buf *out, struct err *err);
};
extern const struct report_form report_forms[]; /* ends with a NULL name */
/* NULL: there is no such form. */
const struct report_form *report_form_named(const char *name) MUST_USE;

/* Of a form that another program makes: the page that it is made of. */
bool report_file(struct operation *op, struct arena *arena,
		 const struct report_edition *edition, const struct report_form *form,
		 struct buf *out, struct err *err) MUST_USE;

/* The same without asking whether it may be handed out: never handed out. */
bool report_file_page(struct operation *op, struct arena *arena,
		      const struct report_edition *edition,
		      const struct report_form *form, struct buf *out,
		      struct err *err) MUST_USE;

/* In any form. */
struct report_file_how {
	const struct report_form *form;
	const struct rendering *with;
};
bool report_file_render(struct operation *op, struct arena *arena,
			const struct report_edition *edition,
			const struct report_file_how *how, struct buf *out,
			struct err *err) MUST_USE;

#endif
