/*
 * response - which responses, and what officials do with one: screen, assign, note.
 *
 * One filter serves the queue, lists, counts, acts on many and coding by search. What it
 * asks stands once in SQL (the part response_filter of store/sql/parts.sql), over what
 * triggers keep ready beside each response (table desk). A look is a filter with the
 * consultation it is about and whether whoever looks may see who wrote: without that a
 * search does not look at senders, so that nobody finds out by searching.
 *
 * A response is named by its reference (domain/responses/reference.h).
 * Nothing is deleted: a screening keeps the one before.
 *
 * Ownership  in the arena; a filter borrows its texts.
 * Errors     ERR_INPUT   a reference that is none; a state, type, ... that is none, a
 *                        search that is too long
 *            ERR_ABSENT  no such response, consultation, colleague or tag
 */
#ifndef MERCAT_DOMAIN_RESPONSE_H
#define MERCAT_DOMAIN_RESPONSE_H

#include "domain/responses/reference.h"

/* ---- which responses: response_filter.c ---- */

enum response_any { RESPONSE_ANY = 0, RESPONSE_YES, RESPONSE_NO };

/* All fields 0 or NULL: everything. */
struct response_filter {
	const char *state;      /* received, included, excluded */
	const char *tag;        /* name of a code that holds */
	const char *assigned;   /* name of a colleague; "nobody" */
	const char *type;       /* individual, organisation, unknown */
	const char *permission; /* name, without name, none, unknown */
	const char *proposed;   /* proposal_kinds: what it waits to be called; "any" */
	const char *search;     /* words, "phrases", begin*, -without; a number */
	const char *mark;       /* what a rule marked it as; "": anything */
	int64_t campaign;       /* its number; -1: any that is not refused */
	enum response_any late, unreadable, marked, tagged, linked;
	enum response_any second; /* does whoever asks still code it blindly? sample.h */
	int64_t from_at, to_at; /* received; to is the last second that counts; 0: open */
};

/* The filter as text, one "name value" a line, and back: for addresses and saved views. */
const char *response_filter_text(struct arena *arena,
				 const struct response_filter *filter) MUST_USE;
bool response_filter_read(struct arena *arena, const char *text,
			  struct response_filter *out, struct err *err) MUST_USE;

/* What is looked at, in which order, by whom. */
struct response_look {
	const char *consultation; /* its name; NULL: every one, then without a campaign */
	const struct response_filter *filter;
	bool who;          /* may this person see who wrote? (RIGHT_SEE_RESPONDENTS) */
	bool newest_first; /* of the queue */
};

/* As the parameters of the part response_filter: names are ids, words are a query. */
struct response_query {
	int64_t consultation, staff, campaign, code, from_at, to_at;
	const char *state, *type, *permission, *match, *proposed, *tag, *mark;
	int64_t number;   /* that a search may mean; 0: none */
	const char *note; /* the same as it stands in a note, for LIKE */
	const char
		*without_gap; /* words of scripts that put none between them, as JSON */
	enum response_any late, unreadable, marked, tagged, linked, second;
	int64_t from; /* what the statement goes on from: a number, an id */
	int64_t most; /* -1: all */
};

bool response_query_make(struct operation *op, struct arena *arena,
			 const struct response_look *look, struct response_query *out,
			 struct err *err) MUST_USE;
/* statement: one with that part. */
bool response_query_run(struct operation *op, struct arena *arena, enum sql_id statement,
			const struct response_query *query, struct store_table *out,
			struct err *err) MUST_USE;
/*
 * What a person types -> an FTS5 query of quoted words. The index knows "halls" by "hall"; one
 * that it does not know is asked for both ways: "bus" and "buses", as the last of a phrase, too.
 * -word and -"a phrase" leave out what has them. Words of Chinese, Japanese and Thai are left
 * to response_query_make(): the index has whole sentences of them.
 * ERR_INPUT: it is too long, or says only what is left out.
 */
bool response_search_query(struct arena *arena, const char *words, const char **out,
			   struct err *err) MUST_USE;
/* The same of what a look searches, for whoever looks. */
bool response_match(struct arena *arena, const struct response_look *look,
		    const char **out, struct err *err) MUST_USE;

/* The rows of "response_list", at most so many (0: all). */
bool response_list(struct operation *op, struct arena *arena,
		   const struct response_look *look, int64_t most,
		   struct store_table *out, struct err *err) MUST_USE;
/* Their ids alone, ascending, those after one. */
struct response_ids {
	int64_t *items;
	size_t count;
};
struct response_span {
	int64_t after, most;
};
bool response_ids(struct operation *op, struct arena *arena,
		  const struct response_look *look, const struct response_span *span,
		  struct response_ids *out, struct err *err) MUST_USE;
struct response_words {
	const char *words, *consultation;
	int64_t most;
};
/* The rows of "response_search", the best first. */
bool response_search(struct operation *op, struct arena *arena,
		     const struct response_words *of, struct store_table *out,
		     struct err *err) MUST_USE;

/* ---- what is done to one: response.c ---- */

/* state "included", or "excluded" with a reason, or "received" to take it back. */
/* The number of the one that has waited longest to be screened; 0: none waits. */
bool response_first_new(struct operation *op, int64_t consultation_id,
			int64_t *out_number, struct err *err) MUST_USE;
bool response_screen(struct operation *op, const char *reference, const char *state,
		     const char *reason, struct err *err) MUST_USE;
bool response_assign(struct operation *op, const char *reference, const char *staff,
		     struct err *err) MUST_USE; /* staff NULL: nobody */
bool response_note(struct operation *op, const char *reference, const char *text,
		   struct err *err) MUST_USE;
/* Something there is theirs to do: news to them (domain/queue/needs_tell.h), unless they act; 0:
 * nobody. In a transaction. */
bool response_assigned(struct operation *op, int64_t staff_id, int64_t consultation_id,
		       struct err *err) MUST_USE;
/* NULL leaves as it is; type and permission as in the schema. */
bool response_respondent(struct operation *op, const char *reference, const char *type,
			 const char *permission, struct err *err) MUST_USE;
/*
 * The rest of what a form says, corrected by a person, which outranks the form from then
 * on. NULL leaves as it is; "" for name and organisation: there is none. contact: yes, no
 * or unknown.
 */
bool response_correct(struct operation *op, const char *reference, const char *name,
		      const char *organisation, const char *contact,
		      struct err *err) MUST_USE;

#endif
