/*
 * bulletin source - an update as its author writes it, in one file.
 *
 *	---
 *	list: children
 *	title: Child Protection Improvement Programme
 *	topics: neglect, hearings
 *	---
 *	What comes before the first section is the introduction.
 *
 *	## A better start {neglect}
 *	...
 *
 * Keys: list and title must be there; topics, subject ({title} and {number} in it are
 * filled in), from_name, summary, language ("en-GB" when missing) may be. A line that
 * begins with # is a comment.
 * A level-2 heading begins a section and may name topics in braces; without, it
 * goes to everybody.
 *
 * Topics     bit n of a mask is topics[n], in the order of the front matter: whoever
 *            holds the subscribers' choices maps their topics by key.
 * Variants   subscribers who get the same sections get the same text: a variant is the
 *            set of its sections, bit n for sections[n].
 * Ownership  everything lives in the arena.
 * Errors     ERR_INPUT with "file:line: what to do".
 * Limits     those of text/markup/markdown.h; 64 sections, 64 topics, values of 200 characters.
 */
#ifndef MERCAT_BULLETIN_SOURCE_H
#define MERCAT_BULLETIN_SOURCE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/codec/secret.h"
#include "bulletin/image.h"
#include "text/markup/markdown.h"

enum { BULLETIN_TOPICS_MAX = 64, BULLETIN_SECTIONS_MAX = 64 };

#define BULLETIN_ALL UINT64_MAX

/* One stretch of Markdown, written out. */
struct bulletin_text {
	const char *mail_html; /* for bulletin_render() */
	const char *web_html;  /* for the archive's pages */
	const char *text;
};

struct bulletin_section {
	const char *title;
	const char *anchor; /* letters, digits, hyphens; unique in the bulletin */
	uint64_t topics;    /* 0: for everybody */
	struct bulletin_text body;
	int line;
};

struct bulletin_source {
	const char *list, *title;
	const char *subject, *from_name, *summary; /* NULL when missing */
	const char *language;
	const char **topics;
	size_t topic_count;
	struct bulletin_text intro; /* "" when there is none */
	struct bulletin_section *sections;
	size_t section_count;
	struct markdown_note *notes; /* what the author had better mend */
	size_t note_count;
	/* Why it cannot be read yet, and on which line (0: none); NULL when it can. Only
	 * bulletin_source_draft() gives one that cannot. */
	const char *unreadable;
	int unreadable_line;
	/* Of keys, text with the line ends made one, and pictures: what an approval binds. */
	char hash[SECRET_SHA256_HEX];
};

/* The text of one, as it came. */
struct bulletin_file {
	const char *name; /* what errors call it */
	const char *text;
	size_t len;
};

bool bulletin_source_parse(struct arena *arena, const char *name, const char *text,
			   size_t len, struct bulletin_source **out,
			   struct err *err) MUST_USE;

/* With the pictures that are attached (NULL: none); borrowed for the call. */
bool bulletin_source_parse_with(struct arena *arena, const struct bulletin_file *file,
				const struct bulletin_images *images,
				struct bulletin_source **out, struct err *err) MUST_USE;

/* Its keys only: title, summary ...; the text is not looked at. */
bool bulletin_source_front(struct arena *arena, const char *name, const char *text,
			   size_t len, struct bulletin_source **out,
			   struct err *err) MUST_USE;

/* Whether someone who chose these topics (BULLETIN_ALL: all) gets this update at all. */
bool bulletin_wanted(const struct bulletin_source *source, uint64_t topic_mask);
/* The sections that this subscriber gets; 0 may also mean: the introduction only. */
uint64_t bulletin_variant(const struct bulletin_source *source, uint64_t topic_mask);

#endif
