/* The whole list as a file, that an import reads again. */
#include "domain/core/audit.h"
#include "domain/imports/subscriber_import.h"
#include "base/clock.h"
#include "base/str.h"
#include "text/figures/csv.h"

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
					row_int(row, "all_topics") == 1 ? TOPICS_ALL
									: TOPICS_CHOSEN));
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
