#include "domain/sorting/response_move.h"
#include "domain/core/audit.h"
#include "domain/admin/consultation.h"
#include "domain/admin/rights.h"
#include "domain/intake/reread.h"
#include "domain/intake/response_take.h"
#include "domain/responses/respondent.h"
#include "domain/responses/response_lock.h"
#include "base/str.h"
#include "store/apart.h"

#include <inttypes.h>

enum { BLOCK = 256 }; /* responses whose facts are packed together (0006) */

/* What holds on a response in the words of its consultation, each kind by rows that end. */
static const struct {
	enum sql_id holding, end, reopen;
} kinds[] = {
	{SQL_MOVING_CODINGS, SQL_CODING_END_ONE, SQL_CODING_REOPEN},
	{SQL_ANSWER_IDS_HOLDING, SQL_ANSWER_END_ONE, SQL_ANSWER_REOPEN},
	{SQL_CHOICE_IDS_HOLDING, SQL_CHOICE_END_ONE, SQL_CHOICE_REOPEN},
	{SQL_MOVING_LINKS, SQL_LINK_END_ONE, SQL_LINK_REOPEN},
};

/* Ends them; inverse: to note down which, NULL where nothing brings them back. */
static bool end_rows(struct operation *op, struct arena *arena, int64_t response_id,
		     struct buf *inverse, struct err *err)
{
	struct store_table linked;
	int64_t *ids;
	size_t count;

	if (!store_all(op->store, arena, &linked, err, SQL_MOVING_LINKED, "i",
		       response_id))
		return false;
	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		if (!undo_ids_of(op, arena,
				 (struct undo_rows_of){.statement = kinds[k].holding,
						       .id = response_id},
				 &ids, &count, err))
			return false;
		if (inverse)
			undo_pack_ids(inverse, ids, count);
		for (size_t i = 0; i < count; i++)
			if (!store_run(op->store, err, kinds[k].end, "iii", ids[i],
				       op->staff_id, op->now))
				return false;
	}
	/* What it said made those stricter that it was linked to. */
	return respondent_renew(op, &linked, err);
}

static bool reopen_rows(struct operation *op, struct arena *arena, int64_t response_id,
			struct unpack *from, struct err *err)
{
	struct store_table linked;
	int64_t *ids;
	size_t count;

	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		if (!undo_unpack_ids(from, arena, &ids, &count))
			return undo_damaged(err);
		for (size_t i = 0; i < count; i++)
			if (!store_run(op->store, err, kinds[k].reopen, "i", ids[i])) {
				undo_refused(err);
				return false;
			}
	}
	return store_all(op->store, arena, &linked, err, SQL_MOVING_LINKED, "i",
			 response_id) &&
	       respondent_renew(op, &linked, err);
}

/* Suggestions of the old frame, and the old consultation's rules. */
static bool end_rules(struct operation *op, struct arena *arena, int64_t response_id,
		      int64_t consultation_id, struct buf *inverse, struct err *err)
{
	struct store_table rules;
	int64_t *open, *ids;
	size_t count;

	if (!undo_ids_of(op, arena,
			 (struct undo_rows_of){.statement = SQL_MOVING_SUGGESTIONS,
					       .id = response_id},
			 &open, &count, err) ||
	    !store_all(op->store, arena, &rules, err, SQL_MOVING_RULES, "ii", response_id,
		       consultation_id))
		return false;
	ids = arena_make(arena, int64_t, rules.count + 1);
	undo_pack_ids(inverse, open, count);
	for (size_t i = 0; i < count; i++)
		if (!store_run(op->store, err, SQL_MOVING_SUGGESTION_SET, "it", open[i],
			       "gone"))
			return false;
	for (size_t i = 0; i < rules.count; i++) {
		struct store_row row = table_row(&rules, i);

		ids[i] = row_int(&row, "id");
		if (!store_run(op->store, err, SQL_MOVING_RULES_DROP, "ii", response_id,
			       ids[i]))
			return false;
	}
	undo_pack_ids(inverse, ids, rules.count);
	return true;
}

static bool reopen_rules(struct operation *op, struct arena *arena, int64_t response_id,
			 struct unpack *from, struct err *err)
{
	int64_t *open, *rules;
	size_t n_open, n_rules;

	if (!undo_unpack_ids(from, arena, &open, &n_open) ||
	    !undo_unpack_ids(from, arena, &rules, &n_rules))
		return undo_damaged(err);
	for (size_t i = 0; i < n_open; i++)
		if (!store_run(op->store, err, SQL_MOVING_SUGGESTION_SET, "it", open[i],
			       "open"))
			return false;
	for (size_t i = 0; i < n_rules; i++)
		if (!store_run(op->store, err, SQL_RULE_MATCH_ADD, "iii", rules[i],
			       response_id, op->now))
			return false;
	return true;
}

static bool leave_campaign(struct operation *op, struct arena *arena, int64_t response_id,
			   struct buf *inverse, struct err *err)
{
	struct store_row row;
	bool is_one = store_one(op->store, arena, &row, err, SQL_MOVING_MEMBERSHIP, "i",
				response_id);

	if (!is_one && !err_forgive(err, ERR_ABSENT))
		return false;
	pack_int(inverse, is_one);
	if (!is_one)
		return true;
	pack_int(inverse, row_int(&row, "campaign_id"));
	pack_str(inverse, row_text(&row, "closeness"));
	pack_int(inverse, row_int(&row, "share"));
	pack_int(inverse, row_int(&row, "of_standard"));
	pack_int(inverse, row_int(&row, "alike"));
	return store_run(op->store, err, SQL_MEMBERSHIP_END, "i", response_id);
}

static bool rejoin_campaign(struct operation *op, struct arena *arena,
			    int64_t response_id, struct unpack *from, struct err *err)
{
	int64_t is_one, id, share, of_standard, alike;
	const char *closeness;

	if (!unpack_int(from, 0, 1, &is_one))
		return undo_damaged(err);
	if (!is_one)
		return true;
	if (!unpack_int(from, 0, INT64_MAX, &id) ||
	    !unpack_str(from, arena, &closeness) ||
	    !unpack_int(from, 0, INT64_MAX, &share) ||
	    !unpack_int(from, 0, INT64_MAX, &of_standard) ||
	    !unpack_int(from, 0, INT64_MAX, &alike))
		return undo_damaged(err);
	return store_run(op->store, err, SQL_MEMBERSHIP_END, "i", response_id) &&
	       store_run(op->store, err, SQL_MOVING_MEMBERSHIP_BACK, "iitiii",
			 response_id, id, closeness, share, of_standard, alike);
}

/* Those whose first response this was have the next one for it. */
static bool leave_senders(struct operation *op, struct arena *arena,
			  int64_t respondent_id, int64_t to_consultation,
			  struct buf *inverse, struct err *err)
{
	struct store_row row;
	int64_t *ids;
	size_t count;

	if (!store_one(op->store, arena, &row, err, SQL_MOVING_SENDER, "i",
		       respondent_id) ||
	    !undo_ids_of(op, arena,
			 (struct undo_rows_of){.statement = SQL_MOVING_SAME_SENDERS,
					       .id = respondent_id},
			 &ids, &count, err))
		return false;
	pack_int(inverse, row_int(&row, "same_as"));
	undo_pack_ids(inverse, ids, count);
	for (size_t i = 0; i < count; i++)
		if (!store_run(op->store, err, SQL_MOVING_SAME_AS, "iz", ids[i],
			       i ? ids[0] : (int64_t)0))
			return false;
	return store_run(op->store, err, SQL_MOVING_RESPONDENT, "iiz", respondent_id,
			 to_consultation, (int64_t)0);
}

static bool rejoin_senders(struct operation *op, struct arena *arena,
			   int64_t respondent_id, int64_t consultation_id,
			   struct unpack *from, struct err *err)
{
	int64_t same_as, *ids, *followers;
	size_t count, n_followers;

	if (!unpack_int(from, 0, INT64_MAX, &same_as) ||
	    !undo_unpack_ids(from, arena, &ids, &count))
		return undo_damaged(err);
	/* In the consultation that it leaves, it was the first of others by now. */
	if (!undo_ids_of(op, arena,
			 (struct undo_rows_of){.statement = SQL_MOVING_SAME_SENDERS,
					       .id = respondent_id},
			 &followers, &n_followers, err))
		return false;
	for (size_t i = 0; i < n_followers; i++)
		if (!store_run(op->store, err, SQL_MOVING_SAME_AS, "iz", followers[i],
			       i ? followers[0] : (int64_t)0))
			return false;
	for (size_t i = 0; i < count; i++)
		if (!store_run(op->store, err, SQL_MOVING_SAME_AS, "iz", ids[i],
			       respondent_id))
			return false;
	return store_run(op->store, err, SQL_MOVING_RESPONDENT, "iiz", respondent_id,
			 consultation_id, same_as);
}

static bool not_in_a_sample(struct operation *op, struct arena *arena, int64_t id,
			    const char *reference, struct err *err)
{
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_MOVING_IN_SAMPLE, "i", id))
		return err_forgive(err, ERR_ABSENT);
	return err_set(err, ERR_CONFLICT,
		       "%s is in sample %" PRId64
		       " for double coding: moving it would change that sample",
		       reference, row_int(&row, "number"));
}

/* Whoever had it in hand goes on with it, when they may read it there. */
static bool who_goes_on(struct operation *op, struct arena *arena, int64_t staff_id,
			int64_t consultation_id, int64_t *out, struct err *err)
{
	struct rights theirs;

	*out = 0;
	if (!staff_id)
		return true;
	if (!rights_load(op, arena, staff_id, &theirs, err))
		return err_forgive(err, ERR_ABSENT);
	if (rights_have(&theirs, RIGHT_READ_RESPONSES,
			rights_on_consultation(consultation_id)))
		*out = staff_id;
	return true;
}

static bool screened(struct operation *op, int64_t id, const char *old, const char *state,
		     const char *reason, struct err *err)
{
	return str_eq(old, state) ||
	       (store_run(op->store, err, SQL_RESPONSE_SCREEN, "itt", id, state,
			  reason) &&
		store_run(op->store, err, SQL_SCREENING_ADD, "itttii", id, old, state,
			  reason, op->staff_id, op->now));
}

/* From one consultation to another, with the mail that it is of; the facts of both follow. */
struct place {
	int64_t response_id, inbound_id, from, to, number, assigned_to;
	bool late;
};

static bool put(struct operation *op, const struct place *p, struct err *err)
{
	return store_run(op->store, err, SQL_MOVING_PLACE, "iiiiz", p->response_id, p->to,
			 p->number, (int64_t)p->late, p->assigned_to) &&
	       store_run(op->store, err, SQL_MOVING_MAIL, "iii", p->inbound_id, p->from,
			 p->to) &&
	       store_run(op->store, err, SQL_FACTS_DROP, "i", p->response_id / BLOCK);
}

static bool may_go_to(struct operation *op, const struct response *r,
		      const struct consultation *c, struct err *err)
{
	if (c->id == r->consultation_id)
		return err_set(err, ERR_INPUT, "it is in %s already", c->name);
	if (str_eq(c->state, "draft"))
		return err_set(err, ERR_CONFLICT,
			       "%s is a draft: a response can be moved to it once it is "
			       "open",
			       c->name);
	return rights_ask(op, RIGHT_SCREEN, rights_on_consultation(r->consultation_id),
			  err) &&
	       rights_ask(op, RIGHT_SCREEN, rights_on_consultation(c->id), err);
}

/* What is asked for, for apart_run(): a long text is read while nobody waits for the store. */
struct moving {
	struct operation *op;
	struct arena *arena; /* of what is given out */
	const char *reference, *consultation;
	const char *moved;
};

/* Takes the number there, and says so: the references that lead to it. */
static bool note_down(struct operation *op, struct arena *arena, const struct response *r,
		      struct place *p, int64_t *out_move, struct err *err)
{
	if (!response_number_take(op, arena, p->to, &p->number, err) ||
	    !store_run(op->store, err, SQL_MOVING_ADD, "iiiiiii", r->id, p->from,
		       r->number, p->to, p->number, op->staff_id, op->now))
		return false;
	*out_move = store_last_id(op->store);
	return true;
}

static bool record(struct operation *op, struct arena *arena, const struct response *r,
		   const struct consultation *c, const struct moving *m,
		   struct buf *inverse, struct err *err)
{
	const char *was = response_reference(arena, r->consultation, r->number);

	return audit_record(op, err, "moved", "response", r->id, "%s -> %s", was,
			    m->moved) &&
	       undo_record(op, "move", inverse, err, "moving %s to %s", was, c->name);
}

/* response, move; state, reason, late, assigned to before; then what each part noted down */
static bool move_once(void *with, struct arena *arena, struct err *err)
{
	struct moving *m = with;
	struct operation *op = m->op;
	AUTO(buf) inverse = undo_new();
	struct consultation c;
	struct response r;
	struct place p;
	int64_t move;
	AUTO(store_txn) t = response_lock_begin(op, arena, m->reference, &r, err);

	if (!t || !consultation_named(op, arena, m->consultation, &c, err) ||
	    !may_go_to(op, &r, &c, err) ||
	    !not_in_a_sample(op, arena, r.id, m->reference, err))
		return false;
	p = (struct place){.response_id = r.id,
			   .inbound_id = r.inbound_id,
			   .from = r.consultation_id,
			   .to = c.id,
			   .late = r.received_at > c.closes_at ||
				   (c.closed_at && r.received_at > c.closed_at)};
	if (!note_down(op, arena, &r, &p, &move, err) ||
	    !who_goes_on(op, arena, r.assigned_to, c.id, &p.assigned_to, err))
		return false;
	m->moved = response_reference(m->arena, c.name, p.number);
	pack_int(inverse, r.id);
	pack_int(inverse, move);
	pack_str(inverse, r.state);
	pack_str(inverse, r.reason);
	pack_int(inverse, r.late);
	pack_int(inverse, r.assigned_to);
	return end_rows(op, arena, r.id, inverse, err) &&
	       end_rules(op, arena, r.id, p.from, inverse, err) &&
	       leave_campaign(op, arena, r.id, inverse, err) &&
	       leave_senders(op, arena, r.respondent_id, p.to, inverse, err) &&
	       put(op, &p, err) && screened(op, r.id, r.state, "received", NULL, err) &&
	       response_text_read_again(op, arena, r.id, err) &&
	       record(op, arena, &r, &c, m, inverse, err) && store_commit(&t, err);
}

bool response_move(struct operation *op, struct arena *arena, const char *reference,
		   const char *consultation, const char **out_reference, struct err *err)
{
	struct moving m = {op, arena, reference, consultation, NULL};

	if (!needs_staff(op, err) || !apart_run(op->store, move_once, &m, err))
		return false;
	*out_reference = m.moved;
	return true;
}

/* Where it stands now, when it is where that move put it and nobody has worked on it there. */
static bool still_there(struct operation *op, struct arena *arena,
			const struct store_row *move, struct store_row *now,
			struct err *err)
{
	int64_t id = row_int(move, "response_id");
	struct store_row row;

	if (!store_one(op->store, arena, now, err, SQL_RESPONSE_BY_ID, "i", id) ||
	    !store_one(op->store, arena, &row, err, SQL_MOVING_BY_PEOPLE, "i", id))
		return false;
	if (row_int(now, "consultation_id") != row_int(move, "to_consultation_id") ||
	    row_int(now, "number") != row_int(move, "to_number") ||
	    row_int(&row, "n") > 0)
		return undo_moved_on(err);
	return not_in_a_sample(op, arena, id, "it", err);
}

/* What a program read in it there goes: it is read in the words of its consultation again. */
static bool drop_read(struct operation *op, struct arena *arena, int64_t response_id,
		      int64_t consultation_id, struct err *err)
{
	AUTO(buf) gone = undo_new();

	return store_run(op->store, err, SQL_ANSWER_DROP_MACHINE, "i", response_id) &&
	       store_run(op->store, err, SQL_CHOICE_DROP_MACHINE, "i", response_id) &&
	       end_rows(op, arena, response_id, NULL, err) &&
	       end_rules(op, arena, response_id, consultation_id, gone, err);
}

static bool read_before(struct unpack *from, struct arena *arena, struct place *out,
			const char **out_state, const char **out_reason)
{
	int64_t late;

	if (!unpack_str(from, arena, out_state) || !unpack_str(from, arena, out_reason) ||
	    !unpack_int(from, 0, 1, &late) ||
	    !unpack_int(from, 0, INT64_MAX, &out->assigned_to))
		return false;
	out->late = late == 1;
	return true;
}

static bool put_back(struct operation *op, struct arena *arena, struct unpack *from,
		     const struct place *p, int64_t respondent_id, struct err *err)
{
	/* In the order in which they were noted down; its place first, or nothing may hold. */
	return put(op, p, err) && reopen_rows(op, arena, p->response_id, from, err) &&
	       reopen_rules(op, arena, p->response_id, from, err) &&
	       rejoin_campaign(op, arena, p->response_id, from, err) &&
	       rejoin_senders(op, arena, respondent_id, p->to, from, err);
}

bool response_move_back(struct operation *op, struct arena *arena, struct unpack *inverse,
			struct err *err)
{
	struct store_row move, now;
	const char *state, *reason;
	struct place p = {0};
	int64_t id, move_id;

	if (!unpack_int(inverse, 0, INT64_MAX, &id) ||
	    !unpack_int(inverse, 0, INT64_MAX, &move_id) ||
	    !read_before(inverse, arena, &p, &state, &reason))
		return undo_damaged(err);
	if (!store_one(op->store, arena, &move, err, SQL_MOVING_GET, "i", move_id) ||
	    !still_there(op, arena, &move, &now, err))
		return false;
	p.response_id = id;
	p.inbound_id = row_int(&now, "inbound_id");
	p.from = row_int(&now, "consultation_id");
	p.to = row_int(&move, "consultation_id");
	p.number = row_int(&move, "number");
	return rights_ask(op, RIGHT_SCREEN, rights_on_consultation(p.to), err) &&
	       response_lock_check(op, id, err) &&
	       drop_read(op, arena, id, p.from, err) &&
	       put_back(op, arena, inverse, &p, row_int(&now, "respondent_id"), err) &&
	       screened(op, id, row_text(&now, "state"), state, reason, err) &&
	       store_run(op->store, err, SQL_MOVING_UNDONE, "iii", move_id, op->staff_id,
			 op->now) &&
	       undo_one_row(op, err) &&
	       audit_of(op,
			&(struct audited){.act = "taken back",
					  .subject = "response",
					  .subject_id = id,
					  .about = "move",
					  .about_id = move_id},
			err, "move");
}
