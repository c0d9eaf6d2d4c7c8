/*
 * blind - what a second coder may not learn while their sample is open.
 *
 * What the first coding says of one reply of theirs is kept from them wherever it is
 * asked for: its codes, suggestions and quotes (domain/coding/coding.h), its tags in lists and
 * filters, its history, the rules that it met, the audit. Numbers about codes, changes
 * of codings by others and what other samples found would say it of few replies as well
 * as of many, so they wait for the whole consultation.
 *
 * It is about the person who op; nobody else is kept from anything.
 *
 * Errors     ERR_CONFLICT what is asked for waits until the sample is done
 * Limits     what colleagues write in notes, and say, is not looked at. The command
 *            line believes whoever --as names.
 */
#ifndef MERCAT_DOMAIN_BLIND_H
#define MERCAT_DOMAIN_BLIND_H

#include "domain/core/domain.h"

/* The number of a sample that they still code in this consultation; 0: none. */
bool blind_sample(struct operation *op, int64_t consultation_id, int64_t *out_number,
		  struct err *err) MUST_USE;
/* what: "counts of codes". */
bool blind_not_in(struct operation *op, int64_t consultation_id, const char *what,
		  struct err *err) MUST_USE;
/* Does a sample have a reply in it that they code blindly now, in this or another one? */
bool blind_not_of(struct operation *op, int64_t sample_id, struct err *err) MUST_USE;
/* The rules that a reply met, without those that say of a code. */
bool blind_rules(struct operation *op, struct arena *arena, int64_t response_id,
		 struct store_table *out, struct err *err) MUST_USE;
/* Its tags (of the whole reply or of passages): tag, by_what, staff, at; none there. */
bool blind_tags(struct operation *op, struct arena *arena, int64_t response_id,
		struct store_table *out, struct err *err) MUST_USE;

/* Does the person who op code this reply blindly now? out_sample 0: no. */
bool sample_blind(struct operation *op, int64_t response_id, int64_t *out_sample,
		  struct err *err) MUST_USE;
/* ERR_CONFLICT where they do: what others coded there is not theirs to change. */
bool sample_not_blind(struct operation *op, int64_t response_id,
		      struct err *err) MUST_USE;

#endif
