/*
 * signature private - what the readers of names and signatures share.
 */
#ifndef MERCAT_TEXT_SIGNATURE_PRIVATE_H
#define MERCAT_TEXT_SIGNATURE_PRIVATE_H

#include "text/letter/signature.h"

enum signature_word {
	SIGNATURE_ORGANISATION,
	SIGNATURE_OFFICE,
	SIGNATURE_BOX,
	SIGNATURE_SECTION, /* "team", "department": of an organisation */
	SIGNATURE_DEGREE,
	SIGNATURE_TITLE
};

/* Is every word by which it is an organisation one of a part of one? */
bool signature_is_section(const char *text) MUST_USE;
/* How long a name is without "MBChB MRCGP" behind it. */
size_t signature_without_degrees(const char *name, size_t len) MUST_USE;
bool signature_known(enum signature_word kind, const char *word);

struct signature_token {
	char low[40];
	bool capital;
};
/* The next word of a text; false at its end. */
bool signature_next(const char **at, struct signature_token *out);

#endif
