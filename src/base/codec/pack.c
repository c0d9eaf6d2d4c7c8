#include "base/codec/pack.h"
#include "base/err.h"
#include "base/str.h"

static const int64_t ABSENT = -1;

void pack_int(struct buf *to, int64_t n)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)((uint64_t)n >> (8 * i));
	buf_add(to, bytes, sizeof(bytes));
}

void pack_bytes(struct buf *to, const void *bytes, size_t len)
{
	pack_int(to, bytes ? (int64_t)len : ABSENT);
	if (bytes)
		buf_add(to, bytes, len);
}

void pack_str(struct buf *to, const char *text)
{
	pack_bytes(to, text, text ? strlen(text) : 0);
}

void unpack_begin(struct unpack *from, const void *bytes, size_t len)
{
	from->at = bytes;
	from->end = from->at + len;
	from->bad = false;
}

static bool bad(struct unpack *from)
{
	from->bad = true;
	return false;
}

bool unpack_int(struct unpack *from, int64_t min, int64_t max, int64_t *out)
{
	uint64_t n = 0;

	if (from->bad || from->end - from->at < 8)
		return bad(from);
	for (int i = 0; i < 8; i++)
		n |= (uint64_t)from->at[i] << (8 * i);
	if ((int64_t)n < min || (int64_t)n > max)
		return bad(from);
	from->at += 8;
	*out = (int64_t)n;
	return true;
}

bool unpack_bytes(struct unpack *from, struct arena *arena, const char **out_bytes,
		  size_t *out_len)
{
	int64_t len;

	if (!unpack_int(from, ABSENT, INT64_MAX, &len))
		return false;
	if (len > from->end - from->at)
		return bad(from);
	*out_bytes = NULL;
	if (out_len)
		*out_len = 0;
	if (len == ABSENT)
		return true;
	*out_bytes = arena_strndup(arena, (const char *)from->at, (size_t)len);
	if (out_len)
		*out_len = (size_t)len;
	from->at += len;
	return true;
}

bool unpack_str(struct unpack *from, struct arena *arena, const char **out)
{
	const char *text;
	size_t len;

	if (!unpack_bytes(from, arena, &text, &len))
		return false;
	if (text && (strlen(text) != len || !str_utf8_valid(text, len)))
		return bad(from);
	*out = text;
	return true;
}
