#include "acts/undo.h"
#include "acts/audit.h"
#include "base/str.h"

#include <inttypes.h>

enum { INVERSE_MOST = 64 << 20, WHAT_ROOM = 201, DAY_S = 86400 };

/* What bulk acts did so far; lives from acts_undo_gather() to its end. */
struct acts_undo_bag {
	struct buf *all;
	int64_t count;
};

struct buf *acts_undo_new(void)
{
	return buf_new(INVERSE_MOST);
}

static const struct acts_undo_kind *kind_named(const struct acts *acts, const char *name)
{
	const struct acts_undo_kind *k = acts->undo_kinds;

	ASSERT(k);
	while (k->name && !str_eq(k->name, name))
		k++;
	return k->name ? k : NULL;
}

bool acts_undo_moved_on(struct err *err)
{
	return err_set(
		err, ERR_CONFLICT,
		"it was changed again since, so it cannot be taken back by itself");
}

static bool add(struct acts *acts, const char *kind, const void *bytes, size_t len,
		const char *what, struct err *err)
{
	return store_run(acts->store, err, SQL_UNDO_ADD, "iittb", acts->staff_id,
			 acts->now, kind, what, bytes, len);
}

PRINTF_LIKE(3, 0)
static void sentence(char *to, size_t room, const char *what, va_list args)
{
	AUTO(buf) text = buf_new(4000);

	buf_vprintf(text, what, args);
	str_copy(to, room, buf_text(text));
}

bool acts_undo_record(struct acts *acts, const char *kind, const struct buf *inverse,
		      struct err *err, const char *what, ...)
{
	char said[WHAT_ROOM];
	va_list args;

	ASSERT(kind_named(acts, kind));
	if (!acts->staff_id)
		return true;
	if (buf_cut(inverse))
		return err_set(
			err, ERR_INPUT,
			"this is too much at once to be taken back as one; do it in "
			"parts");
	if (acts->undo_bag) {
		pack_str(acts->undo_bag->all, kind);
		pack_bytes(acts->undo_bag->all, buf_text(inverse), inverse->len);
		acts->undo_bag->count++;
		return true;
	}
	va_start(args, what);
	sentence(said, sizeof(said), what, args);
	va_end(args);
	return add(acts, kind, buf_text(inverse), inverse->len, said, err);
}

bool acts_undo_was_done(struct acts *acts, int64_t staff_id, const char *kind,
			const struct buf *inverse, struct err *err)
{
	ASSERT(kind_named(acts, kind));
	return store_run(acts->store, err, SQL_UNDO_DONE_ELSEWHERE, "itbi", staff_id,
			 kind, buf_text(inverse), inverse->len, acts->now);
}

bool acts_undo_final(struct acts *acts, struct err *err, const char *what, ...)
{
	char said[WHAT_ROOM];
	va_list args;

	if (!acts->staff_id)
		return true;
	va_start(args, what);
	sentence(said, sizeof(said), what, args);
	va_end(args);
	return add(acts, "final", "", 0, said, err);
}

void acts_undo_gather(struct acts *acts)
{
	ASSERT(!acts->undo_bag);
	acts->undo_bag = malloc(sizeof(*acts->undo_bag));
	if (!acts->undo_bag)
		PANIC("no memory for what is to be undone");
	*acts->undo_bag = (struct acts_undo_bag){.all = acts_undo_new()};
}

void acts_undo_drop(struct acts *acts)
{
	if (!acts->undo_bag)
		return;
	buf_free(&acts->undo_bag->all);
	free(acts->undo_bag);
	acts->undo_bag = NULL;
}

int64_t acts_undo_count(const struct acts *acts)
{
	return acts->undo_bag ? acts->undo_bag->count : 0;
}

bool acts_undo_gathered(struct acts *acts, struct err *err, const char *what, ...)
{
	struct acts_undo_bag *bag = acts->undo_bag;
	AUTO(buf) inverse = acts_undo_new();
	char said[WHAT_ROOM];
	va_list args;
	bool some;

	ASSERT(bag);
	some = bag->count > 0;
	pack_int(inverse, bag->count);
	buf_add(inverse, buf_text(bag->all), bag->all->len);
	inverse->cut = inverse->cut || buf_cut(bag->all);
	acts_undo_drop(acts);
	va_start(args, what);
	sentence(said, sizeof(said), what, args);
	va_end(args);
	return !some || acts_undo_record(acts, "bulk", inverse, err, "%s", said);
}

struct part {
	const struct acts_undo_kind *kind;
	const char *bytes;
	size_t len;
};

static bool revert(struct acts *acts, struct arena *arena, const struct part *p,
		   struct err *err)
{
	struct unpack from;

	unpack_begin(&from, p->bytes, p->len);
	return p->kind->apply(acts, arena, &from, err);
}

/* The last one first. */
bool acts_undo_bulk(struct acts *acts, struct arena *arena, struct unpack *inverse,
		    struct err *err)
{
	struct part *parts;
	int64_t count;

	if (!unpack_int(inverse, 1, INT32_MAX, &count))
		return err_set(err, ERR_SYSTEM, "what was to be taken back is damaged");
	parts = arena_make(arena, struct part, (size_t)count);
	for (int64_t i = 0; i < count; i++) {
		const char *name;

		if (!unpack_str(inverse, arena, &name) ||
		    !unpack_bytes(inverse, arena, &parts[i].bytes, &parts[i].len))
			return err_set(err, ERR_SYSTEM,
				       "what was to be taken back is damaged");
		parts[i].kind = kind_named(acts, name);
		if (!parts[i].kind || !parts[i].kind->apply)
			return acts_undo_moved_on(err);
	}
	for (int64_t i = count; i > 0; i--) {
		AUTO(arena) one = arena_new(2048);

		if (!revert(acts, one, &parts[i - 1], err))
			return false;
	}
	return true;
}

/* So that it does not stand before all that was done earlier. */
static bool pass_over(struct acts *acts, int64_t id, struct err *err)
{
	struct err why = *err, failed = {0};
	AUTO(store_txn) t = store_begin(acts->store, &failed);

	if (t && store_run(acts->store, &failed, SQL_UNDO_DONE, "ii", id, acts->now) &&
	    acts_audit(acts, &failed, "passed over", "undo", id, "%s", "") &&
	    store_commit(&t, &failed))
		return err_set(err, ERR_CONFLICT,
			       "%.400s; the next undo goes on with what you did before",
			       why.text);
	return false;
}

bool acts_undo(struct acts *acts, struct arena *arena, const char **out_what,
	       struct err *err)
{
	AUTO(store_txn) t = NULL;
	struct store_row row;
	struct part part;

	if (!acts_needs_staff(acts, err))
		return false;
	t = store_begin(acts->store, err);
	if (!t)
		return false;
	if (!store_one(acts->store, arena, &row, err, SQL_UNDO_NEWEST, "ii",
		       acts->staff_id, acts->now - (int64_t)ACTS_UNDO_DAYS * DAY_S))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "there is nothing of yours to take back")
			       : false;
	part.kind = kind_named(acts, row_text(&row, "kind"));
	part.bytes = row_bytes(&row, "inverse", &part.len);
	if (!part.kind || !part.kind->apply)
		return err_set(err, ERR_CONFLICT,
			       "the last thing was: %s; that cannot "
			       "be taken back",
			       row_text(&row, "what"));
	acts->kept_off = false;
	if (!revert(acts, arena, &part, err)) {
		store_rollback(&t);
		if (!strstr(err->text, row_text(&row, "what")))
			(void)err_prefix(err, "%s", row_text(&row, "what"));
		return err->kind == ERR_CONFLICT && !acts->kept_off &&
		       pass_over(acts, row_int(&row, "id"), err);
	}
	if (!store_run(acts->store, err, SQL_UNDO_DONE, "ii", row_int(&row, "id"),
		       acts->now) ||
	    !acts_audit(acts, err, "undone", "undo", row_int(&row, "id"), "%s",
			part.kind->name) ||
	    !store_commit(&t, err))
		return false;
	*out_what = row_text(&row, "what");
	return true;
}

bool acts_undo_next(struct acts *acts, struct arena *arena, const char **out_what,
		    struct err *err)
{
	const struct acts_undo_kind *kind;
	struct store_row row;

	*out_what = NULL;
	if (!store_one(acts->store, arena, &row, err, SQL_UNDO_NEWEST_SAID, "ii",
		       acts->staff_id, acts->now - (int64_t)ACTS_UNDO_DAYS * DAY_S))
		return err->kind == ERR_ABSENT;
	kind = kind_named(acts, row_text(&row, "kind"));
	if (kind && kind->apply)
		*out_what = row_text(&row, "what");
	return true;
}

bool acts_undo_forget(struct acts *acts, struct err *err)
{
	return store_run(acts->store, err, SQL_UNDO_FORGET, "i",
			 acts->now - (int64_t)ACTS_UNDO_DAYS * DAY_S);
}
