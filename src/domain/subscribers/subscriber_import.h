/*
 * subscriber import - subscribers from a CSV file, and back into one.
 *
 * Columns (first line; any order): address and basis must be there; name, topics
 * ("a;b", empty for all), wording, version, given_at (a day or RFC 3339) and state may
 * be; a line whose state is not active is passed over.
 * basis says why we may write to them; wording and version are the words they agreed
 * to, kept as evidence.
 *
 * All or nothing: with one bad line nothing is imported, unless bad lines are to be
 * left out; each bad line is reported with its number and reason. People who left, were
 * stopped or are suppressed are never brought back; those count as passed over, with
 * the reason, as do those who are on the list.
 *
 * Errors     ERR_INPUT when there were bad lines: nothing has changed.
 */
#ifndef MERCAT_DOMAIN_SUBSCRIBER_IMPORT_H
#define MERCAT_DOMAIN_SUBSCRIBER_IMPORT_H

#include "domain/admin/list.h"

enum subscriber_import_fate {
	SUBSCRIBER_IMPORT_ADDED,
	SUBSCRIBER_IMPORT_PASSED,
	SUBSCRIBER_IMPORT_BAD
};

struct subscriber_import_watch {
	void *with;
	/* A bad or passed-over line; reason is one sentence. */
	void (*line)(void *with, int line, bool bad, const char *reason);
	void (*progress)(void *with, size_t bytes_done, size_t bytes_all, int64_t added);
	/* Every line; address as it stands in the file, why NULL when it is added. */
	void (*each)(void *with, int line, enum subscriber_import_fate fate,
		     const char *address, const char *why);
};

struct subscriber_import_result {
	int64_t added, passed_over, bad;
};

bool subscriber_import_run(struct operation *op, const struct list *list,
			   const char *bytes, size_t len, bool leave_out_bad,
			   const struct subscriber_import_watch *watch,
			   struct subscriber_import_result *out,
			   struct err *err) MUST_USE;

/*
 * The same inside the caller's transaction, which must be the outermost. With another one
 * around it SQLite walks over all that was changed so far at each line, for its journal of
 * savepoints is a list in memory: 20,000 lines took over a minute.
 */
bool subscriber_import_within(struct operation *op, const struct list *list,
			      const char *bytes, size_t len, bool leave_out_bad,
			      const struct subscriber_import_watch *watch,
			      struct subscriber_import_result *out,
			      struct err *err) MUST_USE;
/* The whole list with the evidence of each, to be read by subscriber_import_run() again. */
bool subscriber_export_run(struct operation *op, const struct list *list,
			   const char *state, struct buf *out, struct err *err) MUST_USE;

#endif
