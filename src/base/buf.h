/*
 * buf - a growing byte buffer that is born with a maximum.
 *
 * The bytes always have a NUL behind them (not counted), so buf_text() is a C
 * string when no NUL was put in.
 *
 * Units      sizes are bytes.
 * Ownership  the buffer owns its bytes; buf_free() or AUTO(buf) gives them back.
 *            buf_take() hands them to the caller, who calls free().
 * Errors     what would pass the maximum is cut off there and buf_cut() is true
 *            from then on: check it once at the end. A letter of UTF-8 that buf_add()
 *            and what stands on it would leave half becomes blanks. No memory aborts.
 */
#ifndef MERCAT_BASE_BUF_H
#define MERCAT_BASE_BUF_H

#include "base/attr.h"

#include <stdarg.h>

struct buf {
	char *bytes;
	size_t len;
	size_t room;
	size_t max;
	bool cut;
};

/* A buffer on the heap, for AUTO(buf) b = buf_new(MAX). */
struct buf *buf_new(size_t max_bytes) MUST_USE;
void buf_free(struct buf **buf);
static inline void buf_auto(struct buf **buf)
{
	buf_free(buf);
}

/* The same for a buffer that lives inside something else. */
void buf_init(struct buf *buf, size_t max_bytes);
void buf_clear(struct buf *buf); /* gives the bytes back; buf may be used again */

void buf_reset(struct buf *buf); /* empty, room kept, not cut */
void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_str(struct buf *buf, const char *text); /* NULL adds nothing */
/* Asked for each letter of much text. */
static inline void buf_char(struct buf *buf, char c)
{
	if (buf->len + 1 >= buf->room || buf->len >= buf->max || buf->cut) {
		buf_add(buf, &c, 1);
		return;
	}
	buf->bytes[buf->len++] = c;
	buf->bytes[buf->len] = '\0';
}
void buf_printf(struct buf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
void buf_vprintf(struct buf *buf, const char *format, va_list args) PRINTF_LIKE(2, 0);
/* White space of any kind as one blank, and none at the ends. */
void buf_one_line(struct buf *buf, const char *text);
void buf_drop_front(struct buf *buf, size_t len);

/* Room for at least len more bytes at the end, or NULL past the maximum; then
 * buf_wrote(). */
char *buf_reserve(struct buf *buf, size_t len) MUST_USE;
void buf_wrote(struct buf *buf, size_t len);

const char *buf_text(const struct buf *buf) MUST_USE; /* never NULL */
char *buf_take(struct buf *buf) MUST_USE;             /* malloc'd, NUL-terminated */
static inline bool buf_cut(const struct buf *buf)
{
	return buf->cut;
}

#endif
