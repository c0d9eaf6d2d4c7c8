/*
 * mailbox session - what the files of this folder share about one open session.
 *
 * A command is imap_begin(), one libetpan call, imap_end(). Between them the wire
 * has a deadline, the filter knows what to let through, and the watchdog runs.
 */
#ifndef MERCAT_IMAP_MAILBOX_SESSION_H
#define MERCAT_IMAP_MAILBOX_SESSION_H

#include "imap/imap.h"
#include "imap/stream.h"
#include "base/calendar.h"

enum {
	IMAP_PIECE_MIN = 64 * 1024,       /* of a mail, and the least a batch may bring */
	IMAP_BATCH_MAX = 4 * 1024 * 1024, /* about what one command should bring */
	IMAP_BATCH_MAILS = 50,            /* with one command */
	IMAP_DROPPED_MAX = 16 * 1024 * 1024, /* a flood is survived up to here */
	IMAP_PAUSE_UNSAID_MS = 60000,        /* a server that is asked too often, */
	IMAP_PAUSE_MOST_MS = 1000 * HOUR_S   /* and what it asks for at most */
};

struct imap_session {
	struct imap_account account; /* strings are the session's own */
	mailimap *imap;
	struct imap_wire wire;
	struct imap_folder folder;
	size_t batch_bytes; /* grows while the server is quick, shrinks when it is not */
	int64_t began_ms;
};

void imap_begin(struct imap_session *session, enum imap_want want, size_t literals,
		size_t literal_max, size_t lines_max);
/*
 * libetpan's result of the command -> true, or false with err: what the wire says
 * first, else "doing: the server's words" as refused.
 */
bool imap_end(struct imap_session *session, int result, enum err_kind refused,
	      const char *doing, struct err *err) MUST_USE;
/* The server said NO or BAD, and the session lives on. */
bool imap_said_no(const struct imap_session *session);
/* And it said so because it is asked too often. */
bool imap_wants_pause(const struct imap_session *session);
bool imap_usable(struct imap_session *session, struct err *err) MUST_USE;

/* By which numbers mails are asked for: their own, or their places in the folder. */
enum imap_numbering { IMAP_UIDS, IMAP_PLACES };
struct imap_range {
	enum imap_numbering numbering;
	uint32_t first, last;
};
/* Which mails of the range there are. */
bool imap_numbers(struct imap_session *session, const struct imap_range *range,
		  uint32_t *uids, size_t room, size_t *out_count,
		  struct err *err) MUST_USE;

/* Fails the command that is being done with what the wire says. */
bool imap_failed(struct imap_session *session, const char *doing, struct err *err);
bool imap_ask_capabilities(struct imap_session *session, struct err *err) MUST_USE;
/* password: or the token, as the account's auth says. */
bool imap_log_in(struct imap_session *session, const char *password,
		 struct err *err) MUST_USE;
bool imap_noop(struct imap_session *session, struct err *err) MUST_USE;

#endif
