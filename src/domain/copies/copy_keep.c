#include "domain/copies/copy_keep.h"
#include "base/fd.h"
#include "base/str.h"
#include "domain/core/audit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PATH_ROOM = 4096, NAME_LEN = sizeof("mercat-20270203T020000Z.db") - 1 };

bool copy_file(const char *from, const char *to, struct err *err)
{
	AUTO_FD in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	AUTO_FD out = -1;
	char bytes[1 << 16];
	ssize_t n;

	if (in < 0)
		return err_set(err, ERR_SYSTEM, "%s: %s", from, strerror(errno));
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out < 0)
		return err_set(err, ERR_SYSTEM, "%s: %s", to, strerror(errno));
	while ((n = read(in, bytes, sizeof(bytes))) > 0)
		if (!fd_write_all(out, bytes, (size_t)n, err))
			return unlink(to), err_prefix(err, "%s", to);
	if (n < 0 || fsync(out)) {
		(void)err_set(err, ERR_SYSTEM, "%s: %s", n < 0 ? from : to,
			      strerror(errno));
		(void)unlink(to);
		return false;
	}
	return true;
}

static bool sync_folder(const char *folder, struct err *err)
{
	AUTO_FD fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return (fd >= 0 && fsync(fd) == 0) ||
	       err_set(err, ERR_SYSTEM, "%s: %s", folder, strerror(errno));
}

void copy_trial_remove(const char *folder)
{
	static const char *const names[] = {"mercat.db",     "mercat.db-wal",
					    "mercat.db-shm", "mercat.db-journal",
					    "mercat.key",    NULL};
	char path[PATH_ROOM + 40];

	if (!folder)
		return;
	for (size_t i = 0; names[i]; i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		(void)unlink(path);
	}
	(void)rmdir(folder);
}

/* The copies that an upgrade leaves beside it go with the trial, too. */
static bool prove(struct operation *op, const char *path, struct err *err)
{
	AUTO(store) s = NULL;
	struct operation of = *op;
	char head[SECRET_SHA256_HEX];
	int64_t rows;

	if (!store_open(path, STORE_COPY, &s, err) || !store_check(s, err))
		return false;
	of.store = s;
	return audit_verify(&of, &rows, head, err);
}

bool copy_trial(struct operation *op, struct arena *arena, const char *file,
		const char *folder, const char **out_folder, struct err *err)
{
	char *trial = arena_printf(arena, "%s/.restore-XXXXXX", folder);
	const char *path;

	if (!mkdtemp(trial))
		return err_set(err, ERR_SYSTEM, "%s: %s", folder, strerror(errno));
	path = arena_printf(arena, "%s/mercat.db", trial);
	if (copy_file(file, path, err) && prove(op, path, err)) {
		*out_folder = trial;
		return true;
	}
	copy_trial_remove(trial);
	return false;
}

/* mercat-20270203T020000Z.db, and nothing else. */
static bool is_copy_name(const char *name, int64_t *out_at)
{
	struct tm tm = {0};
	const char *end;

	if (strlen(name) != NAME_LEN)
		return false;
	end = strptime(name, "mercat-%Y%m%dT%H%M%SZ.db", &tm);
	if (!end || *end)
		return false;
	*out_at = (int64_t)timegm(&tm);
	return true;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of all copies, the oldest first. */
static bool list_copies(struct arena *arena, const char *folder, const char ***out,
			size_t *out_count, struct err *err)
{
	DIR *dir = opendir(folder);
	const struct dirent *one;
	const char **names = NULL;
	size_t count = 0;
	int64_t at;

	if (!dir)
		return err_set(err, ERR_SYSTEM, "%s: %s", folder, strerror(errno));
	while ((one = readdir(dir)) != NULL)
		if (is_copy_name(one->d_name, &at)) {
			names = arena_grow(arena, names, count, sizeof(*names));
			names[count++] = arena_strdup(arena, one->d_name);
		}
	(void)closedir(dir);
	if (count)
		qsort(names, count, sizeof(*names), by_name);
	*out = names;
	*out_count = count;
	return true;
}

static const char *key_of(struct arena *arena, const char *file)
{
	return arena_printf(arena, "%.*s.key", (int)(strlen(file) - strlen(".db")), file);
}

bool copy_make(struct operation *op, struct arena *arena, const char *folder,
	       const char **out_file, struct err *err)
{
	time_t now = (time_t)op->now;
	struct tm tm;
	char name[NAME_LEN + 1];
	const char *file, *partial, *key, *trial = NULL;
	bool ok;

	if (!gmtime_r(&now, &tm))
		PANIC("no such time");
	(void)strftime(name, sizeof(name), "mercat-%Y%m%dT%H%M%SZ.db", &tm);
	file = arena_printf(arena, "%s/%s", folder, name);
	partial = arena_printf(arena, "%s.partial", file);
	key = key_of(arena, file);
	if (!fd_make_dirs(folder, 0700, err))
		return false;
	if (access(file, F_OK) == 0)
		return err_set(err, ERR_CONFLICT, "%s exists already", file);
	(void)unlink(partial);
	(void)unlink(key);
	ok = store_backup(op->store, partial, err) &&
	     copy_trial(op, arena, partial, folder, &trial, err) &&
	     copy_file(settings_key_path(op->settings), key, err);
	copy_trial_remove(trial);
	if (ok && rename(partial, file))
		ok = err_set(err, ERR_SYSTEM, "%s: %s", file, strerror(errno));
	if (!ok) {
		(void)unlink(partial);
		(void)unlink(key);
		return false;
	}
	*out_file = file;
	return sync_folder(folder, err);
}

bool copies_rotate(const char *folder, int64_t keep, int64_t *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 12);
	const char **names;
	size_t count;

	*out = 0;
	if (!list_copies(arena, folder, &names, &count, err))
		return false;
	for (size_t i = 0; (int64_t)(count - i) > keep; i++) {
		const char *file = arena_printf(arena, "%s/%s", folder, names[i]);

		if (unlink(file))
			return err_set(err, ERR_SYSTEM, "%s cannot be removed: %s", file,
				       strerror(errno));
		(void)unlink(key_of(arena, file));
		++*out;
	}
	return true;
}

bool copy_newest(struct arena *arena, const char *folder, const char **out_file,
		 int64_t *out_at, struct err *err)
{
	const char **names;
	size_t count;

	if (!list_copies(arena, folder, &names, &count, err))
		return false;
	if (!count)
		return err_set(err, ERR_ABSENT, "there is no copy of the store in %s",
			       folder);
	*out_file = arena_printf(arena, "%s/%s", folder, names[count - 1]);
	if (!is_copy_name(names[count - 1], out_at))
		PANIC("a copy without its name");
	return true;
}
