/*
 * bulletin - an update from draft to sent, and who may move it there.
 *
 *	draft -> approved -> scheduled -> sending <-> paused -> sent
 *	  ^_________|____________|          |           |
 *	     (edit)                       held       cancelled, from anywhere before sent
 *
 * Drafting takes the lowest free number of the list's series, so there are no gaps; a draft
 * that is cancelled gives its number back, unless somebody else has seen it by then: asked for
 * approval, commented on, tested, approved, changed by another or begun.
 * One that is scheduled can be unscheduled: it is approved as before, without a time.
 * Approving is for a second person: neither who drafted it or wrote it last, nor anybody
 * who changed text or pictures since its last approval, whoever saved after them. It binds
 * the content by its hash, how it looks (the templates, the list's names and addresses,
 * the organisation's) by another, and the audience: those who are subscribers at that moment
 * and would get it. Who leaves after that is not written to; who joins after that gets
 * the next one. An edit withdraws the approval. One that is approved, scheduled or held may be
 * approved again as it is now, for who is a subscriber then (a time that was set stays); when
 * it has begun, its audience stays.
 *
 * Ownership  results live in the arena given.
 * Errors     ERR_CONFLICT when the state or the person does not allow it.
 */
#ifndef MERCAT_DOMAIN_BULLETIN_H
#define MERCAT_DOMAIN_BULLETIN_H

#include "domain/bulletins/bulletin_load.h"

/* The text that the next update of a list can begin with: the last one's frame. */
bool bulletin_next(struct operation *op, struct arena *arena, const char *list,
		   const char **out_text, struct err *err) MUST_USE;
/* The draft in which still nothing but that text stands; 0: none. */
bool bulletin_untouched(struct operation *op, struct arena *arena,
			const struct list *list, const char *text, int64_t *out_number,
			struct err *err) MUST_USE;
bool bulletin_draft(struct operation *op, struct arena *arena,
		    const struct bulletin_file *file, struct bulletin *out,
		    struct err *err) MUST_USE;
bool bulletin_edit(struct operation *op, struct arena *arena, struct bulletin_key key,
		   const struct bulletin_file *file, struct bulletin *out,
		   struct err *err) MUST_USE;
/* It has not begun to go out and is not cancelled; else ERR_CONFLICT. */
bool bulletin_may_change(const struct bulletin *bulletin, struct err *err) MUST_USE;

/*
 * What somebody wrote, finished or not, with no word lost: whatever is in it is kept, and what
 * still stands in the way is said where it is checked, asked about and approved.
 * Nothing of a colleague is replaced unseen: what was written on an older version than the one
 * that stands (seen) is kept beside it, and so is the version that is replaced knowingly (over).
 */
enum bulletin_saved {
	BULLETIN_SAVED = 0,
	BULLETIN_SAME,    /* nothing was to be changed: an approval stays */
	BULLETIN_CLASHED, /* kept beside what stands: aside_id */
	BULLETIN_MOVED /* not saved: it is in another state than the writer saw, now.state */
};
struct bulletin_saving {
	const char *list;
	int64_t number;
	struct bulletin_fields fields;
	const char *
		seen; /* hash of the version that they began with; "": of the one that stands */
	const char *
		over; /* hash of the version that is to be replaced, having been seen; or "" */
	const char *
		state; /* that they saw; "": any. Saving ends an approval, never unseen */
	bool by_itself; /* the page saves it while somebody writes: the audit notes the first */
	/* The version that these words were kept as: written anew by another clash, and gone
	 * once they stand; 0: none yet. */
	int64_t aside_id;
	/* out */
	enum bulletin_saved outcome;
	struct bulletin now; /* as it stands afterwards */
};
bool bulletin_save(struct operation *op, struct arena *arena,
		   struct bulletin_saving *saving, struct err *err) MUST_USE;
/* The versions that are kept beside a bulletin: rows of "version_asides", newest first. */
bool bulletin_asides(struct operation *op, struct arena *arena, int64_t bulletin_id,
		     struct store_table *out, struct err *err) MUST_USE;
/* One of them: the row of "version_by_id", ERR_ABSENT; and thrown away for good. */
bool bulletin_aside(struct operation *op, struct arena *arena, int64_t bulletin_id,
		    int64_t id, struct store_row *out, struct err *err) MUST_USE;
bool bulletin_aside_drop(struct operation *op, const struct bulletin *bulletin,
			 int64_t id, struct err *err) MUST_USE;

/*
 * To these addresses only, marked as a test: each of the staff, or named by the settings
 * (bulletin.test_recipients), none suppressed, and no more a day than they allow. The audit
 * names them until bulletin_tests_forget(), the clock's, leaves their hashes.
 */
enum { BULLETIN_TEST_MOST = 10 };
bool bulletin_test(struct operation *op, const char *list, int64_t number,
		   const char *const *addresses, size_t count, struct err *err) MUST_USE;
bool bulletin_tests_forget(struct operation *op, bool *out_did, struct err *err) MUST_USE;
/* out: whoever acts may not approve it, because of what they wrote in it. */
bool bulletin_own_work(struct operation *op, const struct bulletin *bulletin, bool *out,
		       struct err *err) MUST_USE;
bool bulletin_approve(struct operation *op, const char *list, int64_t number,
		      int64_t *out_audience, struct err *err) MUST_USE;
/* What a person is asked about once more before it is done. */
enum bulletin_act {
	BULLETIN_SCHEDULE = 0,
	BULLETIN_UNSCHEDULE,
	BULLETIN_SEND,
	BULLETIN_RESUME,
	BULLETIN_CANCEL,
	BULLETIN_ACTS
};
/* ERR_CONFLICT says why its state does not let that be done; changes nothing. */
bool bulletin_allows(const struct bulletin *bulletin, enum bulletin_act act,
		     struct err *err) MUST_USE;
/* when: "2026-11-25 09:00" or with a zone behind it. */
bool bulletin_schedule(struct operation *op, const char *list, int64_t number,
		       const char *when, int64_t *out_due_at, struct err *err) MUST_USE;
bool bulletin_unschedule(struct operation *op, const char *list, int64_t number,
			 struct err *err) MUST_USE;
/*
 * At once, but for the minute of grace that the settings give (bulletin.grace): until that is over
 * it is scheduled, nothing of its ledger is written, and anybody with the right can stop it.
 * Resuming one that has not begun leaves the same time; one that has begun goes on at once.
 */
bool bulletin_send(struct operation *op, const char *list, int64_t number,
		   struct err *err) MUST_USE;
/* It is scheduled, and its time is no farther away than that grace is long. */
bool bulletin_in_grace(const struct operation *op, const struct bulletin *bulletin);
/* What waits for its time is unscheduled and stays approved, or, sent at once before a later time
 * that it had, is scheduled for that again; what has begun by then is paused. */
enum bulletin_stopped {
	BULLETIN_STOPPED_IN_TIME = 0,
	BULLETIN_STOPPED_FOR_LATER,
	BULLETIN_STOPPED_PAUSED
};
bool bulletin_stop(struct operation *op, const char *list, int64_t number,
		   enum bulletin_stopped *out, struct err *err) MUST_USE;
bool bulletin_pause(struct operation *op, const char *list, int64_t number,
		    struct err *err) MUST_USE;
bool bulletin_resume(struct operation *op, const char *list, int64_t number,
		     struct err *err) MUST_USE;
bool bulletin_cancel(struct operation *op, const char *list, int64_t number,
		     struct err *err) MUST_USE;
/* Rows that rest in doubt: send them once more, or leave them as they are for good. */
bool bulletin_settle_in_doubt(struct operation *op, const char *list, int64_t number,
			      enum in_doubt decision, int64_t *out_rows,
			      struct err *err) MUST_USE;

/*
 * Who gets it now, and what binds them: topics as bits of the list, or everyone.
 * count is everybody whom it reaches: at once by a mail of its own, or (digests of them)
 * with others in their next digest. paused: they want it but get nothing now; not in count.
 */
struct audience {
	int64_t topics, count, digests, paused, last_subscription;
	bool everyone;
};
struct audience bulletin_wanted_by(const struct bulletin *bulletin); /* uncounted */
bool bulletin_audience(struct operation *op, const struct bulletin *bulletin,
		       struct audience *out, struct err *err) MUST_USE;

/* A hash of all that its recipients see beside its own text. */
bool bulletin_look(struct operation *op, const struct bulletin *bulletin,
		   char out[SECRET_SHA256_HEX], struct err *err) MUST_USE;
/* ERR_CONFLICT unless an approval is in force for exactly this content and look, of somebody who
 * may still approve where it has not begun. */
bool bulletin_approved(struct operation *op, const struct bulletin *bulletin,
		       struct err *err) MUST_USE;
/* Somebody but its author has seen it: cancelled, it keeps its number. */
bool bulletin_was_seen(struct operation *op, const struct bulletin *bulletin, bool *out,
		       struct err *err) MUST_USE;
/* A person must look: resume or cancel it. Inside the caller's transaction. */
bool bulletin_hold(struct operation *op, int64_t id, const char *why,
		   struct err *err) MUST_USE;

/* The clock's, one unit of work each; out_did: there was something to do. */
bool bulletins_start_due(struct operation *op, bool *out_did, struct err *err) MUST_USE;
bool bulletins_fill(struct operation *op, bool *out_did, struct err *err) MUST_USE;
bool bulletins_finish(struct operation *op, bool *out_did, struct err *err) MUST_USE;

#endif
