/* compose private - what compose.c, compose_header.c and compose_picture.c share. */
#ifndef MERCAT_MAIL_COMPOSE_PRIVATE_H
#define MERCAT_MAIL_COMPOSE_PRIVATE_H

#include "mail/write/compose.h"

enum { COMPOSE_MAX_BYTES = 10000000, COMPOSE_WORD_MAX = 900 };

/* Between the HTML and its pictures; "=_" stands in no encoded text. */
#define COMPOSE_RELATED "=_mercat_with_pictures_=_"

/* A mail while it is written. */
struct compose_writer {
	const struct compose_mail *mail;
	struct buf *out;
	struct err *err;
	/* Where a slot that stands for a whole field value was passed. */
	size_t slot_at[COMPOSE_SLOTS];
	bool slot_used[COMPOSE_SLOTS];
	size_t pictures_at; /* where in out the pictures come in; 0: it has none */
};

/* The header up to what the bodies say of themselves. */
bool compose_put_header(struct compose_writer *w) MUST_USE;

/* UTF-8 without control characters. */
bool compose_check_text(const char *field, const char *value, struct err *err) MUST_USE;
/* Printable ASCII without spaces and angle brackets: URIs, Message-IDs, list ids. */
bool compose_check_word(const char *field, const char *value, size_t max,
			struct err *err) MUST_USE;
bool compose_check_message_id(const char *field, const char *id,
			      struct err *err) MUST_USE;
/* A value that another put together: folded right, ASCII, nothing that starts a field. */
bool compose_check_folded(const char *field, const char *value, struct err *err) MUST_USE;

#endif
