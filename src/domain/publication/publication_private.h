/* publication private - what the files of this room share. */
#ifndef MERCAT_DOMAIN_PUBLICATION_PRIVATE_H
#define MERCAT_DOMAIN_PUBLICATION_PRIVATE_H

#include "domain/publication/publication.h"

enum { PUBLISHED_BYTES = 8 << 20 };

struct published_words {
	const char *type, *label, *organisation; /* organisation NULL: none is named */
	struct publication_answer *answers;
	size_t count;
	const char *search;           /* all of it, to be searched */
	char hash[SECRET_SHA256_HEX]; /* of all of it */
	size_t open, lost; /* proposals to be settled, redactions to be placed */
};
/* As it would be published by that decision. */
bool published_words_make(struct operation *op, struct arena *arena,
			  const struct publication *p, const char *decision,
			  struct published_words *out, struct err *err) MUST_USE;
/* Visible letters alone, composed (NFC), lines as they were meant. */
const char *published_plain(struct arena *arena, const char *text) MUST_USE;
/* In small letters without accents, to be searched. */
const char *published_folded(struct arena *arena, const char *text) MUST_USE;
/* After redactions have changed: what was decided is vouched for by whoever did it. */
bool publication_touched(struct operation *op, struct arena *arena, int64_t response_id,
			 struct err *err) MUST_USE;

#endif
