#include "store/store_private.h"
#include "base/buf.h"
#include "base/str.h"

bool store_err(struct store *store, struct err *err, const char *what)
{
	const char *said = sqlite3_errmsg(store->db);
	enum err_kind kind = ERR_SYSTEM;

	store->no_room = sqlite3_errcode(store->db) == SQLITE_FULL;
	switch (sqlite3_errcode(store->db)) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(err, ERR_AGAIN,
			       "%s: the store is in use by another process; "
			       "try again",
			       what);
	case SQLITE_FULL:
		return err_set(err, ERR_SYSTEM,
			       "%s: the disk is full; make room, nothing was changed",
			       what);
	case SQLITE_CONSTRAINT:
		kind = ERR_CONFLICT;
		break;
	case SQLITE_NOTADB:
		return err_set(err, ERR_SETUP, "%s is not a mercat store", store->path);
	case SQLITE_CORRUPT:
		return err_set(err, ERR_SYSTEM, "%s is damaged (%s); restore a copy",
			       store->path, said);
	default:
		break;
	}
	return err_set(err, kind, "%s: %s", what, said);
}

sqlite3_stmt *store_take(struct store *s, enum sql_id id, struct err *err)
{
	const struct sql_statement *sql = &sql_statements[id];

	ASSERT(id < SQL_COUNT);
	if (s->let_go) {
		(void)err_set(err, ERR_AGAIN, "%s: the store was let go", sql->name);
		return NULL;
	}
	if (!s->cached[id] &&
	    sqlite3_prepare_v3(s->db, sql->text, -1, SQLITE_PREPARE_PERSISTENT,
			       &s->cached[id], NULL) != SQLITE_OK) {
		(void)store_err(s, err, sql->name);
		return NULL;
	}
	if (sqlite3_stmt_busy(s->cached[id]))
		PANIC("statement %s is used inside itself", sql->name);
	s->asked++;
	return s->cached[id];
}

void store_give_back(sqlite3_stmt *q)
{
	(void)sqlite3_reset(q);
	(void)sqlite3_clear_bindings(q);
}

static void bind(sqlite3_stmt *q, const char *name, const char *letters, va_list args)
{
	int rc = SQLITE_OK, at = 0;

	if ((int)strlen(letters) != sqlite3_bind_parameter_count(q))
		PANIC("%s wants %d values, gets \"%s\"", name,
		      sqlite3_bind_parameter_count(q), letters);
	for (; *letters && rc == SQLITE_OK; letters++) {
		int64_t n;
		const void *bytes;

		at++;
		switch (*letters) {
		case 'i':
			rc = sqlite3_bind_int64(q, at, va_arg(args, int64_t));
			break;
		case 'z':
			n = va_arg(args, int64_t);
			rc = n ? sqlite3_bind_int64(q, at, n) : sqlite3_bind_null(q, at);
			break;
		case 't':
			rc = sqlite3_bind_text(q, at, va_arg(args, const char *), -1,
					       SQLITE_STATIC);
			break;
		case 'b':
			bytes = va_arg(args, const void *);
			rc = sqlite3_bind_blob64(q, at, bytes, va_arg(args, size_t),
						 SQLITE_STATIC);
			break;
		case 'd':
			rc = sqlite3_bind_double(q, at, va_arg(args, double));
			break;
		default:
			PANIC("%s: no letter '%c'", name, *letters);
		}
	}
	if (rc != SQLITE_OK)
		PANIC("%s: value %d cannot be bound: %s", name, at, sqlite3_errstr(rc));
}

static sqlite3_stmt *ready(struct store *s, enum sql_id id, const char *letters,
			   va_list args, struct err *err)
{
	sqlite3_stmt *q = store_take(s, id, err);

	if (q)
		bind(q, sql_statements[id].name, letters, args);
	return q;
}

bool store_run(struct store *store, struct err *err, enum sql_id id, const char *letters,
	       ...)
{
	sqlite3_stmt *q;
	va_list args;
	bool ok;
	int rc;

	va_start(args, letters);
	q = ready(store, id, letters, args, err);
	va_end(args);
	if (!q)
		return false;
	do
		rc = sqlite3_step(q);
	while (rc == SQLITE_ROW);
	ok = rc == SQLITE_DONE || store_err(store, err, sql_statements[id].name);
	store_give_back(q);
	return ok;
}

static void copy_cell(struct arena *arena, sqlite3_stmt *q, int column,
		      struct store_cell *out)
{
	switch (sqlite3_column_type(q, column)) {
	case SQLITE_INTEGER:
		out->type = STORE_INT;
		out->n = sqlite3_column_int64(q, column);
		out->real = (double)out->n;
		return;
	case SQLITE_FLOAT:
		out->type = STORE_REAL;
		out->real = sqlite3_column_double(q, column);
		return;
	case SQLITE_TEXT:
		out->type = STORE_TEXT;
		out->text = (const char *)sqlite3_column_text(q, column);
		break;
	case SQLITE_BLOB:
		out->type = STORE_BYTES;
		out->text = sqlite3_column_blob(q, column);
		break;
	default:
		out->type = STORE_NULL;
		return;
	}
	out->len = (size_t)sqlite3_column_bytes(q, column);
	out->text = arena_strndup(arena, out->text, out->len);
}

/* A statement's columns are called the same as long as it lives. */
static const char *const *names_of(struct store *s, enum sql_id id, sqlite3_stmt *q,
				   size_t count)
{
	if (!s->columns[id]) {
		const char **names = arena_make(s->arena, const char *, count);

		for (size_t i = 0; i < count; i++)
			names[i] = arena_strdup(s->arena, sqlite3_column_name(q, (int)i));
		s->columns[id] = names;
	}
	return s->columns[id];
}

static struct store_cell *copy_row(struct arena *arena, sqlite3_stmt *q, size_t count)
{
	struct store_cell *cells = arena_make(arena, struct store_cell, count);

	for (size_t i = 0; i < count; i++)
		copy_cell(arena, q, (int)i, &cells[i]);
	return cells;
}

bool store_one(struct store *store, struct arena *arena, struct store_row *out,
	       struct err *err, enum sql_id id, const char *letters, ...)
{
	sqlite3_stmt *q;
	va_list args;
	bool ok = false;
	int rc;

	va_start(args, letters);
	q = ready(store, id, letters, args, err);
	va_end(args);
	if (!q)
		return false;
	rc = sqlite3_step(q);
	if (rc == SQLITE_ROW) {
		out->count = (size_t)sqlite3_column_count(q);
		out->names = names_of(store, id, q, out->count);
		out->cells = copy_row(arena, q, out->count);
		/* To its end, so that an UPDATE ... RETURNING is done. */
		do
			rc = sqlite3_step(q);
		while (rc == SQLITE_ROW);
		ok = rc == SQLITE_DONE || store_err(store, err, sql_statements[id].name);
	} else if (rc == SQLITE_DONE) {
		(void)err_set(err, ERR_ABSENT, "%s: no such row",
			      sql_statements[id].name);
	} else {
		(void)store_err(store, err, sql_statements[id].name);
	}
	store_give_back(q);
	return ok;
}

bool store_all(struct store *store, struct arena *arena, struct store_table *out,
	       struct err *err, enum sql_id id, const char *letters, ...)
{
	struct store_table t = {0};
	sqlite3_stmt *q;
	va_list args;
	bool ok;
	int rc;

	va_start(args, letters);
	q = ready(store, id, letters, args, err);
	va_end(args);
	if (!q)
		return false;
	t.columns = (size_t)sqlite3_column_count(q);
	t.names = names_of(store, id, q, t.columns);
	while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
		t.rows = arena_grow(arena, t.rows, t.count, sizeof(*t.rows));
		t.rows[t.count++] = copy_row(arena, q, t.columns);
	}
	ok = rc == SQLITE_DONE || store_err(store, err, sql_statements[id].name);
	store_give_back(q);
	if (ok)
		*out = t;
	return ok;
}

bool store_each(struct store *store, store_each_fn *each, void *with, struct err *err,
		enum sql_id id, const char *letters, ...)
{
	AUTO(arena) arena = arena_new(8192);
	struct store_row row;
	sqlite3_stmt *q;
	va_list args;
	bool ok = true;
	int rc;

	va_start(args, letters);
	q = ready(store, id, letters, args, err);
	va_end(args);
	if (!q)
		return false;
	row.count = (size_t)sqlite3_column_count(q);
	row.names = names_of(store, id, q, row.count);
	while (ok && (rc = sqlite3_step(q)) != SQLITE_DONE) {
		if (rc != SQLITE_ROW) {
			ok = store_err(store, err, sql_statements[id].name);
			break;
		}
		arena_reset(arena);
		row.cells = copy_row(arena, q, row.count);
		ok = each(with, &row, err);
	}
	store_give_back(q);
	return ok;
}

bool store_rows_begin(struct store *store, struct store_rows *out, struct err *err,
		      enum sql_id id, const char *letters, ...)
{
	va_list args;

	va_start(args, letters);
	*out = (struct store_rows){.store = store,
				   .statement = ready(store, id, letters, args, err),
				   .id = id};
	va_end(args);
	return out->statement != NULL;
}

enum store_step store_rows_next(struct store_rows *rows, struct err *err)
{
	int rc = sqlite3_step(rows->statement);

	if (rc == SQLITE_ROW)
		return STORE_ROW;
	if (rc != SQLITE_DONE)
		(void)store_err(rows->store, err, sql_statements[rows->id].name);
	store_rows_end(rows);
	return rc == SQLITE_DONE ? STORE_END : STORE_FAILED;
}

int64_t store_rows_int(const struct store_rows *rows, int column)
{
	return sqlite3_column_int64(rows->statement, column);
}

const char *store_rows_text(const struct store_rows *rows, int column)
{
	return (const char *)sqlite3_column_text(rows->statement, column);
}

const void *store_rows_bytes(const struct store_rows *rows, int column, size_t *len)
{
	const void *bytes = sqlite3_column_blob(rows->statement, column);

	*len = (size_t)sqlite3_column_bytes(rows->statement, column);
	return bytes;
}

void store_rows_end(struct store_rows *rows)
{
	if (rows->statement)
		store_give_back(rows->statement);
	rows->statement = NULL;
}

int64_t store_changes(struct store *store)
{
	return sqlite3_changes64(store->db);
}

int64_t store_last_id(struct store *store)
{
	return sqlite3_last_insert_rowid(store->db);
}

static const struct store_cell *cell_of(const struct store_row *row, const char *name)
{
	for (size_t i = 0; i < row->count; i++)
		if (strcmp(row->names[i], name) == 0)
			return &row->cells[i];
	PANIC("the row has no column %s", name);
}

int64_t row_int(const struct store_row *row, const char *name)
{
	return cell_of(row, name)->n;
}

const char *row_text(const struct store_row *row, const char *name)
{
	const struct store_cell *cell = cell_of(row, name);

	return cell->type == STORE_TEXT ? cell->text : NULL;
}

const void *row_bytes(const struct store_row *row, const char *name, size_t *len)
{
	const struct store_cell *cell = cell_of(row, name);

	*len = cell->len;
	return cell->text;
}

bool row_null(const struct store_row *row, const char *name)
{
	return cell_of(row, name)->type == STORE_NULL;
}

struct store_cell cell_of_text(const char *text)
{
	return (struct store_cell){.type = text ? STORE_TEXT : STORE_NULL,
				   .text = text,
				   .len = text ? strlen(text) : 0};
}

struct store_cell cell_of_int(int64_t n)
{
	return (struct store_cell){.type = STORE_INT, .n = n};
}

struct store_row table_row(const struct store_table *table, size_t i)
{
	ASSERT(i < table->count);
	return (struct store_row){table->names, table->rows[i], table->columns};
}

static bool plan_of(struct store *s, const struct sql_statement *sql, struct buf *report,
		    struct err *err)
{
	sqlite3_stmt *q = NULL;
	AUTO(buf) text = buf_new(1 << 16);
	int rc;

	buf_printf(text, "EXPLAIN QUERY PLAN %s", sql->text);
	rc = sqlite3_prepare_v2(s->db, buf_text(text), -1, &q, NULL);
	while (rc == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW) {
		const char *line = (const char *)sqlite3_column_text(q, 3);

		/* A scan of a virtual table by MATCH or of a constant list is an index. */
		if (str_starts(line, "SCAN ") && !strstr(line, "VIRTUAL TABLE INDEX") &&
		    !strstr(line, "json_each") && !strstr(line, "CONSTANT ROW") &&
		    !sql->scan_meant)
			buf_printf(report, "%s: %s\n", sql->name, line);
	}
	sqlite3_finalize(q);
	return rc == SQLITE_OK || store_err(s, err, sql->name);
}

int64_t store_statements(const struct store *store)
{
	return store->asked;
}

bool store_prepare_each(struct store *store, struct arena *arena, const char **out_report,
			struct err *err)
{
	AUTO(buf) report = buf_new(1 << 20);

	for (int i = 0; i < SQL_COUNT; i++)
		if (!store_take(store, (enum sql_id)i, err) ||
		    !plan_of(store, &sql_statements[i], report, err))
			return false;
	*out_report = arena_strdup(arena, buf_text(report));
	return true;
}
