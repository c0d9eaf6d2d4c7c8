#include "process/restart.h"

static bool may_at_once(struct restart *r, int64_t now_ms)
{
	int64_t *oldest = &r->at_once_ms[r->at_once % RESTART_AT_ONCE];

	if (r->at_once >= RESTART_AT_ONCE && now_ms - *oldest < RESTART_MINUTE_MS)
		return false;
	*oldest = now_ms;
	r->at_once++;
	return true;
}

int64_t restart_pause(struct restart *r, enum restart_kind kind, int64_t lived_ms,
		      int64_t now_ms)
{
	int64_t pause;

	if (lived_ms > RESTART_MINUTE_MS || !r->pause_ms)
		r->pause_ms = RESTART_FIRST_MS;
	if (kind == RESTART_CRASHED_IN_FRONT_OF_PEOPLE && may_at_once(r, now_ms))
		return 0;
	pause = r->pause_ms;
	r->pause_ms = pause * 2 > RESTART_MOST_MS ? RESTART_MOST_MS : pause * 2;
	return pause;
}
