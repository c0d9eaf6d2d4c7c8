/*
 * daemon listen - the socket that the pages are served on.
 *
 * Opened by the master before it drops its rights, or handed in by the service manager
 * (sd_listen_fds(3)); a role only takes visitors of it.
 *
 * Errors     ERR_SETUP: web.listen is no loopback address or unix socket, or somebody
 *            else listens there. ERR_SYSTEM: anything else.
 */
#ifndef MERCAT_DAEMON_LISTEN_H
#define MERCAT_DAEMON_LISTEN_H

#include "settings/settings.h"

bool listen_open(const struct settings *settings, int *out_fd, struct err *err) MUST_USE;

#endif
