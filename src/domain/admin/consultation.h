/*
 * consultation - what is asked, from when to when, and at which address.
 *
 * The file: front matter between two lines of ---, "key: value" each (name, title,
 * address, opens, closes; zone if not that of the settings), then an introduction,
 * then the questions as a numbered list ("1. ..."). opens and closes are days; it is
 * open from midnight of the one to midnight after the other, in its zone. Indented below
 * a question stand its options, if it has any: "( ) Yes" where it takes one of them,
 * "[ ] By post" where it takes several. A question that asks for yes or no and then for
 * reasons has Yes, No and Don't know without saying so; "(open)" below it keeps it open.
 *
 * States     draft -> open <-> closed. A reply that comes after the close is taken
 *            and marked late; a person decides. Closing by a person counts as the close.
 * Errors     ERR_INPUT names file and line.
 */
#ifndef MERCAT_DOMAIN_CONSULTATION_H
#define MERCAT_DOMAIN_CONSULTATION_H

#include "domain/core/domain.h"

struct consultation {
	int64_t id;
	const char *name, *title, *address, *state, *zone, *introduction;
	int64_t opens_at, closes_at;
	int64_t closed_at; /* when a person closed it, before its time alone; or 0 */
};

bool consultation_add(struct operation *op, struct arena *arena, const char *file,
		      const char *text, const char **out_name, struct err *err) MUST_USE;
/* In the caller's transaction; a question that has no options yet. */
bool consultation_options_write(struct operation *op, int64_t question_id,
				const char *const *options, size_t count,
				struct err *err) MUST_USE;
bool consultation_named(struct operation *op, struct arena *arena, const char *name,
			struct consultation *out, struct err *err) MUST_USE;
/* Its id; 0 for NULL, which means all of them. */
bool consultation_or_all(struct operation *op, const char *name, int64_t *out_id,
			 struct err *err) MUST_USE;
void consultation_read(const struct store_row *row, struct consultation *out);

/* The rows of "consultation_all", the first opened first; and one as "consultation_by_id". */
bool consultations_all(struct operation *op, struct arena *arena, struct store_table *out,
		       struct err *err) MUST_USE;
bool consultation_row(struct operation *op, struct arena *arena, int64_t id,
		      struct store_row *out, struct err *err) MUST_USE;
/* How often it was extended: at, staff, old_closes_at, new_closes_at. */
bool consultation_extensions(struct operation *op, struct arena *arena,
			     int64_t consultation_id, struct store_table *out,
			     struct err *err) MUST_USE;
/* Its questions in their order: position, text. */
bool consultation_questions(struct operation *op, struct arena *arena,
			    int64_t consultation_id, struct store_table *out,
			    struct err *err) MUST_USE;
bool consultation_open(struct operation *op, const char *name, struct err *err) MUST_USE;
bool consultation_close(struct operation *op, const char *name, struct err *err) MUST_USE;
/* day: the new last day, later than the old one; a closed one opens again. */
bool consultation_extend(struct operation *op, const char *name, const char *day,
			 struct err *err) MUST_USE;
/* The clock's: closes what has run out; out_closed is how many. */
bool consultations_close_due(struct operation *op, int *out_closed,
			     struct err *err) MUST_USE;

#endif
