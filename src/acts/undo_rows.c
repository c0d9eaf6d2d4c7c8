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

/* How rows of a kind end and begin again; the letters of store_run() for the latter. */
struct kind {
	const char *subject;
	enum sql_id end, reopen;
	const char *letters;
};

static bool take_back(struct acts *acts, struct unpack *inverse, const struct kind *k,
		      struct err *err)
{
	struct store *s = acts->store;
	int64_t begun, ended;

	if (!read(inverse, &begun, &ended, err))
		return false;
	if (begun &&
	    !one(acts, store_run(s, err, k->end, "iii", begun, acts->staff_id, acts->now),
		 err))
		return false;
	if (ended &&
	    !one(acts, store_run(s, err, k->reopen, k->letters, ended, acts->staff_id),
		 err))
		return false;
	return acts_audit(acts, err, "taken back", k->subject, begun ? begun : ended,
			  "%s", "");
}

bool acts_undo_view(struct acts *acts, struct arena *arena UNUSED, struct unpack *inverse,
		    struct err *err)
{
	static const struct kind view = {"view", SQL_UNDO_VIEW_END, SQL_UNDO_VIEW_REOPEN,
					 "ii"};

	return take_back(acts, inverse, &view, err);
}

bool acts_undo_text(struct acts *acts, struct arena *arena UNUSED, struct unpack *inverse,
		    struct err *err)
{
	static const struct kind text = {"answer text", SQL_UNDO_TEXT_END,
					 SQL_UNDO_TEXT_REOPEN, "i"};

	return take_back(acts, inverse, &text, err);
}

bool acts_undo_sample(struct acts *acts, struct arena *arena UNUSED,
		      struct unpack *inverse, struct err *err)
{
	static const struct kind sample = {"sample", SQL_UNDO_SAMPLE_END,
					   SQL_UNDO_SAMPLE_REOPEN, "i"};

	return take_back(acts, inverse, &sample, err);
}
