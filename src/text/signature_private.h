/*
 * signature private - what the readers of names and signatures share.
 */
#ifndef MERCAT_TEXT_SIGNATURE_PRIVATE_H
#define MERCAT_TEXT_SIGNATURE_PRIVATE_H

#include "text/signature.h"

enum signature_word {
	SIGNATURE_ORGANISATION,
	SIGNATURE_OFFICE,
	SIGNATURE_BOX,
	SIGNATURE_TITLE
};

bool signature_known(enum signature_word kind, const char *word);

struct signature_token {
	char low[40];
	bool capital;
};
/* The next word of a text; false at its end. */
bool signature_next(const char **at, struct signature_token *out);

#endif
