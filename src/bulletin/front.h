/*
 * bulletin front - the lines between the two "---"; for src/bulletin only.
 *
 * Errors     ERR_INPUT with "file:line: what to do".
 */
#ifndef MERCAT_BULLETIN_FRONT_H
#define MERCAT_BULLETIN_FRONT_H

#include "bulletin/source.h"

/* The keys into source; out_body is where the Markdown starts, out_line its line. */
bool bulletin_front_parse(struct arena *arena, const struct bulletin_file *file,
			  struct bulletin_source *source, const char **out_body,
			  int *out_line, struct err *err) MUST_USE;
/* The topics in "a, b" as a mask; ERR_INPUT at an unknown one. */
bool bulletin_front_topics(const struct bulletin_source *source, struct arena *arena,
			   const char *list, uint64_t *out, struct err *err) MUST_USE;

#endif
