/*
 * mail thread - which consultation a mail belongs to when its address does not say.
 *
 * Only what we made ourselves proves a thread: the keyed token in the address that an
 * acknowledgement is answered to, or the acknowledgement's own Message-ID (a keyed hash
 * too). A reference that somebody quotes, in the subject or anywhere else, proves
 * nothing: it is a guess that a person is told.
 *
 * Ownership  what is found lives in the arena.
 * Errors     of the store only; nothing found is no error.
 */
#ifndef MERCAT_DOMAIN_MAIL_THREAD_H
#define MERCAT_DOMAIN_MAIL_THREAD_H

#include "domain/admin/arrival.h"

struct mail_thread {
	int64_t response_id; /* 0: none */
	int64_t consultation_id;
};
/* The reply whose acknowledgement m answers, by token or Message-ID. */
bool mail_thread_find(struct operation *op, struct arena *arena,
		      const struct mail_message *m, const char *token,
		      struct mail_thread *out, struct err *err) MUST_USE;

/* The consultation that a subject names: "[name]", "[its title]" or a reference such as
 * cruelty-0147; NULL when it names none, or several. */
bool mail_thread_guess(struct operation *op, struct arena *arena, const char *subject,
		       const char **out_name, struct err *err) MUST_USE;

/*
 * Of a mail to the plain address of a consultation that answers no acknowledgement of it: io
 * becomes another one whose title its subject is ("Response to TITLE"), or that it names as
 * "[name]", where it does not name this one and names no third. out_note: what a person is told,
 * also of the address of another one that the mail went to as well; NULL: nothing.
 */
bool mail_thread_meant(struct operation *op, struct arena *arena,
		       const struct mail_message *m, struct consultation *io,
		       const char **out_note, struct err *err) MUST_USE;

/*
 * Which consultation a mail that came to one is for: io->consultation becomes that. It goes on
 * with a response that was moved away from there when it answers one of our letters, or its
 * sender names the reference in the subject; to the plain address, mail_thread_meant() is asked
 * besides. out_note: what a person is told; NULL: nothing.
 */
bool mail_thread_follow(struct operation *op, struct arena *arena,
			const struct mail_message *m, struct arrival_route *io,
			const char **out_note, struct err *err) MUST_USE;

#endif
