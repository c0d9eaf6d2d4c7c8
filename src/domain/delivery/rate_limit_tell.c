/* What holds mail back, in words. */
#include "domain/delivery/rate_limit_private.h"
#include "base/numeral.h"

#include <inttypes.h>

struct telling {
	int64_t now_ms, now_at;
	rate_limit_tell_fn *tell;
	void *with;
};

static bool say(const struct telling *t, int64_t until_ms, struct err *err,
		const char *format, ...) PRINTF_LIKE(4, 5);
static bool say(const struct telling *t, int64_t until_ms, struct err *err,
		const char *format, ...)
{
	char words[600];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	return t->tell(t->with, words,
		       until_ms ? t->now_at + (until_ms - t->now_ms + 999) / 1000 : 0,
		       err);
}

static bool tell_relay(const struct telling *t, const struct rate_limit_relay *r,
		       struct err *err)
{
	const struct settings_relay *s = r->settings;

	if (r->rest_ms > t->now_ms)
		return say(t, r->rest_ms, err,
			   "relay %s asked for less (%s); it will start again with one "
			   "connection, and gets nothing",
			   s->name, r->said);
	if (r->most)
		return say(t, 0, err,
			   "relay %s asked for less a while ago: it gets %zu of %" PRId64
			   " connections for now",
			   s->name, r->most, s->connections);
	if (r->gap_ms && r->next_ms > t->now_ms)
		return say(t, r->next_ms, err,
			   "the limit of %" PRId64 " a minute of relay %s is reached",
			   s->per_minute, s->name);
	if (!r->works)
		return say(t, 0, err, "relay %s cannot be reached", s->name);
	if (r->flying && !r->room)
		return say(t, 0, err,
			   "all %zu connections to relay %s are waiting for its answers",
			   r->flying, s->name);
	return true;
}

static bool tell_group(const struct telling *t, const struct rate_limit_group *g,
		       struct err *err)
{
	int64_t until = g->queue_ms > g->rest_ms ? g->queue_ms : g->rest_ms;

	if (g->rest_ms > t->now_ms)
		return say(t, g->rest_ms, err,
			   "%s asked for less (%s); it will start again with one "
			   "connection, and gets nothing",
			   g->name, g->said);
	if (g->most && g->queue_ms > t->now_ms)
		return say(t, until, err, "%s gets mail over %zu connection%s only",
			   g->name, g->most, plural(g->most, "", "s"));
	if (g->gap_ms && g->queue_ms > t->now_ms)
		return say(t, until, err,
			   "the limit of %" PRId64 " a minute of %s is reached",
			   60000 / g->gap_ms, g->name);
	return true;
}

bool rate_limit_tell(const struct rate_limit *p, int64_t now_ms, int64_t now_at,
		     rate_limit_tell_fn *tell, void *with, struct err *err)
{
	struct telling t = {now_ms, now_at, tell, with};

	for (size_t i = 0; i < p->relay_count; i++)
		if (!tell_relay(&t, &p->relays[i], err))
			return false;
	for (size_t i = 0; i < RATE_LIMIT_BUCKETS; i++)
		for (const struct rate_limit_group *g = p->buckets[i]; g; g = g->next)
			if (!tell_group(&t, g, err))
				return false;
	return true;
}
