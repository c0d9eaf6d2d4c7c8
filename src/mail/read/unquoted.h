/*
 * unquoted - what the sender wrote, apart from quoted mail and signature.
 *
 * Only marks that mail programs make are cut at: quote signs, an attribution line
 * before them, a forwarded header block, a "-- " signature. Where in doubt the text
 * stays with the new: a word of a reply lost is worse than a quote too many.
 *
 * Ownership  in the arena. Either may come out NULL.
 * Source     RFC 3676 4.3 (signature); how the mail programs of the last decades
 *            introduce what they quote, in the languages they speak.
 */
#ifndef MERCAT_MAIL_UNQUOTED_H
#define MERCAT_MAIL_UNQUOTED_H

#include "base/arena.h"

void mail_reply_cut(struct arena *arena, const char *text, const char **out_new,
		    const char **out_quoted);
/* The same of a mail that answers none: what it quotes is its writer's own choice, and
   stays, unless a program's mark stands above it. */
void mail_reply_own(struct arena *arena, const char *text, const char **out_new,
		    const char **out_quoted);
/* What somebody passes on with its header in the text, below a note of their own. */
struct mail_reply_forward {
	const char *name, *address; /* of its sender; NULL when its header gives none */
	const char *note;           /* NULL: none */
	const char *body;           /* what is new in it */
	const char *quoted;         /* its header, and what it quotes */
};

/* False, and nothing is written: no such header is there, or nothing below it. */
bool mail_reply_forwarded(struct arena *arena, const char *text,
			  struct mail_reply_forward *out);

#endif
