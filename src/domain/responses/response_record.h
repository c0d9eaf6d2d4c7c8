/*
 * response record - what is on record about one response, as rows.
 *
 * Rows and tables are those of the named statements, for who shows all of it. What a page of
 * the staff may show to whom is response_view's (domain/queue/response_view.h).
 *
 * Ownership  everything lives in the arena.
 * Errors     ERR_ABSENT no such response.
 */
#ifndef MERCAT_DOMAIN_RESPONSE_RECORD_H
#define MERCAT_DOMAIN_RESPONSE_RECORD_H

#include "domain/responses/reference.h"

struct response_record {
	struct store_row mail;         /* "parsed_of" */
	struct store_row respondent;   /* "respondent_of" */
	struct store_table links;      /* "links_around" */
	struct store_table said;       /* "said_of" */
	struct store_table readings;   /* "readings_of" */
	struct store_table files;      /* "attachments_of" */
	struct store_table notes;      /* "notes_of" */
	struct store_table screenings; /* "screenings_of" */
};

bool response_record_load(struct operation *op, struct arena *arena,
			  const struct response *response, struct response_record *out,
			  struct err *err) MUST_USE;

/* The mail that it came in. */
struct response_mail {
	int64_t inbound_id;
	const char *subject; /* NULL: it has none */
	const void *bytes;   /* as it came; len 0 when it was erased */
	size_t len;
};

bool response_mail(struct operation *op, struct arena *arena, int64_t response_id,
		   struct response_mail *out, struct err *err) MUST_USE;

#endif
