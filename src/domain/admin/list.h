/*
 * list - a mailing list: its addresses, its topics, its wording.
 *
 * Ownership  a struct list hangs in the arena it was loaded into.
 * Errors     as in op.h.
 */
#ifndef MERCAT_DOMAIN_LIST_H
#define MERCAT_DOMAIN_LIST_H

#include "domain/core/domain.h"

/* Who finds it on the web. Unlisted: whoever has its address; private: nobody, and no page of
 * the public says that there is such a list. */
enum list_visibility {
	LIST_BY_ENTRY = 0, /* of a new one: public when open, private when closed */
	LIST_PUBLIC,
	LIST_UNLISTED,
	LIST_PRIVATE
};

struct list {
	int64_t id;
	const char *name, *title, *address, *from_name, *owner, *relay;
	const char *description; /* public words on what it is about, or "" */
	bool is_open; /* anyone joins; otherwise a request waits for the staff */
	enum list_visibility visibility;
	int64_t wording_id;
	const char **topics; /* by position: bit 1 << position of a subscription's mask */
	size_t topic_count;
};

struct list_new {
	const char *name, *title, *address, *from_name, *owner, *relay;
	bool closed;
	const char *visibility; /* "public", "unlisted", "private"; NULL: by entry */
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
/* Who finds it from now on; also of what was published before. An approval of an update
 * that waits no longer counts, since its mails lead elsewhere. */
bool list_show_to(struct operation *op, const char *name, const char *visibility,
		  struct err *err) MUST_USE;
/*
 * What a list is called to somebody who may be on none: its title, or the address of a private
 * one, which they must have known. Lives as long as the list.
 */
const char *list_called(const struct list *list);
/* base_url/lists/NAME and then rest; NULL when the public finds no page of it. */
const char *list_url(struct operation *op, struct arena *arena, const struct list *list,
		     const char *rest) MUST_USE;
bool list_named(struct operation *op, struct arena *arena, const char *name,
		struct list *out, struct err *err) MUST_USE;
bool list_by_id(struct operation *op, struct arena *arena, int64_t id, struct list *out,
		struct err *err) MUST_USE;
/* The rows of "list_all" by name; and of one as "list_show", ERR_ABSENT. */
bool lists_all(struct operation *op, struct arena *arena, struct store_table *out,
	       struct err *err) MUST_USE;
bool list_shown(struct operation *op, struct arena *arena, const char *name,
		struct store_row *out, struct err *err) MUST_USE;

/* "a, b" or "a;b" -> mask; "", NULL or "all": out_all. ERR_INPUT: an unknown one. */
bool topics_read(const struct list *list, const char *text, int64_t *out_mask,
		 bool *out_all, struct err *err) MUST_USE;
/* The other way: "all" or "a;b". */
const char *topics_text(const struct list *list, struct arena *arena, int64_t mask,
			bool all) MUST_USE;

/* A name for lists, consultations: a-z, 0-9 and -, beginning with a letter; ERR_INPUT. */
bool list_name_check(const char *what, const char *name, struct err *err) MUST_USE;

#endif
