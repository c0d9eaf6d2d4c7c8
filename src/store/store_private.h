/* store private - what the files of this folder share and nobody else sees. */
#ifndef MERCAT_STORE_STORE_PRIVATE_H
#define MERCAT_STORE_STORE_PRIVATE_H

#include "store/store.h"

#include <sqlite3.h>

/* Savepoints deeper than this are prepared each time. */
enum { STORE_KEPT_SAVEPOINTS = 8 };

struct apart;

struct store {
	sqlite3 *db;
	char *path;
	sqlite3_stmt *cached[SQL_COUNT];
	struct arena *arena; /* for what lives as long as the store is open */
	const char *const *columns[SQL_COUNT];
	sqlite3_stmt *data_version, *begin, *look, *commit;
	sqlite3_stmt *save[STORE_KEPT_SAVEPOINTS], *release[STORE_KEPT_SAVEPOINTS];
	bool is_copy;       /* STORE_COPY: no copy of before it is brought up is wanted */
	int depth;          /* of open transactions */
	bool let_go;        /* they were rolled back, and are being left */
	store_guard *guard; /* store.h; NULL: nothing is asked */
	void *guard_of;
	bool no_room;                        /* what failed last failed for want of it */
	struct apart *apart;                 /* apart.h; NULL: nothing is run so */
	int64_t held_since_us, held_most_us; /* of this thread's processor time */
	int64_t asked;                       /* named statements since it was opened */
	int patience_ms;                     /* with other writers */
};

/* Turns SQLite's last error into ours; false. what names the act or statement. */
bool store_err(struct store *store, struct err *err, const char *what);

/* Makes around() known, around.c. */
bool store_has_around(struct store *store, struct err *err) MUST_USE;

/* A named statement from the cache, prepared when it is first asked for; NULL on error. */
sqlite3_stmt *store_take(struct store *store, enum sql_id id, struct err *err) MUST_USE;
/* Resets it and forgets what was bound, for the next one who takes it. */
void store_give_back(sqlite3_stmt *q);

/* Rolls back all that is open: others may write. Until the last of it was left, nothing is let
 * through. */
void store_let_go(struct store *store);

/* The copy that is made before the store becomes of this version. */
void store_copy_path(char *to, size_t room, const char *path, int version);

#endif
