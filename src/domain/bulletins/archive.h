/*
 * archive - what the public may read: lists, published updates, consultations.
 *
 * Reads only, and the only door of the public's pages to lists, updates and pictures
 * (linted). Of a private list nothing is here, not even that there is one; an unlisted one is
 * found by its name and stands in no list of lists. Published is an update that is sent, or
 * being sent (also paused or held half-way: it has gone out to some); never a draft, a test
 * or a cancelled one that nobody got. Keyset pages: "before" is the last number or id of the
 * page before, 0 for the first.
 *
 * Ownership  results live in the arena.
 * Errors     ERR_ABSENT no such list, update or consultation, or not for the public.
 * Paths      base_url/lists/LIST, /lists/LIST/N, /lists/LIST/feed.xml, /lists/LIST/join,
 *            /consultations, /consultations/NAME.
 */
#ifndef MERCAT_DOMAIN_ARCHIVE_H
#define MERCAT_DOMAIN_ARCHIVE_H

#include "domain/bulletins/bulletin.h"
#include "domain/admin/consultation.h"

struct archived { /* one update, without its text */
	int64_t number, published_at;
	const char *title, *summary; /* summary "" when it has none */
};

struct archive_list {
	struct list list;
	int64_t updates;        /* how many are published */
	struct archived latest; /* number 0: none yet */
};
/* Public ones, open or closed, by title; of closed ones the page says that staff decide. */
bool archive_lists(struct operation *op, struct arena *arena, struct archive_list **out,
		   size_t *out_count, struct err *err) MUST_USE;
/* By its name: public or unlisted. */
bool archive_list_named(struct operation *op, struct arena *arena, const char *name,
			struct list *out, struct err *err) MUST_USE;
/* The wording that one agrees to on joining, with its version. */
struct wording {
	int64_t id;
	const char *version, *text;
};
bool archive_wording(struct operation *op, struct arena *arena, const struct list *list,
		     struct wording *out, struct err *err) MUST_USE;

/* One page: what comes after "before" (0: the first), at most "most". */
struct archive_page {
	const struct list *list; /* whose updates; of consultations none */
	int64_t before;
	size_t most;
};

/* The newest first. */
bool archive_bulletins(struct operation *op, struct arena *arena,
		       const struct archive_page *page, struct archived **out,
		       size_t *out_count, struct err *err) MUST_USE;

struct archive_bulletin {
	struct bulletin bulletin; /* source->intro.web_html, sections[i].body.web_html */
	int64_t published_at;
	int64_t older, newer; /* numbers of the neighbours, 0: none */
};
bool archive_bulletin(struct operation *op, struct arena *arena, const char *list,
		      int64_t number, struct archive_bulletin *out,
		      struct err *err) MUST_USE;

struct extension_note {
	int64_t at, old_closes_at, new_closes_at;
};
struct archive_consultation {
	struct consultation consultation; /* state is never "draft" */
	struct consultation_clock clock;
	bool is_open; /* until its last second has passed, whatever its state says by then */
	const char **questions;
	size_t question_count;
	struct extension_note *extensions;
	size_t extension_count;
	const char *outcome; /* Markdown, "later what was decided"; NULL: not yet */
	int64_t outcome_at;
	const char *introduction_html, *outcome_html; /* made from Markdown, safe */
};
/* Open ones first, by the day they close; then the others, the newest first. */
bool archive_consultations(struct operation *op, struct arena *arena,
			   const struct archive_page *page,
			   struct archive_consultation **out, size_t *out_count,
			   struct err *err) MUST_USE;
bool archive_consultation(struct operation *op, struct arena *arena, const char *name,
			  struct archive_consultation *out, struct err *err) MUST_USE;

/* Markdown as safe HTML, as those pages show it; what cannot be read as that, as plain text. */
const char *archive_html(struct arena *arena, const char *name,
			 const char *text) MUST_USE;

/* By the staff: what was decided, as Markdown; again replaces it, the audit has the hash. */
/* Whether it is Markdown with something in it; changes nothing. */
bool consultation_outcome_check(const char *text, struct err *err) MUST_USE;
bool consultation_outcome(struct operation *op, const char *name, const char *text,
			  struct err *err) MUST_USE;

#endif
