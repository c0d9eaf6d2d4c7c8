#include "process/listen.h"
#include "base/fd.h"
#include "base/str.h"
#include "process/service.h"

#include <arpa/inet.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024, SOCKET_MODE = 0660, MEMBERS_MOST = 64 };

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

static bool find_group(const struct settings *s, const struct group **out,
		       struct err *err)
{
	*out = getgrnam(s->socket_group);
	return *out || err_set(err, ERR_SETUP,
			       "%s: web.socket_group is \"%s\", and there is no such group",
			       s->file, s->socket_group);
}

static bool give_to_group(const struct settings *s, const char *path, struct err *err)
{
	const struct group *group = NULL;

	if (*s->socket_group && !find_group(s, &group, err))
		return false;
	if ((group && chown(path, (uid_t)-1, group->gr_gid)) || chmod(path, SOCKET_MODE))
		return err_set(err, ERR_SETUP,
			       "the socket %s cannot be given to the group \"%s\": %s; make "
			       "mercat's user a member of it",
			       path, s->socket_group, strerror(errno));
	return true;
}

bool listen_peers_find(const struct settings *s, struct arena *arena,
		       struct listen_peers **out, struct err *err)
{
	struct listen_peers *peers = arena_make(arena, struct listen_peers, 1);
	const struct group *group;

	*out = peers;
	if (!*s->socket_group || !str_starts(s->web_listen, "unix:"))
		return true;
	if (!find_group(s, &group, err))
		return false;
	peers->group = group->gr_gid;
	peers->members = arena_make(arena, uid_t, MEMBERS_MOST);
	for (char **name = group->gr_mem; *name && peers->count < MEMBERS_MOST; name++) {
		const struct passwd *who = getpwnam(*name);

		if (who)
			peers->members[peers->count++] = who->pw_uid;
	}
	peers->asked = true;
	return true;
}

bool listen_admits(const struct listen_peers *peers, int fd)
{
	struct ucred who;
	socklen_t len = sizeof(who);

	if (!peers->asked)
		return true;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &len))
		return false;
	if (who.uid == 0 || who.uid == geteuid() || who.gid == peers->group)
		return true;
	for (size_t i = 0; i < peers->count; i++)
		if (peers->members[i] == who.uid)
			return true;
	return false;
}

bool listen_open(const struct settings *s, int *out_fd, struct err *err)
{
	union address at = {0};
	socklen_t len = 0;
	bool local = str_starts(s->web_listen, "unix:");
	AUTO_FD fd = -1;
	const int yes = 1;

	*out_fd = service_socket();
	if (*out_fd >= 0)
		return true;
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
	if (local && !give_to_group(s, at.local.sun_path, err))
		return false;
	*out_fd = fd;
	fd = -1;
	return true;
}
