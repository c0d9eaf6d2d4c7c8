#include "domain/core/audit_head.h"
#include "base/clock.h"
#include "base/fd.h"
#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE = 200 };

bool audit_head_now(struct operation *op, struct audit_head *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct audit_head head = {0};
	struct store_row last;

	if (store_one(op->store, arena, &last, err, SQL_AUDIT_LAST, "")) {
		head.rows = row_int(&last, "id");
		str_copy(head.hash, sizeof(head.hash), row_text(&last, "hash"));
	} else if (!err_forgive(err, ERR_ABSENT)) {
		return false;
	}
	*out = head;
	return true;
}

void audit_head_print(const struct audit_head *head, char out[AUDIT_HEAD_TEXT])
{
	(void)snprintf(out, AUDIT_HEAD_TEXT, "%" PRId64 ":%s", head->rows, head->hash);
}

static bool is_hash(const char *text)
{
	return strlen(text) == SECRET_SHA256_HEX - 1 &&
	       strspn(text, "0123456789abcdef") == SECRET_SHA256_HEX - 1;
}

bool audit_head_read(const char *text, struct audit_head *out, struct err *err)
{
	char copy[LINE], *trimmed, *hash;
	struct audit_head head = {0};
	struct err ignored = {0};

	str_copy(copy, sizeof(copy), text);
	trimmed = str_trim(copy);
	hash = strchr(trimmed, ':');
	if (hash)
		*hash++ = '\0';
	if (!hash || strlen(text) >= sizeof(copy) || !is_hash(hash) ||
	    !str_to_int(trimmed, 1, INT64_MAX, &head.rows, &ignored))
		return err_set(err, ERR_INPUT,
			       "\"%.80s\" is no head of the audit; one is a number, a colon "
			       "and 64 hex digits",
			       text);
	str_copy(head.hash, sizeof(head.hash), hash);
	*out = head;
	return true;
}

bool audit_head_stands(struct operation *op, const struct audit_head *head,
		       const char *where, struct err *err)
{
	AUTO(arena) arena = arena_new(1024);
	struct audit_head now;
	struct store_row row;

	if (store_one(op->store, arena, &row, err, SQL_AUDIT_HASH, "i", head->rows))
		return str_eq(row_text(&row, "hash"), head->hash) ||
		       err_set(err, ERR_CONFLICT,
			       "the audit was written anew: row %" PRId64
			       " is not what it was when its hash was kept (%s); compare "
			       "with a copy",
			       head->rows, where);
	if (!err_forgive(err, ERR_ABSENT) || !audit_head_now(op, &now, err))
		return false;
	return err_set(err, ERR_CONFLICT,
		       "the audit was cut off: it had %" PRId64 " rows (%s) and has %" PRId64
		       "; compare with a copy, unless an older copy was restored since",
		       head->rows, where, now.rows);
}

/* A pipe or a device would keep whoever opens it waiting, or hold nothing. */
static bool open_file(const char *file, int flags, int *out_fd, struct err *err)
{
	AUTO_FD fd = open(file, flags | O_NONBLOCK | O_CLOEXEC, 0640);
	struct stat st;

	if (fd < 0 && errno != ENXIO)
		return err_set(err, errno == ENOENT ? ERR_ABSENT : ERR_SYSTEM, "%s: %s",
			       file, strerror(errno));
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return err_set(err, ERR_SETUP,
			       "%s is no ordinary file: heads of the audit are kept in one",
			       file);
	*out_fd = fd;
	fd = -1;
	return true;
}

/* A line that a full disk has cut is ended first, so that it spoils no other. */
static bool ends_whole(int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);
	char last;

	return size <= 0 || (pread(fd, &last, 1, size - 1) == 1 && last == '\n');
}

bool audit_head_keep(const char *file, const struct audit_head *head, int64_t at,
		     struct err *err)
{
	AUTO_FD fd = -1;
	char when[CLOCK_TEXT], text[AUDIT_HEAD_TEXT], line[LINE];

	if (!open_file(file, O_RDWR | O_APPEND | O_CREAT, &fd, err))
		return false;
	clock_rfc3339(at, when);
	audit_head_print(head, text);
	(void)snprintf(line, sizeof(line), "%s%s %s\n", ends_whole(fd) ? "" : "\n", when,
		       text);
	if (!fd_write_all(fd, line, strlen(line), err))
		return err_prefix(err, "%s", file);
	return fsync(fd) == 0 ||
	       err_set(err, ERR_SYSTEM, "%s: %s", file, strerror(errno));
}

static bool line_stands(struct operation *op, const char *where, char *line,
			struct audit_heads *heads, struct err *err)
{
	char *text = strchr(line, ' '), told[LINE + 200];
	struct audit_head head;
	struct err why = {0};
	int64_t at;

	if (text)
		*text++ = '\0';
	if (!text || !clock_from_rfc3339(line, &at, &why) ||
	    !audit_head_read(text, &head, &why))
		return err_set(err, ERR_INPUT,
			       "%s: this is no head of the audit; look who wrote it, and "
			       "take the line out",
			       where);
	(void)snprintf(told, sizeof(told), "%s, of %s", where, line);
	if (!audit_head_stands(op, &head, told, err))
		return false;
	heads->count++;
	if (head.rows >= heads->last.rows) {
		heads->last = head;
		heads->last_at = at;
	}
	return true;
}

bool audit_heads_stand(struct operation *op, const char *file, struct audit_heads *out,
		       struct err *err)
{
	struct audit_heads heads = {0};
	AUTO_FD fd = -1;
	FILE *from = NULL;
	char *line = NULL, where[LINE];
	size_t room = 0;
	int64_t number = 0;
	bool ok = true;

	if (!open_file(file, O_RDONLY, &fd, err))
		return false;
	from = fdopen(fd, "r");
	if (!from)
		return err_set(err, ERR_SYSTEM, "%s: %s", file, strerror(errno));
	fd = -1; /* the stream's now */
	while (ok && getline(&line, &room, from) > 0) {
		char *text = str_trim(line);

		(void)snprintf(where, sizeof(where), "%.150s, line %" PRId64, file,
			       ++number);
		ok = !*text || line_stands(op, where, text, &heads, err);
	}
	if (ok && ferror(from))
		ok = err_set(err, ERR_SYSTEM, "%s: it cannot be read", file);
	free(line);
	(void)fclose(from);
	if (ok)
		*out = heads;
	return ok;
}
