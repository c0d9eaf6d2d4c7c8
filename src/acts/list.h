/*
 * acts list - a mailing list: its addresses, its topics, its wording.
 *
 * Ownership  a struct acts_list hangs in the arena it was loaded into.
 * Errors     as in acts.h.
 */
#ifndef MERCAT_ACTS_LIST_H
#define MERCAT_ACTS_LIST_H

#include "acts/acts.h"

struct acts_list {
	int64_t id;
	const char *name, *title, *address, *from_name, *owner, *relay;
	const char *description; /* public words on what it is about, or "" */
	bool is_open; /* anyone joins; otherwise a request waits for the staff */
	int64_t wording_id;
	const char **topics; /* by position: bit 1 << position of a subscription's mask */
	size_t topic_count;
};

struct acts_list_new {
	const char *name, *title, *address, *from_name, *owner, *relay;
	bool closed;
	const char *description;
	const char *topics;  /* "a,b,c" or NULL */
	const char *wording; /* shown when joining; NULL: the usual one */
	int64_t first_number;
};

bool acts_list_add(struct acts *acts, const struct acts_list_new *what,
		   struct err *err) MUST_USE;
/* Public words on what it is about: text of at most ACTS_DESCRIPTION_MOST bytes. */
enum { ACTS_DESCRIPTION_MOST = 2000 };
bool acts_list_describe(struct acts *acts, const char *name, const char *description,
			struct err *err) MUST_USE;
bool acts_list_named(struct acts *acts, struct arena *arena, const char *name,
		     struct acts_list *out, struct err *err) MUST_USE;
bool acts_list_by_id(struct acts *acts, struct arena *arena, int64_t id,
		     struct acts_list *out, struct err *err) MUST_USE;

/* "a, b" or "a;b" -> mask; "", NULL or "all": out_all. ERR_INPUT: an unknown one. */
bool acts_topics_read(const struct acts_list *list, const char *text, int64_t *out_mask,
		      bool *out_all, struct err *err) MUST_USE;
/* The other way: "all" or "a;b". */
const char *acts_topics_text(const struct acts_list *list, struct arena *arena,
			     int64_t mask, bool all) MUST_USE;

/* A name for lists, consultations: a-z, 0-9 and -, beginning with a letter; ERR_INPUT. */
bool acts_name_check(const char *what, const char *name, struct err *err) MUST_USE;

#endif
