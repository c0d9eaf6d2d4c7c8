#include "domain/intake/undo_kinds.h"
#include "domain/core/audit.h"
#include "domain/responses/response_lock.h"
#include "domain/coding/codeframe_log.h"
#include "domain/responses/respondent.h"
#include "domain/coding/sample.h"
#include "base/str.h"

#include <inttypes.h>

static bool damaged(struct err *err)
{
	return err_set(err, ERR_SYSTEM, "what was to be taken back is damaged");
}

static bool id_of(struct unpack *from, int64_t *out)
{
	return unpack_int(from, 0, INT64_MAX, out);
}

/* Who undoes is bound by a claim as who op. */
static bool told(struct operation *op, int64_t response_id, const char *about,
		 int64_t about_id, const char *words, struct err *err)
{
	const struct audited what = {.act = "taken back",
				     .subject = "response",
				     .subject_id = response_id,
				     .about = about,
				     .about_id = about_id};

	return response_lock_check(op, response_id, err) &&
	       audit_of(op, &what, err, "%s", words);
}

/* One row must have changed; else somebody was there since. */
static bool one(struct operation *op, bool ran, struct err *err)
{
	if (!ran)
		return err->kind == ERR_CONFLICT ? undo_moved_on(err) : false;
	return store_changes(op->store) == 1 || undo_moved_on(err);
}

/* reply, state and reason before, state and reason after */
static bool screen(struct operation *op, struct arena *arena, struct unpack *from,
		   struct err *err)
{
	const char *old, *old_reason, *now, *now_reason;
	struct store_row row;
	int64_t id;

	if (!id_of(from, &id) || !unpack_str(from, arena, &old) ||
	    !unpack_str(from, arena, &old_reason) || !unpack_str(from, arena, &now) ||
	    !unpack_str(from, arena, &now_reason))
		return damaged(err);
	if (!store_one(op->store, arena, &row, err, SQL_RESPONSE_BY_ID, "i", id))
		return false;
	if (!str_eq(row_text(&row, "state"), now) ||
	    !str_eq(row_text(&row, "reason"), now_reason))
		return undo_moved_on(err);
	return store_run(op->store, err, SQL_RESPONSE_SCREEN, "itt", id, old,
			 old_reason) &&
	       store_run(op->store, err, SQL_SCREENING_ADD, "itttii", id, now, old,
			 old_reason, op->staff_id, op->now) &&
	       told(op, id, "screen", 0, "screening", err);
}

/* reply, coding */
static bool tag(struct operation *op, struct arena *arena, struct unpack *from,
		struct err *err)
{
	int64_t id, coding;

	(void)arena;
	if (!id_of(from, &id) || !id_of(from, &coding))
		return damaged(err);
	return one(op,
		   store_run(op->store, err, SQL_CODING_END_ONE, "iii", coding,
			     op->staff_id, op->now),
		   err) &&
	       told(op, id, "tag", coding, "tag", err);
}

/* reply, ids of the codings that were ended */
static bool untag(struct operation *op, struct arena *arena, struct unpack *from,
		  struct err *err)
{
	int64_t id, *ids;
	size_t count;

	if (!id_of(from, &id) || !undo_unpack_ids(from, arena, &ids, &count))
		return damaged(err);
	for (size_t i = 0; i < count; i++)
		if (!one(op, store_run(op->store, err, SQL_CODING_REOPEN, "i", ids[i]),
			 err))
			return false;
	return told(op, id, "untag", 0, "tag taken off", err);
}

/* reply, staff before, staff after; 0 nobody */
static bool assign(struct operation *op, struct arena *arena, struct unpack *from,
		   struct err *err)
{
	struct store_row row;
	int64_t id, old, now;

	if (!id_of(from, &id) || !id_of(from, &old) || !id_of(from, &now))
		return damaged(err);
	if (!store_one(op->store, arena, &row, err, SQL_RESPONSE_BY_ID, "i", id))
		return false;
	if (row_int(&row, "assigned_to") != now)
		return undo_moved_on(err);
	return store_run(op->store, err, SQL_RESPONSE_ASSIGN, "iz", id, old) &&
	       told(op, id, "assign", 0, "assignment", err);
}

/* reply, note */
static bool note(struct operation *op, struct arena *arena, struct unpack *from,
		 struct err *err)
{
	int64_t id, note_id;

	(void)arena;
	if (!id_of(from, &id) || !id_of(from, &note_id))
		return damaged(err);
	return one(op,
		   store_run(op->store, err, SQL_NOTE_WITHDRAW, "iii", note_id,
			     op->staff_id, op->now),
		   err) &&
	       told(op, id, "note", note_id, "note", err);
}

/* reply, respondent; type and by whom, permission and by whom, before; both after */
static bool respondent(struct operation *op, struct arena *arena, struct unpack *from,
		       struct err *err)
{
	const char *text[6];
	int64_t id, who;

	if (!id_of(from, &id) || !id_of(from, &who))
		return damaged(err);
	for (size_t i = 0; i < ARRAY_LEN(text); i++)
		if (!unpack_str(from, arena, &text[i]))
			return damaged(err);
	return one(op,
		   store_run(op->store, err, SQL_RESPONDENT_RESTORE, "itttttt", who,
			     text[0], text[1], text[2], text[3], text[4], text[5]),
		   err) &&
	       told(op, id, "respondent", who, "respondent", err);
}

/* reply, the link that was made, the link that was ended; 0 none */
static bool link_back(struct operation *op, struct arena *arena, struct unpack *from,
		      struct err *err)
{
	int64_t id, made, ended, *holds;
	struct store_table before, after;
	size_t count;

	if (!id_of(from, &id) || !id_of(from, &made) || !id_of(from, &ended))
		return damaged(err);
	if (!undo_ids_of(op, arena, SQL_LINK_HOLDING, id, &holds, &count, err))
		return false;
	if ((count ? holds[0] : 0) != made)
		return undo_moved_on(err);
	if (!respondent_before(op, arena, id, &before, err))
		return false;
	if (made && !store_run(op->store, err, SQL_LINK_END_ONE, "iii", made,
			       op->staff_id, op->now))
		return false;
	if (ended &&
	    !one(op, store_run(op->store, err, SQL_LINK_REOPEN, "i", ended), err))
		return false;
	return respondent_before(op, arena, id, &after, err) &&
	       respondent_renew(op, &before, err) && respondent_renew(op, &after, err) &&
	       told(op, id, "link", made ? made : ended, "link", err);
}

static bool among(int64_t id, const int64_t *ids, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* reply, ids of the stretches that held before, and after */
static bool answers(struct operation *op, struct arena *arena, struct unpack *from,
		    struct err *err)
{
	int64_t id, *before, *after, *now;
	size_t n_before, n_after, n_now;

	if (!id_of(from, &id) || !undo_unpack_ids(from, arena, &before, &n_before) ||
	    !undo_unpack_ids(from, arena, &after, &n_after))
		return damaged(err);
	if (!undo_ids_of(op, arena, SQL_ANSWER_IDS_HOLDING, id, &now, &n_now, err))
		return false;
	if (n_now != n_after || (n_now && memcmp(now, after, n_now * sizeof(*now)) != 0))
		return undo_moved_on(err);
	for (size_t i = 0; i < n_after; i++)
		if (!among(after[i], before, n_before) &&
		    !store_run(op->store, err, SQL_ANSWER_END_ONE, "iii", after[i],
			       op->staff_id, op->now))
			return false;
	for (size_t i = 0; i < n_before; i++)
		if (!among(before[i], after, n_after) &&
		    !one(op, store_run(op->store, err, SQL_ANSWER_REOPEN, "i", before[i]),
			 err))
			return false;
	return told(op, id, "answers", 0, "answers", err);
}

/* campaign, state before, state after */
static bool campaign(struct operation *op, struct arena *arena, struct unpack *from,
		     struct err *err)
{
	const char *old, *now;
	struct store_row row;
	int64_t id;

	if (!id_of(from, &id) || !unpack_str(from, arena, &old) ||
	    !unpack_str(from, arena, &now))
		return damaged(err);
	if (!store_one(op->store, arena, &row, err, SQL_CAMPAIGN_STATE_OF, "i", id))
		return false;
	if (!str_eq(row_text(&row, "state"), now))
		return undo_moved_on(err);
	return store_run(op->store, err, SQL_CAMPAIGN_DECIDE, "itii", id, old,
			 op->staff_id, op->now) &&
	       audit_record(op, err, "taken back", "campaign", id, "%s -> %s", now, old);
}

/* mail, taken as and why before, taken as after */
static bool discard(struct operation *op, struct arena *arena, struct unpack *from,
		    struct err *err)
{
	const char *old, *why, *now;
	struct store_row row;
	int64_t id;

	if (!id_of(from, &id) || !unpack_str(from, arena, &old) ||
	    !unpack_str(from, arena, &why) || !unpack_str(from, arena, &now))
		return damaged(err);
	if (!store_one(op->store, arena, &row, err, SQL_INBOUND_SHOW, "i", id))
		return false;
	if (!str_eq(row_text(&row, "taken_as"), now))
		return undo_moved_on(err);
	return store_run(op->store, err, SQL_INBOUND_RETAKE, "itt", id, old, why) &&
	       audit_record(op, err, "taken back", "inbound", id, "%s -> %s", now, old);
}

/* the change */
static bool frame(struct operation *op, struct arena *arena, struct unpack *from,
		  struct err *err)
{
	int64_t id;

	(void)arena;
	return id_of(from, &id) ? codeframe_undo(op, id, err) : damaged(err);
}

static bool view(struct operation *op, struct arena *arena UNUSED, struct unpack *inverse,
		 struct err *err)
{
	static const struct undo_row_kind view = {"view", SQL_UNDO_VIEW_END,
						  SQL_UNDO_VIEW_REOPEN, "ii"};

	return undo_rows_back(op, inverse, &view, err);
}

static bool text(struct operation *op, struct arena *arena UNUSED, struct unpack *inverse,
		 struct err *err)
{
	static const struct undo_row_kind text = {"answer text", SQL_UNDO_TEXT_END,
						  SQL_UNDO_TEXT_REOPEN, "i"};

	return undo_rows_back(op, inverse, &text, err);
}

static bool sample(struct operation *op, struct arena *arena UNUSED,
		   struct unpack *inverse, struct err *err)
{
	static const struct undo_row_kind sample = {"sample", SQL_UNDO_SAMPLE_END,
						    SQL_UNDO_SAMPLE_REOPEN, "i"};

	return undo_rows_back(op, inverse, &sample, err);
}

const struct undo_kind undo_kinds[] = {{"screen", screen, false},
				       {"tag", tag, false},
				       {"untag", untag, false},
				       {"assign", assign, false},
				       {"note", note, false},
				       {"respondent", respondent, false},
				       {"link", link_back, false},
				       {"answers", answers, false},
				       {"campaign", campaign, false},
				       {"discard", discard, false},
				       {"bulk", undo_bulk, false},
				       {"frame", frame, true},
				       {"second coding", sample_undo_coding, false},
				       {"unit", sample_undo_unit, false},
				       {"view", view, false},
				       {"text", text, false},
				       {"sample", sample, false},
				       {"final", NULL, false},
				       {0}};
