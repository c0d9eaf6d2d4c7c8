#include "store/store_private.h"
#include "base/fd.h"
#include "base/str.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	APPLICATION_ID = 0x6d637431, /* "mct1" */
	BUSY_MS = 20000,
	CHECKPOINT_BUSY_MS = 60000,
	BUSY_CLOSE = 2000, /* looks a millisecond apart, and after them: */
	BUSY_FAR_MS = 5,
	CHECKPOINT_SAFE_VERSION = 3051003
};

static bool pragma_int(struct store *s, const char *pragma, int64_t *out, struct err *err)
{
	sqlite3_stmt *q = NULL;
	bool ok = sqlite3_prepare_v2(s->db, pragma, -1, &q, NULL) == SQLITE_OK &&
		  sqlite3_step(q) == SQLITE_ROW;

	if (ok)
		*out = sqlite3_column_int64(q, 0);
	else
		(void)store_err(s, err, pragma);
	sqlite3_finalize(q);
	return ok;
}

static bool exec(struct store *s, const char *sql, struct err *err)
{
	return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       store_err(s, err, "the store");
}

/*
 * SQLite's own way of waiting sleeps up to a tenth of a second, and there is no queue. A
 * role with thousands of rows to write leaves the lock for some milliseconds at a time:
 * who does not look that often might never get it.
 */
static int wait_turn(void *with, int tries)
{
	const struct store *s = with;
	int nap_ms = tries < BUSY_CLOSE ? 1 : BUSY_FAR_MS;
	int waited_ms = tries < BUSY_CLOSE
				? tries
				: BUSY_CLOSE + (tries - BUSY_CLOSE) * BUSY_FAR_MS;
	const struct timespec nap = {0, (long)nap_ms * 1000000};

	if (waited_ms >= s->patience_ms)
		return 0;
	(void)nanosleep(&nap, NULL);
	return 1;
}

/* What every connection has: the log, the locks, and no checkpoint by accident. */
static bool connect_up(struct store *s, struct err *err)
{
	s->patience_ms = BUSY_MS;
	sqlite3_busy_handler(s->db, wait_turn, s);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return exec(
		s,
		"PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = FULL;"
		"PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
		"PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864;",
		err);
}

static bool copy_before_migration(struct store *s, int64_t from, struct err *err)
{
	char to[4096];

	if (from == 0 || s->is_copy)
		return true;
	store_copy_path(to, sizeof(to), s->path, SQL_MIGRATIONS);
	(void)unlink(to);
	return store_backup(s, to, err);
}

/* A migration may change the checks of a table, which nothing else may touch. */
static bool migrate(struct store *s, struct err *err)
{
	int64_t version = 0, id = 0;
	char mark[80];

	if (!exec(s, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;", err) ||
	    !pragma_int(s, "PRAGMA user_version", &version, err))
		return false;
	if (version == SQL_MIGRATIONS)
		return true;
	if (!copy_before_migration(s, version, err) || !exec(s, "BEGIN IMMEDIATE", err))
		return false;
	/* Again under the lock: another process may just have done it. */
	if (!pragma_int(s, "PRAGMA user_version", &version, err) ||
	    !pragma_int(s, "PRAGMA application_id", &id, err))
		goto undo;
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	for (; version < SQL_MIGRATIONS; version++)
		if (!exec(s, sql_migrations[version], err)) {
			(void)err_prefix(err, "migration %d", (int)version + 1);
			goto undo;
		}
	(void)snprintf(mark, sizeof(mark),
		       "PRAGMA user_version = %d; PRAGMA application_id = %d",
		       SQL_MIGRATIONS, APPLICATION_ID);
	if (!exec(s, mark, err) || !exec(s, "COMMIT", err))
		goto undo;
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return true;
undo:
	(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

/* SQLite reads a last page that was cut off as if it ended in zeros. */
static bool whole_file(struct store *s, struct err *err)
{
	int64_t pages = 0, size = 0;
	struct stat st;

	if (!pragma_int(s, "PRAGMA page_count", &pages, err) ||
	    !pragma_int(s, "PRAGMA page_size", &size, err))
		return false;
	return (stat(s->path, &st) == 0 && (int64_t)st.st_size == pages * size) ||
	       err_set(err, ERR_SETUP, "%s is cut off, or not copied whole", s->path);
}

static bool right_file(struct store *s, enum store_open_how how, struct err *err)
{
	int64_t id = 0, version = 0;

	if (!pragma_int(s, "PRAGMA application_id", &id, err) ||
	    !pragma_int(s, "PRAGMA user_version", &version, err))
		return false;
	if (id != APPLICATION_ID && (id || version || how != STORE_MIGRATE))
		return err_set(
			err, ERR_SETUP,
			"%s is not a mercat store; make one with: mercat store init",
			s->path);
	if (how == STORE_COPY && !whole_file(s, err))
		return false;
	if (version > SQL_MIGRATIONS)
		return err_set(
			err, ERR_SETUP,
			"%s was made by a newer mercat (schema %d, this one knows %d); "
			"install that version or restore a copy",
			s->path, (int)version, SQL_MIGRATIONS);
	if (how == STORE_EXISTING && version < SQL_MIGRATIONS)
		return err_set(err, ERR_SETUP,
			       "%s is of an older version; bring it up to date with: "
			       "mercat store init",
			       s->path);
	return true;
}

bool store_open(const char *path, enum store_open_how how, struct store **out,
		struct err *err)
{
	struct store *s = calloc(1, sizeof(*s));
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
		    (how == STORE_MIGRATE ? SQLITE_OPEN_CREATE : 0);
	mode_t before;
	int rc;

	if (!s)
		PANIC("no memory for the store");
	s->arena = arena_new(4096);
	s->is_copy = how == STORE_COPY;
	s->path = strdup(path);
	if (!s->path)
		PANIC("no memory for the store's name");
	before = umask(077);
	/* Nobody asks how much is allocated; counting it locks at each allocation. Only
	 * the first store of a process can say so, the others are told so too late. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	rc = sqlite3_open_v2(path, &s->db, flags, NULL);
	if (rc != SQLITE_OK) {
		(void)err_set(
			err, ERR_SETUP,
			"%s: cannot be opened (%s); make it with: mercat store init",
			path, sqlite3_errstr(rc));
	} else if (connect_up(s, err) && store_has_around(s, err) &&
		   right_file(s, how, err) &&
		   (how == STORE_EXISTING || migrate(s, err))) {
		(void)umask(before);
		*out = s;
		return true;
	}
	(void)umask(before);
	store_close(&s);
	return false;
}

void store_close(struct store **store)
{
	if (!store || !*store)
		return;
	for (int i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize((*store)->cached[i]);
	sqlite3_finalize((*store)->data_version);
	sqlite3_finalize((*store)->begin);
	sqlite3_finalize((*store)->look);
	sqlite3_finalize((*store)->commit);
	for (int i = 0; i < STORE_KEPT_SAVEPOINTS; i++) {
		sqlite3_finalize((*store)->save[i]);
		sqlite3_finalize((*store)->release[i]);
	}
	if (sqlite3_close((*store)->db) != SQLITE_OK)
		PANIC("the store was closed with a statement still open");
	arena_free(&(*store)->arena);
	free((*store)->path);
	free(*store);
	*store = NULL;
}

int64_t store_version(struct store *store)
{
	struct err err = {0};
	int64_t n = 0;

	if (!store->data_version &&
	    sqlite3_prepare_v3(store->db, "PRAGMA data_version", -1,
			       SQLITE_PREPARE_PERSISTENT, &store->data_version,
			       NULL) != SQLITE_OK)
		return 0;
	if (sqlite3_step(store->data_version) == SQLITE_ROW)
		n = sqlite3_column_int64(store->data_version, 0);
	else
		(void)store_err(store, &err, "data_version");
	sqlite3_reset(store->data_version);
	return n;
}

int64_t store_log_bytes(struct store *store)
{
	char path[4096];
	struct stat st;

	(void)snprintf(path, sizeof(path), "%s-wal", store->path);
	return stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

/*
 * TRUNCATE takes the writer's lock before it reads the log's header and keeps it to
 * the end; that is what closes the race. A busy handler that gave up before that lock
 * would make SQLite go on as PASSIVE, which races, so this one waits long.
 */
bool store_checkpoint(struct store *store, struct err *err)
{
	int rc;

	store->patience_ms = CHECKPOINT_BUSY_MS;
	rc = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
				       NULL);
	store->patience_ms = BUSY_MS;
	if (rc == SQLITE_OK)
		return true;
	return store_err(store, err, "checkpoint");
}

bool store_backup(struct store *store, const char *to, struct err *err)
{
	sqlite3 *copy = NULL;
	sqlite3_backup *backup;
	mode_t before;
	int rc;

	if (access(to, F_OK) == 0)
		return err_set(err, ERR_CONFLICT, "%s exists already; name a new file",
			       to);
	before = umask(077);
	rc = sqlite3_open(to, &copy);
	(void)umask(before);
	if (rc == SQLITE_OK) {
		backup = sqlite3_backup_init(copy, "main", store->db, "main");
		rc = backup ? sqlite3_backup_step(backup, -1) : sqlite3_errcode(copy);
		if (backup)
			(void)sqlite3_backup_finish(backup);
	}
	if (rc != SQLITE_DONE && rc != SQLITE_OK)
		(void)err_set(err, ERR_SYSTEM, "%s: the copy failed: %s", to,
			      sqlite3_errstr(rc));
	(void)sqlite3_close(copy);
	if (rc == SQLITE_DONE || rc == SQLITE_OK)
		return true;
	(void)unlink(to);
	return false;
}

static bool check_says_ok(struct store *s, const char *sql, const char *want,
			  struct err *err)
{
	sqlite3_stmt *q = NULL;
	bool ok = true;
	int rc = sqlite3_prepare_v2(s->db, sql, -1, &q, NULL);

	while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
		const char *said = (const char *)sqlite3_column_text(q, 0);

		if (!want || !str_eq(said, want)) {
			ok = err_set(err, ERR_SYSTEM, "%s: %s: %s; restore a copy",
				     s->path, sql, str_or(said, "?"));
			break;
		}
		rc = SQLITE_OK;
	}
	if (ok && rc != SQLITE_OK && rc != SQLITE_DONE)
		ok = store_err(s, err, sql);
	sqlite3_finalize(q);
	return ok;
}

bool store_check_quick(struct store *store, struct err *err)
{
	return check_says_ok(store, "PRAGMA quick_check(1)", "ok", err);
}

bool store_check(struct store *store, struct err *err)
{
	return check_says_ok(store, "PRAGMA integrity_check", "ok", err) &&
	       check_says_ok(store, "PRAGMA foreign_key_check", NULL, err) &&
	       exec(store,
		    "INSERT INTO parsed_fts (parsed_fts, rank) VALUES ('integrity-check', 1)",
		    err);
}

void store_about(char *to, size_t room)
{
	(void)snprintf(
		to, room, "SQLite %s, schema %d, %s", sqlite3_libversion(),
		SQL_MIGRATIONS,
		sqlite3_libversion_number() >= CHECKPOINT_SAFE_VERSION
			? "checkpoints safe"
			: "checkpoint race of this SQLite guarded: only mercat checkpoints");
}
