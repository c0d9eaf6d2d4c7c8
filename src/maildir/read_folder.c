#include "maildir/maildir_private.h"

#include "base/fd.h"
#include "base/str.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t key_len(const char *name)
{
	const char *flags = strstr(name, ":2,");

	return flags ? (size_t)(flags - name) : strlen(name);
}

/* A key comes back from the caller's memory: it must not lead out of the folder. */
static bool key_ok(const char *key)
{
	size_t len = key ? strlen(key) : 0;

	return len && len < MAILDIR_KEY_MAX && key[0] != '.' && !strchr(key, '/') &&
	       key_len(key) == len;
}

static DIR *rewound(const struct maildir *maildir, enum maildir_part part,
		    struct err *err)
{
	/* Its own description: the one that is kept has one position for all. */
	int fd = openat(maildir->parts[part], ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);

	if (!folder) {
		(void)err_set(err, ERR_SYSTEM, "maildir %s: %s/ cannot be read: %s",
			      maildir->path, maildir_part_names[part], strerror(errno));
		fd_close(&fd);
	}
	return folder;
}

static void add(struct maildir *maildir, struct arena *arena, enum maildir_part part,
		const char *name, struct maildir_list *list)
{
	struct maildir_item *item;
	struct stat st;
	size_t len = key_len(name);

	if (fstatat(maildir->parts[part], name, &st, AT_SYMLINK_NOFOLLOW))
		return; /* gone since */
	if (!S_ISREG(st.st_mode) || len >= MAILDIR_KEY_MAX || !len ||
	    !str_utf8_valid(name, strlen(name))) {
		list->skipped++;
		return;
	}
	list->items = arena_grow(arena, list->items, list->count, sizeof(*list->items));
	item = &list->items[list->count++];
	item->name = arena_strdup(arena, name);
	item->key = arena_strndup(arena, name, len);
	item->is_new = part == MAILDIR_NEW;
	item->size = (size_t)st.st_size;
}

static bool list_part(struct maildir *maildir, struct arena *arena,
		      enum maildir_part part, struct maildir_list *list, struct err *err)
{
	DIR *folder = rewound(maildir, part, err);
	struct dirent *entry;

	if (!folder)
		return false;
	while ((entry = readdir(folder))) {
		if (entry->d_name[0] == '.')
			continue;
		if (list->count == MAILDIR_LIST_MAX) {
			list->more = true;
			break;
		}
		add(maildir, arena, part, entry->d_name, list);
	}
	(void)closedir(folder);
	return true;
}

static int by_key(const void *a, const void *b)
{
	const struct maildir_item *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (int)x->is_new - (int)y->is_new;
}

/* Moved from new/ to cur/ while we looked: it was seen in both, and is one. */
static void drop_twins(struct maildir_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		if (kept && !strcmp(list->items[kept - 1].key, list->items[i].key))
			continue;
		list->items[kept++] = list->items[i];
	}
	list->count = kept;
}

bool maildir_list(struct maildir *maildir, struct arena *arena, struct maildir_list *out,
		  struct err *err)
{
	struct maildir_list list = {0};

	/* new/ first: what moves to cur/ meanwhile is then seen twice, never missed. */
	if (!list_part(maildir, arena, MAILDIR_NEW, &list, err) ||
	    !list_part(maildir, arena, MAILDIR_CUR, &list, err))
		return false;
	if (list.count)
		qsort(list.items, list.count, sizeof(*list.items), by_key);
	drop_twins(&list);
	*out = list;
	return true;
}

static bool gone(const struct maildir *maildir, const char *key, struct err *err)
{
	return err_set(err, ERR_ABSENT, "maildir %s: mail %s is gone", maildir->path,
		       key);
}

static bool is_there(const struct maildir *maildir, enum maildir_part part,
		     const char *name)
{
	struct stat st;

	return !fstatat(maildir->parts[part], name, &st, AT_SYMLINK_NOFOLLOW);
}

static bool search(struct maildir *maildir, enum maildir_part part, const char *key,
		   char name[NAME_MAX + 1], struct err *err)
{
	DIR *folder = rewound(maildir, part, err);
	struct dirent *entry;
	bool found = false;

	if (!folder)
		return false;
	while (!found && (entry = readdir(folder))) {
		found = key_len(entry->d_name) == strlen(key) &&
			!strncmp(entry->d_name, key, strlen(key));
		if (found)
			str_copy(name, NAME_MAX + 1, entry->d_name);
	}
	(void)closedir(folder);
	return found || gone(maildir, key, err);
}

/* The mail's name now: where it was, or wherever another program has moved it. */
static bool find(struct maildir *maildir, const struct maildir_item *item,
		 enum maildir_part *out_part, char name[NAME_MAX + 1], struct err *err)
{
	const char *guess = item->name ? item->name : item->key;

	*out_part = item->is_new || !item->name ? MAILDIR_NEW : MAILDIR_CUR;
	if (key_len(guess) == strlen(item->key) && !strchr(guess, '/') &&
	    is_there(maildir, *out_part, guess)) {
		str_copy(name, NAME_MAX + 1, guess);
		return true;
	}
	for (int part = MAILDIR_CUR; part >= MAILDIR_NEW; part--) {
		*out_part = (enum maildir_part)part;
		if (search(maildir, *out_part, item->key, name, err))
			return true;
		if (err && err->kind != ERR_ABSENT)
			return false;
	}
	return false;
}

static bool check_key(const struct maildir *maildir, const char *key, struct err *err)
{
	return key_ok(key) ||
	       err_set(err, ERR_INPUT, "maildir %s: %.60s is no key of a mail",
		       maildir->path, key ? key : "nothing");
}

bool maildir_read(struct maildir *maildir, const struct maildir_item *item,
		  struct buf *to, struct err *err)
{
	char name[NAME_MAX + 1];
	enum maildir_part part;
	struct stat st;
	AUTO_FD fd = -1;

	if (!check_key(maildir, item->key, err) || !find(maildir, item, &part, name, err))
		return false;
	/* O_NONBLOCK: opening a pipe would wait for its other end. */
	fd = openat(maildir->parts[part], name,
		    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return gone(maildir, item->key, err);
	if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode))
		return err_set(err, ERR_SYSTEM, "maildir %s: %s cannot be read: %s",
			       maildir->path, name,
			       fd < 0 ? strerror(errno) : "it is no plain file");
	if (!fd_read_all(fd, name, to, err))
		return err_prefix(err, "maildir %s", maildir->path);
	return true;
}

bool maildir_seen(struct maildir *maildir, const struct maildir_item *item,
		  struct err *err)
{
	char name[NAME_MAX + 1], to[NAME_MAX + 4];
	enum maildir_part part;

	if (!check_key(maildir, item->key, err) || !find(maildir, item, &part, name, err))
		return false;
	if (part == MAILDIR_CUR)
		return true;
	(void)snprintf(to, sizeof(to), "%s%s", name, strstr(name, ":2,") ? "" : ":2,");
	if (!renameat(maildir->parts[MAILDIR_NEW], name, maildir->parts[MAILDIR_CUR], to))
		return true;
	if (errno == ENOENT)
		return gone(maildir, item->key, err);
	return err_set(err, ERR_SYSTEM, "maildir %s: %s cannot be moved to cur/: %s",
		       maildir->path, name, strerror(errno));
}
