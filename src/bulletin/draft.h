/*
 * bulletin draft - a bulletin's file as a form has it: its keys apart from what is read.
 *
 * Reading takes whatever stands there, finished or not; writing makes a file that
 * bulletin_source_parse() reads once the values are good. What is read and written again says
 * the same. Lines among the keys that are none (notes behind #) are kept.
 *
 * Units      body_line counts from 1 in the whole file: where body begins.
 * Ownership  in the arena; inputs are borrowed.
 * Errors     none: bulletin_source_draft() says what is still wrong.
 */
#ifndef MERCAT_BULLETIN_DRAFT_H
#define MERCAT_BULLETIN_DRAFT_H

#include "bulletin/source.h"

struct bulletin_fields {
	/* "" when missing. topics: as written, "neglect, hearings" */
	const char *list, *title, *topics, *subject, *from_name, *summary, *language;
	const char *others; /* lines among the keys that are none, each with its end */
	const char
		*body; /* line ends are LF; no empty lines before, white space behind */
	int body_line;
	bool has_keys; /* the text begins with its keys; else all of it is body */
};

void bulletin_fields_read(struct arena *arena, const char *text,
			  struct bulletin_fields *out);
const char *bulletin_fields_write(struct arena *arena,
				  const struct bulletin_fields *fields);
/* It was a whole file: keys that all are known, list or title among them. Else what stands
 * between two lines of --- are words like others. */
bool bulletin_fields_of_file(const struct bulletin_fields *fields);
/* The same in every value that counts: notes among the keys are none. */
bool bulletin_fields_same(const struct bulletin_fields *a,
			  const struct bulletin_fields *b);

/*
 * The source of a text that may be unfinished: what can be read of it, as far as it can; else
 * its unreadable says why, in words for its author, it has no sections, and its hash is of
 * the text as it stands. images as for bulletin_source_parse_with().
 */
struct bulletin_source *bulletin_source_draft(struct arena *arena, const char *text,
					      const struct bulletin_images *images);
/* "name:12: what to do" -> "what to do", and 12; 0 when no line is named. */
const char *bulletin_error_words(const char *name, const char *text, int *out_line);

#endif
