/*
 * extract parts - every part of a file as it stands there, for whoever looks through all of it:
 * the parts of an office file or an archive with their names, also in one another; the text of a
 * PDF, its notes and what is filled in, what its head says of it; of any other file its bytes.
 *
 * Whoever wants to know what a file says to its reader asks extract_text() (extract/extract.h).
 * Each file is read in a child, as there.
 *
 * Ownership  in the arena; what is no archive and no PDF is borrowed.
 * Errors     ERR_SYSTEM: no child can be started. What cannot be read has a reason: then it is
 *	      not known what is in it.
 * Limits     EXTRACT_PARTS_MOST parts, EXTRACT_PARTS_BYTES together (extract/parsers/document.h);
 *	      EXTRACT_PARTS_DEPTH files in one another. Pictures are bytes: what is drawn in them
 *	      is not read, nor what a PDF has attached.
 */
#ifndef MERCAT_EXTRACT_PARTS_H
#define MERCAT_EXTRACT_PARTS_H

#include "extract/extract.h"

enum { EXTRACT_PARTS_DEPTH = 4 };

struct extract_part {
	const char *name; /* "report.docx: docProps/core.xml" */
	const char *bytes;
	size_t len;
	const char *reason; /* why it could not be read; NULL: it was */
};
struct extract_parts {
	struct extract_part *list;
	size_t count;
};
bool extract_parts(struct extract *extract, struct arena *arena,
		   const struct extract_part *file, struct extract_parts *out,
		   struct err *err) MUST_USE;

#endif
