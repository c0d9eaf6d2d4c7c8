/*
 * apart - long work that needs no row is done while the store is let go.
 *
 * An act (take a mail) may come upon work that takes long and hangs on nothing but what was
 * read (part a text of four megabytes). Done in the act's transaction, it keeps every other
 * process from writing for as long. So the act is run apart: where it comes upon such work, its
 * transaction is rolled back, the work is done, what it gave is kept, and the act begins again;
 * then the work is known, and the act goes on. An act that is run apart therefore does nothing
 * that a rollback does not undo.
 *
 * Between the two no statement is let through: whoever goes on all the same gets ERR_AGAIN.
 *
 * Ownership  the act's arena, with all that was worked out, lives until the act is done.
 * Errors     of the act; never that it had to begin again.
 */
#ifndef MERCAT_STORE_APART_H
#define MERCAT_STORE_APART_H

#include "store/store.h"

/* Shorter work is done where it stands: beginning anew costs more than it. */
enum { APART_BYTES = 24 << 10 };

/* Runs act, as often as it takes. Inside a transaction of the caller's it is run once, and
 * its work done where it stands. */
typedef bool apart_act_fn(void *with, struct arena *arena, struct err *err);
bool apart_run(struct store *store, apart_act_fn *act, void *with,
	       struct err *err) MUST_USE;

/* The hash of all that the work hangs on. */
struct apart_key {
	uint64_t high, low;
};

/* what: which work it is; the key of nothing asked yet. */
void apart_key_begin(struct apart_key *key, const char *what);
void apart_key_bytes(struct apart_key *key, const void *bytes, size_t len);
/* NULL is another text than "". */
void apart_key_text(struct apart_key *key, const char *text);
void apart_key_int(struct apart_key *key, int64_t n);

/*
 * Inside an act: out is what the work gives. Worked out at once where it reads fewer than
 * APART_BYTES bytes, or nothing is run apart; else the store is let go for it, and the act must
 * return the false that it gets. The work asks the store for nothing, allocates in the act's
 * arena, and never gives NULL.
 */
struct apart_work {
	struct apart_key key;
	size_t bytes; /* that it reads */
	const void *(*run)(void *with);
	void *with;
};
bool apart_found(struct store *store, const struct apart_work *work, const void **out,
		 struct err *err) MUST_USE;

#endif
