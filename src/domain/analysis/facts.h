/*
 * facts - what the figures ask of each reply, quick to walk over.
 *
 * Figures count all replies, in many ways. To ask the tables each time would take
 * seconds with 100,000 replies; a table of counts would have to follow merged codes,
 * moved branches and passages that overlap answers. So what is kept is neither: the
 * facts of each reply, packed in blocks of RESPONSE_FACTS_BLOCK replies by their ids, and
 * each figure is counted anew from all of them.
 *
 * Exact at every moment: triggers (store/sql/0006_figures.sql) take a block's number
 * out of the table of fresh ones in the transaction that changes a fact of it. Facts of
 * a block that is not fresh, or not full yet, are read from the tables themselves.
 * response_facts_tend() packs them again; it is the clock's, and nobody waits for it.
 * response_facts_check() compares all that is kept with the tables.
 *
 * What names other rows is kept as their ids: how codes hang together, what they are
 * called and whether a campaign was confirmed is asked when it is counted.
 *
 * Units      received_at as everywhere. Words of the schema as their place in its CHECK
 *            list (the enums below); RESPONSE_FACT_STRANGE is a word that is none of them.
 * Ownership  what is loaded lives in the arena: some 100 bytes a reply.
 * Errors     those of the store; a block that cannot be read is taken from the tables.
 */
#ifndef MERCAT_DOMAIN_FACTS_H
#define MERCAT_DOMAIN_FACTS_H

#include "domain/core/domain.h"

enum { RESPONSE_FACTS_BLOCK = 256, RESPONSE_FACT_STRANGE = 15 };

/* 0: the reply has none; else one more than the place in the list. */
enum response_fact_closeness {
	FACT_NO_CAMPAIGN,
	FACT_STANDARD,
	FACT_MODIFIED,
	FACT_LOOK
};
enum response_fact_link { FACT_NO_LINK, FACT_DUPLICATE, FACT_AMENDMENT, FACT_COMPOSITE };

struct response_fact_code {
	uint32_t code_id, question_id; /* question 0: anywhere in the reply */
	uint32_t passages;             /* with question 0: codings on passages */
};

/* option 0: something was said and it is not clear */
struct response_fact_choice {
	uint32_t question_id, option_id;
};

struct response_fact {
	int64_t id, respondent_id, received_at;
	const char *reason; /* NULL: not excluded; within a block each text once */
	const struct response_fact_code *codes;
	const uint32_t *questions; /* that it answers */
	const struct response_fact_choice *choices;
	uint32_t code_count, question_count, choice_count, campaign_id;
	unsigned char late, state, channel, type, permission, contact;
	unsigned char closeness, link, proposed; /* proposed: the link is only that */
};

/* The words in the order of the enums and of the CHECK lists; NULL at the end. */
extern const char *const response_fact_states[],
	*const response_fact_channels[],
		*const response_fact_types[],
			*const response_fact_permissions[],
				*const response_fact_contacts[],
					*const response_fact_closenesses[],
						*const response_fact_links[];

struct response_facts {
	struct response_fact *list; /* by id */
	size_t count, room;
	uint32_t max_code, max_question, max_option, max_campaign;
	int64_t max_respondent;
};

/* All replies of a consultation, in the caller's snapshot. */
bool response_facts_load(struct operation *op, struct arena *arena,
			 int64_t consultation_id, struct response_facts *out,
			 struct err *err) MUST_USE;

/* How many full blocks are not fresh. */
bool response_facts_stale(struct operation *op, int64_t *out, struct err *err) MUST_USE;
/* Packs some of them; *out_more: there are others. */
bool response_facts_tend(struct operation *op, bool *out_more, struct err *err) MUST_USE;
/* ERR_CONFLICT names the first block that is fresh and yet not as the tables say. */
bool response_facts_check(struct operation *op, struct err *err) MUST_USE;

#endif
