/* check private - what the files check*.c share and nobody else sees. */
#ifndef MERCAT_BULLETIN_CHECK_PRIVATE_H
#define MERCAT_BULLETIN_CHECK_PRIVATE_H

#include "bulletin/check.h"
#include "text/markup/markdown_facts.h"

struct check {
	const struct bulletin_check_in *in;
	struct arena *arena;
	struct bulletin_findings *out;
	const struct markdown_fact *facts;
	size_t count;
};

#define STOP(c, rule, line, ...)                                               \
	bulletin_finding_add((c)->out, (c)->arena, BULLETIN_STOPS, rule, line, \
			     __VA_ARGS__)
#define LOOK(c, rule, line, ...) \
	bulletin_finding_add((c)->out, (c)->arena, BULLETIN_LOOK, rule, line, __VA_ARGS__)
#define FINE(c, rule, ...) \
	bulletin_finding_add((c)->out, (c)->arena, BULLETIN_FINE, rule, 0, __VA_ARGS__)

/* True while a rule has found nothing: then it says what it looked at. */
bool check_clean(const struct check *check, const char *rule);

void check_links(struct check *check);
void check_images(struct check *check);
void check_sections(struct check *check);
void check_headings(struct check *check);
void check_dates(struct check *check);
/* Placeholders and capitals, in one text; what names it: "the title". */
void check_words(struct check *check, const char *text, int line);
void check_subject(struct check *check);
void check_size(struct check *check);
void check_contrast(struct check *check);

#endif
