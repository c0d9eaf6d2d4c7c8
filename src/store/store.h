/*
 * store - the one SQLite file that all parts share.
 *
 * The only folder that includes sqlite3.h. SQL lives in sql/ alone: migrations
 * (forward only) and named statements, both compiled in.
 *
 * Units      times are unix seconds UTC; ids are positive.
 * Ownership  store_open() gives the store away, store_close() takes it back. One
 *            store a process. Rows and tables live in the arena they were read into,
 *            and no longer than the store is open.
 * Errors     ERR_ABSENT    no such row
 *            ERR_CONFLICT  a unique or check rule of the schema stands against it
 *            ERR_AGAIN     another writer held the store too long
 *            ERR_SYSTEM    disk full, I/O error, damage
 *            ERR_SETUP     not our file, or made by a newer mercat
 * Known      SQLite before 3.51.3 can lose pages when a checkpoint races with a
 *            writer that restarts the log; so no connection checkpoints but through
 *            store_checkpoint(), which holds the writer's lock throughout.
 */
#ifndef MERCAT_STORE_H
#define MERCAT_STORE_H

#include "base/arena.h"
#include "base/err.h"
#include "store/sql_statements.h"

struct store;

enum store_open_how {
	STORE_EXISTING, /* must exist and be of this version */
	STORE_MIGRATE,  /* made when absent, brought to this version */
	STORE_COPY /* must exist, brought to this version; there is another copy of it */
};

bool store_open(const char *path, enum store_open_how how, struct store **out,
		struct err *err) MUST_USE;
void store_close(struct store **store);
static inline void store_auto(struct store **store)
{
	store_close(store);
}

/* Changes whenever another process has committed. */
int64_t store_version(struct store *store) MUST_USE;
/* Copies the log into the file and empties it; ERR_AGAIN when somebody is in the way. */
bool store_checkpoint(struct store *store, struct err *err) MUST_USE;
int64_t store_log_bytes(struct store *store) MUST_USE;
bool store_backup(struct store *store, const char *to, struct err *err) MUST_USE;
/*
 * Removes the copies that stood before migrations and are older than before; out counts them.
 * What cannot be removed is an error, after the others have gone.
 */
bool store_copies_remove(const char *path, int64_t before, int64_t *out,
			 struct err *err) MUST_USE;
/*
 * The closed store at from, whose log is empty, takes the place of the one at path, which may be
 * damaged or absent; that one stays as path.before-STAMP for store.copies_kept. Both are on one
 * file system. The log goes aside before the file that it belongs to: no log is ever beside a
 * store that is not its own.
 */
bool store_put_back(const char *from, const char *path, int64_t stamp,
		    struct err *err) MUST_USE;
/* The same for somebody who waits: whether its pages hang together; no index, no key. */
bool store_check_quick(struct store *store, struct err *err) MUST_USE;
/* Integrity of the file, foreign keys and full-text index; one sentence per fault. */
bool store_check(struct store *store, struct err *err) MUST_USE;
/* "SQLite 3.40.1, checkpoint race guarded" */
void store_about(char *to, size_t room);

/*
 * A transaction (BEGIN IMMEDIATE; a savepoint inside another one):
 *	AUTO(store_txn) t = store_begin(store, err);
 *	if (!t) return false;
 *	...
 *	return store_commit(&t, err);
 * A way out without store_commit() rolls back.
 */
struct store_txn;
struct store_txn *store_begin(struct store *store, struct err *err) MUST_USE;
/*
 * One moment for several readings, which holds up no writer. Nothing may be changed in it
 * (a reading that becomes a writing fails at once); it ends by store_rollback() or AUTO.
 */
struct store_txn *store_snapshot(struct store *store, struct err *err) MUST_USE;
bool store_commit(struct store_txn **txn, struct err *err) MUST_USE;
void store_rollback(struct store_txn **txn);
static inline void store_txn_auto(struct store_txn **txn)
{
	store_rollback(txn);
}

/*
 * What must hold for the next change: asked inside its transaction before anything of it is
 * done, so that nobody comes between. While it says no, nothing can be changed by this store;
 * once it has said yes it is asked no more. NULL takes it off.
 */
typedef bool store_guard(void *of, struct err *err);
void store_set_guard(struct store *store, store_guard *guard, void *of);
/* For another piece of work: nothing is asked, and nothing has failed yet. */
void store_start_afresh(struct store *store);
/* What failed last failed because the disk is full; nothing of its transaction was kept. */
bool store_has_no_room(const struct store *store) MUST_USE;

/* The longest of them so far, in microseconds of its thread's processor time. */
int64_t store_held_most_us(struct store *store) MUST_USE;

/* One value of a row. Text and bytes end with a NUL that is not counted. */
enum store_type { STORE_NULL, STORE_INT, STORE_REAL, STORE_TEXT, STORE_BYTES };

struct store_cell {
	enum store_type type;
	int64_t n;
	double real;
	const char *text;
	size_t len;
};

struct store_row {
	const char *const *names;
	const struct store_cell *cells;
	size_t count;
};

struct store_table {
	const char *const *names;
	size_t columns;
	struct store_cell **rows; /* rows[i][column] */
	size_t count;
};

/*
 * Named statements. The letters say what follows, one for each ?N in its order:
 *	i int64_t   z int64_t, 0 meaning NULL   t text or NULL
 *	b bytes: const void *, size_t (NULL pointer: NULL)   d double
 */
bool store_run(struct store *store, struct err *err, enum sql_id id, const char *letters,
	       ...) MUST_USE;
/* Exactly one row (the first); ERR_ABSENT when there is none. */
bool store_one(struct store *store, struct arena *arena, struct store_row *out,
	       struct err *err, enum sql_id id, const char *letters, ...) MUST_USE;
/* All rows; a statement that may find many has its LIMIT. */
bool store_all(struct store *store, struct arena *arena, struct store_table *out,
	       struct err *err, enum sql_id id, const char *letters, ...) MUST_USE;
/*
 * One row at a time, for what may be long: each() gets rows whose memory lasts for
 * the call; returning false stops with the error it wrote.
 */
typedef bool store_each_fn(void *with, const struct store_row *row, struct err *err);
bool store_each(struct store *store, store_each_fn *each, void *with, struct err *err,
		enum sql_id id, const char *letters, ...) MUST_USE;

/*
 * The same without copies, for the loops that have to be quick: columns by position,
 * texts live until the next step. Ends by itself when there is no more row or a step
 * fails; store_rows_end() is for leaving earlier, and may come too often.
 *	while ((step = store_rows_next(&rows, err)) == STORE_ROW)
 *		...
 *	return step == STORE_END;
 */
struct store_rows {
	struct store *store;
	void *statement;
	enum sql_id id;
};
bool store_rows_begin(struct store *store, struct store_rows *out, struct err *err,
		      enum sql_id id, const char *letters, ...) MUST_USE;
enum store_step {
	STORE_FAILED, /* err says why; the only one that is false */
	STORE_ROW,
	STORE_END /* no failure: err is as it was */
};
enum store_step store_rows_next(struct store_rows *rows, struct err *err) MUST_USE;
int64_t store_rows_int(const struct store_rows *rows, int column) MUST_USE;
const char *store_rows_text(const struct store_rows *rows, int column) MUST_USE;
const void *store_rows_bytes(const struct store_rows *rows, int column,
			     size_t *len) MUST_USE;
void store_rows_end(struct store_rows *rows);

int64_t
store_changes(struct store *store) MUST_USE; /* rows the last store_run() touched */
int64_t store_last_id(struct store *store) MUST_USE;

/* By column name; a name that is not there is a broken promise. NULL gives 0 or NULL. */
int64_t row_int(const struct store_row *row, const char *name) MUST_USE;
const char *row_text(const struct store_row *row, const char *name) MUST_USE;
const void *row_bytes(const struct store_row *row, const char *name,
		      size_t *len) MUST_USE;
bool row_null(const struct store_row *row, const char *name) MUST_USE;
struct store_row table_row(const struct store_table *table, size_t i) MUST_USE;
/* Values for rows that no statement gave; a text that is NULL is NULL. */
struct store_cell cell_of_text(const char *text) MUST_USE;
struct store_cell cell_of_int(int64_t n) MUST_USE;

/* How many named statements were asked since it was opened: what a page costs. */
int64_t store_statements(const struct store *store) MUST_USE;

/* Every statement, for the test that prepares each and looks at its plan. */
bool store_prepare_each(struct store *store, struct arena *arena, const char **out_report,
			struct err *err) MUST_USE;

#endif
