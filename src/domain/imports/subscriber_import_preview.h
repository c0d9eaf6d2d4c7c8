/*
 * subscriber import preview - what an import would do, row by row, and then exactly that.
 *
 * The preview reads, and keeps nobody from writing. Its digest is over the text, the list, all
 * that the plan says and what would become of each row, so an import bound by it begins only when
 * every row would still come out the same; otherwise ERR_CONFLICT, and a person looks again.
 *
 * Of each outcome those rows are kept that lie in its window; the counts are of all.
 *
 * Ownership  rows live in the arena.
 * Errors     ERR_INPUT    the file as a whole: nobody in it, a column that is not settled
 *            ERR_CONFLICT the outcome is another one than was shown
 */
#ifndef MERCAT_DOMAIN_SUBSCRIBER_IMPORT_PREVIEW_H
#define MERCAT_DOMAIN_SUBSCRIBER_IMPORT_PREVIEW_H

#include "domain/imports/subscriber_import.h"

/* Reasons with how many rows they are for: of each outcome the most first. */
struct subscriber_import_count {
	enum subscriber_import_outcome outcome;
	enum subscriber_import_reason reason;
	int64_t count;
};

struct subscriber_import_preview {
	/* What is wanted of each outcome: rows from the one of that number (0: the first) on. */
	struct {
		int64_t from, most;
		struct subscriber_import_line *lines;
		size_t count;
	} shown[SUBSCRIBER_IMPORT_OUTCOMES];
	struct subscriber_import_result counts;
	bool would_happen; /* false: bad lines, and they are not to be left out */
	struct subscriber_import_count *reasons;
	size_t reason_count;
	char digest[SECRET_SHA256_HEX];
};

bool subscriber_import_preview(struct operation *op, struct arena *arena,
			       const struct list *list,
			       const struct subscriber_import *plan,
			       struct subscriber_import_preview *inout,
			       struct err *err) MUST_USE;
/* digest: as the preview gave it. */
bool subscriber_import_bound(struct operation *op, const struct list *list,
			     const struct subscriber_import *plan, const char *digest,
			     struct subscriber_import_result *out,
			     struct err *err) MUST_USE;

#endif
