#include "reader/inspect.h"
#include "base/arena.h"
#include "base/fd.h"
#include "base/str.h"
#include "extract/extract.h"
#include "reader/reader.h"

#include <errno.h>

enum {
	FILE_MAX = 50 * 1000 * 1000,
	BATCH_MAILS = 64,
	BATCH_BYTES = 16 << 20,
	PATH_ROOM = 8192,
	FILES_MOST = 64
};

struct batch {
	struct reader *reader;
	struct extract *extract;
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

/* What the attachments say, as far as it can be read. */
static bool read_files(struct batch *b, struct arena *a, struct mail_message *m,
		       struct err *err)
{
	for (size_t i = 0; i < m->attachment_count && i < FILES_MOST; i++) {
		struct extract_result r;

		if (!extract_text(b->extract, a, &m->attachments[i], &r, err))
			return false;
		if (r.text)
			m->attachments[i].text = r.text;
	}
	return true;
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
	for (size_t i = 0; i < n; i++)
		if (!read_files(b, a, &m[i], err))
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
	if (!extract_open(&b->extract, err)) {
		reader_close(&b->reader);
		return false;
	}
	b->arena = arena_new(1 << 16);
	return true;
}

static void end(struct batch *b)
{
	reader_close(&b->reader);
	extract_close(&b->extract);
	arena_free(&b->arena);
}

bool reader_inspect_file(const char *path, FILE *out, struct err *err)
{
	AUTO(buf) first = buf_new(1);
	struct err why = {0};
	struct batch b;
	bool ok;

	/* One among many is marked as unreadable; one alone is a mistake. */
	if (!str_eq(path, "-") && !fd_read_file(path, first, &why) && !buf_cut(first))
		return err_set(err, ERR_INPUT, "%s", why.text);
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
