/*
 * mail recipient - is this an address that mail can be sent to, and are two the same?
 *
 * For one bare address ("local@domain"); what stands in header fields is read elsewhere.
 * Checked at the door (forms, commands, files) and again at the wire.
 *
 * Forms      normal: domain in lower case and A-labels, local part as given.
 *            key: normal with the local part in lower case, for comparing only:
 *            in theory Anna@ and anna@ may differ, in practice they are one person.
 *            limit key: the mailbox that is meant, for counting only: key without quotes and
 *            quoted pairs, and without the tag behind the first '+' (RFC 5233). Several
 *            mailboxes may share one; whoever writes one in many ways has only one.
 * Ownership  texts returned live in the arena.
 * Errors     ERR_INPUT with a sentence that can be shown beside a form field.
 * Source     RFC 5321 4.1.2 and 4.5.3.1, RFC 5890 (libidn2, and the label check it
 *            lacks).
 * Limits     deliverable means syntax: nothing is looked up. A local part outside ASCII
 *            (RFC 6531) is refused: few receivers take it. Comments, folding, spaces,
 *            '<', '>' and control characters are refused even inside quotes:
 *            they reach a server as commands.
 */
#ifndef MERCAT_MAIL_RECIPIENT_H
#define MERCAT_MAIL_RECIPIENT_H

#include "base/arena.h"
#include "base/err.h"

enum { MAIL_ADDRESS_MAX = 254 };

/* Exactly as it will go over the wire: ASCII only, nothing is trimmed or converted. */
bool mail_address_check(const char *address, struct err *err) MUST_USE;
/* Takes spaces around it and an IDN; out is a normal form that passes the check. */
bool mail_address_normal(struct arena *arena, const char *given, const char **out,
			 struct err *err) MUST_USE;
/* The key of a good address; of a bad one NULL. */
const char *mail_address_key(struct arena *arena, const char *address) MUST_USE;
/* The limit key of a good address; of a bad one NULL. */
const char *mail_limit_key(struct arena *arena, const char *address) MUST_USE;
/* A normal address with its domain in the letters that people read; else as it is. */
const char *mail_address_shown(struct arena *arena, const char *address) MUST_USE;
bool mail_address_same(const char *a,
		       const char *b) MUST_USE; /* false when either is bad */

/*
 * local+detail@domain: the parts, detail NULL when there is none. The last '+' parts
 * them, as none of our details holds one.
 */
bool mail_address_split(struct arena *arena, const char *address, const char **out_base,
			const char **out_detail) MUST_USE;

#endif
