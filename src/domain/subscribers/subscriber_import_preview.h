/*
 * subscriber import preview - what an import would do, row by row, and then exactly that.
 *
 * The preview does the whole import inside a transaction and takes it back. Its digest
 * is over the file, the list, the choice on bad lines and what became of each line, so an
 * import bound by it happens only when every line would still come out the same;
 * otherwise ERR_CONFLICT, and a person looks again.
 *
 * Ownership  rows live in the arena.
 * Errors     ERR_INPUT    the file as a whole: no columns, empty
 *            ERR_CONFLICT the outcome is another one than was shown
 * Limits     the first 2000 rows that are not simply added are told one by one, and the
 *            first 200 that are; the counts are of all.
 */
#ifndef MERCAT_DOMAIN_SUBSCRIBER_IMPORT_PREVIEW_H
#define MERCAT_DOMAIN_SUBSCRIBER_IMPORT_PREVIEW_H

#include "domain/subscribers/subscriber_import.h"

struct subscriber_import_line {
	enum subscriber_import_fate fate;
	int line;
	const char *address; /* as it stands in the file */
	const char *why;     /* NULL when it is added */
};

/* Reasons with how many lines they are for, most first. */
struct subscriber_import_reason {
	enum subscriber_import_fate fate;
	const char *why; /* with addresses and numbers taken out */
	int64_t count;
};

struct subscriber_import_preview {
	struct subscriber_import_result counts;
	bool would_happen; /* false: bad lines, and they are not to be left out */
	struct subscriber_import_line *lines;
	size_t line_count;
	struct subscriber_import_reason *reasons;
	size_t reason_count;
	char digest[SECRET_SHA256_HEX];
};

bool subscriber_import_preview(struct operation *op, struct arena *arena,
			       const struct list *list, const char *bytes, size_t len,
			       bool leave_out_bad, struct subscriber_import_preview *out,
			       struct err *err) MUST_USE;
bool subscriber_import_bound(struct operation *op, const struct list *list,
			     const char *bytes, size_t len, bool leave_out_bad,
			     const char *digest, struct subscriber_import_result *out,
			     struct err *err) MUST_USE;

#endif
