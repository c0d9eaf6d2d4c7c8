#include "domain/imports/subscriber_import.h"
#include "domain/core/audit.h"
#include "domain/imports/subscriber_import_private.h"
#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"

#include <inttypes.h>

enum { PROGRESS_EACH = 200, BAD_MOST = 1000, SAMPLE = 200 };

/* Whether any of them, in the first rows, is a topic of the list by name or title. */
static bool tags_fit(const struct list *list, const struct roster *r)
{
	AUTO(arena) arena = arena_new(8192);
	struct roster_reader reader;
	struct roster_row row;

	roster_begin(r, &reader);
	for (int n = 0; n < SAMPLE && roster_next(&reader, arena, &row); n++) {
		const char *const *words;
		size_t count = roster_words_of(
			arena, roster_cell(r, arena, &row, ROSTER_TAGS), &words);

		for (size_t i = 0; i < count; i++)
			if (topic_position(list, words[i]) >= 0)
				return true;
	}
	return false;
}

bool subscriber_import_open(struct arena *arena, const struct list *list,
			    const char *bytes, size_t len, struct subscriber_import *out,
			    struct err *err)
{
	struct subscriber_import plan = {0};
	struct roster *r = &plan.roster;

	if (!roster_open(arena, bytes, len, r, err))
		return false;
	plan.tags_unknown = roster_has(r, ROSTER_TAGS) && !tags_fit(list, r);
	for (size_t i = 0; plan.tags_unknown && i < r->column_count; i++)
		if (r->columns[i].field == ROSTER_TAGS)
			roster_use(r, i, ROSTER_NOTHING);
	*out = plan;
	return true;
}

static bool use_column(struct subscriber_import *plan, char *head, const char *field,
		       struct err *err)
{
	struct roster *r = &plan->roster;
	enum roster_field wanted;

	if (!roster_field_of(field, &wanted))
		return err_set(err, ERR_INPUT,
			       "\"%.40s\" is nothing that a column can hold", field);
	for (size_t i = 0; i < r->column_count; i++) {
		if (!str_ieq(r->columns[i].head, head))
			continue;
		roster_use(r, i, wanted);
		r->twice = NULL;
		return true;
	}
	return err_set(err, ERR_INPUT, "there is no column \"%.40s\"", head);
}

bool subscriber_import_columns(struct subscriber_import *plan, struct arena *arena,
			       const char *text, struct err *err)
{
	char *rest = arena_strdup(arena, text);

	while (rest && *rest) {
		char *piece = rest, *comma = strchr(rest, ','), *equals;

		rest = comma ? comma + 1 : NULL;
		if (comma)
			*comma = '\0';
		if (str_blank(piece))
			continue;
		equals = strrchr(piece, '=');
		if (!equals)
			return err_set(err, ERR_INPUT,
				       "\"%.40s\" does not say what that column holds",
				       piece);
		*equals = '\0';
		if (!use_column(plan, str_trim(piece), str_trim(equals + 1), err))
			return false;
	}
	return true;
}

const char *subscriber_import_basis(const struct operation *op, struct arena *arena,
				    const struct subscriber_import *plan)
{
	struct calendar_day day = clock_calendar(op->now, op->settings->zone);

	return arena_printf(arena, "imported%s%s on %d %s %d by %s",
			    str_empty(plan->file) ? "" : " from ", str_or(plan->file, ""),
			    day.day, calendar_months[day.month - 1], day.year, op->who);
}

static bool settle(struct import_run *im, const struct subscriber_import_line *line)
{
	switch (line->fate) {
	case SUBSCRIBER_IMPORT_ADDED:
		im->result.added++;
		break;
	case SUBSCRIBER_IMPORT_KEPT_OFF:
		im->result.kept_off++;
		break;
	case SUBSCRIBER_IMPORT_PASSED:
		im->result.passed_over++;
		break;
	default:
		im->result.bad++;
	}
	if (im->watch->each)
		im->watch->each(im->watch->with, line);
	/* What will not be imported anyhow need not be read to its end. */
	return im->plan->leave_out_bad || im->result.bad < BAD_MOST;
}

static bool all_lines(struct import_run *im, struct err *err)
{
	const struct roster *r = &im->plan->roster;
	size_t all = (size_t)(r->end - r->text);
	struct roster_reader reader;
	struct roster_row row;
	bool on = true;

	roster_begin(r, &reader);
	for (int64_t n = 0; on; n++) {
		struct subscriber_import_line line = {0};

		arena_reset(im->arena);
		if (!roster_next(&reader, im->arena, &row))
			break;
		line.row = &row;
		if (!import_line_run(im, &row, &line, err))
			return err_prefix(err, "line %d", row.line);
		on = settle(im, &line);
		if (im->watch->progress && n % PROGRESS_EACH == 0)
			im->watch->progress(im->watch->with, roster_read_bytes(&reader),
					    all, im->result.added);
	}
	if (im->watch->progress)
		im->watch->progress(im->watch->with, all, all, im->result.added);
	return true;
}

/* Of what the file as a whole leaves open. */
static bool is_settled(const struct subscriber_import *plan, struct err *err)
{
	if (plan->roster.twice)
		return err_set(
			err, ERR_INPUT,
			"two columns are called \"%.40s\"; say which of them counts" HINT
			"rename one of them",
			plan->roster.twice);
	return roster_has(&plan->roster, ROSTER_ADDRESS) ||
	       err_set(err, ERR_INPUT, "no column holds the email addresses");
}

bool subscriber_import_within(struct operation *op, const struct list *list,
			      const struct subscriber_import *plan,
			      const struct subscriber_import_watch *watch,
			      struct subscriber_import_result *out, struct err *err)
{
	AUTO(arena) once = arena_new(1024);
	AUTO(arena) arena = arena_new(8192);
	struct import_run im = {
		.op = op, .list = list, .plan = plan, .watch = watch, .arena = arena};

	if (!needs_staff(op, err) || !is_settled(plan, err))
		return false;
	im.default_basis = subscriber_import_basis(op, once, plan);
	if (!store_run(op->store, err, SQL_IMPORT_ADD, "iiit", list->id, op->now,
		       op->staff_id, str_or(plan->file, "")))
		return false;
	im.result.import_id = store_last_id(op->store);
	if (!all_lines(&im, err))
		return false;
	*out = im.result;
	if (im.result.bad && !plan->leave_out_bad)
		return err_set(err, ERR_INPUT,
			       "%" PRId64
			       "%s bad line%s; nothing was imported. Mend them, or leave "
			       "them out" HINT "--leave-out-bad",
			       im.result.bad, im.result.bad == BAD_MOST ? " or more" : "",
			       plural(im.result.bad, "", "s"));
	return store_run(op->store, err, SQL_IMPORT_COUNT, "iiiii", im.result.import_id,
			 im.result.added, im.result.kept_off, im.result.passed_over,
			 im.result.bad) &&
	       audit_record(op, err, "imported", "list", list->id,
			    "import %" PRId64 ": %" PRId64 " added, %" PRId64
			    " kept off, %" PRId64 " passed over, %" PRId64 " bad",
			    im.result.import_id, im.result.added, im.result.kept_off,
			    im.result.passed_over, im.result.bad);
}

bool subscriber_import_run(struct operation *op, const struct list *list,
			   const struct subscriber_import *plan,
			   const struct subscriber_import_watch *watch,
			   struct subscriber_import_result *out, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);

	return t && subscriber_import_within(op, list, plan, watch, out, err) &&
	       store_commit(&t, err);
}
