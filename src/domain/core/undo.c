#include "domain/core/undo.h"
#include "domain/core/audit.h"
#include "base/str.h"

#include <inttypes.h>

enum { INVERSE_MOST = 64 << 20, WHAT_ROOM = 201, DAY_S = 86400 };

/* What bulk op did so far; lives from undo_gather() to its end. */
struct undo_bag {
	struct buf *all;
	int64_t count;
};

struct buf *undo_new(void)
{
	return buf_new(INVERSE_MOST);
}

static const struct undo_kind *kind_named(const struct operation *op, const char *name)
{
	const struct undo_kind *k = op->undo_kinds;

	ASSERT(k);
	while (k->name && !str_eq(k->name, name))
		k++;
	return k->name ? k : NULL;
}

bool undo_moved_on(struct err *err)
{
	return err_set(
		err, ERR_CONFLICT,
		"it was changed again since, so it cannot be taken back by itself");
}

static bool add(struct operation *op, const char *kind, const void *bytes, size_t len,
		const char *what, struct err *err)
{
	return store_run(op->store, err, SQL_UNDO_ADD, "iittb", op->staff_id, op->now,
			 kind, what, bytes, len);
}

PRINTF_LIKE(3, 0)
static void sentence(char *to, size_t room, const char *what, va_list args)
{
	AUTO(buf) text = buf_new(4000);

	buf_vprintf(text, what, args);
	str_copy(to, room, buf_text(text));
}

bool undo_record(struct operation *op, const char *kind, const struct buf *inverse,
		 struct err *err, const char *what, ...)
{
	char said[WHAT_ROOM];
	va_list args;

	ASSERT(kind_named(op, kind));
	if (!op->staff_id)
		return true;
	if (buf_cut(inverse))
		return err_set(
			err, ERR_INPUT,
			"this is too much at once to be taken back as one; do it in "
			"parts");
	if (op->undo_bag) {
		pack_str(op->undo_bag->all, kind);
		pack_bytes(op->undo_bag->all, buf_text(inverse), inverse->len);
		op->undo_bag->count++;
		return true;
	}
	va_start(args, what);
	sentence(said, sizeof(said), what, args);
	va_end(args);
	return add(op, kind, buf_text(inverse), inverse->len, said, err);
}

bool undo_was_done(struct operation *op, int64_t staff_id, const char *kind,
		   const struct buf *inverse, struct err *err)
{
	ASSERT(kind_named(op, kind));
	return store_run(op->store, err, SQL_UNDO_DONE_ELSEWHERE, "itbi", staff_id, kind,
			 buf_text(inverse), inverse->len, op->now);
}

bool undo_final(struct operation *op, struct err *err, const char *what, ...)
{
	char said[WHAT_ROOM];
	va_list args;

	if (!op->staff_id)
		return true;
	va_start(args, what);
	sentence(said, sizeof(said), what, args);
	va_end(args);
	return add(op, "final", "", 0, said, err);
}

void undo_gather(struct operation *op)
{
	ASSERT(!op->undo_bag);
	op->undo_bag = malloc(sizeof(*op->undo_bag));
	if (!op->undo_bag)
		PANIC("no memory for what is to be undone");
	*op->undo_bag = (struct undo_bag){.all = undo_new()};
}

void undo_drop(struct operation *op)
{
	if (!op->undo_bag)
		return;
	buf_free(&op->undo_bag->all);
	free(op->undo_bag);
	op->undo_bag = NULL;
}

int64_t undo_count(const struct operation *op)
{
	return op->undo_bag ? op->undo_bag->count : 0;
}

bool undo_gathered(struct operation *op, struct err *err, const char *what, ...)
{
	struct undo_bag *bag = op->undo_bag;
	AUTO(buf) inverse = undo_new();
	char said[WHAT_ROOM];
	va_list args;
	bool some;

	ASSERT(bag);
	some = bag->count > 0;
	pack_int(inverse, bag->count);
	buf_add(inverse, buf_text(bag->all), bag->all->len);
	inverse->cut = inverse->cut || buf_cut(bag->all);
	undo_drop(op);
	va_start(args, what);
	sentence(said, sizeof(said), what, args);
	va_end(args);
	return !some || undo_record(op, "bulk", inverse, err, "%s", said);
}

struct part {
	const struct undo_kind *kind;
	const char *bytes;
	size_t len;
};

static bool revert(struct operation *op, struct arena *arena, const struct part *p,
		   struct err *err)
{
	struct unpack from;

	ASSERT(!op->rights || op->undo_ask);
	unpack_begin(&from, p->bytes, p->len);
	if (op->rights && p->kind->needs && !op->undo_ask(op, arena, p->kind, &from, err))
		return false;
	unpack_begin(&from, p->bytes, p->len);
	return p->kind->apply(op, arena, &from, err);
}

/* The last one first. */
bool undo_bulk(struct operation *op, struct arena *arena, struct unpack *inverse,
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
		parts[i].kind = kind_named(op, name);
		if (!parts[i].kind || !parts[i].kind->apply)
			return undo_moved_on(err);
	}
	for (int64_t i = count; i > 0; i--) {
		AUTO(arena) one = arena_new(2048);

		if (!revert(op, one, &parts[i - 1], err))
			return false;
	}
	return true;
}

/* So that it does not stand before all that was done earlier. */
static bool pass_over(struct operation *op, int64_t id, const char *kind, struct err *err)
{
	const struct audited what = {"passed over", "undo", id, kind, 0, NULL};
	struct err why = *err, failed = {0};
	AUTO(store_txn) t = store_begin(op->store, &failed);

	if (t && store_run(op->store, &failed, SQL_UNDO_DONE, "ii", id, op->now) &&
	    audit_of(op, &what, &failed, "%s", "") && store_commit(&t, &failed))
		return err_set(err, ERR_CONFLICT,
			       "%.400s; the next undo goes on with what you did before",
			       why.text);
	return false;
}

bool undo_last(struct operation *op, struct arena *arena, const char **out_what,
	       struct err *err)
{
	AUTO(store_txn) t = NULL;
	struct audited undone;
	struct store_row row;
	struct part part;

	if (!needs_staff(op, err))
		return false;
	t = store_begin(op->store, err);
	if (!t)
		return false;
	if (!store_one(op->store, arena, &row, err, SQL_UNDO_NEWEST, "ii", op->staff_id,
		       op->now - (int64_t)UNDO_DAYS * DAY_S))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "there is nothing of yours to take back")
			       : false;
	part.kind = kind_named(op, row_text(&row, "kind"));
	part.bytes = row_bytes(&row, "inverse", &part.len);
	if (!part.kind || !part.kind->apply)
		return err_set(err, ERR_CONFLICT,
			       "the last thing was: %s; that cannot "
			       "be taken back",
			       row_text(&row, "what"));
	op->kept_off = false;
	if (!revert(op, arena, &part, err)) {
		store_rollback(&t);
		if (!part.kind->names_itself)
			(void)err_prefix(err, "%s", row_text(&row, "what"));
		return err->kind == ERR_CONFLICT && !op->kept_off &&
		       pass_over(op, row_int(&row, "id"), part.kind->name, err);
	}
	undone = (struct audited){"undone",        "undo", row_int(&row, "id"),
				  part.kind->name, 0,      NULL};
	if (!store_run(op->store, err, SQL_UNDO_DONE, "ii", undone.subject_id, op->now) ||
	    !audit_of(op, &undone, err, "%s", part.kind->name) || !store_commit(&t, err))
		return false;
	*out_what = row_text(&row, "what");
	return true;
}

bool undo_next(struct operation *op, struct arena *arena, const char **out_what,
	       struct err *err)
{
	const struct undo_kind *kind;
	struct store_row row;

	*out_what = NULL;
	if (!store_one(op->store, arena, &row, err, SQL_UNDO_NEWEST_SAID, "ii",
		       op->staff_id, op->now - (int64_t)UNDO_DAYS * DAY_S))
		return err_forgive(err, ERR_ABSENT);
	kind = kind_named(op, row_text(&row, "kind"));
	if (kind && kind->apply)
		*out_what = row_text(&row, "what");
	return true;
}

bool undo_forget(struct operation *op, struct err *err)
{
	return store_run(op->store, err, SQL_UNDO_FORGET, "i",
			 op->now - (int64_t)UNDO_DAYS * DAY_S);
}
