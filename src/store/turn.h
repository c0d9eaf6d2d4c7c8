/*
 * turn - many acts in a row are written together, and others get their turns to write.
 *
 * A commit waits for the disk, so short acts share one. There is no queue for the store: whoever
 * begins anew at once may keep everybody from it. So the transaction ends when the store was
 * held for a tenth of a second, and others have a moment.
 *
 *	for each:
 *		store_turn_begin(&turn, how, err) && the act && store_turn_done(&turn, err)
 *	store_turn_end(&turn, err)
 *	store_turn_drop(&turn)
 *
 * Whoever knows himself where a piece of the work ends says store_turn_over() there.
 *
 * Errors     of the store. What was not ended is dropped.
 */
#ifndef MERCAT_STORE_TURN_H
#define MERCAT_STORE_TURN_H

#include "store/store.h"

struct store_turn {
	struct store *store;
	struct store_txn *txn; /* NULL: none is open */
	int64_t since_ms;
};

enum store_turn_how {
	TURN_TOGETHER,
	TURN_ALONE /* in a transaction of its own, for what is run apart (store/apart.h) */
};

bool store_turn_begin(struct store_turn *turn, enum store_turn_how how,
		      struct err *err) MUST_USE;
bool store_turn_done(struct store_turn *turn, struct err *err) MUST_USE;
/* Ends it, however short it was, and others have their moment. */
bool store_turn_over(struct store_turn *turn, struct err *err) MUST_USE;
bool store_turn_end(struct store_turn *turn, struct err *err) MUST_USE;
void store_turn_drop(struct store_turn *turn);

#endif
