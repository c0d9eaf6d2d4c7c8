/*
 * acts facts - what the figures ask of each reply, quick to walk over.
 *
 * Figures count all replies, in many ways. To ask the tables each time would take
 * seconds with 100,000 replies; a table of counts would have to follow merged codes,
 * moved branches and passages that overlap answers. So what is kept is neither: the
 * facts of each reply, packed in blocks of ACTS_FACTS_BLOCK replies by their ids, and
 * each figure is counted anew from all of them.
 *
 * Exact at every moment: triggers (store/sql/0006_figures.sql) take a block's number
 * out of the table of fresh ones in the transaction that changes a fact of it. Facts of
 * a block that is not fresh, or not full yet, are read from the tables themselves.
 * acts_facts_tend() packs them again; it is the clock's, and nobody waits for it.
 * acts_facts_check() compares all that is kept with the tables.
 *
 * What names other rows is kept as their ids: how codes hang together, what they are
 * called and whether a campaign was confirmed is asked when it is counted.
 *
 * Units      received_at as everywhere. Words of the schema as their place in its CHECK
 *            list (the enums below); ACTS_FACT_STRANGE is a word that is none of them.
 * Ownership  what is loaded lives in the arena: some 100 bytes a reply.
 * Errors     those of the store; a block that cannot be read is taken from the tables.
 */
#ifndef MERCAT_ACTS_FACTS_H
#define MERCAT_ACTS_FACTS_H

#include "acts/acts.h"

enum { ACTS_FACTS_BLOCK = 256, ACTS_FACT_STRANGE = 15 };

/* 0: the reply has none; else one more than the place in the list. */
enum acts_fact_closeness { FACT_NO_CAMPAIGN, FACT_STANDARD, FACT_MODIFIED, FACT_LOOK };
enum acts_fact_link { FACT_NO_LINK, FACT_DUPLICATE, FACT_AMENDMENT, FACT_COMPOSITE };

struct acts_fact_code {
	uint32_t code_id, question_id; /* question 0: anywhere in the reply */
	uint32_t passages;             /* with question 0: codings on passages */
};

struct acts_fact {
	int64_t id, respondent_id, received_at;
	const char *reason; /* NULL: not excluded; within a block each text once */
	const struct acts_fact_code *codes;
	const uint32_t *questions; /* that it answers */
	uint32_t code_count, question_count, campaign_id;
	unsigned char late, state, channel, type, permission, contact;
	unsigned char closeness, link, proposed; /* proposed: the link is only that */
};

/* The words in the order of the enums and of the CHECK lists; NULL at the end. */
extern const char *const acts_fact_states[],
	*const acts_fact_channels[],
		*const acts_fact_types[],
			*const acts_fact_permissions[],
				*const acts_fact_contacts[],
					*const acts_fact_closenesses[],
						*const acts_fact_links[];

struct acts_facts {
	struct acts_fact *list; /* by id */
	size_t count, room;
	uint32_t max_code, max_question, max_campaign;
	int64_t max_respondent;
};

/* All replies of a consultation, in the caller's snapshot. */
bool acts_facts_load(struct acts *acts, struct arena *arena, int64_t consultation_id,
		     struct acts_facts *out, struct err *err) MUST_USE;

/* How many full blocks are not fresh. */
bool acts_facts_stale(struct acts *acts, int64_t *out, struct err *err) MUST_USE;
/* Packs some of them; *out_more: there are others. */
bool acts_facts_tend(struct acts *acts, bool *out_more, struct err *err) MUST_USE;
/* ERR_CONFLICT names the first block that is fresh and yet not as the tables say. */
bool acts_facts_check(struct acts *acts, struct err *err) MUST_USE;

#endif
