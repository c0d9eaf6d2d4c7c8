/*
 * smtp - hands finished mails to one relay over many connections at once.
 *
 * One thread, one pool a relay. The pool opens connections as they are wanted,
 * keeps them between mails, and never starts a mail by itself, so that the caller
 * can settle what is done and claim what is next in one commit in between:
 *
 *	smtp_pool_want(pool, waiting);
 *	smtp_pool_wait(pool, clock_mono_ms(), 1000);	(or poll smtp_pool_fd())
 *	smtp_pool_turn(pool, clock_mono_ms());
 *	while (smtp_pool_outcome(pool, &outcome))
 *		... settle, and claim the next, in one commit ...
 *	while (smtp_pool_ready(pool) && ... a claimed mail ...)
 *		smtp_pool_send(pool, &mail, clock_mono_ms());
 *
 * Units      *_ms are milliseconds, now_ms is the monotonic clock's; *_bytes and len
 *            are bytes.
 * Ownership  smtp_pool_new() copies the relay's settings. A mail's strings are
 *            borrowed for the call, its bytes until its outcome was taken. Texts in
 *            an outcome or a state live until the next call that takes the pool.
 * Errors     a mail's fate is no error but an outcome; that the relay cannot be
 *            reached is told by smtp_pool_state(). smtp_pool_new() gives ERR_SETUP
 *            for settings that cannot work, with a sentence.
 * Source     RFC 5321; 2920 (pipelining), 1870 (SIZE), 6152 (8BITMIME), 6531
 *            (SMTPUTF8), 3207 (STARTTLS), 4954 (AUTH), 2034 and 3463 (status codes).
 * Limits     one recipient a mail. A reply keeps SMTP_TEXT_MAX bytes of its words.
 *            libcurl resolves names in a thread of its own and reads the CA file at
 *            each connect: a sandbox has to allow both.
 */
#ifndef MERCAT_SMTP_SMTP_H
#define MERCAT_SMTP_SMTP_H

#include "base/buf.h"
#include "base/err.h"

enum { SMTP_TEXT_MAX = 4096, SMTP_CONNECTIONS_MAX = 1000 };

enum smtp_tls {
	SMTP_TLS_STARTTLS = 0, /* required: nothing is sent in clear */
	SMTP_TLS_WRAPPED,      /* TLS from the first byte (port 465) */
	SMTP_TLS_NONE          /* only for a loopback host, or with plain_anywhere */
};

struct smtp_relay {
	const char *name; /* how sentences call it */
	const char *host; /* name (IDN too) or address, IPv6 without brackets */
	int port;         /* 0: 587, or 465 when wrapped */
	enum smtp_tls tls;
	bool plain_anywhere;         /* the operator takes the blame for clear text */
	const char *user, *password; /* NULL: no login */
	const char *login_options;   /* NULL, or "AUTH=XOAUTH2": password is the token */
	const char *ca_file;         /* NULL: the system's */
	const char *ehlo_name;       /* our own full host name */
	int max_connections;
	int64_t connect_ms, reply_ms, dot_ms, idle_ms; /* 0: 30 s, 5 min, 10 min, 60 s */
	int64_t back_off_min_ms, back_off_max_ms;      /* 0: 1 s, 5 min */
};

struct smtp_mail {
	int64_t id;         /* the caller's own; comes back in the outcome */
	const char *sender; /* envelope sender; "" is the null sender */
	const char *recipient;
	const char *bytes; /* CRLF, stuffed, with the final dot: see smtp_stuff() */
	size_t len;
};

enum smtp_verdict {
	SMTP_SENT = 0,
	SMTP_REFUSED, /* 5yz: will never work */
	SMTP_AGAIN,   /* 4yz, or the link broke before the final dot was written */
	SMTP_UNSURE, /* the link broke after the final dot: the relay may hold the mail */
	SMTP_SETUP   /* an operator must act: login wanted, no 8BITMIME, bad sender */
};

enum smtp_stage { SMTP_AT_MAIL = 0, SMTP_AT_RCPT, SMTP_AT_DATA, SMTP_AT_DOT };

/*
 * What was said of one mail. This struct goes from the wire through the ledger to the
 * score of an address: nobody prints it into a sentence and reads that again.
 */
struct smtp_answer {
	int code;           /* 0: no server's; the text is our own sentence */
	const char *status; /* "5.1.1" or "" */
	const char *text;   /* the words behind both; its lines are joined by \n */
};

struct smtp_outcome {
	int64_t id;
	unsigned slot;
	enum smtp_verdict verdict;
	enum smtp_stage stage;     /* which command was answered, or was waiting */
	struct smtp_answer answer;
	bool relay_trouble; /* says nothing about this recipient */
	bool at_once; /* an old connection had died and no body was sent: no back-off needed */
	const char *relay;
};

struct smtp_pool_state {
	size_t connecting, ready, busy; /* connections */
	size_t limit;
	unsigned failures;       /* connects that failed in a row; 0: all is well */
	int64_t next_attempt_ms; /* while failures > 0 */
	enum err_kind trouble;   /* ERR_NONE, ERR_AGAIN, ERR_SETUP: the last failure */
	const char *trouble_text;
};

struct smtp_pool;

void smtp_setup(void); /* once in each process, before a sandbox and any pool */
struct smtp_pool *smtp_pool_new(const struct smtp_relay *relay, struct err *err) MUST_USE;
void smtp_pool_free(struct smtp_pool **pool); /* cuts what is open; QUITs what is idle */
static inline void smtp_pool_auto(struct smtp_pool **pool)
{
	smtp_pool_free(pool);
}

/* How many mails are waiting for a connection: the pool opens or closes accordingly. */
void smtp_pool_want(struct smtp_pool *pool, size_t mails);
/* At most so many connections from now on (0: none); never over max_connections. */
void smtp_pool_limit(struct smtp_pool *pool, size_t connections);
/* No more connections; those that are idle QUIT now, the others after their mail. */
void smtp_pool_stop(struct smtp_pool *pool, int64_t now_ms);
size_t smtp_pool_open(const struct smtp_pool *pool) MUST_USE; /* 0: stop has ended */

/* An epoll descriptor: readable when a turn has something to do. */
int smtp_pool_fd(const struct smtp_pool *pool) MUST_USE;
/* How long nothing is due, at most max_ms: a turn is needed then, readable or not. */
int64_t smtp_pool_due_ms(const struct smtp_pool *pool, int64_t now_ms,
			 int64_t max_ms) MUST_USE;
/* Waits on smtp_pool_fd() for smtp_pool_due_ms(). */
void smtp_pool_wait(struct smtp_pool *pool, int64_t now_ms, int64_t max_ms);
/* Takes the replies that came and drives mails that were started; never blocks. */
void smtp_pool_turn(struct smtp_pool *pool, int64_t now_ms);
bool smtp_pool_outcome(struct smtp_pool *pool, struct smtp_outcome *out) MUST_USE;

/* How many mails may be handed over now. */
size_t smtp_pool_ready(const struct smtp_pool *pool) MUST_USE;
/*
 * The slot (0 .. max_connections - 1) of the next smtp_pool_send(): whoever keeps one
 * buffer a slot may write into it now. Needs smtp_pool_ready() > 0, as send does.
 */
unsigned smtp_pool_next_slot(const struct smtp_pool *pool) MUST_USE;
void smtp_pool_send(struct smtp_pool *pool, const struct smtp_mail *mail, int64_t now_ms);

void smtp_pool_state(const struct smtp_pool *pool, struct smtp_pool_state *out);
const char *smtp_verdict_name(enum smtp_verdict verdict); /* "sent", "refused", ... */
const char *smtp_stage_name(enum smtp_stage stage);       /* "MAIL", "RCPT", ... */
/* "550 5.1.1 no such person", on one line: for people and the log. */
void smtp_answer_words(const struct smtp_answer *answer, char *to, size_t room);

/*
 * Appends a mail in the form that goes over the wire: every line end CRLF, leading
 * dots doubled. The mail may come in pieces that end where lines end; smtp_finish()
 * adds the final dot.
 */
void smtp_stuff(struct buf *to, const char *mail, size_t len);
void smtp_finish(struct buf *to);
/* True for what may stand in MAIL FROM:<> or RCPT TO:<> (needs_utf8 may be NULL). */
bool smtp_address_ok(const char *address, bool *needs_utf8) MUST_USE;

#endif
