/*
 * imap - gives out each mail of one mailbox folder exactly once, as raw bytes.
 *
 * The only folder that includes libetpan. Blocking, for a process of one mailbox:
 * open, list what is new after the cursor (imap/cursor.h), fetch it, wait, again.
 * After any error but ERR_ABSENT the session is spent: close it, open another, list
 * again from the last mail that is in the store. The server learns nothing of what
 * was read unless imap_mark_seen() or imap_move() say so.
 *
 * Units      sizes in bytes, *_s seconds, *_ms milliseconds.
 * Ownership  imap_open() copies the account and gives the session away; imap_close()
 *            takes it back. What a imap_taker is shown is gone when it returns.
 * Errors     ERR_AGAIN    network, time-out, or a server that talks nonsense
 *            ERR_SETUP    login refused, certificate not to be trusted, no TLS,
 *                         no such folder, or the account's settings make no sense
 *            ERR_ABSENT   that mail is not there any more
 *            ERR_REFUSED  the server will not do it (move, mark, or a mail that it
 *                         lists but does not give)
 *            A server that is asked too often says no to everything for a while: that is
 *            ERR_AGAIN, and asked_pause_ms of the account says for how long.
 *            The text names the account and holds the server's own words.
 * Bounds     every command ends within timeout_s however the server behaves (a name
 *            look-up within the resolver's own time-outs); watchdog_s kills the
 *            process by SIGALRM should anything spin all the same. Memory stays
 *            under about 16 MB plus twice the longest mail (max_message_bytes).
 * Source     RFC 3501, 2177 (IDLE), 4315 (UIDPLUS), 6851 (MOVE), 8314.
 * Limits     a token is taken as it is, not asked for; a folder name is ASCII or already in IMAP's
 *            modified UTF-7. Dovecot shows a NUL byte in a mail as 0x80 (RFC 3501
 *            has no way to send one).
 */
#ifndef MERCAT_IMAP_IMAP_H
#define MERCAT_IMAP_IMAP_H

#include "base/buf.h"
#include "base/err.h"

enum imap_tls { IMAP_TLS_NONE, IMAP_TLS_STARTTLS, IMAP_TLS_TLS };
enum imap_auth { IMAP_AUTH_PASSWORD, IMAP_AUTH_XOAUTH2, IMAP_AUTH_OAUTHBEARER };

struct imap_account {
	const char *name; /* for sentences: "mailbox policy: ..." */
	const char *host;
	int port;          /* 0: 143, or 993 with IMAP_TLS_TLS */
	enum imap_tls tls; /* IMAP_TLS_NONE is refused but for loopback */
	enum imap_auth auth;
	const char *user, *password; /* or the access token, as auth says */
	const char *ca_file;         /* NULL: the system's certificates */
	const char *folder;          /* NULL: INBOX */
	bool may_change;             /* open it for imap_mark_seen() and imap_move() */
	int timeout_s;               /* 0: 20 */
	int poll_s;               /* how often to ask where IDLE is not offered; 0: 30 */
	int watchdog_s;           /* 0: none; else more than timeout_s */
	size_t max_message_bytes; /* 0: 64 MiB */
	/* NULL, or where a server that says no puts how long it asks to be left alone. */
	int64_t *asked_pause_ms;
};

struct imap_session;

struct imap_folder {
	uint32_t uidvalidity; /* never 0 */
	uint32_t uidnext;     /* 0: the server did not say */
	uint32_t exists;
	bool idle; /* the server tells of new mail by itself */
};

bool imap_open(const struct imap_account *account, struct imap_session **out,
	       struct err *err) MUST_USE;
void imap_close(struct imap_session **session); /* never waits, accepts NULL */
static inline void imap_session_auto(struct imap_session **session)
{
	imap_close(session);
}
struct imap_folder imap_folder(const struct imap_session *session);
/* When the server's certificate ends; 0: the connection has none. */
int64_t imap_certificate_end(const struct imap_session *session) MUST_USE;

/*
 * The lowest UIDs above last_uid, ascending, at most max (<= 1000). 0 of them means
 * that there are no more; fewer than max does not.
 */
bool imap_list_after(struct imap_session *session, uint32_t last_uid, uint32_t *uids,
		     size_t max, size_t *out_count, struct err *err) MUST_USE;

enum imap_outcome {
	IMAP_GOT,
	IMAP_GONE,      /* expunged or moved since it was listed */
	IMAP_UNREADABLE /* the server lists it, but will not give it: try again later */
};

struct imap_mail {
	uint32_t uid;
	enum imap_outcome outcome;
	const char *bytes; /* borrowed; NULL unless IMAP_GOT */
	size_t len;
	bool cut; /* longer than max_message_bytes: this is the beginning */
};

/* False with err set ends the fetch; imap_fetch_batch() hands that err on. */
typedef bool imap_taker(void *who, const struct imap_mail *mail, struct err *err);

/*
 * Shows take each of the mails, each once, in the order of uids (ascending, no
 * doubles), many with one command. Every uid that was shown is dealt with, also
 * when the fetch as a whole fails later.
 */
bool imap_fetch_batch(struct imap_session *session, const uint32_t *uids, size_t count,
		      imap_taker *take, void *who, struct err *err) MUST_USE;

/* One mail, appended to to; ERR_ABSENT, ERR_REFUSED as above. */
bool imap_fetch(struct imap_session *session, uint32_t uid, struct buf *to, bool *out_cut,
		struct err *err) MUST_USE;

/*
 * Returns when mail came or went (changed is true: list again), when wake_fd (-1:
 * none; it is not read) becomes readable, or after timeout_s.
 */
bool imap_wait(struct imap_session *session, int wake_fd, int timeout_s,
	       bool *out_changed, struct err *err) MUST_USE;

/* Need may_change. A mail that is gone already is no error. */
bool imap_mark_seen(struct imap_session *session, uint32_t uid, struct err *err) MUST_USE;
/*
 * Moves one mail away: MOVE, or COPY, \Deleted and UID EXPUNGE. ERR_REFUSED, and the
 * mail stays, where the server has neither MOVE nor UIDPLUS (a plain EXPUNGE would
 * take other people's mails with it) or the folder does not exist.
 */
bool imap_move(struct imap_session *session, uint32_t uid, const char *folder,
	       struct err *err) MUST_USE;

#endif
