/*
 * rate limit - which relay carries the next mail, and what has to wait for whom.
 *
 * Relays share the work by their weights; one with weight 0 stands by until no other
 * works. Limits: messages a minute of a relay, and messages a minute and connections
 * of a group of recipients' domains: the settings' groups; else, where a relay groups by MX,
 * all domains that one receiver takes (see mx/mx.h); else each domain is its own. A mail of
 * an update waits a little until it is known who receives it, a letter does not.
 * When a receiver says that it gets too much (4.7.28 and its like), its group rests ten
 * minutes, then gets one connection, and one more each time that went well for a while.
 * A mail that has to wait is given a time of its own, so that a long queue for one
 * group is put off once and not looked at again and again.
 *
 * Letters ask first and are held by connections and a resting receiver only.
 *
 * Units      *_ms are milliseconds of any clock that never goes back; the caller says
 *            what time it is.
 * Ownership  rate_limit_new() gives it away; rate_limit_free() takes it back. Settings are
 *            borrowed. A ticket belongs to a mail from RATE_LIMIT_GO to rate_limit_done().
 * Errors     none.
 * Source     Google's rules for bulk senders (2026-03) for the ten minutes.
 * Limits     one relay that groups by MX is enough: then all mail is grouped so. What it
 *            learnt is forgotten when the process ends; the times that mails were given
 *            stay in the ledger.
 */
#ifndef MERCAT_DOMAIN_RATE_LIMIT_H
#define MERCAT_DOMAIN_RATE_LIMIT_H

#include "base/buf.h"
#include "mx/mx.h"
#include "settings/settings.h"
#include "smtp/smtp.h"

struct rate_limit;
struct rate_limit_group;

enum rate_limit_answer {
	RATE_LIMIT_GO,
	RATE_LIMIT_LATER,  /* not before the time given */
	RATE_LIMIT_NO_ROOM /* no relay that may carry it has a connection free now */
};

struct rate_limit_ticket {
	size_t relay;                   /* position in the settings */
	struct rate_limit_group *group; /* or NULL */
};

struct rate_limit *rate_limit_new(const struct settings *settings) MUST_USE;
void rate_limit_free(struct rate_limit **rate_limit);
/* True when some relay groups by MX; then the lookups are lent by rate_limit_lookups(). */
bool rate_limit_wants_mx(const struct rate_limit *rate_limit) MUST_USE;
void rate_limit_lookups(struct rate_limit *rate_limit, struct mx *mx);

/* Whether a relay takes mail at present. */
enum relay_health { RELAY_IN_TROUBLE, RELAY_WORKS };
/* How many connections of a relay are free; works: false while it cannot be reached. */
void rate_limit_room(struct rate_limit *rate_limit, size_t relay, size_t room,
		     enum relay_health health);
/* The mails that relays could take now, limits of groups aside. */
size_t rate_limit_all_room(const struct rate_limit *rate_limit, int64_t now_ms) MUST_USE;

/* What is to be sent. */
enum rate_limit_mail { RATE_LIMIT_BULLETIN, RATE_LIMIT_NOTIFICATION };
struct rate_limit_request {
	const char *only; /* the relay it must go through, or NULL */
	const char *address;
	enum rate_limit_mail what;
};
/* out_at_ms is for RATE_LIMIT_LATER. */
enum rate_limit_answer rate_limit_ask(struct rate_limit *rate_limit, int64_t now_ms,
				      const struct rate_limit_request *request,
				      struct rate_limit_ticket *out,
				      int64_t *out_at_ms) MUST_USE;
/* What became of it; NULL: it was given back, and nothing was said. */
void rate_limit_done(struct rate_limit *rate_limit, int64_t now_ms,
		     struct rate_limit_ticket *ticket,
		     const struct smtp_outcome *outcome);
/* The receiver of this address asked for less: its group rests. */
void rate_limit_slow(struct rate_limit *rate_limit, int64_t now_ms, const char *address,
		     const char *text);
/* True for replies that mean: slower. */
bool rate_limit_says_slower(const struct smtp_answer *answer) MUST_USE;

/* The connections that a relay may have now, at most its own limit. */
size_t rate_limit_connections(const struct rate_limit *rate_limit, size_t relay,
			      int64_t now_ms) MUST_USE;

/*
 * Each limit that holds mail back now, in words, with the time it ends (unix seconds, by
 * the difference between the two clocks; 0: unknown).
 */
typedef bool rate_limit_tell_fn(void *with, const char *words, int64_t until_at,
				struct err *err);
bool rate_limit_tell(const struct rate_limit *rate_limit, int64_t now_ms, int64_t now_at,
		     rate_limit_tell_fn *tell, void *with, struct err *err) MUST_USE;

#endif
