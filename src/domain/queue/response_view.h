/*
 * response view - everything that the screen of one reply shows, in one call.
 *
 * Tables are those of the named statements, so that a column means the same here and on
 * the command line.
 *
 * Ownership  everything lives in the arena.
 * Errors     ERR_INPUT a reference that is none; ERR_ABSENT no such reply
 * Limits     the history is its newest REPLY_HISTORY rows
 */
#ifndef MERCAT_DOMAIN_RESPONSE_VIEW_H
#define MERCAT_DOMAIN_RESPONSE_VIEW_H

#include "domain/responses/response_answer.h"
#include "domain/campaigns/campaign.h"
#include "domain/responses/response_lock.h"
#include "domain/responses/options.h"
#include "domain/responses/response.h"

enum { REPLY_HISTORY = 200 };

struct response_who {
	const char *name, *address; /* NULL where withheld */
	const char *forwarded_by;   /* whose mail it came in; NULL: their own */
	const char *organisation, *type, *type_by, *permission, *permission_by, *contact;
};

/* A person's word of whose it is (domain/intake/entry.h). */
struct response_entry {
	const char *how;   /* "by hand", "sent on"; NULL: nobody said anything */
	const char *staff; /* who said so */
	int64_t at;
};

struct response_view {
	struct response response;
	const char *reference;
	bool who_shown; /* false: name and address are withheld from this person */
	struct response_who who;
	struct response_entry entry;

	const char *subject, *message_id;
	int64_t sent_at;
	const char *text_new, *text_quoted; /* never NULL */
	const char *text;                   /* the whole mail as text */

	/* What it was taken for and why. */
	const char *kind, *taken_as, *taken_why, *reasons, *limits_hit;
	bool cut; /* the mail was longer than what is kept */

	struct response_answer *answers; /* by question, general last */
	size_t answer_count;

	struct asked asked;         /* the questions with their options */
	struct store_table choices; /* "choices_of": what was chosen of them */

	struct store_table proposals; /* "proposals_of" */

	bool in_campaign;
	struct campaign_diff campaign;

	struct response_lock lock;

	struct store_table files;   /* "attachments_of" */
	struct store_table said;    /* "said_of": field, value, place, note */
	struct store_table links;   /* "links_around" */
	struct store_table rules;   /* "rules_of" */
	struct store_table codings; /* "codings_of" */
	struct store_table
		notes; /* "staff_notes_of": id, at, staff, text, withdrawn_at */
	struct store_table screenings; /* "screenings_of" */
	struct store_table moves;      /* "moving_of": where it was before */
	struct store_table letters; /* "queue_notifications_of": what we sent about it */
	struct store_table
		history; /* "staff_history": at, who, act, detail; newest first */
};

/* Whether who asks may see who wrote. */
enum view_names { VIEW_WITHOUT_NAMES, VIEW_WITH_NAMES };
/* who: may this person see who wrote? (RIGHT_SEE_RESPONDENTS) */
bool response_view_load(struct operation *op, struct arena *arena, const char *reference,
			enum view_names names, struct response_view *out,
			struct err *err) MUST_USE;

#endif
