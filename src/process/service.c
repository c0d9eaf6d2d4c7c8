#include "process/service.h"
#include "base/err.h"
#include "base/fd.h"
#include "base/str.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { FIRST_FD = 3, MANY = 1024 };

bool service_tell(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	size_t len = path ? strlen(path) : 0;
	AUTO_FD fd = -1;

	if (len < 2 || len >= sizeof(to.sun_path) || !strchr("/@", *path))
		return false;
	memcpy(to.sun_path, path, len);
	if (*path == '@') /* of the abstract namespace */
		to.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	return fd >= 0 &&
	       sendto(fd, state, strlen(state), MSG_NOSIGNAL,
		      (const struct sockaddr *)&to,
		      (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)) >= 0;
}

int service_socket(void)
{
	const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
	struct err bad = {0};
	int64_t whose = 0, n = 0;
	bool ours = pid && count && str_to_int(pid, 1, INT32_MAX, &whose, &bad) &&
		    str_to_int(count, 1, MANY, &n, &bad) && whose == getpid();

	(void)unsetenv("LISTEN_PID");
	(void)unsetenv("LISTEN_FDS");
	(void)unsetenv("LISTEN_FDNAMES");
	for (int fd = FIRST_FD; ours && fd < FIRST_FD + n; fd++)
		ours = fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
	return ours ? FIRST_FD : -1;
}
