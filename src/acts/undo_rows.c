/* Acts that begin one row and end another, or only one of both: views, the words of
 * answers, samples. */
#include "acts/audit.h"
#include "acts/undo_kinds.h"

#include <inttypes.h>

bool acts_undo_rows(struct acts *acts, const char *kind, int64_t begun, int64_t ended,
		    const char *what, struct err *err)
{
	AUTO(buf) inverse = acts_undo_new();

	pack_int(inverse, begun);
	pack_int(inverse, ended);
	return acts_undo_record(acts, kind, inverse, err, "%s", what);
}

static bool read(struct unpack *inverse, int64_t *begun, int64_t *ended, struct err *err)
{
	return (unpack_int(inverse, 0, INT64_MAX, begun) &&
		unpack_int(inverse, 0, INT64_MAX, ended)) ||
	       err_set(err, ERR_SYSTEM, "what was to be taken back is damaged");
}

/* One row must have changed; a name that was given again is a conflict as well. */
static bool one(struct acts *acts, bool ran, struct err *err)
{
	if (!ran)
		return err->kind == ERR_CONFLICT ? acts_undo_moved_on(err) : false;
	return store_changes(acts->store) == 1 || acts_undo_moved_on(err);
}

static bool told(struct acts *acts, const char *subject, int64_t begun, int64_t ended,
		 struct err *err)
{
	return acts_audit(acts, err, "taken back", subject, begun ? begun : ended, "%s",
			  "");
}

bool acts_undo_view(struct acts *acts, struct arena *arena, struct unpack *inverse,
		    struct err *err)
{
	struct store *s = acts->store;
	int64_t begun, ended;

	(void)arena;
	return read(inverse, &begun, &ended, err) &&
	       (!begun || one(acts,
			      store_run(s, err, SQL_UNDO_VIEW_END, "iii", begun,
					acts->staff_id, acts->now),
			      err)) &&
	       (!ended ||
		one(acts,
		    store_run(s, err, SQL_UNDO_VIEW_REOPEN, "ii", ended, acts->staff_id),
		    err)) &&
	       told(acts, "view", begun, ended, err);
}

bool acts_undo_text(struct acts *acts, struct arena *arena, struct unpack *inverse,
		    struct err *err)
{
	struct store *s = acts->store;
	int64_t begun, ended;

	(void)arena;
	return read(inverse, &begun, &ended, err) &&
	       (!begun ||
		one(acts, store_run(s, err, SQL_UNDO_TEXT_END, "ii", begun, acts->now),
		    err)) &&
	       (!ended ||
		one(acts, store_run(s, err, SQL_UNDO_TEXT_REOPEN, "i", ended), err)) &&
	       told(acts, "answer text", begun, ended, err);
}

bool acts_undo_sample(struct acts *acts, struct arena *arena, struct unpack *inverse,
		      struct err *err)
{
	struct store *s = acts->store;
	int64_t begun, ended;

	(void)arena;
	return read(inverse, &begun, &ended, err) &&
	       (!begun || one(acts,
			      store_run(s, err, SQL_UNDO_SAMPLE_END, "iii", begun,
					acts->staff_id, acts->now),
			      err)) &&
	       (!ended ||
		one(acts, store_run(s, err, SQL_UNDO_SAMPLE_REOPEN, "i", ended), err)) &&
	       told(acts, "sample", begun, ended, err);
}
