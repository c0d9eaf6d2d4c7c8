/*
 * rule - the team's own: when a reply has this, tag, assign or mark it, or suggest a code.
 *
 * A rule looks at one thing: the sender (address or name), the subject, the text (what
 * they wrote, files included) or a header field of the mail. Words of subject and text
 * are compared without case and punctuation; sender and header by the letters that they
 * have anywhere, without case, a header undecoded. A rule is applied to a reply once: a
 * tag that a person takes off again stays off, and an assignment is only made where
 * there is none. Nothing is excluded or deleted by a rule.
 *
 * A rule that suggests looks at the text: its code is suggested for each paragraph in
 * which the words stand, and counts nowhere until a person accepts it
 * (domain/coding/suggestion.h). There must be such a code; retired ones are suggested no more.
 *
 * Errors     ERR_INPUT what is no rule; ERR_CONFLICT the name is taken; ERR_ABSENT
 */
#ifndef MERCAT_DOMAIN_RULE_H
#define MERCAT_DOMAIN_RULE_H

#include "domain/responses/response_text.h"

enum { RULE_HEADER_BYTES = 65536 }; /* of a mail's header that are looked at */

struct rule {
	const char *name;
	const char *consultation; /* NULL: all of them */
	const char *field;        /* "sender", "subject", "text", "header:NAME" */
	const char *has;
	const char *act;   /* "tag", "assign", "mark", "suggest" */
	const char *value; /* the tag, the person of the staff, the mark, the code */
};

bool rule_add(struct operation *op, const struct rule *rule, struct err *err) MUST_USE;
bool rule_remove(struct operation *op, const char *name, struct err *err) MUST_USE;
bool rule_named(struct operation *op, struct arena *arena, const char *name,
		struct rule *out, struct err *err) MUST_USE;

/* Which replies it would match; changes nothing. Rows of response ids. */
bool rule_try(struct operation *op, struct arena *arena, const struct rule *rule,
	      int64_t **out_ids, size_t *out_count, struct err *err) MUST_USE;
/* The same for people: reference, from_address, subject, in the arena. */
bool rule_tried(struct operation *op, struct arena *arena, const struct rule *rule,
		struct store_table *out, struct err *err) MUST_USE;
/* All that are in force, in the arena: the rows of "rule_list". */
bool rule_list(struct operation *op, struct arena *arena, struct store_table *out,
	       struct err *err) MUST_USE;
/* Applies it to what is there; out_count is how many replies it changed. */
bool rule_run(struct operation *op, const char *name, int64_t *out_count,
	      struct err *err) MUST_USE;
/* All rules to one reply that came in. */
bool rules_apply(struct operation *op, struct arena *arena,
		 const struct response_text *words, struct err *err) MUST_USE;

#endif
