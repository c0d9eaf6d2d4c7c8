/*
 * bulletin check - what the author of an update should mend before it goes out.
 *
 * Reads the source as it was written and what it becomes, and says what it finds in plain
 * words, each with the line it stands on. Pure: what the store knows (who chose which topic, what
 * was attached) is handed in; domain/bulletins/bulletin_check.h does that.
 *
 *	stops   would reach readers broken: it cannot be approved like this
 *	look    may be meant: a person decides
 *	fine    was looked at and is well; one line for each kind of check
 *
 * Rules, by their names: "front" "links" "link text" "images" "sections" "topics" "headings"
 * "size" "subject" "placeholders" "capitals" "dates" "contrast", and those of op
 * "audience" "relay" "approval".
 *
 * Units      line counts from 1 in the source; 0: about the whole.
 * Ownership  findings live in the arena; inputs are borrowed.
 * Errors     none: a text that cannot be parsed is itself a finding ("front", stops).
 * Source     WCAG 2.2 1.1.1, 1.3.1, 1.4.3, 2.4.4; 102 kB is where Gmail cuts a mail off.
 * Limits     links are looked at, never followed. 300 findings. Dates in English only.
 */
#ifndef MERCAT_BULLETIN_CHECK_H
#define MERCAT_BULLETIN_CHECK_H

#include "bulletin/image.h"
#include "bulletin/source.h"

enum bulletin_level { BULLETIN_STOPS, BULLETIN_LOOK, BULLETIN_FINE };

struct bulletin_finding {
	enum bulletin_level level;
	const char *rule; /* as listed above */
	const char *text; /* a sentence or two: what, and what to do */
	int line;
};

struct bulletin_findings {
	struct bulletin_finding *items; /* what stops first, then by line */
	size_t count, stops, looks;
};

/* One image that is attached to the draft, whether the text shows it or not. */
struct bulletin_check_in {
	const char *name; /* what errors call the text */
	const char *text; /* the source */
	size_t len;
	const struct bulletin_source
		*source; /* parsed from it, or NULL when it cannot be */
	const struct bulletin_images *images; /* attached, or NULL */
	const char *subject;                  /* as it will be sent, or NULL */
	const char *html;                     /* the whole mail for all topics, or NULL */
	const char *own_url;                  /* base of our own pages, or NULL */
	const char *today;                    /* "2026-03-02": for days without a year */
	const bool *chosen; /* by source topic: anybody has it; or NULL */
};

void bulletin_check(struct arena *arena, const struct bulletin_check_in *in,
		    struct bulletin_findings *out);
/* Adds one more, in its place. */
void bulletin_finding_add(struct bulletin_findings *findings, struct arena *arena,
			  enum bulletin_level level, const char *rule, int line,
			  const char *format, ...) PRINTF_LIKE(6, 7);
/* "stops", "look", "fine" */
const char *bulletin_level_name(enum bulletin_level level);

#endif
