/* The loop of a role that waits for nothing but the store. */
#include "daemon/role.h"
#include "base/clock.h"
#include "base/log.h"

enum { AGAIN_MS = 1000, IDLE_MS = 60000 };

bool role_turns(struct role_run *run, role_work *work, struct err *err)
{
	for (;;) {
		bool did = false;

		*err = (struct err){0};
		if (!work(run, &did, err)) {
			if (err->kind != ERR_AGAIN && err->kind != ERR_SYSTEM)
				return false;
			log_line(LOG_WARN, "%s", err->text);
			if (run->once || loop_sleep(&run->loop, AGAIN_MS) == LOOP_STOP)
				return !run->once;
		} else if (did) {
			if (loop_stopping(&run->loop))
				return true;
		} else if (run->once || loop_wait(&run->loop, clock_mono_ms() + IDLE_MS,
						  -1) == LOOP_STOP) {
			return true;
		}
	}
}
