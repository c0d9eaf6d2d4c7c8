/*
 * apart - long work that needs no row is done while the store is let go.
 *
 * An act (take a mail) may come upon work that takes long and hangs on nothing but what was
 * read (part a text of four megabytes). Done in the act's transaction, it keeps every other
 * process from writing for as long. So the act is run apart: where it comes upon such work, its
 * transaction is rolled back, the work is done, what it gave is kept, and the act begins again;
 * then it finds what it asked for, and goes on.
 *
 *	found = apart_known(store, &key);
 *	if (!found) {
 *		bool left = apart_leave(store, bytes);
 *
 *		found = work(arena, ...);
 *		if (left)
 *			return apart_keep(store, &key, found, err);
 *	}
 *
 * So an act that is run apart does nothing that a rollback does not undo. Between leaving and
 * the beginning anew no statement is let through.
 *
 * Ownership  what the act reads and works out lives in apart_arena() until it is done.
 * Errors     apart_keep() and what is asked of a store that was let go: ERR_AGAIN, which
 *            apart_run() takes for its sign.
 */
#ifndef MERCAT_STORE_APART_H
#define MERCAT_STORE_APART_H

#include "store/store.h"

/* Shorter work is done where it stands: beginning anew costs more than it. */
enum { APART_BYTES = 16 << 10 };

/* What was asked: the hash of all that the answer hangs on. */
struct apart_key {
	uint64_t high, low;
};

/* what: which work it is; the key of nothing asked yet. */
void apart_key_begin(struct apart_key *key, const char *what);
void apart_key_bytes(struct apart_key *key, const void *bytes, size_t len);
/* NULL is another text than "". */
void apart_key_text(struct apart_key *key, const char *text);
void apart_key_int(struct apart_key *key, int64_t n);

/* Runs act, as often as it takes. Inside a transaction of the caller's it is run once, and
 * its work done where it stands. */
typedef bool apart_act_fn(void *with, struct err *err);
bool apart_run(struct store *store, apart_act_fn *act, void *with,
	       struct err *err) MUST_USE;

/* Where an act that is run apart allocates; NULL: it is not, and uses one of its own. */
struct arena *apart_arena(struct store *store);
const void *apart_known(struct store *store, const struct apart_key *key);
/* bytes: of what will be read. True: the store was let go, and apart_keep() must follow. */
bool apart_leave(struct store *store, size_t bytes) MUST_USE;
/* Always false: the act must unwind. found is not NULL. */
bool apart_keep(struct store *store, const struct apart_key *key, const void *found,
		struct err *err) MUST_USE;

#endif
