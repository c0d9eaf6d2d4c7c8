/*
 * arena - memory that lives and dies together.
 *
 * A bump allocator in chunks. Everything taken from it is freed by arena_free().
 *
 * Units      sizes are bytes; what is handed out is aligned for any type.
 * Ownership  the creator frees; pointers die with the arena or its reset.
 * Errors     no memory, or more than the arena's maximum (1 GiB), aborts.
 */
#ifndef MERCAT_BASE_ARENA_H
#define MERCAT_BASE_ARENA_H

#include "base/attr.h"

#include <stdarg.h>

struct arena;

struct arena *arena_new(size_t first_chunk_bytes) MUST_USE;
void arena_free(struct arena **arena);
static inline void arena_auto(struct arena **arena)
{
	arena_free(arena);
}

/* Gives every allocation back but keeps the first chunk for what comes next. */
void arena_reset(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t bytes) MUST_USE; /* zeroed */
void *arena_memdup(struct arena *arena, const void *from, size_t bytes) MUST_USE;
char *arena_strdup(struct arena *arena, const char *from) MUST_USE; /* NULL gives NULL */
char *arena_strndup(struct arena *arena, const char *from, size_t bytes) MUST_USE;
char *arena_printf(struct arena *arena, const char *format, ...)
	PRINTF_LIKE(2, 3) MUST_USE;

/* arena_make(a, struct thing, n): zeroed array of n things; n * size is checked. */
void *arena_array(struct arena *arena, size_t count, size_t item_bytes) MUST_USE;
#define arena_make(arena, type, count) \
	((type *)arena_array((arena), (count), sizeof(type)))

/*
 * Room for one more in a growing array that lives in the arena: returns the
 * array (moved when it was full, doubling), with the new item zeroed.
 */
void *arena_grow(struct arena *arena, void *array, size_t count,
		 size_t item_bytes) MUST_USE;

#endif
