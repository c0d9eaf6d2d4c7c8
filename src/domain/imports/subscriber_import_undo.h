/*
 * subscriber import undo - an import is taken back, within a day.
 *
 * Exactly those whom it added or kept off, and of whom nothing was written since. Of those
 * who were on no list of ours before nothing stays, nor of the evidence: it may have been the
 * wrong file. Who was sent a bulletin meanwhile is unsubscribed, for the ledger names them;
 * who has acted (another choice, a pause, unsubscribed) stays as they are, and those who waited
 * or were refused before are so again.
 *
 * It goes in pieces, each of which is whole; one that was broken off by a crash goes on when it is
 * asked for again. An import that runs still ends there.
 *
 * Errors     ERR_ABSENT    the list has no such import
 *            ERR_CONFLICT  it was taken back already, or is older than a day
 */
#ifndef MERCAT_DOMAIN_SUBSCRIBER_IMPORT_UNDO_H
#define MERCAT_DOMAIN_SUBSCRIBER_IMPORT_UNDO_H

#include "domain/admin/list.h"

struct subscriber_imported {
	struct store_row row; /* "import_of" */
	int64_t until;        /* it can be taken back; 0: not any more */
	bool left;            /* some of it are there to be taken back */
};
bool subscriber_import_find(struct operation *op, struct arena *arena,
			    const struct list *list, int64_t import_id,
			    struct subscriber_imported *out, struct err *err) MUST_USE;
/* Rows of "import_recent": those that can be taken back, the newest first. */
bool subscriber_imports_recent(struct operation *op, struct arena *arena,
			       const struct list *list, struct store_table *out,
			       struct err *err) MUST_USE;

/* What was done of it this time. */
struct subscriber_import_undone {
	int64_t removed;      /* nothing is left of them */
	int64_t restored;     /* as they were before */
	int64_t unsubscribed; /* they were sent something */
	int64_t stayed;       /* they have acted since */
};
bool subscriber_import_undo(struct operation *op, const struct list *list,
			    int64_t import_id, struct subscriber_import_undone *out,
			    struct err *err) MUST_USE;
/* The clock's: forgets whom an import added that cannot be taken back any more. */
bool subscriber_imports_forget(struct operation *op, struct err *err) MUST_USE;

#endif
