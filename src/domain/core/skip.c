#include "domain/core/skip.h"
#include "base/str.h"

static const char *const names[SKIPS] = {
	[SKIP_UNKNOWN] = "unknown",       [SKIP_NOT_ACTIVE] = "not active",
	[SKIP_TOPICS] = "topics",         [SKIP_PAUSED] = "paused",
	[SKIP_CANCELLED] = "cancelled",   [SKIP_LEFT] = "unsubscribed",
	[SKIP_STOPPED] = "bouncing",      [SKIP_COMPLAINED] = "complained",
	[SKIP_SUPPRESSED] = "suppressed", [SKIP_SETTLED] = "settled",
};

const char *skip_name(enum skip skip)
{
	return names[skip];
}

enum skip skip_named(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(names[i], name))
			return (enum skip)i;
	return SKIP_UNKNOWN;
}
