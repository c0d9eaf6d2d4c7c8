/*
 * learned - what mails that are no response were like, learned from examples that come with
 * the program and from what the team decided of theirs.
 *
 * The rules (proposal.h) propose what they understand to the last sentence. Here a mail is
 * weighed by all that its sentences have (features.h), with three weights for each of it:
 *
 *   whole   is the mail like responses, or like what is none
 *   parts   the same of a part: a beginning or an end of the mail, of which the one that is
 *           most like a response counts. So one that stands above or below something
 *           else stays one
 *   kinds   which kind it is most like, when it is none
 *
 * It is held for no response only below both bounds. They were chosen by fivefold
 * cross-validation on the examples ("teach --cross", tools/teach.c), and made stricter after
 * a look at the figures of the mails kept for measuring (test_proposal_apart.c), which are
 * no longer quite untouched by that. What the rules propose is in doubt where a response
 * is the likelier: that nearly halves those that they propose wrongly.
 *
 * Weights are those of an L2-regularised logistic regression; the sum for a mail is
 * divided by its length, and what is rare counts more. Training has no chance in it: the
 * same lessons in the same order give the same weights, where the libraries are the same.
 *
 * What comes with the program is trained when it is built (teach.c) and costs a process
 * nothing but the reading of its tables; a team's own decisions are trained with the
 * examples at run time, in some tenths of a second.
 *
 * Units      a score is a logit: 0 is as likely one as the other, above it a response.
 * Ownership  a model in the arena of its training; what is judged, in the arena.
 * Errors     none. Lessons of which all are responses, or none is, teach nothing.
 * Source     R.-E. Fan and others, "LIBLINEAR: A Library for Large Linear
 *            Classification", 2008; solver 0 (trust region Newton), which draws no lots.
 * Limits     LESSONS_MOST lessons; of a mail its first SENTENCES_MOST sentences: a longer
 *            one is a response.
 */
#ifndef MERCAT_PROPOSAL_LEARNED_H
#define MERCAT_PROPOSAL_LEARNED_H

#include "proposal/features.h"

enum { LESSONS_MOST = 4000, SENTENCES_MOST = 60, LEARNED_WORDS_MOST = 3 };

enum learned_output {
	LEARNED_WHOLE,
	LEARNED_PARTS,
	LEARNED_KINDS, /* and on: one for each kind */
	LEARNED_OUTPUTS = LEARNED_KINDS + PROPOSAL_KINDS
};

struct learned_feature {
	uint32_t hash;
	float rare; /* the logarithm of how rare it is */
	float weights[LEARNED_OUTPUTS];
};

struct learned {
	const struct learned_feature *features; /* by hash */
	size_t count;
	float bias[LEARNED_OUTPUTS];
};

/* One mail of which it is known what it is. kind NONE: a response. */
struct learned_lesson {
	enum proposal_kind kind;
	struct mail_features mail;
};

/* What comes with the program. */
extern const struct learned learned_shipped;
/* Its lessons, as learned_pack() writes them. */
extern const uint32_t learned_examples[];
extern const size_t learned_examples_count;

/* Below the first two it is none; above the third what the rules propose is in doubt. */
extern const double learned_whole_most, learned_parts_most, learned_doubt;

/* As numbers, a run after another: what unpack reads. */
void learned_pack(struct arena *arena, const struct learned_lesson *lesson,
		  uint32_t **out, size_t *out_count);
/* NULL with count 0: numbers that learned_pack() did not write. */
struct learned_lesson *learned_unpack(struct arena *arena, const uint32_t *from,
				      size_t count, size_t *out_count) MUST_USE;
/* NULL when there is nothing to learn. */
const struct learned *learned_train(struct arena *arena,
				    const struct learned_lesson *lessons,
				    size_t count) MUST_USE;

/* A sign that it is a response, or may be one, which no weight outweighs. */
bool learned_not(const struct look *l) MUST_USE;

struct learned_view {
	double whole, parts;
	enum proposal_kind kind; /* the likeliest, were it none */
	struct mail_features mail;
};

/* Why, for whom it is told: of what is proposed alone is it asked. */
struct learned_why {
	size_t tells;     /* the sentence most like it, in the look */
	const char *like; /* "word, word, word", most weight first */
};

/* False: there is too much of it, or nothing to judge by. */
bool learned_look(struct arena *arena, const struct learned *learned,
		  const struct look *l, struct learned_view *out) MUST_USE;

void learned_tell(struct arena *arena, const struct learned *learned,
		  const struct learned_view *view, struct learned_why *out);

/* Of features in the order of their hashes; NULL: none has it. */
const struct learned_feature *learned_find(const struct learned_feature *features,
					   size_t count, uint32_t hash) MUST_USE;

#endif
