/*
 * store user - what root makes of the store belongs to the user that the daemon runs as.
 *
 * Errors     ERR_SETUP there is no such user; ERR_SYSTEM a file cannot be given away.
 */
#ifndef MERCAT_CLI_STORE_USER_H
#define MERCAT_CLI_STORE_USER_H

#include "settings/settings.h"

/* The store at this path with its log, its folder and its key; nothing to do but for root. */
bool store_give_to_user(const struct settings *s, const char *store,
			struct err *err) MUST_USE;

#endif
