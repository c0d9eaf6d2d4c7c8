/* rate limit private - what the files rate_limit*.c share and nobody else sees. */
#ifndef MERCAT_DOMAIN_RATE_LIMIT_PRIVATE_H
#define MERCAT_DOMAIN_RATE_LIMIT_PRIVATE_H

#include "domain/delivery/rate_limit.h"

enum { RATE_LIMIT_BUCKETS = 1024, RATE_LIMIT_SAID_MOST = 200 };

struct rate_limit_group {
	struct rate_limit_group *next;
	const struct settings_group *settings; /* or NULL: one domain or receiver */
	char *name;
	int64_t gap_ms;      /* 0: no limit a minute */
	int64_t next_ms;     /* when the limit allows one more */
	int64_t queue_ms;    /* the time that the last one put off was given */
	int64_t rest_ms;     /* until then nothing */
	size_t most;         /* connections; 0: no limit */
	size_t flying, well; /* well: sent since the last step up */
	bool slowed;
	char said[RATE_LIMIT_SAID_MOST];
};

struct rate_limit_relay {
	const struct settings_relay *settings;
	size_t room, flying;
	bool works;
	int64_t gap_ms, next_ms, rest_ms;
	int64_t turn; /* smooth weighted round robin */
	size_t most, well;
	char said[RATE_LIMIT_SAID_MOST];
};

struct rate_limit {
	const struct settings *settings;
	struct rate_limit_relay *relays;
	size_t relay_count, group_count, slowed;
	bool limits; /* some group may have one: else domains are not looked up */
	bool any_by_mx;
	struct mx *mx; /* borrowed; NULL: every domain for itself */
	struct rate_limit_group *buckets[RATE_LIMIT_BUCKETS];
};

#endif
