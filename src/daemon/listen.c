#include "daemon/listen.h"
#include "base/fd.h"
#include "base/str.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

enum { BACKLOG = 1024, SOCKET_MODE = 0666 };

union address {
	struct sockaddr any;
	struct sockaddr_in in4;
	struct sockaddr_in6 in6;
	struct sockaddr_un local;
};

static bool wrong(const struct settings *s, const char *why, struct err *err)
{
	return err_set(err, ERR_SETUP,
		       "%s: web.listen is \"%s\": %s; write it as \"127.0.0.1:8080\" or "
		       "\"unix:/run/mercat/web.sock\"",
		       s->file, s->web_listen, why);
}

/* "127.0.0.1:8080", "[::1]:8080" */
static bool read_inet(const struct settings *s, union address *to, socklen_t *len,
		      struct err *err)
{
	const char *colon = strrchr(s->web_listen, ':');
	char host[64] = "";
	int64_t port;
	size_t host_len;
	struct err bad = {0};

	if (!colon || !str_to_int(colon + 1, 1, 65535, &port, &bad))
		return wrong(s, "its port is missing", err);
	host_len = (size_t)(colon - s->web_listen);
	if (host_len < sizeof(host))
		memcpy(host, s->web_listen, host_len);
	if (str_eq(host, "[::1]")) {
		to->in6 = (struct sockaddr_in6){.sin6_family = AF_INET6,
						.sin6_port = htons((uint16_t)port),
						.sin6_addr = IN6ADDR_LOOPBACK_INIT};
		*len = sizeof(to->in6);
		return true;
	}
	to->in4 = (struct sockaddr_in){.sin_family = AF_INET,
				       .sin_port = htons((uint16_t)port)};
	*len = sizeof(to->in4);
	if (inet_pton(AF_INET, str_eq(host, "localhost") ? "127.0.0.1" : host,
		      &to->in4.sin_addr) != 1 ||
	    ntohl(to->in4.sin_addr.s_addr) >> 24 != 127)
		return wrong(s,
			     "that is no address of this machine's loopback, and the "
			     "pages have no TLS of their own",
			     err);
	return true;
}

/* A socket that nobody listens on any more is in the way of the next one. */
static void clear_away(const union address *at)
{
	AUTO_FD probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (probe >= 0 && connect(probe, &at->any, sizeof(at->local)) &&
	    errno == ECONNREFUSED)
		(void)unlink(at->local.sun_path);
}

static bool read_local(const struct settings *s, union address *to, socklen_t *len,
		       struct err *err)
{
	const char *path = s->web_listen + strlen("unix:");

	if (*path != '/' || strlen(path) >= sizeof(to->local.sun_path))
		return wrong(s, "the path must be whole, and shorter than 108 bytes",
			     err);
	to->local = (struct sockaddr_un){.sun_family = AF_UNIX};
	str_copy(to->local.sun_path, sizeof(to->local.sun_path), path);
	*len = sizeof(to->local);
	clear_away(to);
	return true;
}

bool listen_open(const struct settings *s, int *out_fd, struct err *err)
{
	union address at = {0};
	socklen_t len = 0;
	bool local = str_starts(s->web_listen, "unix:");
	AUTO_FD fd = -1;
	const int yes = 1;

	if (sd_listen_fds(1) > 0) {
		*out_fd = SD_LISTEN_FDS_START;
		return true;
	}
	if (!*s->web_listen)
		return wrong(s, "the pages are served nowhere", err);
	if (!(local ? read_local(s, &at, &len, err) : read_inet(s, &at, &len, err)))
		return false;
	fd = socket(at.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_set(err, ERR_SYSTEM, "no socket for the pages: %s",
			       strerror(errno));
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (bind(fd, &at.any, len) || listen(fd, BACKLOG))
		return err_set(err, ERR_SETUP,
			       "the pages cannot be served on %s: %s; see what else "
			       "listens there, or change web.listen in %s",
			       s->web_listen, strerror(errno), s->file);
	if (local)
		(void)chmod(at.local.sun_path, SOCKET_MODE);
	*out_fd = fd;
	fd = -1;
	return true;
}
