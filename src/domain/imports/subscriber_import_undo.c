#include "domain/imports/subscriber_import_undo.h"
#include "domain/core/audit.h"
#include "domain/core/skip.h"
#include "domain/subscribers/subscription.h"
#include "base/calendar.h"
#include "base/str.h"
#include "store/turn.h"

#include <inttypes.h>

enum { UNDO_S = DAY_S, PIECE = 150 };

bool subscriber_import_find(struct operation *op, struct arena *arena,
			    const struct list *list, int64_t import_id,
			    struct subscriber_imported *out, struct err *err)
{
	struct subscriber_imported found;
	int64_t until;

	if (!store_one(op->store, arena, &found.row, err, SQL_IMPORT_OF, "ii", import_id,
		       list->id))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_ABSENT, "there is no such import")
			       : false;
	until = row_int(&found.row, "at") + UNDO_S;
	found.left = row_int(&found.row, "any_left");
	found.until = (row_null(&found.row, "undone_at") || found.left) && op->now < until
			      ? until
			      : 0;
	*out = found;
	return true;
}

bool subscriber_imports_recent(struct operation *op, struct arena *arena,
			       const struct list *list, struct store_table *out,
			       struct err *err)
{
	return store_all(op->store, arena, out, err, SQL_IMPORT_RECENT, "ii", list->id,
			 op->now - UNDO_S);
}

/* The ledger names them: they go as anybody does, but hear nothing of a mistake of ours. */
static bool unsubscribe_one(struct operation *op, int64_t id, struct err *err)
{
	return subscription_state(op, id, "unsubscribed", SUBSCRIPTION_STARTED_BEFORE,
				  err) &&
	       subscription_evidence(
		       op, id,
		       &(struct evidence){
			       .act = "removed",
			       .how = "staff",
			       .basis = "the import that added them was taken back"},
		       err) &&
	       subscription_void_questions(op, id, err) &&
	       store_run(op->store, err, SQL_DELIVERY_SKIP_SUBSCRIPTION, "iit", id,
			 op->now, skip_name(SKIP_LEFT));
}

static bool drop_one(struct operation *op, const struct store_row *row, int64_t at,
		     struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);

	return t &&
	       store_run(op->store, err, SQL_IMPORTED_EVIDENCE_DROP, "i",
			 row_int(row, "evidence_id")) &&
	       store_run(op->store, err, SQL_IMPORTED_SUBSCRIPTION_DROP, "i",
			 row_int(row, "subscription_id")) &&
	       store_run(op->store, err, SQL_IMPORTED_PERSON_DROP, "ii",
			 row_int(row, "person_id"), at) &&
	       store_commit(&t, err);
}

static bool undo_one_row_of(struct operation *op, const struct store_row *row, int64_t at,
			    struct subscriber_import_undone *count, struct err *err)
{
	int64_t id = row_int(row, "subscription_id");

	if (row_int(row, "acted")) {
		count->stayed++;
		return true;
	}
	if (!row_int(row, "was_sent") && !row_null(row, "was")) {
		count->restored++;
		return store_run(op->store, err, SQL_IMPORTED_EVIDENCE_DROP, "i",
				 row_int(row, "evidence_id")) &&
		       subscription_state(op, id, row_text(row, "was"),
					  SUBSCRIPTION_STARTED_BEFORE, err);
	}
	if (!row_int(row, "was_sent")) {
		if (drop_one(op, row, at, err)) {
			count->removed++;
			return true;
		}
		/* Something else names them: a bounce, say. Then they go as the others do. */
		if (!err_forgive(err, ERR_CONFLICT))
			return false;
	}
	count->unsubscribed++;
	return !str_eq(row_text(row, "state"), "active") || unsubscribe_one(op, id, err);
}

/* The transaction of a piece: the first of them says that it is taken back. */
static bool undo_piece(struct operation *op, const struct store_row *of,
		       struct store_turn *turn, int64_t *after,
		       struct subscriber_import_undone *count, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	int64_t id = row_int(of, "id");
	struct store_table t;

	if (!store_turn_begin(turn, TURN_TOGETHER, err) ||
	    !store_run(op->store, err, SQL_IMPORT_UNDONE, "iii", id, op->now,
		       op->staff_id) ||
	    !store_all(op->store, arena, &t, err, SQL_IMPORTED_NEXT, "iii", id, *after,
		       (int64_t)PIECE))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		*after = row_int(&row, "subscription_id");
		if (!undo_one_row_of(op, &row, row_int(of, "at"), count, err) ||
		    !store_run(op->store, err, SQL_IMPORTED_DROP, "ii", *after, id))
			return false;
	}
	if (t.count < PIECE)
		*after = 0;
	return true;
}

static bool undo_all(struct operation *op, const struct list *list,
		     const struct store_row *of, struct subscriber_import_undone *count,
		     struct err *err)
{
	struct store_turn turn = {.store = op->store};
	int64_t after = 0;
	bool ok;

	do
		ok = undo_piece(op, of, &turn, &after, count, err) &&
		     (!after || store_turn_over(&turn, err));
	while (ok && after);
	ok = ok &&
	     audit_record(op, err, "import taken back", "list", list->id,
			  "import %" PRId64 ": %" PRId64 " removed, %" PRId64
			  " as before, %" PRId64 " unsubscribed, %" PRId64 " stay",
			  row_int(of, "id"), count->removed, count->restored,
			  count->unsubscribed, count->stayed) &&
	     store_turn_end(&turn, err);
	store_turn_drop(&turn);
	return ok;
}

bool subscriber_import_undo(struct operation *op, const struct list *list,
			    int64_t import_id, struct subscriber_import_undone *out,
			    struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct subscriber_import_undone count = {0};
	struct subscriber_imported it;

	if (!needs_staff(op, err) ||
	    !subscriber_import_find(op, arena, list, import_id, &it, err))
		return false;
	if (!row_null(&it.row, "undone_at") && !it.left)
		return err_set(err, ERR_CONFLICT,
			       "this import was taken back already, by %s",
			       row_text(&it.row, "undone_name"));
	if (!it.until)
		return err_set(
			err, ERR_CONFLICT,
			"this import is older than a day: it cannot be taken back any "
			"more");
	if (!undo_all(op, list, &it.row, &count, err))
		return false;
	*out = count;
	return true;
}

bool subscriber_imports_forget(struct operation *op, struct err *err)
{
	return store_run(op->store, err, SQL_IMPORTED_FORGET, "i", op->now - UNDO_S);
}
