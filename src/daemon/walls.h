/*
 * daemon walls - which files each role may open once it has begun, and from then on no others.
 *
 * Of the state folder a role gets the store's own three files, and not the folder: the key,
 * copies of the store and the files of other roles stay outside. Passwords and the key come
 * by descriptor (process/secrets.h). A role with a network gets the few files of /etc that
 * name servers and certificates are found by; when one of them is replaced the master
 * starts the role again (process/follow.h).
 *
 * Ownership  what is returned lives in the arena or for ever.
 * Errors     ERR_SYSTEM: a wall could not be built. What the kernel lacks is logged.
 */
#ifndef MERCAT_DAEMON_WALLS_H
#define MERCAT_DAEMON_WALLS_H

#include "daemon/role.h"

enum { WALLS_FOLLOWED_MOST = 96 };

/* The store is open, and all else that needs more than the role gets is done. */
bool walls_shut_in(struct role_run *run, const struct role *role,
		   struct err *err) MUST_USE;

/* Where what a role starts may lay its files, of the one role that starts programs. */
const char *walls_work_folder(const struct role_run *run) MUST_USE;

/* Single files within a role's walls that may be replaced; how many. */
size_t walls_followed(const struct role *role, const struct settings *settings,
		      const char *mailbox, const char *out[WALLS_FOLLOWED_MOST]);
/* Folders that need no following, NULL at the end. */
const char *const *walls_open(void);

#endif
