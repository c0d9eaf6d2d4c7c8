#include "process/follow.h"
#include "base/str.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Where it leads to needs no following: what is put there is within the wall too. */
static bool is_open(const struct follow *f, const char *path)
{
	char whole[PATH_MAX];

	if (!realpath(path, whole))
		return false;
	for (size_t i = 0; f->open && f->open[i]; i++) {
		size_t len = strlen(f->open[i]);

		if (strncmp(whole, f->open[i], len) == 0 && whole[len] == '/')
			return true;
	}
	return false;
}

static struct follow_mark mark_of(const char *path)
{
	struct follow_mark none = {0};
	struct stat st;

	if (stat(path, &st) != 0)
		return none;
	return (struct follow_mark){st.st_dev, st.st_ino};
}

void follow_begin(struct follow *f)
{
	for (size_t i = 0; i < f->count; i++)
		f->marks[i] = mark_of(f->paths[i]);
}

const char *follow_moved(const struct follow *f)
{
	for (size_t i = 0; i < f->count; i++) {
		struct follow_mark now = mark_of(f->paths[i]);

		if (!now.file ||
		    (now.file == f->marks[i].file && now.device == f->marks[i].device))
			continue;
		if (!is_open(f, f->paths[i]))
			return f->paths[i];
	}
	return NULL;
}
