/*
 * process restart - when a role that ended is started again.
 *
 * A role starts again after a pause that doubles each time, so that one that cannot work
 * harms nobody; after a minute of life the pause is short again. For a role that
 * people wait for (the pages) that would let one bad request shut everybody out for half a
 * minute: killed by a signal it comes back at once, RESTART_AT_ONCE times a minute.
 * What ends with an exit code has said what is wrong, and waits.
 *
 * Units      milliseconds of a clock that only goes forward.
 * Ownership  a plain value; {0} is a role that never ended.
 * Errors     none.
 */
#ifndef MERCAT_PROCESS_RESTART_H
#define MERCAT_PROCESS_RESTART_H

#include "base/attr.h"

enum {
	RESTART_AT_ONCE = 3,
	RESTART_MINUTE_MS = 60000,
	RESTART_FIRST_MS = 200,
	RESTART_MOST_MS = 30000
};

enum restart_kind { RESTART_ENDED, RESTART_CRASHED_IN_FRONT_OF_PEOPLE };

struct restart {
	int64_t at_once_ms[RESTART_AT_ONCE]; /* when it last came back at once */
	size_t at_once;
	int64_t pause_ms; /* the next one; 0: RESTART_FIRST_MS */
};

/* How long to wait before it is started again. */
int64_t restart_pause(struct restart *restart, enum restart_kind kind, int64_t lived_ms,
		      int64_t now_ms) MUST_USE;

#endif
