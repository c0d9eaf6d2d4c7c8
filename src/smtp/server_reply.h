/*
 * server reply - reads a server's replies out of whatever pieces they come in.
 *
 * Ownership  the reader holds everything itself; no allocation.
 * Errors     SMTP_READ_GARBAGE: not a reply by RFC 5321 4.2, or past a limit; the
 *            connection cannot be used any more.
 * Source     RFC 5321 4.2, 2034 (enhanced status codes), 1869 (EHLO).
 * Limits     a line of SMTP_REPLY_LINE bytes, SMTP_REPLY_LINES lines; words past
 *            SMTP_TEXT_MAX are dropped.
 */
#ifndef MERCAT_SMTP_SERVER_REPLY_H
#define MERCAT_SMTP_SERVER_REPLY_H

#include "smtp/smtp.h"

enum { SMTP_REPLY_LINE = 4096, SMTP_REPLY_LINES = 256, SMTP_STATUS_MAX = 12 };

struct smtp_reply {
	int code;
	char status[SMTP_STATUS_MAX]; /* "" when there is none */
	char text[SMTP_TEXT_MAX];     /* lines joined by \n, valid UTF-8, no controls */
	size_t text_len;
	int lines;
};

struct smtp_reader {
	char in[SMTP_REPLY_LINE];
	size_t from, to; /* unread bytes */
	bool inside;     /* a multi-line reply has begun */
	struct smtp_reply reply;
};

/* What a relay said it can do. */
struct smtp_offer {
	bool pipelining, eight_bit, utf8, size, enhanced, auth;
	int64_t size_max; /* 0: no limit told */
};

enum smtp_read { SMTP_READ_MORE = 0, SMTP_READ_REPLY, SMTP_READ_GARBAGE };

void smtp_reader_reset(struct smtp_reader *reader);
/* Where the next bytes go; there is always room after SMTP_READ_MORE. */
char *smtp_reader_room(struct smtp_reader *reader, size_t *out_len) MUST_USE;
void smtp_reader_wrote(struct smtp_reader *reader, size_t len);
enum smtp_read smtp_reader_next(struct smtp_reader *reader) MUST_USE;

void smtp_offer_read(const struct smtp_reply *reply, struct smtp_offer *out);

#endif
