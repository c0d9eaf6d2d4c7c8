/*
 * personal data - everything that is on record about one person, for themselves.
 *
 * As tables: each has a title for people, a name for JSON, and rows. Times are unix
 * seconds in columns that end in _at; text is as stored. Which parts there are says the
 * list of personal_places.h, and by which addresses person_forms.h. Responses to
 * consultations are named by reference and date; their words are in the public record.
 *
 * Source     UK GDPR art. 15 (access) and 20 (portability).
 */
#ifndef MERCAT_DOMAIN_PERSONAL_DATA_H
#define MERCAT_DOMAIN_PERSONAL_DATA_H

#include "domain/subscribers/preferences.h"
#include "store/row_json.h"

struct personal_data_part {
	const char *name;  /* "evidence" */
	const char *title; /* "How each subscription came to be, and every change" */
	struct store_table rows;
};

struct personal_data {
	struct personal_data_part *parts; /* person, subscriptions, evidence, deliveries,
					     letters, bounces, mails, replies, moves,
					     suppression */
	size_t count;
	size_t rows; /* in all but suppression; 0: nothing that could be erased */
};

/*
 * For the staff: whoever has that address, be they a subscriber or somebody who only wrote, also
 * from an address that mail cannot be sent to. ERR_INPUT when it has no @ at all. out->address
 * is `address`.
 */
bool personal_data_whose(struct operation *op, const char *address,
			 struct self_service *out, struct err *err) MUST_USE;

bool personal_data_load(struct operation *op, struct arena *arena,
			const struct self_service *self, struct personal_data *out,
			struct err *err) MUST_USE;
/* All of a text that was begun: {"made_at": "2026-...Z", "person": [{...}], ...}. */
void personal_data_json(const struct operation *op, const struct personal_data *held,
			struct json *to);

#endif
