/*
 * staff import form - an import as the forms of its three steps carry it on.
 *
 * Each step sends what was chosen before: the text of the file (its first step made it UTF-8),
 * its name, what each column holds, what is said once for all, and the rows that were put right.
 * Nothing of a file is kept on our side until it is imported.
 *
 * Fields     text, file; column-1 ...; basis, how, wording; rows: lines of "number,cell,cell"
 *            as roster_edits_read() has them; of rows that are shown to be put right
 *            row-NUMBER, and cell-NUMBER-COLUMN for each column that holds something.
 * Ownership  in the arena of the request.
 * Errors     ERR_INPUT with a sentence for the page: nothing was given, nobody is in it.
 */
#ifndef MERCAT_STAFF_IMPORT_FORM_H
#define MERCAT_STAFF_IMPORT_FORM_H

#include "domain/imports/subscriber_import_preview.h"
#include "staff/frame/visitor.h"

/* What a page that carries a file on has room for, as it is written in it. */
enum { IMPORT_CARRIED_MOST = 6 << 20 };

struct import_form {
	struct subscriber_import plan;
	const char *text; /* of the file, in UTF-8 */
	const char *rows; /* put right so far, those of this form among them */
	bool rows_came;   /* this form has put rows right that were not so before */
};

/*
 * The first step's: a file, or what was pasted. ERR_INPUT and *out_large: it is larger than the
 * steps can carry.
 */
bool import_form_upload(struct web_request *r, struct import_form *out, bool *out_large,
			struct err *err) MUST_USE;
/* The others': bad lines are left out. */
bool import_form_read(struct web_request *r, struct import_form *out,
		      struct err *err) MUST_USE;
/* All of it as values for hidden fields, and for those of the second step. */
void import_form_show(struct web_request *r, struct template_value *v,
		      const struct import_form *form);
/* page_import.c: the second step; wrong: what is, or NULL. */
void import_show_columns(struct web_request *r, const struct import_form *form,
			 const char *wrong);
/* "1 File, 2 Columns, 3 Result"; at: which of them it is, from 1. */
void import_form_steps(struct template_value *v, int at);

#endif
