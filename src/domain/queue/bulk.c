#include "domain/queue/bulk.h"
#include "domain/core/audit.h"
#include "domain/responses/response.h"
#include "domain/coding/tag.h"
#include "domain/core/undo.h"
#include "base/numeral.h"
#include "base/str.h"

#include <inttypes.h>

static struct response_look look_of(const struct bulk *bulk)
{
	return (struct response_look){.consultation = bulk->consultation,
				      .filter = bulk->filter,
				      .who = bulk->who};
}

/* The references that it is about. */
static bool chosen(struct operation *op, struct arena *arena, const struct bulk *bulk,
		   const char *const **out, size_t *out_count, struct err *err)
{
	const struct response_look look = look_of(bulk);
	struct queue_numbers found;
	const char **references;

	if (bulk->references) {
		*out = bulk->references;
		*out_count = bulk->reference_count;
	} else {
		if (!queue_numbers(op, arena, &look, BULK_MOST + 1, &found, err))
			return false;
		references = arena_make(arena, const char *, found.count + 1);
		for (size_t i = 0; i < found.count; i++)
			references[i] = response_reference(arena, bulk->consultation,
							   found.items[i]);
		*out = references;
		*out_count = found.count;
	}
	if (*out_count == 0)
		return err_set(err, ERR_INPUT, "no response is chosen");
	return *out_count <= BULK_MOST ||
	       err_set(err, ERR_INPUT,
		       "more than %d responses are chosen; narrow the search and do it in "
		       "parts",
		       BULK_MOST);
}

static bool act_on(struct operation *op, const struct bulk *bulk, const char *reference,
		   struct err *err)
{
	bool changed;

	switch (bulk->act) {
	case BULK_SCREEN:
		return response_screen(op, reference, bulk->value, bulk->reason, err);
	case BULK_TAG:
		return response_tag(op, reference, bulk->value, TAG_PUT_ON, &changed,
				    err);
	case BULK_UNTAG:
		return response_tag(op, reference, bulk->value, TAG_TAKE_OFF, &changed,
				    err);
	case BULK_ASSIGN:
		return response_assign(op, reference, str_or(bulk->value, NULL), err);
	}
	return err_set(err, ERR_INPUT, "that cannot be done to many responses at once");
}

static const char *said(struct arena *arena, const struct bulk *bulk, size_t count)
{
	static const char *const names[] = {
		[BULK_SCREEN] = "screening as",
		[BULK_TAG] = "tagging as",
		[BULK_UNTAG] = "taking off the tag",
		[BULK_ASSIGN] = "assigning to",
	};

	return arena_printf(arena, "%s \"%.80s\", %zu %s", names[bulk->act],
			    str_or(bulk->value, "nobody"), count,
			    plural(count, "response", "responses"));
}

/* Each nested act is a savepoint of this transaction. */
static bool act_on_all(struct operation *op, struct arena *arena, const struct bulk *bulk,
		       int64_t *out_found, int64_t *out_changed, struct err *err)
{
	const char *const *references;
	size_t count;
	int64_t changed;

	if (!chosen(op, arena, bulk, &references, &count, err))
		return false;
	if (bulk->expected >= 0 && (int64_t)count != bulk->expected)
		return err_set(err, ERR_CONFLICT,
			       "it would be about %zu responses now, not %" PRId64
			       ": look at the list again",
			       count, bulk->expected);
	undo_gather(op);
	for (size_t i = 0; i < count; i++)
		if (!act_on(op, bulk, references[i], err))
			return err_prefix(err, "%s", references[i]);
	changed = undo_count(op);
	if (!undo_gathered(op, err, "%s", said(arena, bulk, (size_t)changed)))
		return false;
	*out_found = (int64_t)count;
	*out_changed = changed;
	return true;
}

bool bulk_apply(struct operation *op, const struct bulk *bulk, int64_t *out_found,
		int64_t *out_changed, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	bool ok;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t)
		return false;
	ok = act_on_all(op, arena, bulk, out_found, out_changed, err);
	undo_drop(op);
	return ok && store_commit(&t, err);
}

bool bulk_count(struct operation *op, const struct bulk *bulk, int64_t *out,
		struct err *err)
{
	const struct response_look look = look_of(bulk);

	if (!bulk->references)
		return queue_count(op, &look, out, err);
	*out = (int64_t)bulk->reference_count;
	return true;
}
