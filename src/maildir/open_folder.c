#include "maildir/maildir_private.h"

#include "base/fd.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const maildir_part_names[MAILDIR_PARTS] = {"tmp", "new", "cur"};

static void name_host(struct maildir *maildir)
{
	char *to = maildir->host;

	if (gethostname(to, sizeof(maildir->host)) || !*to)
		str_copy(to, sizeof(maildir->host), "localhost");
	to[sizeof(maildir->host) - 1] = '\0';
	for (; *to; to++)
		if (*to == '/' || *to == ':' || *to <= ' ' || *to == 0x7F)
			*to = '_';
}

static bool open_part(struct maildir *maildir, int folder, enum maildir_part part,
		      bool create, struct err *err)
{
	const char *name = maildir_part_names[part];

	if (create && mkdirat(folder, name, 0700) && errno != EEXIST)
		return err_set(err, ERR_SYSTEM, "maildir %s: %s cannot be made: %s",
			       maildir->path, name, strerror(errno));
	maildir->parts[part] =
		openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (maildir->parts[part] < 0)
		return err_set(
			err, ERR_SETUP,
			"maildir %s: %s/ cannot be opened (%s): is this a maildir, and "
			"may mercat read it?",
			maildir->path, name, strerror(errno));
	return true;
}

bool maildir_open(const char *path, enum maildir_missing missing, struct maildir **out,
		  struct err *err)
{
	bool create = missing == MAILDIR_IS_MADE;
	AUTO(maildir) maildir = calloc(1, sizeof(*maildir));
	AUTO_FD folder = -1;

	ASSERT(maildir);
	for (int i = 0; i < MAILDIR_PARTS; i++)
		maildir->parts[i] = -1;
	maildir->path = strdup(path);
	ASSERT(maildir->path);
	name_host(maildir);
	if (create && !fd_make_dirs(path, 0700, err))
		return err_prefix(err, "maildir");
	folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return err_set(err, errno == ENOENT ? ERR_ABSENT : ERR_SETUP,
			       "maildir %s cannot be opened: %s", path, strerror(errno));
	for (int i = 0; i < MAILDIR_PARTS; i++)
		if (!open_part(maildir, folder, (enum maildir_part)i, create, err))
			return false;
	*out = maildir;
	maildir = NULL;
	return true;
}

void maildir_close(struct maildir **maildir)
{
	struct maildir *m = *maildir;

	*maildir = NULL;
	if (!m)
		return;
	for (int i = 0; i < MAILDIR_PARTS; i++)
		fd_close(&m->parts[i]);
	free(m->path);
	free(m);
}
