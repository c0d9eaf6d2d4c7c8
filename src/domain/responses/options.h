/*
 * options - the options of a closed question, and what was chosen of them.
 *
 * A question with options is closed; it takes one or several. What a response chose is
 * read when the response is (text/answer/chosen_option.h) and kept apart from the words of its
 * answer. What is not clear is kept as unclear and waits for a person. A person's word stands:
 * the machine leaves that question of that response alone until it is told to read it
 * anew. What a person changed is ended, not deleted.
 *
 * Units      questions and options count from 1.
 * Errors     ERR_INPUT no such question or option, or more than the question takes.
 */
#ifndef MERCAT_DOMAIN_OPTIONS_H
#define MERCAT_DOMAIN_OPTIONS_H

#include "domain/admin/asked.h"

/* Replaces them. Not when a person has chosen among the old ones: ERR_CONFLICT. What the
 * machine chose goes; the caller has the responses read again. */
bool options_set(struct operation *op, int64_t consultation_id, int64_t question,
		 const struct choice_asked *options, struct err *err) MUST_USE;

/* What the machine read of one part; choices of other parts are weighed against it. */
struct choices {
	uint32_t *chosen; /* by question */
	bool *unclear;
	int64_t *part, *from, *to;
	bool *any;
};
void choices_begin(struct arena *arena, const struct asked *asked, struct choices *out);
void choices_add(struct choices *choices, const struct asked *asked, int64_t part,
		 const struct answer_parts *parts);
/* Instead of what the machine had read before. */
bool choices_write(struct operation *op, int64_t response_id, const struct asked *asked,
		   const struct choices *choices, struct err *err) MUST_USE;

/* A person's: options of the question (1 ...); count 0: that nothing was chosen. */
bool response_choice_set(struct operation *op, const char *reference, int64_t question,
			 const int64_t *options, size_t count, struct err *err) MUST_USE;
/* question, state, option (its text), how; by question and option. */
bool response_choice_list(struct operation *op, struct arena *arena, int64_t response_id,
			  struct store_table *out, struct err *err) MUST_USE;

#endif
