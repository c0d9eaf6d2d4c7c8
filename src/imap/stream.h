/*
 * stream - one connection as libetpan sees it: libetpan's own stream driver put
 * aside for one whose every wait ends.
 *
 * libetpan's drivers spin for ever when a server closes inside a literal, check no
 * certificate, abort in select() at descriptor 1024 and raise SIGPIPE. This one waits
 * in poll() up to one deadline for a whole command, says "error" at the end of the
 * stream, passes on only lines that the filter let through, and does TLS itself,
 * with the certificate and the name checked before anything is said.
 *
 * Units      *_ms are milliseconds on the monotonic clock, the one thing below
 *            daemon/ that looks at a clock: a deadline is no date.
 * Ownership  the caller owns the wire and closes it after the mailstream on top.
 * Errors     the first failure closes the wire for good: why and kind keep it, every
 *            later read and write fails at once.
 * Source     RFC 3501, RFC 8314 (TLS), RFC 6125 (names, by GnuTLS).
 * Limits     the resolver's own timeouts bound the look-up of a name; the session's
 *            watchdog stands behind it.
 */
#ifndef MERCAT_IMAP_STREAM_H
#define MERCAT_IMAP_STREAM_H

#include "base/err.h"
#include "imap/answer_filter.h"

#include <gnutls/gnutls.h>
#include <libetpan/libetpan.h>
#include <sys/types.h>

enum {
	IMAP_WIRE_STREAM = 8 * 1024, /* libetpan's own buffer: larger reads pass it by */
	IMAP_WIRE_GULP = 16 * 1024,
	IMAP_LOGIN_MAX = 16 * 1024, /* one answer in a login, in base64 */
	IMAP_WIRE_IN = IMAP_LINE_MAX + IMAP_WIRE_GULP
};

struct imap_wire {
	int fd; /* -1 when closed */
	gnutls_session_t tls;
	gnutls_certificate_credentials_t trust;
	bool loopback; /* the other end is this machine */

	int64_t deadline_ms;
	size_t total_left; /* bytes this command may still bring, dropped ones too */
	struct imap_filter filter;
	const char *answers[2]; /* to each "+" of a login, in turn; borrowed */

	enum err_kind kind; /* ERR_NONE while it works */
	char why[240];

	size_t at, ready, len; /* in: at..+ready passed on, ..len not yet judged */
	char in[IMAP_WIRE_IN];
};

void imap_wire_init(struct imap_wire *wire);
bool imap_wire_connect(struct imap_wire *wire, const char *host, const char *port,
		       int timeout_ms) MUST_USE;
/* The handshake; ca_file NULL: the system's own certificates. */
bool imap_wire_tls(struct imap_wire *wire, const char *host, const char *ca_file,
		   int timeout_ms) MUST_USE;
/* When the other end's certificate ends; 0: it has none. */
int64_t imap_wire_certificate_end(const struct imap_wire *wire) MUST_USE;
/* A stream for libetpan over this wire; NULL when memory ran out. */
mailstream *imap_wire_stream(struct imap_wire *wire) MUST_USE;

/* Sets how long and how large the answer to the next command may be. */
void imap_wire_begin(struct imap_wire *wire, int timeout_ms, size_t total_max);

/*
 * Waits outside of a command (IDLE): judges what comes. True when the filter has
 * news, a tagged answer waits to be read, wake_fd (-1 for none) is readable or the
 * time is over; false when the connection broke.
 */
bool imap_wire_wait(struct imap_wire *wire, int wake_fd, int timeout_ms,
		    bool *out_woken) MUST_USE;

/* Bytes that nobody asked for lie behind the last answer. */
bool imap_wire_has_more(const struct imap_wire *wire);
/* Marks the wire as failed; returns false. */
bool imap_wire_fail(struct imap_wire *wire, enum err_kind kind, const char *format, ...)
	PRINTF_LIKE(3, 4);
void imap_wire_close(struct imap_wire *wire); /* never waits */

#endif
