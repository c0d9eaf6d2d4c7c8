/*
 * typed mail - what somebody of the staff types in, and its files, as the bytes of one mail.
 *
 * So it is kept, read, searched, shown and exported as every response is. The same words and
 * files make the same bytes. Its From is the respondent, or there is none.
 *
 * Ownership  the bytes live in the arena.
 * Errors     ERR_INPUT it is longer than a mail may be
 * Source     RFC 5322, 2045 to 2047, 2231
 */
#ifndef MERCAT_DOMAIN_TYPED_MAIL_H
#define MERCAT_DOMAIN_TYPED_MAIL_H

#include "base/arena.h"
#include "base/err.h"

#include <stdint.h>

struct typed_file {
	const char *name; /* as it was chosen; a path before it is left out */
	const char *type; /* as the browser says; NULL: by its name */
	const void *bytes;
	size_t len;
};

struct typed_mail {
	const char *from;    /* an address, or NULL */
	const char *to;      /* the consultation's address */
	const char *subject; /* plain ASCII */
	const char *channel;
	int64_t at; /* unix seconds: when it reached us */
	const char *text;
	const struct typed_file *files;
	size_t file_count;
	size_t most; /* bytes that a mail may have */
};

bool typed_mail_make(struct arena *arena, const struct typed_mail *mail, const void **out,
		     size_t *out_len, struct err *err) MUST_USE;

#endif
