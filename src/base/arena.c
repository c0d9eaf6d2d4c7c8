#include "base/arena.h"
#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Where the sanitizers are at work, what was not handed out is forbidden ground, and a gap of
 * it lies behind each piece: a look past the end of one shows, as it would with malloc().
 */
#ifdef MERCAT_SANITIZED
#include <sanitizer/asan_interface.h>
enum { GAP = 1 };
#define FORBID(at, bytes) ASAN_POISON_MEMORY_REGION((at), (bytes))
#define ALLOW(at, bytes) ASAN_UNPOISON_MEMORY_REGION((at), (bytes))
#else
enum { GAP = 0 };
#define FORBID(at, bytes) ((void)0)
#define ALLOW(at, bytes) ((void)0)
#endif

enum { ALIGN = 16, FIRST_ROOM = 8, BYTES_MOST = 1 << 30 };

struct chunk {
	struct chunk *before;
	size_t used, size;
	_Alignas(ALIGN) char bytes[];
};

struct arena {
	struct chunk *top;
	size_t total;
};

static struct chunk *chunk_new(size_t size, struct chunk *before)
{
	struct chunk *c = malloc(sizeof(*c) + size);

	if (!c)
		PANIC("no memory for %zu bytes", size);
	c->before = before;
	c->used = 0;
	c->size = size;
	FORBID(c->bytes, size);
	return c;
}

struct arena *arena_new(size_t first_chunk_bytes)
{
	struct arena *a = malloc(sizeof(*a));

	if (!a)
		PANIC("no memory for an arena");
	if (first_chunk_bytes < 256)
		first_chunk_bytes = 256;
	a->top = chunk_new(first_chunk_bytes, NULL);
	a->total = first_chunk_bytes;
	return a;
}

void arena_reset(struct arena *arena)
{
	while (arena->top->before) {
		struct chunk *dead = arena->top;

		arena->top = dead->before;
		arena->total -= dead->size;
		free(dead);
	}
	arena->top->used = 0;
	FORBID(arena->top->bytes, arena->top->size);
}

void arena_free(struct arena **arena)
{
	if (!arena || !*arena)
		return;
	arena_reset(*arena);
	free((*arena)->top);
	free(*arena);
	*arena = NULL;
}

static void *take(struct arena *a, size_t bytes)
{
	struct chunk *c = a->top;
	size_t need = (bytes + GAP + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	char *piece;

	if (need < bytes)
		PANIC("allocation of %zu bytes", bytes);
	if (c->size - c->used < need) {
		size_t size = c->size * 2 > (1u << 20) ? (1u << 20) : c->size * 2;

		if (size < need)
			size = need;
		if (a->total + size > BYTES_MOST)
			PANIC("arena past its maximum of %d bytes", BYTES_MOST);
		c = a->top = chunk_new(size, c);
		a->total += size;
	}
	piece = c->bytes + c->used;
	c->used += need;
	ALLOW(piece, bytes);
	return piece;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
	return memset(take(arena, bytes ? bytes : 1), 0, bytes);
}

void *arena_memdup(struct arena *arena, const void *from, size_t bytes)
{
	void *to = take(arena, bytes ? bytes : 1);

	if (bytes)
		memcpy(to, from, bytes);
	return to;
}

char *arena_strndup(struct arena *arena, const char *from, size_t bytes)
{
	char *to;

	if (bytes == SIZE_MAX)
		PANIC("string of the size of memory");
	to = take(arena, bytes + 1);
	if (bytes)
		memcpy(to, from, bytes);
	to[bytes] = '\0';
	return to;
}

char *arena_strdup(struct arena *arena, const char *from)
{
	return from ? arena_strndup(arena, from, strlen(from)) : NULL;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	struct chunk *c = arena->top;
	size_t room = c->size - c->used;
	va_list args, again;
	char *free_from = c->bytes + c->used, *to;
	int len;

	va_start(args, format);
	va_copy(again, args);
	/* Written where it will lie if there is room: to count what has none takes as long. */
	ALLOW(free_from, room);
	len = vsnprintf(free_from, room, format, args);
	FORBID(free_from, room);
	ASSERT(len >= 0);
	to = take(arena, (size_t)len + 1);
	if (to != free_from)
		(void)vsnprintf(to, (size_t)len + 1, format, again);
	va_end(again);
	va_end(args);
	return to;
}

void *arena_array(struct arena *arena, size_t count, size_t item_bytes)
{
	if (item_bytes && count > SIZE_MAX / item_bytes)
		PANIC("array of %zu times %zu bytes", count, item_bytes);
	return arena_alloc(arena, count * item_bytes);
}

/* An array holds FIRST_ROOM items, then twice as many each time it is full. */
void *arena_grow(struct arena *arena, void *array, size_t count, size_t item_bytes)
{
	char *to = array;

	if (count == 0)
		to = arena_array(arena, FIRST_ROOM, item_bytes);
	else if (count >= FIRST_ROOM && (count & (count - 1)) == 0) {
		size_t bytes = count * item_bytes;

		if (item_bytes && count > SIZE_MAX / 4 / item_bytes)
			PANIC("array of %zu times %zu bytes", count, item_bytes);
		to = take(arena, bytes * 2);
		memcpy(to, array, bytes);
		memset(to + bytes, 0,
		       bytes); /* what is copied over was no use to clear */
	}
	memset(to + count * item_bytes, 0, item_bytes);
	return to;
}
