#include "store/turn.h"
#include "base/clock.h"

#include <time.h>

enum { HOLD_MS = 100, OTHERS_MS = 3 };

bool store_turn_begin(struct store_turn *turn, enum store_turn_how how, struct err *err)
{
	if (how == TURN_ALONE)
		return store_turn_end(turn, err);
	if (turn->txn)
		return true;
	turn->since_ms = clock_mono_ms();
	turn->txn = store_begin(turn->store, err);
	return turn->txn != NULL;
}

bool store_turn_done(struct store_turn *turn, struct err *err)
{
	return !turn->txn || clock_mono_ms() - turn->since_ms < HOLD_MS ||
	       store_turn_over(turn, err);
}

bool store_turn_over(struct store_turn *turn, struct err *err)
{
	static const struct timespec others = {0, OTHERS_MS * 1000000L};

	if (!store_turn_end(turn, err))
		return false;
	(void)nanosleep(&others, NULL);
	return true;
}

bool store_turn_end(struct store_turn *turn, struct err *err)
{
	return !turn->txn || store_commit(&turn->txn, err);
}

void store_turn_drop(struct store_turn *turn)
{
	store_rollback(&turn->txn);
}
