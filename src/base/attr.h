/*
 * attr - compiler attributes and the AUTO() clean-up used everywhere.
 *
 * AUTO(arena) a = arena_new(4096); declares "struct arena *a" and calls
 * arena_auto(&a) when the scope ends. Every type used with AUTO() defines
 * NAME_auto(struct NAME **), which accepts a pointer to NULL.
 */
#ifndef MERCAT_BASE_ATTR_H
#define MERCAT_BASE_ATTR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))
#define NORETURN __attribute__((noreturn))
#define UNUSED __attribute__((unused))
#define AUTO(type) __attribute__((cleanup(type##_auto))) struct type *

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
