/*
 * pack - values in a row of bytes, for what one of our processes tells another.
 *
 * Both ends are the same build, so there is no versioning: little-endian integers,
 * and bytes with their length in front. The reader trusts nothing: the other end
 * may have been taken over by the mail that it parsed.
 *
 * Ownership  strings read are copied into the arena and end with NUL.
 * Errors     the first thing that does not fit makes every later read false.
 */
#ifndef MERCAT_BASE_PACK_H
#define MERCAT_BASE_PACK_H

#include "base/arena.h"
#include "base/buf.h"

struct unpack {
	const unsigned char *at, *end;
	bool bad;
};

void pack_int(struct buf *to, int64_t n);
void pack_bytes(struct buf *to, const void *bytes, size_t len);
void pack_str(struct buf *to, const char *text); /* NULL stays NULL */

void unpack_begin(struct unpack *from, const void *bytes, size_t len);
bool unpack_int(struct unpack *from, int64_t min, int64_t max, int64_t *out) MUST_USE;
/* out_bytes is NULL when NULL was packed. */
bool unpack_bytes(struct unpack *from, struct arena *arena, const char **out_bytes,
		  size_t *out_len) MUST_USE;
/* As unpack_bytes, and valid UTF-8 without NUL, or bad. */
bool unpack_str(struct unpack *from, struct arena *arena, const char **out) MUST_USE;
static inline bool unpack_end(const struct unpack *from)
{
	return !from->bad && from->at == from->end;
}

#endif
