/*
 * mail address - addresses out of header fields and running text.
 *
 * Ownership  results live in the arena.
 * Errors     none: what is no address is given as it stood, so a person sees it.
 * Source     RFC 5322 3.4 with the obsolete forms, RFC 6854 groups, RFC 6531; and
 *            what is seen: semicolons as commas, names with bare dots and commas
 *            in encoded words, missing or doubled angle brackets.
 * Limits     1,000 addresses a field; no recursion.
 */
#ifndef MERCAT_MAIL_ADDRESS_H
#define MERCAT_MAIL_ADDRESS_H

#include "mail/fields/message.h"
#include "base/arena.h"

struct mail_addresses mail_addresses_read(struct arena *arena, const char *raw,
					  const char *charset_hint);

/*
 * The first thing like local@domain in text: its start, with its length in *out_len;
 * NULL when there is none. Brackets, quotes and a trailing full stop are not part of it.
 */
const char *mail_address_find(const char *text, size_t *out_len);

#endif
