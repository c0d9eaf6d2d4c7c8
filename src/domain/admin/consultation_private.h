/*
 * consultation private - what the files about consultations share: one as it is written, read
 * into its parts.
 *
 * Ownership  what is read lives in the arena of the source.
 * Errors     ERR_INPUT says where it stands.
 */
#ifndef MERCAT_DOMAIN_CONSULTATION_PRIVATE_H
#define MERCAT_DOMAIN_CONSULTATION_PRIVATE_H

#include "domain/admin/consultation.h"

enum key { KEY_NAME, KEY_TITLE, KEY_ADDRESS, KEY_OPENS, KEY_CLOSES, KEY_ZONE, KEYS };

struct source {
	const char *file; /* NULL: a form, of which a line is one of the questions */
	int line;
	const char *value[KEYS];
	int value_line[KEYS];
	struct buf *introduction;
	struct question_draft *questions;
	size_t question_count;
	struct arena *arena;
};

/* Puts where it is before what is wrong; returns false. */
bool consultation_at_line(const struct source *s, int line, struct err *err);
/* A whole file; and the questions alone, as a form has them. */
bool consultation_source_read(struct source *s, const char *text,
			      struct err *err) MUST_USE;
bool consultation_source_questions(struct source *s, const char *text,
				   struct err *err) MUST_USE;
/* "Should ...? Please give your reasons." asks for yes or no, and then for more. */
bool consultation_asks_yes_or_no(const char *text) MUST_USE;
/* One value by its key, into out. */
bool consultation_value_fits(struct operation *op, const struct source *s, enum key key,
			     struct consultation *out, struct err *err) MUST_USE;
/* ERR_CONFLICT when a list has that address. */
bool consultation_address_free(struct operation *op, const char *address,
			       struct err *err) MUST_USE;
/* In the caller's transaction. */
bool consultation_insert(struct operation *op, const struct source *s,
			 const struct consultation *c, struct err *err) MUST_USE;
bool consultation_questions_write(struct operation *op, int64_t consultation_id,
				  const struct source *s, struct err *err) MUST_USE;

#endif
