/*
 * analysis private - what the files of the analysis share; no door for others.
 */
#ifndef MERCAT_DOMAIN_ANALYSIS_PRIVATE_H
#define MERCAT_DOMAIN_ANALYSIS_PRIVATE_H

#include "domain/analysis/analysis.h"
#include "domain/coding/codeframe.h"
#include "domain/admin/consultation.h"
#include "domain/analysis/facts.h"

enum { ANALYSIS_TOTAL = ANALYSIS_TABLE_TYPES };

/* Every code that a coding may name, by name; codes of one name stand together. */
struct analysis_code {
	int64_t id, parent_id;
	const char *name;
	bool stands;    /* is in the frame: live or retired */
	size_t name_at; /* the first one of that name */
};

struct analysis_campaign {
	int64_t id, number;
	bool proposed, confirmed, refused;
};

struct analysis_question {
	int64_t id, position;
};

struct analysis_option {
	int64_t id, question_id;
	const char *text;
	bool several;
};

/* Places by id: what has id n is at places[n] - 1; 0: nothing has. */
struct analysis_places {
	uint32_t *at;
	size_t count;
};

struct analysis_asked {
	struct arena *arena;
	struct consultation of;
	const char *state;
	int wanted;           /* its place, or -1 for all */
	int64_t total;        /* counted by a statement of its own */
	struct err kept_back; /* why who asks sees nothing of codes; no kind: they do */
	struct response_facts facts;
	struct code *frame; /* as a tree */
	size_t frame_count;
	struct analysis_code *codes;
	struct analysis_campaign *campaigns;
	struct analysis_question *questions;
	struct analysis_option *options;
	size_t code_count, campaign_count, question_count, option_count;
	struct analysis_places code_places, campaign_places, question_places;
	struct analysis_places option_places;
};

/* The next reply of the state that is asked for, from *at on; NULL at the end. */
static inline const struct response_fact *analysis_next(const struct analysis_asked *a,
							size_t *at)
{
	while (*at < a->facts.count) {
		const struct response_fact *f = &a->facts.list[(*at)++];

		if (a->wanted < 0 || f->state == a->wanted)
			return f;
	}
	return NULL;
}

/* The place of what has that id, or SIZE_MAX. */
static inline size_t analysis_place(const struct analysis_places *p, int64_t id)
{
	return id > 0 && (uint64_t)id < p->count && p->at[id] ? p->at[id] - 1 : SIZE_MAX;
}

struct analysis_row *analysis_row(const struct analysis_asked *asked,
				  struct analysis_table *sheet, const char *label,
				  bool sums);
/* A type that is none counts in the total alone: such a sheet is refused. */
void analysis_count(struct analysis_row *row, unsigned char type, int64_t n);

/* analysis_response.c: what each reply has once */
struct analysis_words {
	const char *by;
	size_t offset; /* in struct response_fact */
	const char *const *words;
};
void analysis_by_word(const struct analysis_asked *asked, const struct analysis_words *of,
		      struct analysis_table *sheet);
void analysis_reasons(const struct analysis_asked *asked, struct analysis_table *sheet);
void analysis_days(const struct analysis_asked *asked, struct analysis_table *sheet);
void analysis_copies(const struct analysis_asked *asked, struct analysis_table *sheet);
/* once: the copies of each confirmed standard text as one. */
void analysis_campaigns(const struct analysis_asked *asked, bool once,
			struct analysis_table *sheet);
int64_t analysis_total_once(const struct analysis_asked *asked);

/* analysis_code.c: what it may have several of */
void analysis_tags(const struct analysis_asked *asked, struct analysis_table *sheet);
void analysis_codes(const struct analysis_asked *asked, struct analysis_table *sheet);
void analysis_questions(const struct analysis_asked *asked, struct analysis_table *sheet);
void analysis_code_questions(const struct analysis_asked *asked,
			     struct analysis_table *sheet);
/* analysis_choice.c: what was chosen of closed questions */
void analysis_choices(const struct analysis_asked *asked, struct analysis_table *sheet);
/* A branch has no fewer replies than a code in it: ERR_CONFLICT. */
bool analysis_branches_hold(const struct analysis_table *sheet, struct err *err) MUST_USE;

#endif
