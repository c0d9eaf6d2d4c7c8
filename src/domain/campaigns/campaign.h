/*
 * campaign - standard letters that many people send, and what each of them added.
 *
 * "find" proposes: texts that are alike by CAMPAIGN_ALIKE per cent make a campaign when
 * at least CAMPAIGN_LEAST senders have them; the standard text is what most of them
 * share (text/letter/letter_core.h). Every response is then measured against every standard
 * text, and is
 *	standard  with no more than CAMPAIGN_SLIPS words added and as many left out
 *	modified  CAMPAIGN_MODIFIED per cent of it stands in the standard text, or
 *		  nearly all of the standard text stands in it
 *	look      CAMPAIGN_LOOK per cent: a person should look
 * The consultation's own questions do not count for either. A person confirms or
 * refuses; a refused one is not proposed again. Nothing is excluded by it: counts are
 * always there both ways.
 *
 * States     proposed <-> confirmed, proposed <-> refused
 * Source     the thresholds are those that held on labelled texts
 * Errors     ERR_ABSENT no such campaign
 */
#ifndef MERCAT_DOMAIN_CAMPAIGN_H
#define MERCAT_DOMAIN_CAMPAIGN_H

#include "domain/admin/consultation.h"
#include "domain/responses/response_text.h"
#include "text/words/diff.h"

enum {
	CAMPAIGN_LEAST = 3,     /* senders */
	CAMPAIGN_SHINGLES = 6,  /* a standard text has at least so many */
	CAMPAIGN_SLIPS = 2,     /* words */
	CAMPAIGN_ALIKE = 60,    /* per cent, all of these */
	CAMPAIGN_STANDARD = 80, /* less alike, no words are counted */
	CAMPAIGN_MODIFIED = 30,
	CAMPAIGN_WHOLE = 90, /* of either text in the other one */
	CAMPAIGN_LOOK = 10
};

struct campaigns_found {
	int64_t replies, proposed, standard, modified, look;
};

bool campaign_find(struct operation *op, const char *consultation,
		   struct campaigns_found *out, struct err *err) MUST_USE;
/* state: "confirmed", "refused", or "proposed" to take either back. */
bool campaign_decide(struct operation *op, const char *consultation, int64_t number,
		     const char *state, struct err *err) MUST_USE;

/* The rows of "campaign_list" by number; and of those that are not refused number and state,
 * as a page offers them. */
bool campaign_list(struct operation *op, struct arena *arena, int64_t consultation_id,
		   struct store_table *out, struct err *err) MUST_USE;
bool campaign_choices(struct operation *op, struct arena *arena, int64_t consultation_id,
		      struct store_table *out, struct err *err) MUST_USE;

struct campaign_shown {
	struct store_row campaign;  /* "campaign_by_number" */
	struct store_table members; /* "campaign_members", the least alike first */
};
bool campaign_shown(struct operation *op, struct arena *arena,
		    const struct consultation *consultation, int64_t number,
		    struct campaign_shown *out, struct err *err) MUST_USE;

struct campaign_piece {
	enum diff_kind
		kind; /* DIFF_SAME for what only stands elsewhere in the letter, too */
	const char *text;
};

/* What this reply has that the standard text of its campaign has not. */
struct campaign_diff {
	int64_t number, share; /* per cent of the reply that is standard text */
	const char *closeness, *state;
	/* The response and what it has left out, in order, a blank between them. */
	const struct campaign_piece *pieces;
	size_t piece_count;
	const char *added; /* only that, a line for each stretch */
	size_t added_words, removed_words;
};

/* ERR_ABSENT when it is in no campaign. */
bool campaign_diff(struct operation *op, struct arena *arena, int64_t response_id,
		   struct campaign_diff *out, struct err *err) MUST_USE;

#endif
