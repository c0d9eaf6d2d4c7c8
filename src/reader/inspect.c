#include "reader/inspect.h"
#include "base/arena.h"
#include "base/fd.h"
#include "base/str.h"
#include "reader/reader.h"

#include <errno.h>

enum { FILE_MAX = 50 * 1000 * 1000, BATCH_MAILS = 64, BATCH_BYTES = 16 << 20, PATH_ROOM = 8192 };

struct batch {
	struct reader *reader;
	struct arena *arena; /* paths and raw mails */
	struct {
		const char *path;
		struct reader_mail mail;
		bool readable, cut;
	} items[BATCH_MAILS];
	size_t count, bytes;
	FILE *out;
};

static void add_limit(struct arena *arena, struct mail_message *m, const char *limit)
{
	struct mail_strings *l = &m->limits_hit;
	const char **items = arena_make(arena, const char *, l->count + 1);

	for (size_t i = 0; i < l->count; i++)
		items[i] = l->items[i];
	items[l->count++] = limit;
	l->items = items;
}

static bool flush_batch(struct batch *b, struct err *err)
{
	AUTO(arena) a = arena_new(1 << 16);
	AUTO(buf) line = buf_new((size_t)512 << 20);
	struct reader_mail mails[BATCH_MAILS];
	struct mail_message m[BATCH_MAILS];
	size_t n = 0;

	for (size_t i = 0; i < b->count; i++)
		if (b->items[i].readable)
			mails[n++] = b->items[i].mail;
	if (n && !reader_read(b->reader, a, mails, n, m, err))
		return false;
	n = 0;
	for (size_t i = 0; i < b->count; i++)
		if (b->items[i].readable && b->items[i].cut)
			add_limit(a, &m[n++], "size");
		else
			n += b->items[i].readable;
	n = 0;
	for (size_t i = 0; i < b->count; i++) {
		const char *unreadable = "unreadable";
		struct mail_message none = {.limits_hit = {&unreadable, 1}};

		reader_inspect_json(b->items[i].readable ? &m[n++] : &none,
				    b->items[i].path, line);
	}
	b->count = 0;
	b->bytes = 0;
	arena_reset(b->arena);
	if (fwrite(buf_text(line), 1, line->len, b->out) != line->len ||
	    fflush(b->out) != 0)
		return err_set(err, ERR_SYSTEM, "the output cannot be written: %s",
			       strerror(errno));
	return true;
}

static bool add_file(struct batch *b, const char *path, struct err *err)
{
	AUTO(buf) raw = buf_new(FILE_MAX);
	struct err why = {0};
	size_t i = b->count++;

	b->items[i].path = arena_strdup(b->arena, path);
	/* Of what is larger, the beginning is read, and marked as cut. */
	b->items[i].readable = fd_read_file(path, raw, &why) || buf_cut(raw);
	b->items[i].cut = buf_cut(raw);
	if (b->items[i].readable) {
		b->items[i].mail.bytes = arena_memdup(b->arena, buf_text(raw), raw->len);
		b->items[i].mail.len = raw->len;
		b->bytes += raw->len;
	}
	if (b->count == BATCH_MAILS || b->bytes > BATCH_BYTES)
		return flush_batch(b, err);
	return true;
}

static bool begin(struct batch *b, FILE *out, struct err *err)
{
	*b = (struct batch){.out = out};
	if (!reader_open(&b->reader, err))
		return false;
	b->arena = arena_new(1 << 16);
	return true;
}

static void end(struct batch *b)
{
	reader_close(&b->reader);
	arena_free(&b->arena);
}

bool reader_inspect_file(const char *path, FILE *out, struct err *err)
{
	struct batch b;
	bool ok;

	if (!begin(&b, out, err))
		return false;
	ok = add_file(&b, path, err) && (b.count == 0 || flush_batch(&b, err));
	end(&b);
	return ok;
}

bool reader_inspect_batch(FILE *in, FILE *out, struct err *err)
{
	char path[PATH_ROOM];
	struct batch b;
	bool ok;

	if (!begin(&b, out, err))
		return false;
	ok = true;
	while (ok && fgets(path, sizeof(path), in)) {
		path[strcspn(path, "\r\n")] = '\0';
		if (path[0])
			ok = add_file(&b, path, err);
	}
	if (ok && b.count)
		ok = flush_batch(&b, err);
	end(&b);
	return ok;
}
