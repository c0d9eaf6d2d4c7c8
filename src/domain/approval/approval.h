/*
 * approval - a colleague is asked about a bulletin, and answers.
 *
 *	ask     somebody who may write it stands behind exactly these words and asks a named
 *		colleague who may approve them
 *	approve as bulletin_approve() has it; who asked is told
 *	agree   the approver has corrected something after reading the rest: they approve it as it
 *		is now, once a colleague who wrote on it agrees to the correction. The approval is
 *		the approver's, for the audience that they saw, and they must still be one who
 *		may approve when it is agreed to
 *	return  with a comment that says what should change, to who asked
 *
 * One request is open for a bulletin; a new one takes its place. It stays open when the words
 * are changed, and says so: it is of the words by their hash. Whoever changed something approves
 * only what a colleague has asked about since in exactly these words, and who began the bulletin
 * never does. Each of these is an event of the audit, and one email.
 *
 * What was done already by the same person is done: a second click changes nothing.
 *
 * Ownership  results live in the arena given.
 * Errors     ERR_INPUT    what was typed; ERR_ABSENT no such colleague, or they may not
 *            ERR_CONFLICT the words or the state are not those that were seen
 */
#ifndef MERCAT_DOMAIN_APPROVAL_H
#define MERCAT_DOMAIN_APPROVAL_H

#include "domain/bulletins/bulletin.h"

/* The bulletin, and the hash of the words that whoever acts has seen; "" or NULL: any. */
struct approval_of {
	const char *list;
	int64_t number;
	const char *seen;
};

/* The newest request of a bulletin. */
struct approval_request {
	int64_t id; /* 0: nobody has asked yet */
	bool to_agree, is_open;
	bool is_of_this; /* of exactly the words that stand */
	const char *by, *of;
	int64_t by_id, of_id, at, ended_at;
	const char
		*outcome; /* "approved", "returned", "replaced"; NULL while it is open */
	int64_t audience; /* of one to agree: for how many it would be approved */
};
bool approval_request(struct operation *op, struct arena *arena, const struct bulletin *b,
		      struct approval_request *out, struct err *err) MUST_USE;

/* Who may approve it beside whoever asks, and did not begin it: id, name, email by name. */
bool approval_colleagues(struct operation *op, struct arena *arena,
			 const struct bulletin *b, struct store_table *out,
			 struct err *err) MUST_USE;
/* Who wrote on it or asked about it beside whoever asks, and may write it: the newest first. */
bool approval_writers(struct operation *op, struct arena *arena, const struct bulletin *b,
		      struct store_table *out, struct err *err) MUST_USE;
/* Whoever asks began no word of it, but changed some: they approve with a colleague's agreement
 * alone. */
bool approval_needs_agreement(struct operation *op, const struct bulletin *b, bool *out,
			      struct err *err) MUST_USE;

/* of: the name of one of approval_colleagues(). ERR_CONFLICT also while something must be mended.
 * out_told: an email is on its way to them; else they have no address, or chose not to be told. */
bool approval_ask(struct operation *op, const struct approval_of *what, const char *of,
		  bool *out_told, struct err *err) MUST_USE;
/* Nothing must be mended before it is approved; ERR_CONFLICT says what. Asking asks for it by
 * itself, and a page before it approves. */
bool approval_fits(struct operation *op, const struct bulletin *b,
		   struct err *err) MUST_USE;
/* bulletin_approve(), and who asked is told. */
bool approval_give(struct operation *op, const struct approval_of *what,
		   int64_t *out_audience, struct err *err) MUST_USE;
/* Approves with a change of one's own, once that writer agrees. */
bool approval_ask_to_agree(struct operation *op, const struct approval_of *what,
			   const char *of, bool *out_told, struct err *err) MUST_USE;
/* Whoever was asked agrees: it is approved. */
bool approval_agree(struct operation *op, const struct approval_of *what,
		    int64_t *out_audience, struct err *err) MUST_USE;
/* Back to who asked, or where nobody did to who wrote last. */
bool approval_return(struct operation *op, const struct approval_of *what,
		     const char *comment, struct err *err) MUST_USE;
enum { APPROVAL_COMMENT_MOST = 4000 /* characters */ };
bool approval_comment(struct operation *op, const struct approval_of *what,
		      const char *comment, struct err *err) MUST_USE;
/* staff, at, text, is_return, is_of_this: the newest first. */
bool approval_comments(struct operation *op, struct arena *arena,
		       const struct bulletin *b, struct store_table *out,
		       struct err *err) MUST_USE;

/* The words to compare with: those that were approved or asked about last. */
struct approval_words {
	const char *source; /* NULL: none yet */
	const char *kind;   /* "asked", "approved" */
	const char *who, *hash;
	int64_t at;
};
bool approval_last_words(struct operation *op, struct arena *arena,
			 const struct bulletin *b, struct approval_words *out,
			 struct err *err) MUST_USE;

#endif
