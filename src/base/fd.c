#include "base/fd.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

void fd_close(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

bool fd_nonblock(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0;
}

bool fd_write_all(int fd, const void *bytes, size_t len, struct err *err)
{
	const char *from = bytes;

	while (len) {
		ssize_t n = write(fd, from, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, ERR_SYSTEM, "write: %s", strerror(errno));
		from += n;
		len -= (size_t)n;
	}
	return true;
}

bool fd_read_all(int fd, const char *name, struct buf *to, struct err *err)
{
	for (;;) {
		size_t want = to->max - to->len < 65536 ? to->max - to->len + 1 : 65536;
		char chunk[65536];
		ssize_t n = read(fd, chunk, want);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, ERR_SYSTEM, "%s: %s", name, strerror(errno));
		if (n == 0)
			return true;
		buf_add(to, chunk, (size_t)n);
		if (buf_cut(to))
			return err_set(err, ERR_INPUT, "%s: larger than %zu bytes", name,
				       to->max);
	}
}

bool fd_take(int fd, struct buf *to)
{
	char some[65536];
	ssize_t n = read(fd, some, sizeof(some));

	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	buf_add(to, some, (size_t)n);
	return n > 0;
}

bool fd_read_file(const char *path, struct buf *to, struct err *err)
{
	AUTO_FD fd = -1;

	if (str_eq(path, "-"))
		return fd_read_all(STDIN_FILENO, "standard input", to, err);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_set(err, errno == ENOENT ? ERR_ABSENT : ERR_SYSTEM, "%s: %s",
			       path, strerror(errno));
	return fd_read_all(fd, path, to, err);
}

void fd_folder_of(const char *path, char out[PATH_MAX])
{
	char *slash;

	str_copy(out, PATH_MAX, path);
	slash = strrchr(out, '/');
	if (slash)
		slash[slash == out] = '\0';
	else
		str_copy(out, PATH_MAX, ".");
}

static bool fsync_folder_of(const char *path)
{
	char folder[PATH_MAX];
	AUTO_FD fd = -1;

	fd_folder_of(path, folder);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd >= 0 && fsync(fd) == 0;
}

bool fd_write_file(const char *path, const void *bytes, size_t len, unsigned mode,
		   struct err *err)
{
	char beside[PATH_MAX];
	AUTO_FD fd = -1;

	if (snprintf(beside, sizeof(beside), "%s.new.%d", path, (int)getpid()) >=
	    (int)sizeof(beside))
		return err_set(err, ERR_INPUT, "%s: the name is too long", path);
	fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	if (fd < 0)
		return err_set(err, ERR_SYSTEM, "%s: %s", beside, strerror(errno));
	if (!fd_write_all(fd, bytes, len, err)) {
		(void)unlink(beside);
		return err_prefix(err, "%s", path);
	}
	if (fsync(fd) || rename(beside, path) || !fsync_folder_of(path)) {
		int why = errno;

		(void)unlink(beside);
		return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(why));
	}
	return true;
}

bool fd_make_dirs(const char *path, unsigned mode, struct err *err)
{
	char part[PATH_MAX];

	if (strlen(path) >= sizeof(part))
		return err_set(err, ERR_INPUT, "%.60s...: the name is too long", path);
	for (const char *at = path; at; at = strchr(at + 1, '/')) {
		str_copy(part, at == path ? 1 : (size_t)(at - path) + 1, path);
		if (*part && mkdir(part, mode) && errno != EEXIST)
			return err_set(err, ERR_SYSTEM, "%s: %s", part, strerror(errno));
	}
	if (mkdir(path, mode) && errno != EEXIST)
		return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
	return true;
}
