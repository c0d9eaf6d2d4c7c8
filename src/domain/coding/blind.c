#include "domain/coding/blind.h"

#include <inttypes.h>

bool blind_sample(struct operation *op, int64_t consultation_id, int64_t *out_number,
		  struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	*out_number = 0;
	if (!op->staff_id)
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_BLIND_SAMPLE, "ii",
		       consultation_id, op->staff_id))
		return err_forgive(err, ERR_ABSENT);
	*out_number = row_int(&row, "number");
	return true;
}

bool blind_not_in(struct operation *op, int64_t consultation_id, const char *what,
		  struct err *err)
{
	int64_t number;

	if (!blind_sample(op, consultation_id, &number, err))
		return false;
	*err = (struct err){0};
	return !number ||
	       err_set(err, ERR_CONFLICT,
		       "you code sample %" PRId64
		       " of this consultation blindly; %s can be seen when you "
		       "are done with it",
		       number, what);
}

bool blind_not_of(struct operation *op, int64_t sample_id, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	if (!op->staff_id)
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_BLIND_OVERLAP, "ii", sample_id,
		       op->staff_id)) {
		bool none = err->kind == ERR_ABSENT;

		if (none)
			*err = (struct err){0};
		return none;
	}
	return err_set(err, ERR_CONFLICT,
		       "you code sample %" PRId64
		       " blindly, and responses of this one are in it; what was found "
		       "here can be seen when you are done",
		       row_int(&row, "number"));
}

bool blind_rules(struct operation *op, struct arena *arena, int64_t response_id,
		 struct store_table *out, struct err *err)
{
	int64_t sample;

	return sample_blind(op, response_id, &sample, err) &&
	       store_all(op->store, arena, out, err, SQL_RULES_OF, "ii", response_id,
			 (int64_t)(sample != 0));
}

bool blind_tags(struct operation *op, struct arena *arena, int64_t response_id,
		struct store_table *out, struct err *err)
{
	int64_t sample;

	if (!sample_blind(op, response_id, &sample, err))
		return false;
	if (sample) {
		*out = (struct store_table){0};
		return true;
	}
	return store_all(op->store, arena, out, err, SQL_CODINGS_OF, "i", response_id);
}

bool sample_blind(struct operation *op, int64_t response_id, int64_t *out_sample,
		  struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	*out_sample = 0;
	if (!op->staff_id)
		return true;
	if (!store_one(op->store, arena, &row, err, SQL_SAMPLE_BLIND, "ii", response_id,
		       op->staff_id))
		return err_forgive(err, ERR_ABSENT);
	*out_sample = row_int(&row, "sample_id");
	return true;
}

bool sample_not_blind(struct operation *op, int64_t response_id, struct err *err)
{
	int64_t sample;

	if (!sample_blind(op, response_id, &sample, err))
		return false;
	return !sample ||
	       err_set(err, ERR_CONFLICT,
		       "you code this response blindly; what others coded there can be "
		       "changed when you are done");
}
