/*
 * sample - blind second coding: drawn, coded, compared, settled.
 *
 * Drawn from the replies of a consultation that are not excluded and that a person has
 * coded; a unit is such a reply, or its answer to a question. The draw is random by a
 * seed that is kept, so that it can be done again and shown: every unit gets the first
 * eight bytes of SHA-256 of "SEED:NUMBER", NUMBER being its reply's, and the lowest ones
 * are taken. Stratified: by type
 * of respondent, in proportion, the greatest remainders rounded up. What the first
 * coding says of each unit is copied when it is drawn; the figures compare with that
 * copy, whatever is coded or settled later.
 *
 * A second coder must not have put a coding on a unit. Until they say "done" for the
 * whole sample, domain/coding/coding.h shows them only their own codings of its replies, and
 * what they code there goes into second_coding, which nothing counts.
 *
 *	drawn -> (each coder) coding -> done;  ended: given up, its figures stay away
 *
 * Agreement  for each code that anybody used: Cohen's kappa of the first coding and one
 *            second coder with its 95 % interval, and Krippendorff's alpha of all
 *            (text/figures/agreement.h), of units that are done. A unit has a code when any
 *            passage of it has. Merged codes count as what they were merged into.
 * Settling   a person decides for one unit and code whether it is there. The analysis
 *            follows: the code is put (at the second coder's passages) or ended; both
 *            codings stay on record as they were, and the figures do too.
 * Units      position is a unit's place in the sample, from 1.
 * Errors     ERR_INPUT nothing to draw from, more wanted than there are, an unknown
 *            person; ERR_CONFLICT the coder coded it first, or the sample is not done.
 * Limits     a tag on a whole reply says nothing of one answer.
 */
#ifndef MERCAT_DOMAIN_SAMPLE_H
#define MERCAT_DOMAIN_SAMPLE_H

#include "domain/coding/coding.h"
#include "domain/coding/tag.h"
#include "domain/core/undo.h"
#include "text/figures/agreement.h"

enum { SAMPLE_MOST = 5000, SAMPLE_CODERS = 8 };

struct sample_draw {
	const char *consultation;
	int64_t count, percent; /* one of them, the other 0 */
	int64_t seed;           /* -1: one is made at random */
	bool by_type;
	int64_t question;          /* 0: whole replies; else answers to that question */
	const char *const *coders; /* names of the staff */
	size_t coder_count;
};

struct sample {
	int64_t id, consultation_id, number, seed, at, from_count, units;
	int64_t question, question_id; /* 0: whole replies */
	bool by_type, ended;
	const char *consultation, *wanted; /* "40", "10 %" */
	const char *drawn_by;
};

bool sample_draw(struct operation *op, const struct sample_draw *draw,
		 int64_t *out_number, struct err *err) MUST_USE;
bool sample_get(struct operation *op, struct arena *arena, const char *consultation,
		int64_t number, struct sample *out, struct err *err) MUST_USE;
bool sample_by_id(struct operation *op, struct arena *arena, int64_t sample_id,
		  struct sample *out, struct err *err) MUST_USE;
bool sample_list(struct operation *op, struct arena *arena, const char *consultation,
		 struct sample **out, size_t *out_count, struct err *err) MUST_USE;
bool sample_end(struct operation *op, const char *consultation, int64_t number,
		struct err *err) MUST_USE;

/* What one coder has before them, in the order of the draw. */
struct sample_unit {
	int64_t position, response_id, question;
	const char *reference;
	bool done;
};
/* Of a sample, what one coder has. */
struct sample_share {
	int64_t sample_id;
	int64_t staff_id; /* 0: whatever is in it */
};
bool sample_units(struct operation *op, struct arena *arena, struct sample_share share,
		  struct sample_unit **out, size_t *out_count, struct err *err) MUST_USE;
/* Samples that the person who op still has to code: for "second coding" in a queue. */
bool samples_mine(struct operation *op, struct arena *arena, struct sample **out,
		  size_t *out_count, struct err *err) MUST_USE;

struct sample_coding {
	int64_t sample_id;
	const struct response_text *words;
	int64_t code_id;
	const struct coded_passage *where;
};
/* The person who op, on a reply of their sample. coding_put() and
 * coding_end() come here by themselves; a coding's id is below 0 then. */
bool sample_put(struct operation *op, struct arena *arena,
		const struct sample_coding *coding, int64_t *out_id,
		struct err *err) MUST_USE;
bool sample_take_off(struct operation *op, int64_t second_coding_id,
		     struct err *err) MUST_USE;
/* Another place for it: it is ended, and the code put there. */
bool sample_place(struct operation *op, int64_t second_coding_id,
		  const struct coded_passage *where, struct err *err) MUST_USE;
struct sample_tagging {
	int64_t sample_id, response_id, code_id;
	enum tag_change change;
};
/* A code on the whole reply, on or off; false in out_changed: it was so already. */
bool sample_tag(struct operation *op, const struct sample_tagging *tagging,
		bool *out_changed, struct err *err) MUST_USE;
/* What takes back a second coding, and that a unit is done; see domain/core/undo.h. */
undo_fn sample_undo_coding, sample_undo_unit;
/* How far a coder is with a unit. */
enum sample_unit_state { SAMPLE_UNIT_OPEN, SAMPLE_UNIT_DONE };
/* One unit is done (also one that got no code), or not after all. */
bool sample_unit_done(struct operation *op, int64_t sample_id, int64_t position,
		      enum sample_unit_state state, struct err *err) MUST_USE;
/* All of it: the coder sees the first coding from now on, and codes no more in it. */
bool sample_coder_done(struct operation *op, int64_t sample_id, struct err *err) MUST_USE;

struct sample_agreement_of {
	int64_t code_id;
	const char *code, *coder; /* the second coder that kappa is about */
	struct agreement_pairs pairs;
	struct agreement_kappa kappa;
	struct agreement_alpha alpha; /* of all coders */
};

/* A row for each code and second coder who is done; by code. */
bool sample_agreement(struct operation *op, struct arena *arena, int64_t sample_id,
		      struct sample_agreement_of **out, size_t *out_count,
		      struct err *err) MUST_USE;

struct sample_disagreement {
	int64_t position, response_id, question, code_id;
	const char *reference, *code;
	const char *with, *without; /* who put it, who did not: "first coding, Bea" */
	int64_t settled_at;         /* 0: open */
	bool holds;                 /* as settled */
	const char *settled_by, *note;
};

/* Which disagreements: all, or those that nobody has settled. */
enum sample_which { SAMPLE_EVERY_ONE, SAMPLE_OPEN_ONES };
struct sample_chosen {
	int64_t sample_id;
	enum sample_which which;
};
bool sample_disagreements(struct operation *op, struct arena *arena,
			  struct sample_chosen chosen, struct sample_disagreement **out,
			  size_t *out_count, struct err *err) MUST_USE;
/* Where who saw it: the rows of "sample_passages", part and places NULL of the whole response. */
bool sample_passages(struct operation *op, struct arena *arena, int64_t sample_id,
		     const struct sample_disagreement *of, struct store_table *out,
		     struct err *err) MUST_USE;
/* What a disagreement is settled to: the code holds there, or not. */
enum sample_settled { SAMPLE_CODE_GOES, SAMPLE_CODE_HOLDS };
struct sample_settling {
	int64_t sample_id, position, code_id;
	enum sample_settled settled;
	const char *note; /* or NULL */
};
/* Again: the last one counts, those before are kept. */
bool sample_reconcile(struct operation *op, const struct sample_settling *settling,
		      int64_t *out_change, struct err *err) MUST_USE;

#endif
