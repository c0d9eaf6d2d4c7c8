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

struct topic {
	const char *name;  /* as files and commands write it, for good */
	const char *title; /* as people read it */
	bool is_offered;   /* to whoever chooses; else it was merged or retired */
	size_t now;        /* the position of the one it was merged into, else its own */
};

struct list {
	int64_t id;
	const char *name, *title, *address, *from_name, *owner, *relay;
	const char *description; /* public words on what it is about, or "" */
	bool is_open; /* anyone joins; otherwise a request waits for the staff */
	enum list_visibility visibility;
	int64_t wording_id;
	/* By position, the retired ones too: bit 1 << position of a subscription's mask. */
	const struct topic *topics;
	size_t topic_count;
};

struct list_new {
	const char *name, *title, *address, *from_name, *owner, *relay;
	bool closed;
	const char *visibility; /* "public", "unlisted", "private"; NULL: by entry */
	const char *description;
	const char *topics;  /* titles, "Care experience, Online harm", or NULL */
	const char *wording; /* shown when joining; NULL: the usual one */
	int64_t first_number;
};

bool list_add(struct operation *op, const struct list_new *what,
	      struct err *err) MUST_USE;
/*
 * What it is called and who sends it, from now on; NULL leaves it as it is, "" takes a
 * description or a relay away. Another wording is a new version of it: whoever agreed before
 * agreed to the old one. An approved bulletin looks otherwise with another title or sender, so
 * it must be approved anew.
 */
struct list_change {
	const char *title, *from_name, *owner, *relay, *description, *wording;
};
bool list_change(struct operation *op, const char *name, const struct list_change *to,
		 struct err *err) MUST_USE;
/* Whether each of them may be so, as list_change() would say; changes nothing. */
bool list_change_check(struct operation *op, const struct list_change *to,
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

/* Names or titles, parted by commas or semicolons, names by white space too -> mask; "", NULL or
 * "all": out_all. One that was merged counts as what it was merged into. ERR_INPUT: unknown. */
bool topics_read(const struct list *list, const char *text, int64_t *out_mask,
		 bool *out_all, struct err *err) MUST_USE;
/* The position of the topic of that name or title; -1: there is none. */
int topic_position(const struct list *list, const char *name_or_title) MUST_USE;
/* Whether those of a mask are chosen, or all there are, later ones too. */
enum topics_which { TOPICS_CHOSEN, TOPICS_ALL };
/* The other way: "all" or "a;b", as a file or command writes it. */
const char *topics_text(const struct list *list, struct arena *arena, int64_t mask,
			enum topics_which which) MUST_USE;
/* As people read them: "Care experience, Online harm". */
const char *topics_titles(const struct list *list, struct arena *arena,
			  int64_t mask) MUST_USE;
/* The topics of a new list, from their titles; in the caller's transaction. */
bool topics_add(struct operation *op, int64_t list_id, const char *titles,
		struct err *err) MUST_USE;
/*
 * The one check of what a topic is called, by whatever way it gets there; position: whose title
 * it will be, or TOPIC_IS_NEW. ERR_INPUT: it is no title, or "all", in any case, which stands for
 * all topics; ERR_CONFLICT: another topic of the list has it, as title or as name.
 */
enum { TOPIC_IS_NEW = -1 };
bool topic_title_fits(struct operation *op, int64_t list_id, int position,
		      const char *title, struct err *err) MUST_USE;
/* One more, at the next position; its name is made from the title. ERR_CONFLICT: it is there. */
bool topic_new(struct operation *op, int64_t list_id, const char *title,
	       struct err *err) MUST_USE;
enum { TOPICS_MOST = 62, TOPIC_TITLE_MOST = 80 };

/* "Care experience" -> "care-experience"; letters that are not of a to z part words. */
const char *list_name_from(struct arena *arena, const char *title) MUST_USE;
/* A name for lists, consultations: a-z, 0-9 and -, beginning with a letter; ERR_INPUT. */
bool list_name_check(const char *what, const char *name, struct err *err) MUST_USE;

#endif
