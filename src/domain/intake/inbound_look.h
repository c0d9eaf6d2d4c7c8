/*
 * inbound look - the mails that came in, as they are kept: listed, shown, as raw bytes.
 *
 * Changes nothing. Tables and rows are those of the named statements, so that a column means
 * the same on a page and on the command line.
 *
 * Units      received_at is unix seconds UTC; sizes are bytes.
 * Ownership  everything lives in the arena.
 * Errors     ERR_INPUT a kind that there is none of; ERR_ABSENT no such mail.
 */
#ifndef MERCAT_DOMAIN_INBOUND_LOOK_H
#define MERCAT_DOMAIN_INBOUND_LOOK_H

#include "domain/admin/rights.h"

struct inbound_filter {
	const char *kind,
		*taken_as; /* inbound_kinds, inbound_taken (domain.h); NULL: any */
	int64_t most;
};

/* The rows of "inbound_list", the newest first; and of "inbound_counts". */
bool inbound_list(struct operation *op, struct arena *arena,
		  const struct inbound_filter *filter, struct store_table *out,
		  struct err *err) MUST_USE;
bool inbound_counts(struct operation *op, struct arena *arena, struct store_table *out,
		    struct err *err) MUST_USE;

/* Mails that are in the store and not read to the end: their files, too. */
bool inbound_unread(struct operation *op, int64_t *out, struct err *err) MUST_USE;
/* The row of "inbound_show". */
bool inbound_shown(struct operation *op, struct arena *arena, int64_t id,
		   struct store_row *out, struct err *err) MUST_USE;
/* Where one needs RIGHT_SORT for it: the list or consultation that it came to, else everywhere. */
struct rights_scope inbound_scope(const struct store_row *mail) MUST_USE;
/* The rows of "attachments_of"; none for a mail that there is not. */
bool inbound_files(struct operation *op, struct arena *arena, int64_t id,
		   struct store_table *out, struct err *err) MUST_USE;
/* As it came; no bytes where it was blanked. */
bool inbound_raw(struct operation *op, struct arena *arena, int64_t id,
		 const void **out_bytes, size_t *out_len, struct err *err) MUST_USE;

/* Some mails in the order in which they came. */
struct inbound_some {
	int64_t after; /* this id */
	int64_t most;
	int64_t most_bytes; /* that they have together; the first one always fits */
};

struct inbound_mail {
	int64_t id, received_at;
	bool cut;          /* longer than what is kept */
	const void *bytes; /* never NULL */
	size_t len;
};

/* Those that nobody has read yet. */
bool inbound_new(struct operation *op, struct arena *arena,
		 const struct inbound_some *which, struct inbound_mail **out,
		 size_t *out_count, struct err *err) MUST_USE;
/* Those that were read and are not blanked, to be read again; the last may go past the bytes. */
bool inbound_done(struct operation *op, struct arena *arena,
		  const struct inbound_some *which, struct inbound_mail **out,
		  size_t *out_count, struct err *err) MUST_USE;
/* How many were read, the blanked ones too. */
bool inbound_done_count(struct operation *op, int64_t *out, struct err *err) MUST_USE;

#endif
