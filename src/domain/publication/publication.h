/*
 * publication - whether and how each response is published: decided by one person, released by
 * another, withdrawn at once.
 *
 *	to decide -> to release -> published -> withdrawn -> published ...
 *	to decide -> withheld (with a reason)
 *
 * A decision is never freer than the permission in force, the strictest that the same sender
 * gave: "no" can only be withheld, "without name" is never published with the name, and what
 * is not known is not published before a person has settled it. Nor is a response published
 * that is not included, that may be none or whose sender may be at risk, that is a duplicate, or
 * whose sender wrote something later that nobody has sorted. All of that is asked when it is
 * decided, when it is released, and again whenever somebody reads it.
 *
 * Who decided does not release. What is released is the text that was decided: one that has
 * changed since is decided again. A change of who responded, of what they allow, or of
 * redactions ends a release at once.
 *
 * Rights     RIGHT_MODERATE to decide, redact and withdraw; RIGHT_PUBLISH to release
 * Ownership  in the arena.
 * Errors     ERR_ABSENT   no such response
 *            ERR_INPUT    a decision or reason that is none
 *            ERR_CONFLICT it may not be published so; by who decided; it has changed
 */
#ifndef MERCAT_DOMAIN_PUBLICATION_H
#define MERCAT_DOMAIN_PUBLICATION_H

#include "domain/publication/redaction.h"

/* publish, without name, withhold; NULL at the end. */
extern const char *const publication_decisions[];
/* refused, defamatory, identifies, health, abusive, legal, not a response, other. */
extern const char *const publication_reasons[];
/* In the order of the work; NULL at the end. */
extern const char *const publication_states[];

struct publication {
	int64_t response_id, consultation_id, number;
	const char *reference, *consultation;
	const char *state;      /* one of publication_states */
	const char *permission; /* in force */
	/* What else keeps it from being published: "flag"; NULL: nothing does. */
	const char *hindered;
	const char *type, *name, *organisation; /* organisation NULL: none of its own */
	const char *decision, *reason;          /* NULL: not decided */
	const char *fell; /* why a release ended by itself; NULL: it did not */
	int64_t decided_by, decided_at, released_by, released_at, withdrawn_at; /* 0 */
	const char *decided_by_name, *released_by_name, *withdrawn_by_name, *content_hash;
};
bool publication_find(struct operation *op, struct arena *arena, const char *reference,
		      struct publication *out, struct err *err) MUST_USE;
/* May it be decided so? ERR_CONFLICT says why not. */
bool publication_allows(const struct publication *p, const char *decision,
			struct err *err) MUST_USE;
/* "The respondent has not said whether it may be published"; NULL: nothing. */
const char *publication_hindered_says(const char *hindered) MUST_USE;

struct publication_answer {
	int64_t question; /* 0: none */
	const char *asked, *text;
};
/* As it would be published now by that decision, and what has to be settled before. */
struct publication_preview {
	const char *label, *organisation;
	struct publication_answer *answers;
	size_t count, open, lost;
	const char *hash; /* of all of it */
};
bool publication_preview(struct operation *op, struct arena *arena,
			 const struct publication *p, const char *decision,
			 struct publication_preview *out, struct err *err) MUST_USE;

struct publication_look {
	const char *consultation, *state; /* state NULL: any */
	int64_t after, most;              /* after that number */
};
bool publication_list(struct operation *op, struct arena *arena,
		      const struct publication_look *look, struct publication **out,
		      size_t *out_count, struct err *err) MUST_USE;
/* How many are in each of publication_states, in that order. */
bool publication_counts(struct operation *op, struct arena *arena,
			const char *consultation, int64_t **out,
			struct err *err) MUST_USE;

/* ---- acts ---- */

/* reason: for "withhold" alone. */
bool publication_decide(struct operation *op, const char *reference, const char *decision,
			const char *reason, struct err *err) MUST_USE;
bool publication_release(struct operation *op, const char *reference,
			 struct err *err) MUST_USE;
bool publication_withdraw(struct operation *op, const char *reference,
			  struct err *err) MUST_USE;

/* The responses of a consultation as a whole: search engines may find them, or not any more. */
struct publication_whole {
	int64_t released_at; /* 0: not yet */
	const char *released_by_name;
};
bool publication_whole(struct operation *op, struct arena *arena, int64_t consultation_id,
		       struct publication_whole *out, struct err *err) MUST_USE;
enum publication_whole_act { PUBLICATION_RELEASE_ALL = 1, PUBLICATION_HIDE_ALL };
bool publication_whole_set(struct operation *op, const char *consultation,
			   enum publication_whole_act act, struct err *err) MUST_USE;

/* What takes back each act (domain/sorting/undo_kinds.c). */
struct unpack;
bool publication_undo_decision(struct operation *op, struct arena *arena,
			       struct unpack *inverse, struct err *err) MUST_USE;
bool publication_undo_release(struct operation *op, struct arena *arena,
			      struct unpack *inverse, struct err *err) MUST_USE;
bool publication_undo_withdrawal(struct operation *op, struct arena *arena,
				 struct unpack *inverse, struct err *err) MUST_USE;
bool redaction_undo(struct operation *op, struct arena *arena, struct unpack *inverse,
		    struct err *err) MUST_USE;

#endif
