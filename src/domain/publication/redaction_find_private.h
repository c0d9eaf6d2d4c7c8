/* redaction find private - what its files share: a text as characters, and what was found. */
#ifndef MERCAT_DOMAIN_REDACTION_FIND_PRIVATE_H
#define MERCAT_DOMAIN_REDACTION_FIND_PRIVATE_H

#include "domain/publication/redaction_find.h"

#include <stdbool.h>
#include <stdint.h>

/* A text as characters: what is no letter stays, and nothing is folded away. */
struct glyphs {
	struct arena *arena;
	uint32_t *at; /* 0 at the end */
	int64_t count;
};
struct finding_list {
	struct glyphs text;
	struct redaction_found *items;
	size_t count;
};

/* redaction_find_text.c */
void finding_add(struct finding_list *l, enum redaction_kind kind, int64_t from,
		 int64_t to);
bool glyph_is_digit(uint32_t c) MUST_USE;
bool glyph_is_letter(uint32_t c) MUST_USE;
bool glyph_is_upper(uint32_t c) MUST_USE;
bool glyph_is_blank(uint32_t c) MUST_USE;
/* A hyphen or dash of any kind. */
bool glyph_is_dash(uint32_t c) MUST_USE;
/* It shows nothing and parts nothing: a soft hyphen, a zero-width sign. */
bool glyph_is_hidden(uint32_t c) MUST_USE;
/* Do these ASCII words stand there, in any case, whole; how many characters, or 0. */
int64_t glyphs_have(const struct glyphs *t, int64_t at, const char *words) MUST_USE;
/* The longest of these (NULL at the end), whole. */
int64_t glyphs_have_any(const struct glyphs *t, int64_t at,
			const char *const *words) MUST_USE;

/* redaction_find_numbers.c */
void find_emails(struct finding_list *l);
void find_numbers(struct finding_list *l);
void find_postcodes(struct finding_list *l);
void find_births(struct finding_list *l);
/* redaction_find_places.c */
void find_addresses(struct finding_list *l);
/* redaction_find_names.c */
void find_names(struct finding_list *l, const struct redaction_names *names);

#endif
