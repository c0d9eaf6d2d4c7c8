/*
 * features - what each sentence of a mail has that may tell what the mail is, as numbers
 * that a program can learn from.
 *
 * A feature is a fact about one sentence: a word, its stem, a class of token.h, two
 * neighbours as classes, a role of sentence_role.h, a question mark, a sum of money. Each is one
 * number, a hash of what it says; no text is kept in it. Those of the subject are others
 * than those of a sentence.
 *
 * Ownership  in the arena; the look is borrowed.
 * Errors     none. Two facts may have one number: then they count as one.
 * Source     hashed features: Weinberger and others, "Feature Hashing for Large Scale
 *            Multitask Learning", 2009.
 */
#ifndef MERCAT_PROPOSAL_FEATURES_H
#define MERCAT_PROPOSAL_FEATURES_H

#include "proposal/mail_look.h"

struct feature {
	uint32_t hash;
	const char *word; /* that it is about; NULL: it is about none */
};

struct sentence_features {
	struct feature *items;
	size_t count;
	size_t at; /* its sentence in the look */
};

struct mail_features {
	struct sentence_features subject;
	struct sentence_features *sentences; /* without pasted questions */
	size_t count;
};

void features_read(struct arena *arena, const struct look *l, struct mail_features *out);

#endif
