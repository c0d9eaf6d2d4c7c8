/* The copies of the store that stand beside it: of before each migration. */
#include "base/fd.h"
#include "base/str.h"
#include "store/store_private.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <inttypes.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 4096 };

void store_copy_path(char *to, size_t room, const char *path, int version)
{
	(void)snprintf(to, room, "%s.before-%d", path, version);
}

/* Of digits alone behind ".before-": nobody else's file. */
static bool is_copy(const char *found, size_t stem)
{
	const char *version = found + stem;

	return *version && version[strspn(version, "0123456789")] == '\0';
}

/* What glob would take for a pattern is none in a name. */
static void plain(char *to, size_t room, const char *path)
{
	size_t n = 0;

	for (; *path && n + 2 < room; path++) {
		if (strchr("*?[]\\", *path))
			to[n++] = '\\';
		to[n++] = *path;
	}
	to[n] = '\0';
}

bool store_copies_remove(const char *path, int64_t before, int64_t *out, struct err *err)
{
	char pattern[2 * PATH_ROOM], name[PATH_ROOM], log[PATH_ROOM + 8];
	size_t stem = strlen(path) + strlen(".before-");
	int64_t removed = 0;
	glob_t found = {0};
	bool ok = true;

	plain(name, sizeof(name), path);
	(void)snprintf(pattern, sizeof(pattern), "%s.before-*", name);
	if (glob(pattern, GLOB_NOSORT, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++) {
			const char *one = found.gl_pathv[i];
			struct stat about;

			if (!is_copy(one, stem) || lstat(one, &about) ||
			    !S_ISREG(about.st_mode) || about.st_mtime >= before)
				continue;
			if (unlink(one) == 0) {
				(void)snprintf(log, sizeof(log), "%s-wal", one);
				(void)unlink(log);
				removed++;
			} else
				ok = err_set(
					err, ERR_SYSTEM,
					"%s cannot be removed (store.copies_kept): %s",
					one, strerror(errno));
		}
	globfree(&found);
	if (ok)
		*out = removed;
	return ok;
}

static bool move_aside(const char *path, const char *tail, const char *aside,
		       struct err *err)
{
	char from[PATH_ROOM + 8], to[PATH_ROOM + 40];

	(void)snprintf(from, sizeof(from), "%s%s", path, tail);
	(void)snprintf(to, sizeof(to), "%s%s", aside, tail);
	return rename(from, to) == 0 || errno == ENOENT ||
	       err_set(err, ERR_SYSTEM, "%s: %s", from, strerror(errno));
}

bool store_put_back(const char *from, const char *path, int64_t stamp, struct err *err)
{
	char aside[PATH_ROOM + 32], shared[PATH_ROOM + 8], folder[PATH_MAX];
	AUTO_FD dir = -1;

	(void)snprintf(aside, sizeof(aside), "%s.before-%" PRId64, path, stamp);
	(void)snprintf(shared, sizeof(shared), "%s-shm", path);
	if (!move_aside(path, "-wal", aside, err) || !move_aside(path, "", aside, err))
		return false;
	(void)unlink(shared);
	if (rename(from, path))
		return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
	fd_folder_of(path, folder);
	dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return (dir >= 0 && fsync(dir) == 0) ||
	       err_set(err, ERR_SYSTEM, "%s: %s", folder, strerror(errno));
}
