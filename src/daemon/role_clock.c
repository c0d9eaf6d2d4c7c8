/* clock: what time asks for: due updates, ledgers, closing days, figures, checkpoints. */
#include "acts/bounce.h"
#include "acts/bulletin.h"
#include "acts/consultation.h"
#include "acts/digest.h"
#include "acts/erase.h"
#include "acts/facts.h"
#include "acts/manage.h"
#include "acts/session.h"
#include "acts/undo.h"
#include "base/clock.h"
#include "base/log.h"
#include "daemon/role.h"

enum {
	LOOK_MS = 5000, /* at least this often, whatever the store does */
	LOG_CHECKPOINT_BYTES = 16 << 20,
	CHECKPOINT_EACH_MS = 300000,
	TIDY_EACH_MS = 3600000,
	FACTS_EACH_MS = 5000,
	FACTS_MANY = 16 /* blocks: then at once */
};

static bool checkpoint_when_due(struct role_run *run, int64_t *last_ms, struct err *err)
{
	int64_t now = clock_mono_ms(), bytes = store_log_bytes(run->acts.store);

	if (bytes == 0 ||
	    (bytes < LOG_CHECKPOINT_BYTES && now - *last_ms < CHECKPOINT_EACH_MS))
		return true;
	*last_ms = now;
	if (store_checkpoint(run->acts.store, err))
		return true;
	/* A reader or writer was in the way: the next round tries again. */
	return err->kind == ERR_AGAIN;
}

/* Sessions that are over, attempts to sign in, undo that came too late. */
static bool tidy_when_due(struct role_run *run, int64_t *next_ms, struct err *err)
{
	int64_t now = clock_mono_ms();

	if (now < *next_ms)
		return true;
	*next_ms = now + TIDY_EACH_MS;
	return acts_sessions_tidy(&run->acts, err) && acts_undo_forget(&run->acts, err);
}

/*
 * What the figures count is packed again where it changed: soon, so that nobody waits for
 * it, but not for each reply that somebody screens or codes.
 */
static bool facts_when_due(struct role_run *run, int64_t *next_ms, bool *out_more,
			   struct err *err)
{
	int64_t now = clock_mono_ms(), stale;

	if (!acts_facts_stale(&run->acts, &stale, err))
		return false;
	if (stale <= 0 || (stale < FACTS_MANY && now < *next_ms))
		return true;
	*next_ms = now + FACTS_EACH_MS;
	return acts_facts_tend(&run->acts, out_more, err);
}

static bool one_round(struct role_run *run, bool *out_did, struct err *err)
{
	bool due, filled, finished, held, tended, digests, managed, erased;
	int closed;

	run->acts.now = clock_now();
	if (!acts_bulletins_start_due(&run->acts, &due, err) ||
	    !acts_bulletins_fill(&run->acts, &filled, err) ||
	    !acts_bulletins_finish(&run->acts, &finished, err) ||
	    !acts_bulletin_breaker(&run->acts, &held, err) ||
	    !acts_bounces_tend(&run->acts, &tended, err) ||
	    !acts_manage_tend(&run->acts, &managed, err) ||
	    !acts_digests_send(&run->acts, &digests, err) ||
	    !acts_erase_tend(&run->acts, &erased, err) ||
	    !acts_consultations_close_due(&run->acts, &closed, err))
		return false;
	if (due)
		log_line(LOG_INFO, "a schedule came due");
	if (finished)
		log_line(LOG_INFO,
			 "an update is sent: every row of its ledger is settled");
	if (held)
		log_line(LOG_WARN, "an update is held: too many of its mails were "
				   "refused; see: mercat bulletin list");
	if (closed)
		log_line(LOG_INFO, "%d consultation%s closed", closed,
			 closed == 1 ? "" : "s");
	*out_did = due || filled || finished || held || tended || closed || digests ||
		   managed || erased;
	return true;
}

bool role_clock(struct role_run *run, struct err *err)
{
	int64_t checkpointed_ms = clock_mono_ms(), tidy_ms = 0, facts_ms = 0;

	for (;;) {
		bool did = false, more = false;

		*err = (struct err){0};
		if (!one_round(run, &did, err) || !tidy_when_due(run, &tidy_ms, err) ||
		    !facts_when_due(run, &facts_ms, &more, err) ||
		    !checkpoint_when_due(run, &checkpointed_ms, err)) {
			if (err->kind != ERR_AGAIN && err->kind != ERR_SYSTEM)
				return false;
			log_line(LOG_WARN, "%s", err->text);
			if (run->once || loop_sleep(&run->loop, 1000) == LOOP_STOP)
				return !run->once;
			continue;
		}
		if ((did || more) && !loop_stopping(&run->loop))
			continue;
		if (run->once ||
		    loop_wait(&run->loop, clock_mono_ms() + LOOK_MS, -1) == LOOP_STOP)
			return true;
	}
}
