#include "domain/responses/options.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/responses/response_lock.h"
#include "domain/admin/consultation.h"
#include "domain/responses/reference.h"
#include "domain/responses/response.h"
#include "domain/core/undo.h"
#include "base/str.h"

#include <inttypes.h>

static bool question_at(struct operation *op, struct arena *arena,
			int64_t consultation_id, int64_t question, struct asked *out,
			struct err *err)
{
	if (!asked_load(op, arena, consultation_id, out, err))
		return false;
	return (question >= 1 && question <= (int64_t)out->count) ||
	       err_set(err, ERR_INPUT,
		       "there is no question %" PRId64 "; they are 1 to %zu", question,
		       out->count);
}

bool options_set(struct operation *op, int64_t consultation_id, int64_t question,
		 const struct choice_asked *options, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = NULL;
	struct asked asked;
	struct store_row row;
	int64_t id;

	if (!needs_staff(op, err))
		return false;
	if (options->count > CHOICE_OPTIONS_MOST)
		return err_set(err, ERR_INPUT, "a question has at most %d options",
			       CHOICE_OPTIONS_MOST);
	for (size_t i = 0; i < options->count; i++) {
		if (!address_text_check("an option", options->options[i], 200, err))
			return false;
		for (size_t k = 0; k < i; k++)
			if (str_ieq(options->options[i], options->options[k]))
				return err_set(err, ERR_INPUT,
					       "the option \"%s\" stands twice",
					       options->options[i]);
	}
	t = store_begin(op->store, err);
	if (!t || !question_at(op, arena, consultation_id, question, &asked, err))
		return false;
	id = asked.ids[question - 1];
	if (!store_one(op->store, arena, &row, err, SQL_CHOICES_BY_PERSON, "i", id))
		return false;
	if (row_int(&row, "n") > 0)
		return err_set(err, ERR_CONFLICT,
			       "persons have said in %" PRId64
			       " responses what was chosen of question %" PRId64
			       "; its options stay as they are",
			       row_int(&row, "n"), question);
	return store_run(op->store, err, SQL_CHOICES_DROP_OF_QUESTION, "i", id) &&
	       store_run(op->store, err, SQL_OPTIONS_DROP, "i", id) &&
	       store_run(op->store, err, SQL_QUESTION_TAKES, "ii", id,
			 (int64_t)options->several) &&
	       consultation_options_write(op, id, options->options, options->count,
					  err) &&
	       audit_record(op, err, "options set", "consultation", consultation_id,
			    "question %" PRId64 ": %zu options", question,
			    options->count) &&
	       store_commit(&t, err);
}

void choices_begin(struct arena *arena, const struct asked *asked, struct choices *out)
{
	size_t n = asked->count + 1;

	*out = (struct choices){.chosen = arena_make(arena, uint32_t, n),
				.unclear = arena_make(arena, bool, n),
				.part = arena_make(arena, int64_t, n),
				.from = arena_make(arena, int64_t, n),
				.to = arena_make(arena, int64_t, n),
				.any = arena_make(arena, bool, n)};
}

/* Twice the same is said once; twice something else of one is unclear. */
void choices_add(struct choices *c, const struct asked *asked, int64_t part,
		 const struct answer_parts *parts)
{
	for (size_t i = 0; i < parts->choice_count; i++) {
		const struct answer_choice *one = &parts->choices[i];
		size_t q = one->question - 1;

		if (!c->any[q]) {
			c->part[q] = part;
			c->from[q] = (int64_t)one->from;
			c->to[q] = (int64_t)one->to;
		}
		if (!one->chosen || (c->any[q] && c->chosen[q] != one->chosen &&
				     !asked->questions[q].choice.several))
			c->unclear[q] = true;
		c->chosen[q] |= one->chosen;
		c->any[q] = true;
	}
}

static bool write_one(struct operation *op, int64_t response_id,
		      const struct asked *asked, const struct choices *c, size_t q,
		      struct err *err)
{
	if (c->unclear[q])
		return store_run(op->store, err, SQL_CHOICE_ADD, "iizttzi", response_id,
				 asked->ids[q], (int64_t)0, "unclear", "machine",
				 (int64_t)0, op->now) &&
		       store_run(op->store, err, SQL_CHOICE_PLACE, "iiii",
				 store_last_id(op->store), c->part[q], c->from[q],
				 c->to[q]);
	for (size_t o = 0; o < asked->questions[q].choice.count; o++)
		if (c->chosen[q] >> o & 1 &&
		    (!store_run(op->store, err, SQL_CHOICE_ADD, "iizttzi", response_id,
				asked->ids[q], asked->options[q][o], "chosen", "machine",
				(int64_t)0, op->now) ||
		     !store_run(op->store, err, SQL_CHOICE_PLACE, "iiii",
				store_last_id(op->store), c->part[q], c->from[q],
				c->to[q])))
			return false;
	return true;
}

bool choices_write(struct operation *op, int64_t response_id, const struct asked *asked,
		   const struct choices *choices, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);

	if (!store_run(op->store, err, SQL_CHOICE_DROP_MACHINE, "i", response_id))
		return false;
	for (size_t q = 0; q < asked->count; q++) {
		struct store_row row;

		if (!choices->any[q])
			continue;
		if (!store_one(op->store, arena, &row, err, SQL_CHOICE_BY_PERSON, "ii",
			       response_id, asked->ids[q]))
			return false;
		if (row_int(&row, "n") == 0 &&
		    !write_one(op, response_id, asked, choices, q, err))
			return false;
	}
	return true;
}

/* The options that a person names, as bits; they must be there and not too many. */
static bool options_fit(const struct asked *asked, int64_t question,
			const int64_t *options, size_t count, struct err *err)
{
	const struct choice_asked *c = &asked->questions[question - 1].choice;

	if (!c->count)
		return err_set(err, ERR_INPUT, "question %" PRId64 " has no options",
			       question);
	if (count > 1 && !c->several)
		return err_set(err, ERR_INPUT,
			       "question %" PRId64 " takes one option, and these are %zu",
			       question, count);
	for (size_t i = 0; i < count; i++)
		if (options[i] < 1 || options[i] > (int64_t)c->count)
			return err_set(err, ERR_INPUT,
				       "question %" PRId64 " has no option %" PRId64
				       "; they are 1 to %zu",
				       question, options[i], c->count);
	return true;
}

static bool write_choice(struct operation *op, int64_t response_id,
			 const struct asked *asked, int64_t question,
			 const int64_t *options, size_t count, struct err *err)
{
	size_t q = (size_t)question - 1;

	if (!store_run(op->store, err, SQL_CHOICE_END, "iiii", response_id, asked->ids[q],
		       op->staff_id, op->now))
		return false;
	for (size_t i = 0; i < count; i++) {
		bool twice = false;

		for (size_t k = 0; k < i; k++)
			twice = twice || options[k] == options[i];
		if (!twice &&
		    !store_run(op->store, err, SQL_CHOICE_ADD, "iizttzi", response_id,
			       asked->ids[q], asked->options[q][options[i] - 1], "chosen",
			       "person", op->staff_id, op->now))
			return false;
	}
	return count > 0 || store_run(op->store, err, SQL_CHOICE_ADD, "iizttzi",
				      response_id, asked->ids[q], (int64_t)0, "none",
				      "person", op->staff_id, op->now);
}

bool response_choice_set(struct operation *op, const char *reference, int64_t question,
			 const int64_t *options, size_t count, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(buf) inverse = undo_new();
	AUTO(store_txn) t = NULL;
	struct response r;
	struct asked asked;
	int64_t *before, *after;
	size_t n_before, n_after;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t || !response_find(op, arena, reference, &r, err) ||
	    !response_lock_check(op, r.id, err) ||
	    !question_at(op, arena, r.consultation_id, question, &asked, err) ||
	    !options_fit(&asked, question, options, count, err) ||
	    !undo_ids_of(op, arena,
			 (struct undo_rows_of){.statement = SQL_CHOICE_IDS_HOLDING,
					       .id = r.id},
			 &before, &n_before, err) ||
	    !write_choice(op, r.id, &asked, question, options, count, err) ||
	    !undo_ids_of(op, arena,
			 (struct undo_rows_of){.statement = SQL_CHOICE_IDS_HOLDING,
					       .id = r.id},
			 &after, &n_after, err))
		return false;
	pack_int(inverse, r.id);
	undo_pack_ids(inverse, before, n_before);
	undo_pack_ids(inverse, after, n_after);
	return audit_record(op, err, "choice set", "response", r.id,
			    "question %" PRId64 ", %zu options", question, count) &&
	       undo_record(
		       op, "choice", inverse, err, "choice of %s in question %" PRId64,
		       response_reference(arena, r.consultation, r.number), question) &&
	       store_commit(&t, err);
}

bool response_choice_list(struct operation *op, struct arena *arena, int64_t response_id,
			  struct store_table *out, struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_CHOICES_OF, "i", response_id);
}
