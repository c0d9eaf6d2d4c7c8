#include "store/store_private.h"

#include <time.h>

struct store_txn {
	struct store *store;
	int depth; /* 0: the outermost; else its savepoint is sDEPTH */
};

/* Asked a thousand times a second: BEGIN, SAVEPOINT, RELEASE and COMMIT. */
static bool step_kept(struct store *s, sqlite3_stmt **kept, const char *sql,
		      struct err *err)
{
	int rc = SQLITE_OK;

	if (!*kept)
		rc = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, kept,
					NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(*kept);
	if (rc == SQLITE_DONE) {
		(void)sqlite3_reset(*kept);
		return true;
	}
	(void)store_err(s, err, sql);
	(void)sqlite3_reset(*kept);
	return false;
}

/* word is SAVEPOINT or RELEASE. */
static bool step_savepoint(struct store *s, sqlite3_stmt **kept, const char *word,
			   int depth, struct err *err)
{
	char sql[48];

	(void)snprintf(sql, sizeof(sql), "%s s%d", word, depth);
	if (depth < STORE_KEPT_SAVEPOINTS)
		return step_kept(s, &kept[depth], sql, err);
	return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       store_err(s, err, sql);
}

static int64_t processor_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Nobody else could write for so long; a snapshot keeps nobody. */
static void note_held(struct store *s)
{
	int64_t held = s->held_since_us ? processor_us() - s->held_since_us : 0;

	s->held_most_us = held > s->held_most_us ? held : s->held_most_us;
}

int64_t store_held_most_us(struct store *store)
{
	return store->held_most_us;
}

static struct store_txn *begin(struct store *store, sqlite3_stmt **kept, const char *how,
			       struct err *err)
{
	struct store_txn *t;

	if (store->let_go) {
		(void)err_set(err, ERR_AGAIN, "the store was let go");
		return NULL;
	}
	t = calloc(1, sizeof(*t));
	if (!t)
		PANIC("no memory for a transaction");
	t->store = store;
	t->depth = store->depth;
	if (!(t->depth ? step_savepoint(store, store->save, "SAVEPOINT", t->depth, err)
		       : step_kept(store, kept, how, err))) {
		free(t);
		return NULL;
	}
	if (!store->depth++)
		store->held_since_us = kept == &store->begin ? processor_us() : 0;
	return t;
}

void store_set_guard(struct store *store, store_guard *guard, void *of)
{
	store->guard = guard;
	store->guard_of = of;
}

void store_start_afresh(struct store *store)
{
	store_set_guard(store, NULL, NULL);
	store->no_room = false;
}

bool store_has_no_room(const struct store *store)
{
	return store->no_room;
}

struct store_txn *store_begin(struct store *store, struct err *err)
{
	struct store_txn *t = begin(store, &store->begin, "BEGIN IMMEDIATE", err);

	if (!t || t->depth || !store->guard)
		return t;
	if (store->guard(store->guard_of, err))
		store->guard = NULL;
	else
		store_rollback(&t);
	return t;
}

struct store_txn *store_snapshot(struct store *store, struct err *err)
{
	return begin(store, &store->look, "BEGIN", err);
}

/* What was read in this transaction can be searched as soon as it is there. */
static bool index_words(struct store *s, struct err *err)
{
	sqlite3_stmt *q = store_take(s, SQL_SEARCH_WAITS, err);
	sqlite3_int64 last = sqlite3_last_insert_rowid(s->db);
	int rc;

	if (!q)
		return false;
	rc = sqlite3_step(q);
	store_give_back(q);
	if (rc == SQLITE_DONE)
		return true;
	if (rc != SQLITE_ROW)
		return store_err(s, err, sql_statements[SQL_SEARCH_WAITS].name);
	if (!store_run(s, err, SQL_SEARCH_ADD, "") ||
	    !store_run(s, err, SQL_SEARCH_ADDED, ""))
		return false;
	sqlite3_set_last_insert_rowid(s->db, last);
	return true;
}

static void finish(struct store_txn **txn)
{
	struct store *s = (*txn)->store;

	if (!--s->depth) {
		if (!s->let_go)
			note_held(s);
		s->let_go = false;
	}
	free(*txn);
	*txn = NULL;
}

bool store_commit(struct store_txn **txn, struct err *err)
{
	struct store_txn *t = *txn;
	struct store *s = t->store;
	bool ok;

	if (s->let_go) {
		store_rollback(txn);
		return err_set(err, ERR_AGAIN, "the store was let go");
	}
	ok = t->depth ? step_savepoint(s, s->release, "RELEASE", t->depth, err)
		      : index_words(s, err) && step_kept(s, &s->commit, "COMMIT", err);

	if (!ok) {
		store_rollback(txn);
		return false;
	}
	finish(txn);
	return true;
}

void store_rollback(struct store_txn **txn)
{
	char sql[80] = "ROLLBACK";
	int depth;

	if (!txn || !*txn)
		return;
	if ((*txn)->store->let_go) {
		finish(txn);
		return;
	}
	depth = (*txn)->depth;
	if (depth)
		(void)snprintf(sql, sizeof(sql), "ROLLBACK TO s%d; RELEASE s%d", depth,
			       depth);
	/* After a full disk SQLite may have rolled back by itself: then this is refused. */
	(void)sqlite3_exec((*txn)->store->db, sql, NULL, NULL, NULL);
	finish(txn);
}

void store_let_go(struct store *store)
{
	if (!store->depth)
		return;
	(void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	note_held(store);
	store->let_go = true;
}
