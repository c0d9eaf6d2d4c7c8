/*
 * queue - the queue: what waits in a consultation, page by page, and where one stands.
 *
 * One filter (domain/responses/response.h) serves the list, its count, next and previous,
 * and acts on all that it finds (domain/queue/bulk.h). Pages go by keyset: by the number of
 * a reply, which is its place in the consultation for ever. What the filter asks is kept
 * ready beside each reply by triggers (table desk), so that a page of 100,000 replies is
 * quick.
 *
 * Units      *_at are unix seconds UTC; number is that of the reference.
 * Ownership  in the arena; a filter borrows its texts.
 * Errors     ERR_INPUT     a state, type, ... that is none, a search that is too long
 *            ERR_ABSENT    no such consultation, colleague, tag or view
 */
#ifndef MERCAT_DOMAIN_QUEUE_H
#define MERCAT_DOMAIN_QUEUE_H

#include "domain/responses/response.h"

enum { QUEUE_PAGE_MOST = 200, QUEUE_FIRST_WORDS = 160 };

/* Views that are always there: "new", "mine", ... with filter and count ("second" only for
 * a person who has a sample to code); then saved ones
 * of this person and shared ones (no count: ask queue_count() for the one shown). */
struct queue_view {
	const char *name, *title; /* "late", "Late" */
	const char *
		filter; /* as text; NULL for "unsorted": domain/sorting/unsorted.h has its list */
	int64_t id;    /* 0: always there */
	int64_t count; /* -1: not counted */
	bool shared, own;
};

struct queue {
	int64_t total, received, included, excluded, unsorted;
	int64_t risk; /* of how many somebody has to look whether anybody is at risk */
	struct queue_view *views;
	size_t view_count;
};

bool queue_load(struct operation *op, struct arena *arena, const char *consultation,
		struct queue *out, struct err *err) MUST_USE;

/* One row of the list. */
struct queue_row {
	int64_t id, number, received_at;
	const char *reference;
	const char *who; /* name or address; NULL: withheld from this person */
	const char *subject;
	const char
		*words; /* first words, or with a search the words around a hit, each hit
			     * between QUEUE_HIT and QUEUE_HIT_END */
	const char *state, *reason, *type, *permission, *assigned;
	const char *tags;      /* "law, courts" or NULL */
	const char *campaign;  /* "2 standard" or NULL */
	const char *locked_by; /* NULL: nobody, or it has expired */
	int64_t files, unreadable, notes;
	bool late, marked, linked;
	const char *proposed; /* what it is proposed to be, NULL: nothing waits */
	bool risk;            /* somebody may be at risk, and nobody has looked yet */
};

#define QUEUE_HIT "\x02"
#define QUEUE_HIT_END "\x03"

struct queue_page {
	int64_t after;  /* numbers past this one in the order shown; 0: from the start */
	int64_t before; /* or the page that ends before this one */
	int64_t most;   /* 1 to QUEUE_PAGE_MOST */
};

struct queue_rows {
	struct queue_row *items;
	size_t count;
	bool more_after, more_before; /* is there another page that way? */
};

bool queue_list(struct operation *op, struct arena *arena,
		const struct response_look *look, const struct queue_page *page,
		struct queue_rows *out, struct err *err) MUST_USE;
/* How many it finds. */
bool queue_count(struct operation *op, const struct response_look *look, int64_t *out,
		 struct err *err) MUST_USE;
/* The references next to one, in the same filter and order; NULL at either end. The reply
 * itself need not be in it (any more). */
struct queue_neighbours {
	const char *before, *after;
};
bool queue_around(struct operation *op, struct arena *arena,
		  const struct response_look *look, int64_t number,
		  struct queue_neighbours *out, struct err *err) MUST_USE;
/* Every number that it finds, ascending; at most most. */
struct queue_numbers {
	int64_t *items;
	size_t count;
};
bool queue_numbers(struct operation *op, struct arena *arena,
		   const struct response_look *look, int64_t most,
		   struct queue_numbers *out, struct err *err) MUST_USE;

/* Whose a saved view is: of whoever saves it, or of all who see the queue. */
enum view_owner { VIEW_OF_ONE, VIEW_OF_ALL };
/* Saved views. An own one of the same name is replaced; only its owner ends it. */
bool queue_view_save(struct operation *op, const char *consultation, const char *name,
		     const struct response_filter *filter, enum view_owner owner,
		     struct err *err) MUST_USE;
bool queue_view_end(struct operation *op, const char *consultation, const char *name,
		    struct err *err) MUST_USE;

#endif
