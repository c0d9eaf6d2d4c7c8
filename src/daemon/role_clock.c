/* clock: what time asks for: due updates, ledgers, closing days, figures, checkpoints. */
#include "domain/delivery/bounce.h"
#include "domain/bulletins/bulletin.h"
#include "domain/admin/consultation.h"
#include "domain/bulletins/digest.h"
#include "domain/outcome/report_back_send.h"
#include "domain/queue/needs_tell.h"
#include "domain/safeguarding/flag_tell.h"
#include "domain/personal/personal_data_erase.h"
#include "domain/analysis/facts.h"
#include "domain/subscribers/preferences.h"
#include "domain/admin/session.h"
#include "domain/core/audit_head.h"
#include "domain/core/undo.h"
#include "domain/imports/subscriber_import_undo.h"
#include "domain/sorting/typed_scan.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/numeral.h"
#include "daemon/role.h"

enum {
	LOOK_MS = 5000, /* at least this often, whatever the store does */
	LOG_CHECKPOINT_BYTES = 16 << 20,
	CHECKPOINT_EACH_MS = 300000,
	TIDY_EACH_MS = 1000 * HOUR_S,
	FACTS_EACH_MS = 5000,
	FACTS_MANY = 16, /* blocks: then at once */
	HEAD_EACH_MS = 1000 * HOUR_S
};

struct checkpoint_due {
	int64_t last_ms;
	bool erased; /* somebody was: the log still has them */
};

static bool checkpoint_when_due(struct role_run *run, struct checkpoint_due *due,
				struct err *err)
{
	int64_t now = clock_mono_ms(), bytes = store_log_bytes(run->op.store);

	if (bytes == 0 || (!due->erased && bytes < LOG_CHECKPOINT_BYTES &&
			   now - due->last_ms < CHECKPOINT_EACH_MS))
		return true;
	due->last_ms = now;
	if (store_checkpoint(run->op.store, err)) {
		due->erased = false;
		return true;
	}
	/* A reader or writer was in the way: the next round tries again. */
	return err_forgive(err, ERR_AGAIN);
}

/* Sessions that are over, attempts to sign in, undo that came too late, of imports too. */
static bool tidy_when_due(struct role_run *run, int64_t *next_ms, struct err *err)
{
	int64_t now = clock_mono_ms();

	if (now < *next_ms)
		return true;
	*next_ms = now + TIDY_EACH_MS;
	return sessions_tidy(&run->op, err) && undo_forget(&run->op, err) &&
	       subscriber_imports_forget(&run->op, err) && scans_forget(&run->op, err);
}

/*
 * What the figures count is packed again where it changed: soon, so that nobody waits for
 * it, but not for each reply that somebody screens or codes.
 */
static bool facts_when_due(struct role_run *run, int64_t *next_ms, bool *out_more,
			   struct err *err)
{
	int64_t now = clock_mono_ms(), stale;

	if (!response_facts_stale(&run->op, &stale, err))
		return false;
	if (stale <= 0 || (stale < FACTS_MANY && now < *next_ms))
		return true;
	*next_ms = now + FACTS_EACH_MS;
	return response_facts_tend(&run->op, out_more, err);
}

/* Where the audit stands, to places that who writes the store does not write. */
struct noted_head {
	int64_t rows, next_ms;
};

/* What does not fit the heads that are kept is said each time, and not put behind them. */
static bool keep_head(struct role_run *run, const char *file,
		      const struct audit_head *head, struct err *err)
{
	struct audit_heads heads;
	struct err why = {0};

	if (!audit_heads_stand(&run->op, file, &heads, &why)) {
		if (why.kind == ERR_AGAIN)
			return *err = why, false;
		log_line(why.kind == ERR_CONFLICT ? LOG_ERROR : LOG_WARN, "%s%s",
			 why.text, why.kind == ERR_ABSENT ? "; it is begun now" : "");
		if (why.kind == ERR_CONFLICT || why.kind == ERR_SETUP)
			return true;
	}
	if (!audit_head_keep(file, head, clock_now(), &why))
		log_line(LOG_WARN, "the head of the audit was not kept: %s", why.text);
	return true;
}

static bool head_when_due(struct role_run *run, struct noted_head *noted, struct err *err)
{
	const char *file = run->settings->audit_head_file;
	int64_t now = clock_mono_ms();
	char text[AUDIT_HEAD_TEXT];
	struct audit_head head;

	if (now < noted->next_ms)
		return true;
	if (!audit_head_now(&run->op, &head, err))
		return false;
	if (head.rows == noted->rows)
		return true;
	noted->next_ms = now + HEAD_EACH_MS;
	audit_head_print(&head, text);
	log_line(LOG_INFO, "the head of the audit is %s", text);
	noted->rows = head.rows;
	return !*file || keep_head(run, file, &head, err);
}

static bool one_round(struct role_run *run, bool *out_did, bool *out_erased,
		      struct err *err)
{
	bool due, filled, finished, held, tended, digests, managed, erased, forgot, told,
		flags, backs;
	int closed;

	run->op.now = clock_now();
	if (!bulletins_start_due(&run->op, &due, err) ||
	    !bulletins_fill(&run->op, &filled, err) ||
	    !bulletins_finish(&run->op, &finished, err) ||
	    !bulletin_circuit_breaker(&run->op, &held, err) ||
	    !bounces_tend(&run->op, &tended, err) ||
	    !preferences_tend(&run->op, &managed, err) ||
	    !digests_send(&run->op, &digests, err) ||
	    !report_backs_tend(&run->op, &backs, err) ||
	    !flags_tell(&run->op, &flags, err) || !needs_tell(&run->op, &told, err) ||
	    !personal_data_erase_tend(&run->op, &erased, err) ||
	    !bulletin_tests_forget(&run->op, &forgot, err) ||
	    !consultations_close_due(&run->op, &closed, err))
		return false;
	if (due)
		log_line(LOG_INFO, "a schedule came due");
	if (finished)
		log_line(LOG_INFO,
			 "a bulletin is sent: every row of its ledger is settled");
	if (held)
		log_line(LOG_WARN, "a bulletin is on hold: too many of its mails were "
				   "refused; see: mercat bulletin list");
	if (closed)
		log_line(LOG_INFO, "%d consultation%s closed", closed,
			 plural(closed, "", "s"));
	*out_erased = erased;
	*out_did = due || filled || finished || held || tended || closed || digests ||
		   managed || erased || forgot || told || flags || backs;
	return true;
}

bool role_clock(struct role_run *run, struct err *err)
{
	struct checkpoint_due checkpoint = {.last_ms = clock_mono_ms()};
	int64_t tidy_ms = 0, facts_ms = 0;
	struct noted_head noted = {0};

	for (;;) {
		bool did = false, more = false, erased = false;

		*err = (struct err){0};
		if (!one_round(run, &did, &erased, err) ||
		    !head_when_due(run, &noted, err) ||
		    !tidy_when_due(run, &tidy_ms, err) ||
		    !facts_when_due(run, &facts_ms, &more, err) ||
		    (!erased && !checkpoint_when_due(run, &checkpoint, err))) {
			if (err->kind != ERR_AGAIN && err->kind != ERR_SYSTEM)
				return false;
			log_line(LOG_WARN, "%s", err->text);
			if (run->once || loop_sleep(&run->loop, 1000) == LOOP_STOP)
				return !run->once;
			continue;
		}
		checkpoint.erased = checkpoint.erased || erased;
		if ((did || more) && !loop_stopping(&run->loop))
			continue;
		if (run->once ||
		    loop_wait(&run->loop, clock_mono_ms() + LOOK_MS, -1) == LOOP_STOP)
			return true;
	}
}
