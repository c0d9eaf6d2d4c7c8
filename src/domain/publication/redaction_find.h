/*
 * redaction find - what in a text may say who somebody is, for a person to look at.
 *
 * Email addresses, telephone and other long numbers, postcodes, postal addresses, dates of
 * birth, numbers of cases, names that are known (of a form, a signature, a greeting, From) in
 * any case, without accents, with initials, one part of them alone, broken over lines, spelled
 * out; and names behind a title or behind "my name is". Rather one too many: a person takes or
 * dismisses each.
 *
 * Units      characters of the text, from 0; to is the first one after.
 * Ownership  in the arena.
 * Limits     no list of names: one that nobody said is known only by what stands before it.
 */
#ifndef MERCAT_DOMAIN_REDACTION_FIND_H
#define MERCAT_DOMAIN_REDACTION_FIND_H

#include "base/arena.h"
#include "base/attr.h"

enum redaction_kind {
	REDACT_EMAIL = 0,
	REDACT_PHONE,
	REDACT_NUMBER, /* of a case, an account, a card */
	REDACT_POSTCODE,
	REDACT_ADDRESS,
	REDACT_BIRTH,
	REDACT_NAME,  /* of whoever responds */
	REDACT_OTHER, /* name of somebody else */
	REDACT_KINDS
};
/* "email address", "telephone number": in a sentence, and in the store. */
extern const char *const redaction_kind_names[REDACT_KINDS + 1]; /* NULL at the end */
/* Why it goes, of the list: "contact", "name". */
const char *redaction_kind_reason(enum redaction_kind kind) MUST_USE;

struct redaction_found {
	int64_t from, to;
	enum redaction_kind kind;
};
struct redaction_names {
	const char **own, **others; /* NULL at the end; any part of them is enough */
	const char **whole;         /* of organisations: all their words in a row */
};

/* Where these words stand in a row, in any case, with or without accents and hyphens. Words of
 * letters alone: of others nothing is found. */
void redaction_find_words(struct arena *arena, const char *text, const char *words,
			  struct redaction_found **out, size_t *out_count);
/* In order, none over another. names may be NULL. */
void redaction_find(struct arena *arena, const char *text,
		    const struct redaction_names *names, struct redaction_found **out,
		    size_t *out_count);

#endif
