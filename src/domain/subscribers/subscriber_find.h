/*
 * subscriber find - people, suppressions and bounces page by page.
 *
 * By keyset: each page begins behind the last id of the one before, so page 10,000 costs
 * what page 1 costs. A search for three characters or more finds them anywhere in the
 * address or the name, through an index of trigrams; a shorter one, at the beginning of
 * the address. The index follows every change of a person in the same commit, their
 * erasure too.
 *
 * Ownership  rows live in the arena.
 * Errors     ERR_INPUT a state that there is none of; a suppressed address cannot be
 *            searched for (only its hash is kept): ask suppression_of().
 * Limits     200 rows a page. Case and accents: ASCII case is ignored, accents are not.
 */
#ifndef MERCAT_DOMAIN_SUBSCRIBER_FIND_H
#define MERCAT_DOMAIN_SUBSCRIBER_FIND_H

#include "domain/admin/list.h"

struct find_page {
	int64_t after; /* the last id of the page before; 0: the first */
	int64_t most;  /* rows; 0: 50 */
	/* The newest first, where nothing is searched for. */
	bool newest_first;
};

struct subscriber_search {
	const struct list *list;  /* NULL: all of them */
	const char *state, *text; /* or NULL */
	struct find_page page;
};
/*
 * Columns id (of the
 * subscription), person, address, name, list, state, all_topics, topics, active_since,
 * changed_at, frequency; in the order of "after", which out_next gets for the next page
 * (0: no more).
 */
bool subscriber_find(struct operation *op, struct arena *arena,
		     const struct subscriber_search *search, struct store_table *out,
		     int64_t *out_next, struct err *err) MUST_USE;
/* Rows state and n: how many are in each. Cheap however long the list is. */
bool subscribers_by_state(struct operation *op, struct arena *arena, int64_t list_id,
			  struct store_table *out, struct err *err) MUST_USE;
/* Where somebody is now who has moved away from an address; NULL: nobody has. */
bool person_formerly(struct operation *op, struct arena *arena, const char *address,
		     const char **out_now, struct err *err) MUST_USE;
/* The rows of "subscriber_list", in the order of subscribing. */
struct subscriber_filter {
	int64_t list_id;
	const char *state; /* subscription_states (domain.h); NULL: any */
	int64_t most;
};
bool subscriber_list(struct operation *op, struct arena *arena,
		     const struct subscriber_filter *filter, struct store_table *out,
		     struct err *err) MUST_USE;
/* One person: the row of "person_by_id", ERR_ABSENT: nobody is, or they were erased. */
bool person_by_id(struct operation *op, struct arena *arena, int64_t id,
		  struct store_row *out, struct err *err) MUST_USE;
/* The same of somebody on that list; ERR_ABSENT, whoever has the number otherwise. */
bool person_on_list(struct operation *op, struct arena *arena, int64_t list_id,
		    int64_t id, struct store_row *out, struct err *err) MUST_USE;
/* All subscriptions of an address: the rows of "subscriber_show", by list; none for nobody. */
bool subscriptions_of_key(struct operation *op, struct arena *arena,
			  const char *address_key, struct store_table *out,
			  struct err *err) MUST_USE;
/* How one came to be, and every change: the rows of "evidence_of". */
bool evidence_of(struct operation *op, struct arena *arena, int64_t subscription_id,
		 struct store_table *out, struct err *err) MUST_USE;
/* Columns id, reason, staff, created_at; newest first, below "after". */
bool suppression_page(struct operation *op, struct arena *arena, struct find_page page,
		      struct store_table *out, int64_t *out_next,
		      struct err *err) MUST_USE;
/*
 * Columns id, at, list, number, address, source, verdict, reason, diagnostic, effect,
 * words; newest first.
 */
struct bounce_find {
	const char *list; /* NULL: of all, and those that carry no tag of ours */
	struct find_page page;
};
bool bounce_page(struct operation *op, struct arena *arena,
		 const struct bounce_find *find, struct store_table *out,
		 int64_t *out_next, struct err *err) MUST_USE;

#endif
