#include "acts/undo_kinds.h"
#include "acts/audit.h"
#include "acts/claim.h"
#include "acts/frame_change.h"
#include "acts/respondent.h"
#include "acts/sample.h"
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

/* Who undoes is bound by a claim as who acts. */
static bool told(struct acts *acts, int64_t response_id, const char *what,
		 struct err *err)
{
	return acts_claim_check(acts, response_id, err) &&
	       acts_audit(acts, err, "taken back", "response", response_id, "%s", what);
}

/* One row must have changed; else somebody was there since. */
static bool one(struct acts *acts, bool ran, struct err *err)
{
	if (!ran)
		return err->kind == ERR_CONFLICT ? acts_undo_moved_on(err) : false;
	return store_changes(acts->store) == 1 || acts_undo_moved_on(err);
}

/* reply, state and reason before, state and reason after */
static bool screen(struct acts *acts, struct arena *arena, struct unpack *from,
		   struct err *err)
{
	const char *old, *old_reason, *now, *now_reason;
	struct store_row row;
	int64_t id;

	if (!id_of(from, &id) || !unpack_str(from, arena, &old) ||
	    !unpack_str(from, arena, &old_reason) || !unpack_str(from, arena, &now) ||
	    !unpack_str(from, arena, &now_reason))
		return damaged(err);
	if (!store_one(acts->store, arena, &row, err, SQL_RESPONSE_BY_ID, "i", id))
		return false;
	if (!str_eq(row_text(&row, "state"), now) ||
	    !str_eq(row_text(&row, "reason"), now_reason))
		return acts_undo_moved_on(err);
	return store_run(acts->store, err, SQL_RESPONSE_SCREEN, "itt", id, old,
			 old_reason) &&
	       store_run(acts->store, err, SQL_SCREENING_ADD, "itttii", id, now, old,
			 old_reason, acts->staff_id, acts->now) &&
	       told(acts, id, "screening", err);
}

/* reply, coding */
static bool tag(struct acts *acts, struct arena *arena, struct unpack *from,
		struct err *err)
{
	int64_t id, coding;

	(void)arena;
	if (!id_of(from, &id) || !id_of(from, &coding))
		return damaged(err);
	return one(acts,
		   store_run(acts->store, err, SQL_CODING_END_ONE, "iii", coding,
			     acts->staff_id, acts->now),
		   err) &&
	       told(acts, id, "tag", err);
}

/* reply, ids of the codings that were ended */
static bool untag(struct acts *acts, struct arena *arena, struct unpack *from,
		  struct err *err)
{
	int64_t id, *ids;
	size_t count;

	if (!id_of(from, &id) || !acts_undo_unpack_ids(from, arena, &ids, &count))
		return damaged(err);
	for (size_t i = 0; i < count; i++)
		if (!one(acts,
			 store_run(acts->store, err, SQL_CODING_REOPEN, "i", ids[i]),
			 err))
			return false;
	return told(acts, id, "tag taken off", err);
}

/* reply, staff before, staff after; 0 nobody */
static bool assign(struct acts *acts, struct arena *arena, struct unpack *from,
		   struct err *err)
{
	struct store_row row;
	int64_t id, old, now;

	if (!id_of(from, &id) || !id_of(from, &old) || !id_of(from, &now))
		return damaged(err);
	if (!store_one(acts->store, arena, &row, err, SQL_RESPONSE_BY_ID, "i", id))
		return false;
	if (row_int(&row, "assigned_to") != now)
		return acts_undo_moved_on(err);
	return store_run(acts->store, err, SQL_RESPONSE_ASSIGN, "iz", id, old) &&
	       told(acts, id, "assignment", err);
}

/* reply, note */
static bool note(struct acts *acts, struct arena *arena, struct unpack *from,
		 struct err *err)
{
	int64_t id, note_id;

	(void)arena;
	if (!id_of(from, &id) || !id_of(from, &note_id))
		return damaged(err);
	return one(acts,
		   store_run(acts->store, err, SQL_NOTE_WITHDRAW, "iii", note_id,
			     acts->staff_id, acts->now),
		   err) &&
	       told(acts, id, "note", err);
}

/* reply, respondent; type and by whom, permission and by whom, before; both after */
static bool respondent(struct acts *acts, struct arena *arena, struct unpack *from,
		       struct err *err)
{
	const char *text[6];
	int64_t id, who;

	if (!id_of(from, &id) || !id_of(from, &who))
		return damaged(err);
	for (size_t i = 0; i < ARRAY_LEN(text); i++)
		if (!unpack_str(from, arena, &text[i]))
			return damaged(err);
	return one(acts,
		   store_run(acts->store, err, SQL_RESPONDENT_RESTORE, "itttttt", who,
			     text[0], text[1], text[2], text[3], text[4], text[5]),
		   err) &&
	       told(acts, id, "respondent", err);
}

/* reply, the link that was made, the link that was ended; 0 none */
static bool link_back(struct acts *acts, struct arena *arena, struct unpack *from,
		      struct err *err)
{
	int64_t id, made, ended, *holds;
	struct store_table before, after;
	size_t count;

	if (!id_of(from, &id) || !id_of(from, &made) || !id_of(from, &ended))
		return damaged(err);
	if (!acts_undo_ids_of(acts, arena, SQL_LINK_HOLDING, id, &holds, &count, err))
		return false;
	if ((count ? holds[0] : 0) != made)
		return acts_undo_moved_on(err);
	if (!acts_respondent_before(acts, arena, id, &before, err))
		return false;
	if (made && !store_run(acts->store, err, SQL_LINK_END_ONE, "iii", made,
			       acts->staff_id, acts->now))
		return false;
	if (ended &&
	    !one(acts, store_run(acts->store, err, SQL_LINK_REOPEN, "i", ended), err))
		return false;
	return acts_respondent_before(acts, arena, id, &after, err) &&
	       acts_respondent_renew(acts, &before, err) &&
	       acts_respondent_renew(acts, &after, err) && told(acts, id, "link", err);
}

static bool among(int64_t id, const int64_t *ids, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* reply, ids of the stretches that held before, and after */
static bool answers(struct acts *acts, struct arena *arena, struct unpack *from,
		    struct err *err)
{
	int64_t id, *before, *after, *now;
	size_t n_before, n_after, n_now;

	if (!id_of(from, &id) || !acts_undo_unpack_ids(from, arena, &before, &n_before) ||
	    !acts_undo_unpack_ids(from, arena, &after, &n_after))
		return damaged(err);
	if (!acts_undo_ids_of(acts, arena, SQL_ANSWER_IDS_HOLDING, id, &now, &n_now, err))
		return false;
	if (n_now != n_after || (n_now && memcmp(now, after, n_now * sizeof(*now)) != 0))
		return acts_undo_moved_on(err);
	for (size_t i = 0; i < n_after; i++)
		if (!among(after[i], before, n_before) &&
		    !store_run(acts->store, err, SQL_ANSWER_END_ONE, "iii", after[i],
			       acts->staff_id, acts->now))
			return false;
	for (size_t i = 0; i < n_before; i++)
		if (!among(before[i], after, n_after) &&
		    !one(acts,
			 store_run(acts->store, err, SQL_ANSWER_REOPEN, "i", before[i]),
			 err))
			return false;
	return told(acts, id, "answers", err);
}

/* campaign, state before, state after */
static bool campaign(struct acts *acts, struct arena *arena, struct unpack *from,
		     struct err *err)
{
	const char *old, *now;
	struct store_row row;
	int64_t id;

	if (!id_of(from, &id) || !unpack_str(from, arena, &old) ||
	    !unpack_str(from, arena, &now))
		return damaged(err);
	if (!store_one(acts->store, arena, &row, err, SQL_CAMPAIGN_STATE_OF, "i", id))
		return false;
	if (!str_eq(row_text(&row, "state"), now))
		return acts_undo_moved_on(err);
	return store_run(acts->store, err, SQL_CAMPAIGN_DECIDE, "itii", id, old,
			 acts->staff_id, acts->now) &&
	       acts_audit(acts, err, "taken back", "campaign", id, "%s -> %s", now, old);
}

/* mail, taken as and why before, taken as after */
static bool discard(struct acts *acts, struct arena *arena, struct unpack *from,
		    struct err *err)
{
	const char *old, *why, *now;
	struct store_row row;
	int64_t id;

	if (!id_of(from, &id) || !unpack_str(from, arena, &old) ||
	    !unpack_str(from, arena, &why) || !unpack_str(from, arena, &now))
		return damaged(err);
	if (!store_one(acts->store, arena, &row, err, SQL_INBOUND_SHOW, "i", id))
		return false;
	if (!str_eq(row_text(&row, "taken_as"), now))
		return acts_undo_moved_on(err);
	return store_run(acts->store, err, SQL_INBOUND_RETAKE, "itt", id, old, why) &&
	       acts_audit(acts, err, "taken back", "inbound", id, "%s -> %s", now, old);
}

/* the change */
static bool frame(struct acts *acts, struct arena *arena, struct unpack *from,
		  struct err *err)
{
	int64_t id;

	(void)arena;
	return id_of(from, &id) ? acts_frame_undo(acts, id, err) : damaged(err);
}

static bool view(struct acts *acts, struct arena *arena UNUSED, struct unpack *inverse,
		 struct err *err)
{
	static const struct acts_undo_row_kind view = {"view", SQL_UNDO_VIEW_END,
						       SQL_UNDO_VIEW_REOPEN, "ii"};

	return acts_undo_rows_back(acts, inverse, &view, err);
}

static bool text(struct acts *acts, struct arena *arena UNUSED, struct unpack *inverse,
		 struct err *err)
{
	static const struct acts_undo_row_kind text = {"answer text", SQL_UNDO_TEXT_END,
						       SQL_UNDO_TEXT_REOPEN, "i"};

	return acts_undo_rows_back(acts, inverse, &text, err);
}

static bool sample(struct acts *acts, struct arena *arena UNUSED, struct unpack *inverse,
		   struct err *err)
{
	static const struct acts_undo_row_kind sample = {"sample", SQL_UNDO_SAMPLE_END,
							 SQL_UNDO_SAMPLE_REOPEN, "i"};

	return acts_undo_rows_back(acts, inverse, &sample, err);
}

const struct acts_undo_kind acts_undo_kinds[] = {
	{"screen", screen},
	{"tag", tag},
	{"untag", untag},
	{"assign", assign},
	{"note", note},
	{"respondent", respondent},
	{"link", link_back},
	{"answers", answers},
	{"campaign", campaign},
	{"discard", discard},
	{"bulk", acts_undo_bulk},
	{"frame", frame},
	{"second coding", acts_sample_undo_coding},
	{"unit", acts_sample_undo_unit},
	{"view", view},
	{"text", text},
	{"sample", sample},
	{"final", NULL},
	{0}};
