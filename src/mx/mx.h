/*
 * mx - who receives the mail of a domain, known by the servers that its MX records name.
 *
 * Thousands of domains may be received by one company; its limits are for all of them
 * together. A domain's receiver is the registered domain of its best MX host: for
 * example.org with "MX 10 mx1.mail.example.net" it is "example.net". A domain without MX
 * records is its own receiver.
 *
 * Lookups go on in the background and are remembered: an hour when answered, five minutes
 * when not. Nobody waits longer than MX_WAIT_MS for one: after that the domain counts as its
 * own receiver until an answer comes.
 *
 * The only folder that includes ares.h and libpsl.h.
 *
 * Units      *_ms are milliseconds of the monotonic clock.
 * Ownership  mx_open() gives it away, mx_close() takes it back. A receiver's name lives
 *            until the next call that takes the mx.
 * Errors     ERR_SETUP when the resolver's address makes no sense. That a lookup fails is
 *            no error.
 * Source     RFC 5321 5.1 (no MX: the domain itself), RFC 7505 (null MX); the list of
 *            public suffixes for what a registered domain is.
 * Limits     64 lookups at a time, 20,000 domains remembered. The resolver's settings are
 *            read once, by mx_open(). The time that records themselves
 *            ask to be kept is not looked at.
 */
#ifndef MERCAT_MX_MX_H
#define MERCAT_MX_MX_H

#include "base/err.h"

enum { MX_WAIT_MS = 5000 };

struct mx;

enum mx_answer {
	MX_KNOWN,
	MX_ASKED, /* ask again in a second: an answer may come */
	MX_NONE   /* there is none, or none came in time: the domain itself */
};

/* resolver: "127.0.0.1:5353" or several with commas between; "": the system's. */
bool mx_open(const char *resolver, struct mx **out, struct err *err) MUST_USE;
void mx_close(struct mx **mx);
static inline void mx_auto(struct mx **mx)
{
	mx_close(mx);
}

/* Never blocks. */
enum mx_answer mx_receiver(struct mx *mx, const char *domain, int64_t now_ms,
			   const char **out) MUST_USE;

/* An epoll descriptor: readable when a turn has something to do. */
int mx_fd(const struct mx *mx) MUST_USE;
/* When a turn is needed, readable or not, at most max_ms from now. */
int64_t mx_due_ms(const struct mx *mx, int64_t max_ms) MUST_USE;
void mx_turn(struct mx *mx, int64_t now_ms);

#endif
