#include "cli/admin/store_user.h"
#include "base/attr.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool give(const char *path, const struct passwd *who, struct err *err)
{
	return chown(path, who->pw_uid, who->pw_gid) == 0 || errno == ENOENT ||
	       err_set(err, ERR_SYSTEM, "%s: cannot be given to %s: %s", path,
		       who->pw_name, strerror(errno));
}

/* Made by root, kept by the daemon's own user: else mercatd could not open it. */
bool store_give_to_user(const struct settings *s, const char *store, struct err *err)
{
	static const char *const tails[] = {"", "-wal", "-shm"};
	const struct passwd *who;
	char path[4200];

	if (!*s->user || geteuid() != 0)
		return true;
	who = getpwnam(s->user);
	if (!who)
		return err_set(err, ERR_SETUP,
			       "%s: there is no user \"%s\" on this machine", s->file,
			       s->user);
	for (size_t i = 0; i < ARRAY_LEN(tails); i++) {
		(void)snprintf(path, sizeof(path), "%s%s", store, tails[i]);
		if (!give(path, who, err))
			return false;
	}
	return give(s->state_dir, who, err) && give(settings_key_path(s), who, err);
}
