/*
 * acts reply view - everything that the screen of one reply shows, in one call.
 *
 * Tables are those of the named statements, so that a column means the same here and on
 * the command line.
 *
 * Ownership  everything lives in the arena.
 * Errors     ERR_INPUT a reference that is none; ERR_ABSENT no such reply
 * Limits     the history is its newest ACTS_REPLY_HISTORY rows
 */
#ifndef MERCAT_ACTS_REPLY_VIEW_H
#define MERCAT_ACTS_REPLY_VIEW_H

#include "acts/answer.h"
#include "acts/campaign.h"
#include "acts/claim.h"
#include "acts/response.h"

enum { ACTS_REPLY_HISTORY = 200 };

struct acts_reply_who {
	const char *name, *address; /* NULL where withheld */
	const char *organisation, *type, *type_by, *permission, *permission_by, *contact;
};

struct acts_reply_view {
	struct acts_response response;
	const char *reference;
	bool who_shown; /* false: name and address are withheld from this person */
	struct acts_reply_who who;

	const char *subject, *message_id;
	int64_t sent_at;
	const char *text_new, *text_quoted; /* never NULL */
	const char *text;                   /* the whole mail as text */

	/* What it was taken for and why. */
	const char *kind, *taken_as, *taken_why, *reasons, *limits_hit;
	bool cut; /* the mail was longer than what is kept */

	struct acts_answer *answers; /* by question, general last */
	size_t answer_count;

	bool in_campaign;
	struct acts_campaign_diff campaign;

	struct acts_claim claim;

	struct store_table files;   /* "attachments_of" */
	struct store_table said;    /* "said_of": field, value, place, note */
	struct store_table links;   /* "links_around" */
	struct store_table rules;   /* "rules_of" */
	struct store_table codings; /* "codings_of" */
	struct store_table notes; /* "desk_notes_of": id, at, staff, text, withdrawn_at */
	struct store_table screenings; /* "screenings_of" */
	struct store_table letters;    /* "desk_letters_of": what we sent about it */
	struct store_table
		history; /* "desk_history": at, who, act, detail; newest first */
};

/* who: may this person see who wrote? (RIGHT_SEE_WHO) */
bool acts_reply_view_load(struct acts *acts, struct arena *arena, const char *reference,
			  bool who, struct acts_reply_view *out,
			  struct err *err) MUST_USE;

#endif
