/*
 * filled in - what was filled in beside what a page says, and documents in results.
 *
 * Ownership  in the arena.
 * Errors     none.
 */
#ifndef MERCAT_EXTRACT_FILLED_IN_H
#define MERCAT_EXTRACT_FILLED_IN_H

#include "document/model.h"
#include "extract/extract.h"

/* What does not fit is a document of which nothing is known. */
void extract_keep_shown(struct arena *arena, const struct document *d,
			struct extract_result *out);

/*
 * The fields of a PDF below its pages, in the text and in the document. What was typed and
 * stands on the page as well is said once in the text.
 */
void extract_add_fields(struct arena *arena, const struct extract_result *fields,
			struct extract_result *out);

#endif
