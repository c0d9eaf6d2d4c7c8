#include "domain/sorting/undo_kinds.h"
#include "domain/core/audit.h"
#include "domain/admin/rights.h"
#include "domain/intake/entry.h"
#include "domain/intake/inbound_look.h"
#include "domain/sorting/response_move.h"
#include "domain/responses/response_lock.h"
#include "domain/coding/codeframe_log.h"
#include "domain/publication/publication.h"
#include "domain/reports/report.h"
#include "domain/responses/respondent.h"
#include "domain/safeguarding/flag.h"
#include "domain/coding/sample.h"
#include "base/str.h"

#include <inttypes.h>

static bool id_of(struct unpack *from, int64_t *out)
{
	return unpack_int(from, 0, INT64_MAX, out);
}

/* Who undoes is bound by a claim as who acts. */
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
	if (ran)
		return undo_one_row(op, err);
	undo_refused(err);
	return false;
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
		return undo_damaged(err);
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

/* A flag that was dismissed is proposed again; one that was raised stays: others know of it. */
static bool flag_of_response_back(struct operation *op, struct arena *arena,
				  int64_t response_id, struct err *err)
{
	struct store_row row;

	return store_one(op->store, arena, &row, err, SQL_RESPONSE_BY_ID, "i",
			 response_id) &&
	       flag_dismiss_back(op, row_int(&row, "inbound_id"), err);
}

/* response, kind of proposal, what was decided */
static bool proposal(struct operation *op, struct arena *arena, struct unpack *from,
		     struct err *err)
{
	const char *kind, *decided;
	int64_t id;

	if (!id_of(from, &id) || !unpack_str(from, arena, &kind) ||
	    !unpack_str(from, arena, &decided))
		return undo_damaged(err);
	return one(op,
		   store_run(op->store, err, SQL_PROPOSAL_REOPEN, "itt", id, kind,
			     decided),
		   err) &&
	       (!str_eq(kind, "risk") || flag_of_response_back(op, arena, id, err)) &&
	       told(op, id, "proposal", 0, "proposal", err);
}

/* reply, coding */
static bool tag(struct operation *op, struct arena *arena, struct unpack *from,
		struct err *err)
{
	int64_t id, coding;

	(void)arena;
	if (!id_of(from, &id) || !id_of(from, &coding))
		return undo_damaged(err);
	return one(op,
		   store_run(op->store, err, SQL_CODING_END_ONE, "iii", coding,
			     op->staff_id, op->now),
		   err) &&
	       store_run(op->store, err, SQL_CODE_LEFT_OVER, "i", coding) &&
	       told(op, id, "tag", coding, "tag", err);
}

/* reply, ids of the codings that were ended */
static bool untag(struct operation *op, struct arena *arena, struct unpack *from,
		  struct err *err)
{
	int64_t id, *ids;
	size_t count;

	if (!id_of(from, &id) || !undo_unpack_ids(from, arena, &ids, &count))
		return undo_damaged(err);
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
		return undo_damaged(err);
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
		return undo_damaged(err);
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
		return undo_damaged(err);
	for (size_t i = 0; i < ARRAY_LEN(text); i++)
		if (!unpack_str(from, arena, &text[i]))
			return undo_damaged(err);
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
		return undo_damaged(err);
	if (!undo_ids_of(op, arena,
			 (struct undo_rows_of){.statement = SQL_LINK_HOLDING, .id = id},
			 &holds, &count, err))
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

/* Rows of a reply that are ended and opened, never changed. */
struct rows_kind {
	enum sql_id holding, end, reopen;
	const char *what;
};

/* reply, ids of the rows that held before, and after */
static bool rows_back(struct operation *op, struct arena *arena, struct unpack *from,
		      const struct rows_kind *kind, struct err *err)
{
	int64_t id, *before, *after, *now;
	size_t n_before, n_after, n_now;

	if (!id_of(from, &id) || !undo_unpack_ids(from, arena, &before, &n_before) ||
	    !undo_unpack_ids(from, arena, &after, &n_after))
		return undo_damaged(err);
	if (!undo_ids_of(op, arena,
			 (struct undo_rows_of){.statement = kind->holding, .id = id},
			 &now, &n_now, err))
		return false;
	if (n_now != n_after || (n_now && memcmp(now, after, n_now * sizeof(*now)) != 0))
		return undo_moved_on(err);
	for (size_t i = 0; i < n_after; i++)
		if (!among(after[i], before, n_before) &&
		    !store_run(op->store, err, kind->end, "iii", after[i], op->staff_id,
			       op->now))
			return false;
	for (size_t i = 0; i < n_before; i++)
		if (!among(before[i], after, n_after) &&
		    !one(op, store_run(op->store, err, kind->reopen, "i", before[i]),
			 err))
			return false;
	return told(op, id, kind->what, 0, kind->what, err);
}

static bool answers(struct operation *op, struct arena *arena, struct unpack *from,
		    struct err *err)
{
	static const struct rows_kind kind = {SQL_ANSWER_IDS_HOLDING, SQL_ANSWER_END_ONE,
					      SQL_ANSWER_REOPEN, "answers"};

	return rows_back(op, arena, from, &kind, err);
}

static bool choice(struct operation *op, struct arena *arena, struct unpack *from,
		   struct err *err)
{
	static const struct rows_kind kind = {SQL_CHOICE_IDS_HOLDING, SQL_CHOICE_END_ONE,
					      SQL_CHOICE_REOPEN, "choice"};

	return rows_back(op, arena, from, &kind, err);
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
		return undo_damaged(err);
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
		return undo_damaged(err);
	if (!store_one(op->store, arena, &row, err, SQL_INBOUND_SHOW, "i", id))
		return false;
	if (!str_eq(row_text(&row, "taken_as"), now))
		return undo_moved_on(err);
	return store_run(op->store, err, SQL_INBOUND_RETAKE, "itt", id, old, why) &&
	       audit_record(op, err, "taken back", "inbound", id, "%s -> %s", now, old);
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

/* The object of an act, from the beginning of what it packed. */
struct undo_place {
	enum right right; /* what the kind takes; an object may know better */
	struct rights_scope where;
};
typedef bool place_fn(struct operation *op, struct arena *arena, struct unpack *inverse,
		      struct undo_place *io, struct err *err);

struct undo_needs {
	enum right right;
	place_fn *place;
};

/* A row with consultation_id: of none of them (NULL), everywhere. */
static bool of_row(struct operation *op, struct arena *arena, enum sql_id statement,
		   int64_t id, struct store_row *out, struct undo_place *io,
		   struct err *err)
{
	if (!store_one(op->store, arena, out, err, statement, "i", id))
		return false;
	io->where = row_null(out, "consultation_id")
			    ? rights_everywhere()
			    : rights_on_consultation(row_int(out, "consultation_id"));
	return true;
}

static bool of_id(struct operation *op, struct arena *arena, enum sql_id statement,
		  struct unpack *inverse, struct undo_place *io, struct err *err)
{
	struct store_row row;
	int64_t id;

	return id_of(inverse, &id) ? of_row(op, arena, statement, id, &row, io, err)
				   : undo_damaged(err);
}

static bool of_response(struct operation *op, struct arena *arena, struct unpack *inverse,
			struct undo_place *io, struct err *err)
{
	return of_id(op, arena, SQL_RESPONSE_BY_ID, inverse, io, err);
}

static bool of_campaign(struct operation *op, struct arena *arena, struct unpack *inverse,
			struct undo_place *io, struct err *err)
{
	return of_id(op, arena, SQL_UNDO_CAMPAIGN_PLACE, inverse, io, err);
}

static bool of_sample(struct operation *op, struct arena *arena, struct unpack *inverse,
		      struct undo_place *io, struct err *err)
{
	return of_id(op, arena, SQL_SAMPLE_BY_ID, inverse, io, err);
}

static bool of_mail(struct operation *op, struct arena *arena, struct unpack *inverse,
		    struct undo_place *io, struct err *err)
{
	struct store_row row;
	int64_t id;

	if (!id_of(inverse, &id))
		return undo_damaged(err);
	if (!store_one(op->store, arena, &row, err, SQL_INBOUND_SHOW, "i", id))
		return false;
	io->where = inbound_scope(&row);
	return true;
}

static bool of_flagged(struct operation *op, struct arena *arena, struct unpack *inverse,
		       struct undo_place *io, struct err *err)
{
	struct store_row row;
	int64_t id;

	if (!id_of(inverse, &id))
		return undo_damaged(err);
	if (!store_one(op->store, arena, &row, err, SQL_FLAG_MAIL_PLACE, "i", id))
		return false;
	io->where = inbound_scope(&row);
	return true;
}

/* Coding a passage is a change of the frame's book, but it takes no more than coding. */
static bool of_change(struct operation *op, struct arena *arena, struct unpack *inverse,
		      struct undo_place *io, struct err *err)
{
	static const char *const coding[] = {"code", "uncode", "place", "accept"};
	struct store_row row;
	int64_t id;

	if (!id_of(inverse, &id))
		return undo_damaged(err);
	if (!of_row(op, arena, SQL_FRAME_CHANGE_GET, id, &row, io, err))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(coding); i++)
		if (str_eq(row_text(&row, "what"), coding[i]))
			io->right = RIGHT_CODE;
	return true;
}

/* The row that was begun, the row that was ended; one of them may be 0. */
static bool of_begun(struct operation *op, struct arena *arena, enum sql_id statement,
		     struct unpack *inverse, struct undo_place *io, struct err *err)
{
	struct store_row row;
	int64_t begun, ended;

	return id_of(inverse, &begun) && id_of(inverse, &ended)
		       ? of_row(op, arena, statement, begun ? begun : ended, &row, io,
				err)
		       : undo_damaged(err);
}

static bool of_view(struct operation *op, struct arena *arena, struct unpack *inverse,
		    struct undo_place *io, struct err *err)
{
	return of_begun(op, arena, SQL_UNDO_VIEW_PLACE, inverse, io, err);
}

static bool of_text(struct operation *op, struct arena *arena, struct unpack *inverse,
		    struct undo_place *io, struct err *err)
{
	return of_begun(op, arena, SQL_UNDO_TEXT_PLACE, inverse, io, err);
}

static bool of_redaction(struct operation *op, struct arena *arena,
			 struct unpack *inverse, struct undo_place *io, struct err *err)
{
	return of_begun(op, arena, SQL_REDACTION_OF_ID, inverse, io, err);
}

static bool of_sample_rows(struct operation *op, struct arena *arena,
			   struct unpack *inverse, struct undo_place *io, struct err *err)
{
	return of_begun(op, arena, SQL_SAMPLE_BY_ID, inverse, io, err);
}

/* What is packed is the consultation itself. */
static bool of_consultation(struct operation *op UNUSED, struct arena *arena UNUSED,
			    struct unpack *inverse, struct undo_place *io,
			    struct err *err)
{
	int64_t id;

	if (!id_of(inverse, &id))
		return undo_damaged(err);
	io->where = rights_on_consultation(id);
	return true;
}

bool undo_ask(struct operation *op, struct arena *arena, const struct undo_kind *kind,
	      struct unpack *inverse, struct err *err)
{
	struct undo_place place = {.right = kind->needs->right};

	return kind->needs->place(op, arena, inverse, &place, err) &&
	       rights_ask(op, place.right, place.where, err);
}

static const struct undo_needs screens = {RIGHT_SCREEN, of_response},
			       codes = {RIGHT_CODE, of_response},
			       notes = {RIGHT_NOTE, of_response},
			       decides = {RIGHT_SCREEN, of_campaign},
			       sorts = {RIGHT_SORT, of_mail},
			       safeguards = {RIGHT_SAFEGUARD, of_flagged},
			       screens_flag = {RIGHT_SCREEN, of_flagged},
			       sorts_flag = {RIGHT_SORT, of_flagged},
			       frames = {RIGHT_CODE_FRAME, of_change},
			       codes_sample = {RIGHT_CODE, of_sample},
			       reports = {RIGHT_CONSULT, of_consultation},
			       moderates = {RIGHT_MODERATE, of_response},
			       redacts = {RIGHT_MODERATE, of_redaction},
			       publishes = {RIGHT_PUBLISH, of_response},
			       saves = {RIGHT_NOTE, of_view},
			       words = {RIGHT_WRITE, of_text},
			       draws = {RIGHT_CODE_FRAME, of_sample_rows};

const struct undo_kind undo_kinds[] = {
	{"screen", screen, &screens, false},
	{"proposal", proposal, &screens, false},
	{"tag", tag, &codes, false},
	{"untag", untag, &codes, false},
	{"assign", assign, &screens, false},
	{"note", note, &notes, false},
	{"respondent", respondent, &screens, false},
	{"sent on", entry_undo, &screens, false},
	{"link", link_back, &screens, false},
	{"move", response_move_back, &screens, false},
	{"answers", answers, &codes, false},
	{"choice", choice, &screens, false},
	{"campaign", campaign, &decides, false},
	{"discard", discard, &sorts, false},
	{"flag", flag_undo, &safeguards, false},
	{"flag of response", flag_undo, &screens_flag, false},
	{"flag of mail", flag_undo, &sorts_flag, false},
	{"bulk", undo_bulk, NULL, false},
	{"frame", codeframe_revert, &frames, true},
	{"second coding", sample_undo_coding, &codes_sample, false},
	{"unit", sample_undo_unit, &codes_sample, false},
	{"view", view, &saves, false},
	{"text", text, &words, false},
	{"sample", sample, &draws, false},
	{"report", report_undo, &reports, false},
	{"publication decision", publication_undo_decision, &moderates, false},
	{"publication release", publication_undo_release, &publishes, false},
	{"publication withdrawal", publication_undo_withdrawal, &publishes, true},
	{"redaction", redaction_undo, &redacts, false},
	{"final", NULL, NULL, false},
	{0}};
