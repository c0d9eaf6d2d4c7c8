#include "acts/bulk.h"
#include "acts/audit.h"
#include "acts/response.h"
#include "acts/tag.h"
#include "acts/undo.h"
#include "base/str.h"

#include <inttypes.h>

/* The references that it is about. */
static bool chosen(struct acts *acts, struct arena *arena, const struct acts_bulk *bulk,
		   const char *const **out, size_t *out_count, struct err *err)
{
	const char **references;
	int64_t *numbers;
	size_t count;

	if (bulk->references) {
		*out = bulk->references;
		*out_count = bulk->reference_count;
	} else {
		if (!acts_desk_numbers(acts, arena, bulk->consultation, bulk->filter,
				       bulk->who, ACTS_BULK_MOST + 1, &numbers, &count,
				       err))
			return false;
		references = arena_make(arena, const char *, count + 1);
		for (size_t i = 0; i < count; i++)
			references[i] =
				acts_reference(arena, bulk->consultation, numbers[i]);
		*out = references;
		*out_count = count;
	}
	if (*out_count == 0)
		return err_set(err, ERR_INPUT, "no reply is chosen");
	return *out_count <= ACTS_BULK_MOST ||
	       err_set(err, ERR_INPUT,
		       "more than %d replies are chosen; narrow the search and do it in "
		       "parts",
		       ACTS_BULK_MOST);
}

static bool act_on(struct acts *acts, const struct acts_bulk *bulk, const char *reference,
		   struct err *err)
{
	bool changed;

	switch (bulk->act) {
	case BULK_SCREEN:
		return acts_response_screen(acts, reference, bulk->value, bulk->reason,
					    err);
	case BULK_TAG:
		return acts_response_tag(acts, reference, bulk->value, true, &changed,
					 err);
	case BULK_UNTAG:
		return acts_response_tag(acts, reference, bulk->value, false, &changed,
					 err);
	case BULK_ASSIGN:
		return acts_response_assign(acts, reference, str_or(bulk->value, NULL),
					    err);
	}
	return err_set(err, ERR_INPUT, "that cannot be done to many replies at once");
}

static const char *said(struct arena *arena, const struct acts_bulk *bulk, size_t count)
{
	static const char *const names[] = {
		[BULK_SCREEN] = "screening as",
		[BULK_TAG] = "tagging as",
		[BULK_UNTAG] = "taking off the tag",
		[BULK_ASSIGN] = "assigning to",
	};

	return arena_printf(arena, "%s \"%.80s\", %zu %s", names[bulk->act],
			    str_or(bulk->value, "nobody"), count,
			    count == 1 ? "reply" : "replies");
}

/* Each nested act is a savepoint of this transaction. */
static bool act_on_all(struct acts *acts, struct arena *arena,
		       const struct acts_bulk *bulk, int64_t *out_found,
		       int64_t *out_changed, struct err *err)
{
	const char *const *references;
	size_t count;
	int64_t changed;

	if (!chosen(acts, arena, bulk, &references, &count, err))
		return false;
	if (bulk->expected >= 0 && (int64_t)count != bulk->expected)
		return err_set(err, ERR_CONFLICT,
			       "it would be about %zu replies now, not %" PRId64
			       ": look at the list again",
			       count, bulk->expected);
	acts_undo_gather(acts);
	for (size_t i = 0; i < count; i++)
		if (!act_on(acts, bulk, references[i], err))
			return err_prefix(err, "%s", references[i]);
	changed = acts_undo_count(acts);
	if (!acts_undo_gathered(acts, err, "%s", said(arena, bulk, (size_t)changed)))
		return false;
	*out_found = (int64_t)count;
	*out_changed = changed;
	return true;
}

bool acts_bulk(struct acts *acts, const struct acts_bulk *bulk, int64_t *out_found,
	       int64_t *out_changed, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	AUTO(store_txn) t = NULL;
	bool ok;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t)
		return false;
	ok = act_on_all(acts, arena, bulk, out_found, out_changed, err);
	acts_undo_drop(acts);
	return ok && store_commit(&t, err);
}

bool acts_bulk_count(struct acts *acts, const struct acts_bulk *bulk, int64_t *out,
		     struct err *err)
{
	if (!bulk->references)
		return acts_desk_count(acts, bulk->consultation, bulk->filter, bulk->who,
				       out, err);
	*out = (int64_t)bulk->reference_count;
	return true;
}
