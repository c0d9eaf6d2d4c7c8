/*
 * leak names - whether a text has one of very many names, addresses, numbers.
 *
 * Each is kept as its letters (leak/letters.h), which the letters of a text are compared with
 * wherever a word may begin: despite case, accents, line breaks, hyphens, tags, blanks between
 * letters. One pass over the text finds all of them, however many there are.
 *
 * Of a person's name "Olive May Quarry" these are found: the names of it in either order, joined
 * or not; the surname with the first name, an initial of it or a title near it; and the surname
 * alone (LEAK_NAME_PART), where it is written with a capital. A surname that others write in
 * small letters (leak_names_hear()) is a word: it is not found alone. A first name alone is not
 * found: too many have it.
 *
 *	leak_names_person() ... -> leak_names_seal() -> leak_names_hear() ... -> leak_names_find()
 *
 * Units      of: whose it is, a number of the caller's; of several the first one is told.
 * Ownership  leak_names_new() gives it away; leak_names_free() takes it back.
 * Errors     none; no memory aborts.
 * Limits     a name of NAME_WORDS words is looked for as a whole alone, and so is that of an
 *	      organisation. Nicknames, and names misspelt, are not known.
 */
#ifndef MERCAT_LEAK_NAMES_H
#define MERCAT_LEAK_NAMES_H

#include "leak/letters.h"

enum leak_kind {
	LEAK_NAME = 0,
	LEAK_NAME_PART,
	LEAK_ORGANISATION,
	LEAK_EMAIL,
	LEAK_TELEPHONE,
	LEAK_POSTCODE,
	LEAK_ADDRESS,
	LEAK_PASSAGE, /* leak/passages.h */
	LEAK_KINDS
};

struct leak_names;

struct leak_names *leak_names_new(void) MUST_USE;
void leak_names_free(struct leak_names **names);
static inline void leak_names_auto(struct leak_names **names)
{
	leak_names_free(names);
}

/* Of a person, as a form, a signature or From have it. */
void leak_names_person(struct leak_names *names, const char *name, int64_t of);
/* Any other kind; an address of LEAK_EMAIL also as "olive at example dot org". */
void leak_names_add(struct leak_names *names, enum leak_kind kind, const char *text,
		    int64_t of);
/* No more comes. */
void leak_names_seal(struct leak_names *names);
/* What people write otherwise: which surnames are words. */
void leak_names_hear(struct leak_names *names, const struct leak_letters *letters);

struct leak_hit {
	enum leak_kind kind;
	size_t from, to; /* letters */
	int64_t of;
};
typedef void leak_hit_fn(void *with, const struct leak_hit *hit);
/* In the order of the text; none lies within another. */
void leak_names_find(struct leak_names *names, const struct leak_letters *letters,
		     leak_hit_fn *found, void *with);
size_t leak_names_bytes(const struct leak_names *names) MUST_USE;

#endif
