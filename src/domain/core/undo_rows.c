/* Acts that begin one row and end another, or only one of both (views, the words of
 * answers, samples), and those that do so with several. */
#include "domain/core/audit.h"
#include "domain/core/undo.h"

#include <inttypes.h>

enum { IDS_MOST = 100000 };

void undo_pack_ids(struct buf *to, const int64_t *ids, size_t count)
{
	pack_int(to, (int64_t)count);
	for (size_t i = 0; i < count; i++)
		pack_int(to, ids[i]);
}

bool undo_unpack_ids(struct unpack *from, struct arena *arena, int64_t **out,
		     size_t *out_count)
{
	int64_t count;

	if (!unpack_int(from, 0, IDS_MOST, &count))
		return false;
	*out_count = (size_t)count;
	*out = arena_make(arena, int64_t, *out_count + 1);
	for (size_t i = 0; i < *out_count; i++)
		if (!unpack_int(from, 0, INT64_MAX, &(*out)[i]))
			return false;
	return true;
}

bool undo_ids_of(struct operation *op, struct arena *arena, struct undo_rows_of rows,
		 int64_t **out, size_t *out_count, struct err *err)
{
	struct store_table t;

	if (!store_all(op->store, arena, &t, err, rows.statement, "i", rows.id))
		return false;
	*out_count = t.count;
	*out = arena_make(arena, int64_t, t.count + 1);
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		(*out)[i] = row_int(&row, "id");
	}
	return true;
}

bool undo_rows(struct operation *op, const char *kind, int64_t begun, int64_t ended,
	       const char *what, struct err *err)
{
	AUTO(buf) inverse = undo_new();

	pack_int(inverse, begun);
	pack_int(inverse, ended);
	return undo_record(op, kind, inverse, err, "%s", what);
}

static bool read(struct unpack *inverse, int64_t *begun, int64_t *ended, struct err *err)
{
	return (unpack_int(inverse, 0, INT64_MAX, begun) &&
		unpack_int(inverse, 0, INT64_MAX, ended)) ||
	       undo_damaged(err);
}

bool undo_rows_back(struct operation *op, struct unpack *inverse,
		    const struct undo_row_kind *k, struct err *err)
{
	struct store *s = op->store;
	int64_t begun, ended;

	if (!read(inverse, &begun, &ended, err))
		return false;
	if ((begun && !store_run(s, err, k->end, "iii", begun, op->staff_id, op->now)) ||
	    (begun && !undo_one_row(op, err)) ||
	    (ended && !store_run(s, err, k->reopen, k->letters, ended, op->staff_id)) ||
	    (ended && !undo_one_row(op, err))) {
		undo_refused(err);
		return false;
	}
	return audit_record(op, err, "taken back", k->subject, begun ? begun : ended,
			    "%s", "");
}
