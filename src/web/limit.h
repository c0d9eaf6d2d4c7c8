/*
 * web limit - how often something may be done from one place, in memory.
 *
 * A token bucket for each key: most at once, and one more each each_s. Kept in a table
 * of fixed size, so that nobody can make it grow; when it is full the bucket that was
 * touched the longest ago gives way. Keys are hashed with a random key of the process, so
 * that nobody can choose collisions. What must survive a restart stands in the store.
 *
 * Units      milliseconds of a clock that only goes forward.
 * Ownership  web_limit_free() takes what web_limit_new() made. Any number of threads.
 * Errors     none.
 */
#ifndef MERCAT_WEB_LIMIT_H
#define MERCAT_WEB_LIMIT_H

#include "base/attr.h"

struct web_limit;

struct web_limit *web_limit_new(int most, int64_t each_ms) MUST_USE;
void web_limit_free(struct web_limit **limit);
/* True when it may be done now, and counts it. */
bool web_limit_take(struct web_limit *limit, const char *key, int64_t now_ms) MUST_USE;
/* The network a visitor comes from: an IPv6 address stands for its /64. */
void web_limit_network(const char *address, char *to, size_t room);

#endif
