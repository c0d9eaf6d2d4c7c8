#include "domain/core/undo.h"
#include "domain/core/audit.h"
#include "base/calendar.h"
#include "base/str.h"

#include <inttypes.h>

enum { INVERSE_MOST = 64 << 20 };

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

bool undo_damaged(struct err *err)
{
	return err_set(err, ERR_SYSTEM, "what was to be taken back is damaged");
}

void undo_refused(struct err *err)
{
	if (err->kind == ERR_CONFLICT)
		(void)undo_moved_on(err);
}

bool undo_one_row(struct operation *op, struct err *err)
{
	return store_changes(op->store) == 1 || undo_moved_on(err);
}

PRINTF_LIKE(2, 0)
static void sentence(char to[UNDO_SAID], const char *said, va_list args)
{
	AUTO(buf) text = buf_new(4000);

	buf_vprintf(text, said, args);
	str_copy(to, UNDO_SAID, buf_text(text));
}

/* One row of the log. inverse NULL: rows that name it take it back. */
struct act {
	const char *kind, *said;
	const struct buf *inverse;
	const struct undo_frame *frame; /* NULL: none of codes */
};

static bool insert(struct operation *op, const struct act *act, int64_t part_of,
		   struct err *err)
{
	static const struct undo_frame none = {0, NULL};
	const struct undo_frame *frame = act->frame ? act->frame : &none;

	return store_run(op->store, err, SQL_CHANGE_ADD, "iittbzzt", op->staff_id,
			 op->now, act->kind, act->said,
			 act->inverse ? buf_text(act->inverse) : NULL,
			 act->inverse ? act->inverse->len : 0, part_of,
			 frame->consultation_id, frame->what);
}

/* The act that others are parts of begins with the first of them. */
static bool add(struct operation *op, const struct act *act, int64_t *out,
		struct err *err)
{
	static const struct act whole = {.kind = "bulk", .said = ""};

	ASSERT(kind_named(op, act->kind));
	if (op->undo_bag.open && !op->undo_bag.act) {
		if (!insert(op, &whole, 0, err))
			return false;
		op->undo_bag.act = store_last_id(op->store);
	}
	if (!insert(op, act, op->undo_bag.act, err))
		return false;
	*out = store_last_id(op->store);
	op->undo_bag.count += op->undo_bag.open;
	return true;
}

bool undo_record(struct operation *op, const char *kind, const struct buf *inverse,
		 struct err *err, const char *what, ...)
{
	char said[UNDO_SAID];
	int64_t id;
	va_list args;

	ASSERT(kind_named(op, kind));
	if (!op->staff_id)
		return true;
	if (buf_cut(inverse))
		return err_set(
			err, ERR_INPUT,
			"this is too much at once to be taken back as one; do it in "
			"parts");
	va_start(args, what);
	sentence(said, what, args);
	va_end(args);
	return add(op, &(struct act){kind, said, inverse, NULL}, &id, err);
}

bool undo_record_frame(struct operation *op, const struct undo_frame *frame,
		       int64_t *out_change, struct err *err, const char *what, ...)
{
	char said[UNDO_SAID];
	va_list args;

	ASSERT(op->staff_id);
	va_start(args, what);
	sentence(said, what, args);
	va_end(args);
	return add(op, &(struct act){"frame", said, NULL, frame}, out_change, err);
}

bool undo_final(struct operation *op, struct err *err, const char *what, ...)
{
	char said[UNDO_SAID];
	int64_t id;
	va_list args;

	if (!op->staff_id)
		return true;
	va_start(args, what);
	sentence(said, what, args);
	va_end(args);
	return add(op, &(struct act){"final", said, NULL, NULL}, &id, err);
}

void undo_gather(struct operation *op)
{
	ASSERT(!op->undo_bag.open);
	undo_drop(op);
	op->undo_bag.open = true;
}

void undo_drop(struct operation *op)
{
	op->undo_bag.open = false;
	op->undo_bag.act = op->undo_bag.count = 0;
}

int64_t undo_count(const struct operation *op)
{
	return op->undo_bag.count;
}

bool undo_gathered(struct operation *op, struct err *err, const char *what, ...)
{
	int64_t act = op->undo_bag.act;
	char said[UNDO_SAID];
	va_list args;

	ASSERT(op->undo_bag.open);
	undo_drop(op);
	va_start(args, what);
	sentence(said, what, args);
	va_end(args);
	return !act || store_run(op->store, err, SQL_CHANGE_SAID, "it", act, said);
}

/* One that is to be taken back; without an inverse its number is all that there is. */
struct part {
	int64_t id;
	const struct undo_kind *kind;
	const char *bytes;
	size_t len;
};

static struct part part_of_row(const struct operation *op, struct arena *arena,
			       const struct store_row *row)
{
	struct part p = {.id = row_int(row, "id"),
			 .kind = kind_named(op, row_text(row, "kind"))};
	AUTO(buf) own = buf_new(64);

	if (!row_null(row, "inverse")) {
		p.bytes = row_bytes(row, "inverse", &p.len);
		return p;
	}
	pack_int(own, p.id);
	p.len = own->len;
	p.bytes = arena_strndup(arena, buf_text(own), own->len);
	return p;
}

/* The right to it, as it is now. */
static bool may(struct operation *op, struct arena *arena, const struct part *p,
		struct err *err)
{
	struct unpack from;

	ASSERT(!op->rights || op->undo_ask);
	unpack_begin(&from, p->bytes, p->len);
	return !op->rights || !p->kind->needs ||
	       op->undo_ask(op, arena, p->kind, &from, err);
}

static bool revert(struct operation *op, struct arena *arena, const struct part *p,
		   struct err *err)
{
	struct unpack from;

	unpack_begin(&from, p->bytes, p->len);
	return p->kind->apply(op, arena, &from, err) &&
	       store_run(op->store, err, SQL_CHANGE_UNDONE, "iii", p->id, op->staff_id,
			 op->now);
}

bool undo_bulk(struct operation *op, struct arena *arena, struct unpack *inverse,
	       struct err *err)
{
	struct store_table parts;
	int64_t id;

	if (!unpack_int(inverse, 1, INT64_MAX, &id))
		return undo_damaged(err);
	if (!store_all(op->store, arena, &parts, err, SQL_CHANGE_PARTS, "i", id))
		return false;
	for (size_t i = 0; i < parts.count; i++) {
		AUTO(arena) one = arena_new(2048);
		struct store_row row = table_row(&parts, i);
		struct part p = part_of_row(op, one, &row);

		if (!p.kind || !p.kind->apply)
			return undo_moved_on(err);
		if (!may(op, one, &p, err) || !revert(op, one, &p, err))
			return false;
	}
	return true;
}

bool undo_one(struct operation *op, const char *kind, int64_t change_id, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	AUTO(buf) own = buf_new(64);
	AUTO(store_txn) t = NULL;
	struct part p = {.id = change_id, .kind = kind_named(op, kind)};

	ASSERT(p.kind && p.kind->apply);
	if (!needs_staff(op, err))
		return false;
	pack_int(own, change_id);
	p.bytes = buf_text(own);
	p.len = own->len;
	t = store_begin(op->store, err);
	return t && revert(op, arena, &p, err) && store_commit(&t, err);
}

/* So that it does not stand before all that was done earlier. */
static bool pass_over(struct operation *op, int64_t id, const char *kind, struct err *err)
{
	const struct audited what = {"passed over", "undo", id, kind, 0, NULL};
	struct err why = *err, failed = {0};
	AUTO(store_txn) t = store_begin(op->store, &failed);

	if (t && store_run(op->store, &failed, SQL_CHANGE_PASSED, "ii", id, op->now) &&
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
	if (!store_one(op->store, arena, &row, err, SQL_CHANGE_NEWEST, "ii", op->staff_id,
		       op->now - (int64_t)UNDO_DAYS * DAY_S))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT,
					 "there is nothing of yours to take back")
			       : false;
	part = part_of_row(op, arena, &row);
	if (!part.kind || !part.kind->apply)
		return err_set(err, ERR_CONFLICT,
			       "the last thing was: %s; that cannot "
			       "be taken back",
			       row_text(&row, "said"));
	op->kept_off = false;
	if (!may(op, arena, &part, err) || !revert(op, arena, &part, err)) {
		store_rollback(&t);
		if (!part.kind->names_itself)
			(void)err_prefix(err, "%s", row_text(&row, "said"));
		return err->kind == ERR_CONFLICT && !op->kept_off &&
		       pass_over(op, part.id, part.kind->name, err);
	}
	undone = (struct audited){"undone", "undo", part.id, part.kind->name, 0, NULL};
	if (!audit_of(op, &undone, err, "%s", part.kind->name) || !store_commit(&t, err))
		return false;
	*out_what = row_text(&row, "said");
	return true;
}

bool undo_next(struct operation *op, struct arena *arena, const char **out_what,
	       struct err *err)
{
	const struct undo_kind *kind;
	struct store_row row;

	*out_what = NULL;
	if (!store_one(op->store, arena, &row, err, SQL_CHANGE_NEWEST_SAID, "ii",
		       op->staff_id, op->now - (int64_t)UNDO_OFFERED_DAYS * DAY_S))
		return err_forgive(err, ERR_ABSENT);
	kind = kind_named(op, row_text(&row, "kind"));
	if (kind && kind->apply)
		*out_what = row_text(&row, "said");
	return true;
}

bool undo_forget(struct operation *op, struct err *err)
{
	return store_run(op->store, err, SQL_CHANGE_FORGET, "i",
			 op->now - (int64_t)UNDO_DAYS * DAY_S);
}
