#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/utf8_cut.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(struct buf *buf, size_t max_bytes)
{
	*buf = (struct buf){.max = max_bytes};
}

struct buf *buf_new(size_t max_bytes)
{
	struct buf *buf = malloc(sizeof(*buf));

	if (!buf)
		PANIC("no memory for a buffer");
	buf_init(buf, max_bytes);
	return buf;
}

void buf_clear(struct buf *buf)
{
	free(buf->bytes);
	buf_init(buf, buf->max);
}

void buf_free(struct buf **buf)
{
	if (!buf || !*buf)
		return;
	free((*buf)->bytes);
	free(*buf);
	*buf = NULL;
}

void buf_reset(struct buf *buf)
{
	buf->len = 0;
	buf->cut = false;
	if (buf->bytes)
		buf->bytes[0] = '\0';
}

char *buf_reserve(struct buf *buf, size_t len)
{
	size_t want, room;
	char *bytes;

	if (len > buf->max || buf->len > buf->max - len) {
		buf->cut = true;
		return NULL;
	}
	want = buf->len + len + 1;
	if (want > buf->room) {
		room = buf->room ? buf->room : 64;
		while (room < want)
			room *= 2;
		bytes = realloc(buf->bytes, room);
		if (!bytes)
			PANIC("no memory for %zu bytes", room);
		buf->bytes = bytes;
		buf->room = room;
	}
	return buf->bytes + buf->len;
}

void buf_wrote(struct buf *buf, size_t len)
{
	ASSERT(buf->bytes && buf->len + len < buf->room);
	buf->len += len;
	buf->bytes[buf->len] = '\0';
}

/* It stays full, or what comes later would be added behind the gap. */
static void blank_half_letter(struct buf *buf)
{
	size_t whole = utf8_whole(buf->bytes, buf->len);

	if (whole < buf->len)
		memset(buf->bytes + whole, ' ', buf->len - whole);
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	char *to;

	if (len == 0)
		return;
	if (!buf->cut && len < buf->room - buf->len && len <= buf->max - buf->len) {
		memcpy(buf->bytes + buf->len, bytes, len); /* most often */
		buf->len += len;
		buf->bytes[buf->len] = '\0';
		return;
	}
	if (len > buf->max - buf->len) {
		len = buf->max - buf->len;
		buf->cut = true;
	}
	if (len) {
		to = buf_reserve(buf, len);
		memcpy(to, bytes, len);
		buf_wrote(buf, len);
	}
	if (buf->cut && buf->len == buf->max)
		blank_half_letter(buf);
}

void buf_str(struct buf *buf, const char *text)
{
	if (text)
		buf_add(buf, text, strlen(text));
}

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
	char small[512];
	va_list again;
	char *big;
	int len;

	va_copy(again, args);
	len = vsnprintf(small, sizeof(small), format, args);
	ASSERT(len >= 0);
	if ((size_t)len < sizeof(small)) {
		buf_add(buf, small, (size_t)len);
	} else {
		big = malloc((size_t)len + 1);
		if (!big)
			PANIC("no memory for %d bytes", len);
		(void)vsnprintf(big, (size_t)len + 1, format, again);
		buf_add(buf, big, (size_t)len);
		free(big);
	}
	va_end(again);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buf_vprintf(buf, format, args);
	va_end(args);
}

void buf_drop_front(struct buf *buf, size_t len)
{
	ASSERT(len <= buf->len);
	if (len == 0)
		return;
	memmove(buf->bytes, buf->bytes + len, buf->len - len + 1);
	buf->len -= len;
}

const char *buf_text(const struct buf *buf)
{
	return buf->bytes ? buf->bytes : "";
}

char *buf_take(struct buf *buf)
{
	char *bytes;

	if (!buf->bytes && !buf_reserve(buf, 0))
		PANIC("a buffer without room");
	bytes = buf->bytes;
	bytes[buf->len] = '\0';
	buf_init(buf, buf->max);
	return bytes;
}

void buf_one_line(struct buf *buf, const char *text)
{
	size_t begun = buf->len;
	bool blank = false;

	for (; *text; text++) {
		if (str_is_space(*text)) {
			blank = buf->len > begun;
			continue;
		}
		if (blank)
			buf_char(buf, ' ');
		blank = false;
		buf_char(buf, *text);
	}
}
