#include "domain/subscribers/subscriber_import.h"
#include "domain/core/plus_address.h"
#include "domain/core/audit.h"
#include "domain/subscribers/subscribe.h"
#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"
#include "text/csv.h"

#include <inttypes.h>

enum column {
	COLUMN_ADDRESS,
	COLUMN_NAME,
	COLUMN_TOPICS,
	COLUMN_BASIS,
	COLUMN_WORDING,
	COLUMN_VERSION,
	COLUMN_GIVEN_AT,
	COLUMN_STATE,
	COLUMNS
};

enum { PROGRESS_EACH = 200, BAD_MOST = 1000 };

static const char *const column_names[COLUMNS] = {
	"address", "name", "topics", "basis", "wording", "version", "given_at", "state"};

struct import {
	struct operation *op;
	const struct list *list;
	const struct subscriber_import_watch *watch;
	struct arena *arena; /* of one line */
	size_t column[COLUMNS];
	bool has[COLUMNS], leave_out_bad;
	struct subscriber_import_result result;
};

static const char *cell(const struct import *im, const struct csv_row *row, enum column c)
{
	char *text =
		arena_strdup(im->arena, im->has[c] ? csv_cell(row, im->column[c]) : "");

	return str_trim(text);
}

static bool read_head(struct import *im, const struct csv_row *head, struct err *err)
{
	for (size_t i = 0; i < head->count; i++) {
		const char *name = csv_cell(head, i);

		for (size_t k = 0; k < i; k++)
			if (str_ieq(csv_cell(head, k), name))
				return err_set(err, ERR_INPUT,
					       "line %d: \"%.40s\" stands twice",
					       head->line, name);
	}
	for (size_t i = 0; i < head->count; i++) {
		const char *name = csv_cell(head, i);
		bool known = str_ieq(name, "active_since") || str_ieq(name, "how");

		for (int c = 0; c < COLUMNS; c++)
			known = known || str_ieq(name, column_names[c]);
		if (!known)
			return err_set(
				err, ERR_INPUT,
				"line %d: \"%.40s\" is not a column; there are address, name, "
				"topics, basis, wording, version, given_at, state",
				head->line, name);
	}
	for (int c = 0; c < COLUMNS; c++)
		im->has[c] = csv_column(head, column_names[c], &im->column[c]);
	if (!im->has[COLUMN_ADDRESS] || !im->has[COLUMN_BASIS])
		return err_set(
			err, ERR_INPUT,
			"line %d: the first line must name the columns; \"%s\" is missing",
			head->line, im->has[COLUMN_ADDRESS] ? "basis" : "address");
	return true;
}

static bool read_when(const struct import *im, const char *text, int64_t *out,
		      struct err *err)
{
	*out = 0;
	if (!*text)
		return true;
	if (strlen(text) == 10 ? !clock_day_start(text, im->op->settings->zone, out, err)
			       : !clock_from_rfc3339(text, out, err))
		return false;
	return *out <= im->op->now ||
	       err_set(err, ERR_INPUT, "given_at \"%s\" lies in the future", text);
}

/* The wording row for these words; the same version with other words is refused. */
static bool wording_of(struct import *im, const char *text, const char *version,
		       int64_t *out, struct err *err)
{
	struct store_row row;

	*out = 0;
	if (!*text && !*version)
		return true;
	if (!*version)
		return err_set(err, ERR_INPUT, "a wording needs its version");
	if (*text && !store_run(im->op->store, err, SQL_WORDING_ADD, "itti", im->list->id,
				version, text, im->op->now))
		return false;
	if (!store_one(im->op->store, im->arena, &row, err, SQL_WORDING_BY_VERSION, "it",
		       im->list->id, version))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_INPUT,
					 "the wording of version \"%.40s\" is not known; give its "
					 "words in the column wording",
					 version)
			       : false;
	if (*text && !str_eq(row_text(&row, "text"), text))
		return err_set(
			err, ERR_INPUT,
			"version \"%.40s\" has other words on this list; give these words "
			"a version of their own",
			version);
	*out = row_int(&row, "id");
	return true;
}

static bool add_line(struct import *im, const struct csv_row *row, struct err *err)
{
	struct subscriber_new who = {
		.address = cell(im, row, COLUMN_ADDRESS),
		.name = cell(im, row, COLUMN_NAME),
		.how = "import",
		.basis = cell(im, row, COLUMN_BASIS),
	};
	const char *plain, *state = cell(im, row, COLUMN_STATE);
	AUTO(store_txn) t = NULL;

	if (*state && !str_eq(state, "active"))
		return err_set(err, ERR_CONFLICT, "the state is \"%.40s\", not active",
			       state);
	if (!*who.address)
		return err_set(err, ERR_INPUT, "the address is missing");
	if (!address_read(im->arena, who.address, NULL, &plain, err))
		return false;
	if (!*who.basis)
		return err_set(err, ERR_INPUT,
			       "the basis is missing: why may we write to them?");
	t = store_begin(im->op->store, err); /* a bad line leaves no wording either */
	return t &&
	       topics_read(im->list, cell(im, row, COLUMN_TOPICS), &who.topics,
			   &who.all_topics, err) &&
	       read_when(im, cell(im, row, COLUMN_GIVEN_AT), &who.given_at, err) &&
	       wording_of(im, cell(im, row, COLUMN_WORDING),
			  cell(im, row, COLUMN_VERSION), &who.wording_id, err) &&
	       subscriber_add(im->op, im->list, &who, err) && store_commit(&t, err);
}

/* True unless the store itself fails: then err says how. row is NULL for an unread line. */
static bool settle_line(struct import *im, int line, const struct csv_row *row, bool ok,
			struct err *why, struct err *err)
{
	bool bad = why->kind == ERR_INPUT;

	if (im->watch->each && (ok || bad || why->kind == ERR_CONFLICT))
		im->watch->each(im->watch->with, line,
				ok    ? SUBSCRIBER_IMPORT_ADDED
				: bad ? SUBSCRIBER_IMPORT_BAD
				      : SUBSCRIBER_IMPORT_PASSED,
				row ? cell(im, row, COLUMN_ADDRESS) : "",
				ok ? NULL : why->text);
	if (ok) {
		im->result.added++;
		return true;
	}
	if (!bad && why->kind != ERR_CONFLICT) {
		*err = *why;
		return err_prefix(err, "line %d", line);
	}
	if (bad)
		im->result.bad++;
	else
		im->result.passed_over++;
	if (im->watch->line)
		im->watch->line(im->watch->with, line, bad, why->text);
	return true;
}

static bool all_lines(struct import *im, struct csv_reader *reader, const char *bytes,
		      size_t len, struct err *err)
{
	struct csv_row row;

	/* What will not be imported anyhow need not be read to its end. */
	for (int64_t n = 0; im->leave_out_bad || im->result.bad < BAD_MOST; n++) {
		struct err why = {0};
		int line = reader->line;
		bool ok, read;

		arena_reset(im->arena);
		ok = read = csv_next(reader, im->arena, &row, &why);
		if (!ok && why.kind == ERR_ABSENT)
			break;
		if (ok) {
			line = row.line;
			ok = add_line(im, &row, &why);
		}
		if (!settle_line(im, line, read ? &row : NULL, ok, &why, err))
			return false;
		if (im->watch->progress && (n % PROGRESS_EACH == 0))
			im->watch->progress(im->watch->with, (size_t)(reader->at - bytes),
					    len, im->result.added);
	}
	if (im->watch->progress)
		im->watch->progress(im->watch->with, len, len, im->result.added);
	return true;
}

bool subscriber_import_within(struct operation *op, const struct list *list,
			      const char *bytes, size_t len, bool leave_out_bad,
			      const struct subscriber_import_watch *watch,
			      struct subscriber_import_result *out, struct err *err)
{
	AUTO(arena) head_arena = arena_new(4096);
	AUTO(arena) arena = arena_new(8192);
	struct import im = {.op = op,
			    .list = list,
			    .watch = watch,
			    .arena = arena,
			    .leave_out_bad = leave_out_bad};
	struct csv_reader reader;
	struct csv_row head;

	if (!needs_staff(op, err))
		return false;
	csv_begin(&reader, bytes, len);
	if (!csv_next(&reader, head_arena, &head, err))
		return err->kind == ERR_ABSENT
			       ? err_set(err, ERR_INPUT, "the file is empty")
			       : false;
	if (!read_head(&im, &head, err))
		return false;
	if (!all_lines(&im, &reader, bytes, len, err))
		return false;
	*out = im.result;
	if (im.result.bad && !leave_out_bad)
		return err_set(err, ERR_INPUT,
			       "%" PRId64
			       "%s bad line%s; nothing was imported. Mend them, or leave "
			       "them out" HINT "--leave-out-bad",
			       im.result.bad, im.result.bad == BAD_MOST ? " or more" : "",
			       plural(im.result.bad, "", "s"));
	return audit_record(op, err, "imported", "list", list->id,
			    "%" PRId64 " added, %" PRId64 " passed over, %" PRId64 " bad",
			    im.result.added, im.result.passed_over, im.result.bad);
}

bool subscriber_import_run(struct operation *op, const struct list *list,
			   const char *bytes, size_t len, bool leave_out_bad,
			   const struct subscriber_import_watch *watch,
			   struct subscriber_import_result *out, struct err *err)
{
	AUTO(store_txn) t = store_begin(op->store, err);

	return t &&
	       subscriber_import_within(op, list, bytes, len, leave_out_bad, watch, out,
					err) &&
	       store_commit(&t, err);
}

struct export
{
	const struct list *list;
	const char *state;
	struct csv_writer csv;
};

static void write_time(struct csv_writer *csv, const struct store_row *row,
		       const char *name)
{
	char text[CLOCK_TEXT] = "";

	if (!row_null(row, name))
		clock_rfc3339(row_int(row, name), text);
	csv_write(csv, text);
}

static bool export_row(void *with, const struct store_row *row, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct export *ex = with;

	(void)err;
	if (ex->state && !str_eq(ex->state, row_text(row, "state")))
		return true;
	csv_write(&ex->csv, row_text(row, "address"));
	csv_write(&ex->csv, row_text(row, "name"));
	csv_write(&ex->csv, topics_text(ex->list, arena, row_int(row, "topics"),
					row_int(row, "all_topics") == 1));
	csv_write(&ex->csv, row_text(row, "state"));
	write_time(&ex->csv, row, "active_since");
	csv_write(&ex->csv, row_text(row, "how"));
	csv_write(&ex->csv, row_text(row, "basis"));
	csv_write(&ex->csv, row_text(row, "wording"));
	csv_write(&ex->csv, row_text(row, "wording_version"));
	write_time(&ex->csv, row, "given_at");
	csv_write_end_row(&ex->csv);
	return true;
}

bool subscriber_export_run(struct operation *op, const struct list *list,
			   const char *state, struct buf *out, struct err *err)
{
	static const char *const heads[] = {
		"address", "name",  "topics",  "state",   "active_since",
		"how",     "basis", "wording", "version", "given_at"};
	struct export ex = {.list = list, .state = state};
	AUTO(store_txn) t = store_begin(op->store, err);

	if (!t)
		return false;
	csv_write_begin(&ex.csv, out);
	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		csv_write(&ex.csv, heads[i]);
	csv_write_end_row(&ex.csv);
	if (!store_each(op->store, export_row, &ex, err, SQL_SUBSCRIBER_EXPORT, "i",
			list->id))
		return false;
	if (buf_cut(out))
		return err_set(err, ERR_SYSTEM, "the list is too long for one file");
	return audit_record(op, err, "exported", "list", list->id, "state %s",
			    str_or(state, "any")) &&
	       store_commit(&t, err);
}
