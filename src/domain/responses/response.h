/*
 * response - what officials do with a reply: screen, assign, note, search.
 *
 * A reply is named by its reference (domain/responses/reference.h).
 * Nothing is deleted: a screening keeps the one before.
 *
 * Errors     ERR_INPUT a reference that is none; ERR_ABSENT no such reply.
 */
#ifndef MERCAT_DOMAIN_RESPONSE_H
#define MERCAT_DOMAIN_RESPONSE_H

#include "domain/responses/reference.h"

struct response_filter {
	const char *consultation, *state, *tag, *assigned, *type, *permission, *search;
	int64_t late;       /* 0 or 1; -1: any */
	bool unreadable;    /* only with attachments that could not be read */
	const char *marked; /* what a rule marked them as; "": anything */
	int64_t most;       /* 0: all */
};

/* The rows of "response_list". */
bool response_list(struct operation *op, struct arena *arena,
		   const struct response_filter *filter, struct store_table *out,
		   struct err *err) MUST_USE;
/* Their ids alone, ascending, those after one. */
bool response_ids(struct operation *op, struct arena *arena,
		  const struct response_filter *filter, int64_t after, int64_t **out,
		  size_t *out_count, struct err *err) MUST_USE;
/* The rows of "response_search", the best first. */
bool response_search(struct operation *op, struct arena *arena, const char *words,
		     const char *consultation, int64_t most, struct store_table *out,
		     struct err *err) MUST_USE;

/* state "included", or "excluded" with a reason, or "received" to take it back. */
bool response_screen(struct operation *op, const char *reference, const char *state,
		     const char *reason, struct err *err) MUST_USE;
bool response_assign(struct operation *op, const char *reference, const char *staff,
		     struct err *err) MUST_USE; /* staff NULL: nobody */
bool response_note(struct operation *op, const char *reference, const char *text,
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

/* What a person types -> an FTS5 query of quoted words. ERR_INPUT: it is too long. */
bool response_search_query(struct arena *arena, const char *words, const char **out,
			   struct err *err) MUST_USE;

#endif
