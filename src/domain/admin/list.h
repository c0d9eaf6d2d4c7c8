/*
 * list - a mailing list: its addresses, its topics, its wording.
 *
 * Ownership  a struct list hangs in the arena it was loaded into.
 * Errors     as in op.h.
 */
#ifndef MERCAT_DOMAIN_LIST_H
#define MERCAT_DOMAIN_LIST_H

#include "domain/core/domain.h"

struct list {
	int64_t id;
	const char *name, *title, *address, *from_name, *owner, *relay;
	const char *description; /* public words on what it is about, or "" */
	bool is_open; /* anyone joins; otherwise a request waits for the staff */
	int64_t wording_id;
	const char **topics; /* by position: bit 1 << position of a subscription's mask */
	size_t topic_count;
};

struct list_new {
	const char *name, *title, *address, *from_name, *owner, *relay;
	bool closed;
	const char *description;
	const char *topics;  /* "a,b,c" or NULL */
	const char *wording; /* shown when joining; NULL: the usual one */
	int64_t first_number;
};

bool list_add(struct operation *op, const struct list_new *what,
	      struct err *err) MUST_USE;
/* Public words on what it is about: text of at most DESCRIPTION_MOST bytes. */
enum { DESCRIPTION_MOST = 2000 };
bool list_describe(struct operation *op, const char *name, const char *description,
		   struct err *err) MUST_USE;
bool list_named(struct operation *op, struct arena *arena, const char *name,
		struct list *out, struct err *err) MUST_USE;
bool list_by_id(struct operation *op, struct arena *arena, int64_t id, struct list *out,
		struct err *err) MUST_USE;

/* "a, b" or "a;b" -> mask; "", NULL or "all": out_all. ERR_INPUT: an unknown one. */
bool topics_read(const struct list *list, const char *text, int64_t *out_mask,
		 bool *out_all, struct err *err) MUST_USE;
/* The other way: "all" or "a;b". */
const char *topics_text(const struct list *list, struct arena *arena, int64_t mask,
			bool all) MUST_USE;

/* A name for lists, consultations: a-z, 0-9 and -, beginning with a letter; ERR_INPUT. */
bool list_name_check(const char *what, const char *name, struct err *err) MUST_USE;

#endif
