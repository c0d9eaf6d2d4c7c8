/*
 * A file is looked at, and then done: in pieces, each in a transaction of its own, with turns for
 * others between them. Its rows are read while the store is let go.
 */
#include "domain/core/audit.h"
#include "domain/imports/subscriber_import_private.h"
#include "base/numeral.h"
#include "base/str.h"
#include "store/turn.h"

#include <inttypes.h>

enum { BAD_MOST = 1000, PIECE = 150 };
enum phase { LOOKS, WRITES };

/* Of what the file as a whole leaves open. */
static bool is_settled(const struct subscriber_import *plan, struct err *err)
{
	if (plan->roster.twice)
		return err_set(
			err, ERR_INPUT,
			"two columns are called \"%.40s\"; say which of them counts" HINT
			"rename one of them",
			plan->roster.twice);
	if (roster_silenced(&plan->roster))
		return err_set(
			err, ERR_INPUT,
			"the column \"%.40s\" says who may be written to, and would "
			"be left out; choose what it holds, or to leave out even who "
			"has refused in it" HINT "--columns \"%.40s=disregard\"",
			roster_silenced(&plan->roster), roster_silenced(&plan->roster));
	return roster_has(&plan->roster, ROSTER_ADDRESS) ||
	       err_set(err, ERR_INPUT, "no column holds the email addresses");
}

static int64_t *count_of(struct import_run *im, enum subscriber_import_outcome outcome)
{
	switch (outcome) {
	case SUBSCRIBER_IMPORT_ADDED:
		return &im->result.added;
	case SUBSCRIBER_IMPORT_KEPT_OFF:
		return &im->result.kept_off;
	case SUBSCRIBER_IMPORT_PASSED:
		return &im->result.passed_over;
	default:
		return &im->result.bad;
	}
}

static void tell(struct import_run *im, const struct subscriber_import_line *line)
{
	if (im->watch->each)
		im->watch->each(im->watch->with, line);
}

/* The bar runs over the file twice: it is looked at, and then it is done. */
static void progress(struct import_run *im, enum phase phase, size_t bytes)
{
	const struct roster *r = &im->plan->roster;
	size_t all = (size_t)(r->end - r->text);

	if (im->watch->progress)
		im->watch->progress(im->watch->with,
				    phase == WRITES ? all + bytes : bytes, all * 2,
				    phase == WRITES ? im->result.added : 0);
}

static void progress_ends(struct import_run *im)
{
	const struct roster *r = &im->plan->roster;

	progress(im, WRITES, (size_t)(r->end - r->text));
}

static bool look_at_all(struct import_run *im, struct arena *arena, struct err *err)
{
	struct roster_reader reader;

	roster_begin(&im->plan->roster, &reader);
	for (;;) {
		struct import_line line = {0};

		arena_reset(im->arena);
		if (!roster_next(&reader, im->arena, &line.row))
			return true;
		if (!import_line_read(im, &line, err) ||
		    !import_line_look(im, &line, err))
			return err_prefix(err, "line %d", line.row.line);
		im->outcomes = arena_grow(arena, im->outcomes, im->rows, 1);
		im->outcomes[im->rows++] = (unsigned char)line.said.outcome;
		++*count_of(im, line.said.outcome);
		tell(im, &line.said);
		if (im->rows % PIECE == 1)
			progress(im, LOOKS, roster_read_bytes(&reader));
		/* What will not be imported anyhow need not be read to its end. */
		if (!im->plan->leave_out_bad && im->result.bad >= BAD_MOST)
			return true;
	}
}

bool import_look(struct import_run *im, struct arena *arena, struct err *err)
{
	AUTO(arena) of_line = arena_new(8192);
	bool ok;

	if (!needs_staff(im->op, err) || !is_settled(im->plan, err))
		return false;
	im->arena = of_line;
	im->default_basis = subscriber_import_basis(im->op, arena, im->plan);
	im->seen = import_seen_new(arena);
	ok = look_at_all(im, arena, err);
	import_seen_free(im->seen);
	return ok;
}

static bool is_wanted(enum subscriber_import_outcome outcome)
{
	return outcome == SUBSCRIBER_IMPORT_ADDED ||
	       outcome == SUBSCRIBER_IMPORT_KEPT_OFF;
}

/* One import from its first piece to its last. */
struct writing {
	struct import_run *im;
	struct roster_reader reader;
	size_t at; /* rows read */
	struct import_line *lines;
	size_t count;
	bool is_last;
	int64_t wanted;
};

/* The next rows, without those that were passed over or bad when they were looked at. */
static bool read_piece(struct writing *w, struct err *err)
{
	struct import_run *im = w->im;

	w->lines = arena_make(im->arena, struct import_line, PIECE);
	w->count = 0;
	for (int n = 0; n < PIECE; n++) {
		struct import_line *line = &w->lines[w->count];

		w->is_last = w->at == im->rows ||
			     !roster_next(&w->reader, im->arena, &line->row);
		if (w->is_last)
			return true;
		if (!is_wanted((enum subscriber_import_outcome)im->outcomes[w->at++]))
			continue;
		if (!import_line_read(im, line, err))
			return false;
		w->count++;
	}
	return true;
}

bool import_is_other(struct err *err)
{
	return err_set(err, ERR_CONFLICT,
		       "the file or the list has changed since you looked: what would "
		       "happen now is not what was shown; look at it again");
}

static bool begin_import(struct writing *w, struct err *err)
{
	struct import_run *im = w->im;

	if (im->result.import_id)
		return true;
	if (!store_run(im->op->store, err, SQL_IMPORT_ADD, "iiiti", im->list->id,
		       im->op->now, im->op->staff_id, str_or(im->plan->file, ""),
		       w->wanted))
		return false;
	im->result.import_id = store_last_id(im->op->store);
	return true;
}

/*
 * While nothing is written, whatever comes out otherwise than it was looked at stops it all. Later
 * on a line by which somebody came in between is passed over.
 */
static bool write_lines(struct writing *w, struct err *err)
{
	struct import_run *im = w->im;
	bool is_first = !im->result.import_id;

	if (!begin_import(w, err))
		return false;
	for (size_t i = 0; i < w->count; i++) {
		struct import_line *line = &w->lines[i];
		enum subscriber_import_outcome looked = line->said.outcome;

		if (!import_line_write(im, line, err))
			return err_prefix(err, "line %d", line->row.line);
		if (line->said.outcome != looked) {
			if (is_first)
				return import_is_other(err);
			tell(im, &line->said);
		}
		++*count_of(im, line->said.outcome);
	}
	return true;
}

/* What the row of the import says holds for what is written, whenever it is broken off. */
static bool note_counts(struct writing *w, struct err *err)
{
	const struct subscriber_import_result *r = &w->im->result;
	struct operation *op = w->im->op;

	if (!store_run(op->store, err, SQL_IMPORT_COUNT, "iiiiiz", r->import_id, r->added,
		       r->kept_off, r->passed_over, r->bad,
		       w->is_last ? op->now : (int64_t)0))
		return false;
	if (!store_changes(op->store))
		return err_set(err, ERR_CONFLICT,
			       "this import was taken back while it ran");
	return !w->is_last ||
	       audit_record(op, err, "imported", "list", w->im->list->id,
			    "import %" PRId64 ": %" PRId64 " added, %" PRId64
			    " kept off, %" PRId64 " passed over, %" PRId64 " bad",
			    r->import_id, r->added, r->kept_off, r->passed_over, r->bad);
}

static bool write_piece(struct writing *w, struct store_turn *turn, struct err *err)
{
	if (!w->count && !w->is_last)
		return true;
	return store_turn_begin(turn, TURN_TOGETHER, err) && write_lines(w, err) &&
	       note_counts(w, err) && store_turn_over(turn, err);
}

static bool write_all(struct import_run *im, struct err *err)
{
	struct writing w = {.im = im, .wanted = im->result.added + im->result.kept_off};
	struct store_turn turn = {.store = im->op->store};
	bool ok = true;

	im->result.added = im->result.kept_off = 0;
	roster_begin(&im->plan->roster, &w.reader);
	while (ok && !w.is_last) {
		arena_reset(im->arena);
		ok = read_piece(&w, err) && write_piece(&w, &turn, err);
		if (ok && !w.is_last)
			progress(im, WRITES, roster_read_bytes(&w.reader));
	}
	store_turn_drop(&turn);
	return ok;
}

bool import_write(struct import_run *im, struct err *err)
{
	AUTO(arena) of_piece = arena_new(1 << 16);
	int64_t bad = im->result.bad;
	bool ok;

	if (bad && !im->plan->leave_out_bad) {
		progress_ends(im);
		return err_set(err, ERR_INPUT,
			       "%" PRId64
			       "%s bad line%s; nothing was imported. Mend them, or leave "
			       "them out" HINT "--leave-out-bad",
			       bad, bad == BAD_MOST ? " or more" : "",
			       plural(bad, "", "s"));
	}
	im->arena = of_piece;
	ok = write_all(im, err);
	progress_ends(im);
	return ok;
}

bool subscriber_import_run(struct operation *op, const struct list *list,
			   const struct subscriber_import *plan,
			   const struct subscriber_import_watch *watch,
			   struct subscriber_import_result *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct import_run im = {.op = op, .list = list, .plan = plan, .watch = watch};
	bool ok = import_look(&im, arena, err) && import_write(&im, err);

	*out = im.result;
	return ok;
}
