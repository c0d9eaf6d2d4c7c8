#include "base/lock.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

enum { RETRY_MS = 50 };

static void holder(int fd, char *out, size_t room)
{
	ssize_t n = pread(fd, out, room - 1, 0);

	out[n > 0 ? n : 0] = '\0';
	for (char *at = out; *at; at++)
		if (!str_is_digit(*at))
			*at = '\0';
}

bool lock_holder(const char *path, int64_t *out_pid, struct err *err)
{
	AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC);
	char pid[32];

	*out_pid = 0;
	if (fd < 0 && errno != ENOENT)
		return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
	if (fd < 0 || flock(fd, LOCK_SH | LOCK_NB) == 0)
		return true;
	holder(fd, pid, sizeof(pid));
	return str_to_int(pid, 1, INT32_MAX, out_pid, err);
}

bool lock_take(const char *path, const char *what, int64_t wait_ms, int *out_fd,
	       struct err *err)
{
	int64_t until = clock_mono_ms() + wait_ms;
	AUTO_FD fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	char pid[32];
	int len;

	if (fd < 0)
		return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
	while (flock(fd, LOCK_EX | LOCK_NB)) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
		if (clock_mono_ms() >= until) {
			holder(fd, pid, sizeof(pid));
			return err_set(
				err, ERR_CONFLICT,
				"%s is running already, as process %s (%s); stop that "
				"one first",
				what, *pid ? pid : "unknown", path);
		}
		(void)usleep(RETRY_MS * 1000);
	}
	len = snprintf(pid, sizeof(pid), "%d\n", (int)getpid());
	if (ftruncate(fd, 0) || pwrite(fd, pid, (size_t)len, 0) != len)
		return err_set(err, ERR_SYSTEM, "%s: %s", path, strerror(errno));
	*out_fd = fd;
	fd = -1;
	return true;
}
