/*
 * asked - the questions of a consultation with their options, and its form for respondents.
 *
 * Units      questions and options count from 1; ids are the store's.
 * Ownership  in the arena.
 * Errors     those of the store.
 */
#ifndef MERCAT_DOMAIN_ASKED_H
#define MERCAT_DOMAIN_ASKED_H

#include "domain/admin/consultation.h"
#include "store/apart.h"
#include "text/answer/answers.h"

struct ownform; /* ownform/ownform.h */

/* The questions of a consultation as they are read, with their ids. */
struct asked {
	struct answer_question *questions;
	int64_t *ids;
	int64_t (*options)[CHOICE_OPTIONS_MOST]; /* ids */
	size_t count;
};

/* Adds what is asked, and what may be chosen. */
void asked_key(struct apart_key *key, const struct answer_question *questions,
	       size_t count);
bool asked_load(struct operation *op, struct arena *arena, int64_t consultation_id,
		struct asked *out, struct err *err) MUST_USE;
/* What its form is made from, and what one that came back is read by. */
bool asked_form(struct operation *op, struct arena *arena, const struct consultation *of,
		struct ownform *out, struct err *err) MUST_USE;
/* Its words, which everybody who fills it in sends back. */
bool asked_form_words(struct operation *op, struct arena *arena,
		      const struct consultation *of, const char **out,
		      struct err *err) MUST_USE;

#endif
