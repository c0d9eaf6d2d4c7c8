/*
 * process listen - the socket that the pages are served on.
 *
 * Opened by the master before it drops its rights, or handed in by the service manager
 * (process/service.h); a role only takes visitors of it.
 *
 * Errors     ERR_SETUP: web.listen is no loopback address or unix socket, or somebody
 *            else listens there. ERR_SYSTEM: anything else.
 */
#ifndef MERCAT_PROCESS_LISTEN_H
#define MERCAT_PROCESS_LISTEN_H

#include "base/arena.h"
#include "settings/settings.h"

#include <sys/types.h>

/* Who may connect to a unix socket, by web.socket_group; found before the sandbox. */
struct listen_peers {
	bool asked; /* else everybody may */
	gid_t group;
	uid_t *members;
	size_t count;
};

bool listen_peers_find(const struct settings *settings, struct arena *arena,
		       struct listen_peers **out, struct err *err) MUST_USE;
/* By what the kernel says of the other end: root, ourselves, the group and its members. */
bool listen_admits(const struct listen_peers *peers, int fd) MUST_USE;
bool listen_open(const struct settings *settings, int *out_fd, struct err *err) MUST_USE;

#endif
