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

/* A question as it is written. */
struct question_draft {
	const char *text;
	const char **options;
	size_t option_count;
	bool several, open; /* open: it is written that it has no options */
};

/*
 * A draft as a form has it: days as "2026-12-01", the introduction in Markdown, a question a
 * line with its options below it, "( ) Yes", numbered or not. Never NULL.
 */
struct consultation_draft {
	const char *name, *title, *address, *introduction, *opens, *closes, *questions;
};
enum consultation_field {
	CONSULTATION_TITLE = 0,
	CONSULTATION_NAME,
	CONSULTATION_ADDRESS,
	CONSULTATION_INTRODUCTION,
	CONSULTATION_OPENS,
	CONSULTATION_CLOSES,
	CONSULTATION_QUESTIONS,
	CONSULTATION_FIELDS
};
/* Whether a field may be so. of: the name of the draft that becomes this; NULL: a new one. */
bool consultation_field_check(struct operation *op,
			      const struct consultation_draft *draft,
			      enum consultation_field field, const char *of,
			      struct err *err) MUST_USE;
/* Acts: makes it; changes what is a draft still, but for its name (ERR_CONFLICT: the public
 * has seen it, or the questions have responses or samples already). */
bool consultation_make(struct operation *op, const struct consultation_draft *draft,
		       struct err *err) MUST_USE;
bool consultation_redraft(struct operation *op, const char *name,
			  const struct consultation_draft *draft,
			  struct err *err) MUST_USE;
/* One as its form shows it. */
bool consultation_as_draft(struct operation *op, struct arena *arena,
			   const struct consultation *of, struct consultation_draft *out,
			   struct err *err) MUST_USE;
/* The questions as they would be read. */
bool consultation_questions_read(struct arena *arena, const char *questions,
				 struct question_draft **out, size_t *out_count,
				 struct err *err) MUST_USE;

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

/*
 * Where it stands at a moment, by the days of its zone: an open one is over when its last
 * second has passed, though the clock has not closed it yet. days_left counts nights, so it
 * is never more than there is: 0 closes today, 1 tomorrow.
 */
struct consultation_clock {
	bool is_draft, is_over;
	bool was_cut;     /* over, closed by a person before its last day had ended */
	int64_t ended_at; /* when over: the last moment that counted */
	int64_t days_left;
	int64_t report_days; /* when over: until the report is due; before 0: so long ago */
};
enum { CONSULTATION_REPORT_DAYS = 12 * 7 }; /* after the close */
void consultation_clock(const struct consultation *c, int64_t now,
			struct consultation_clock *out);

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
/* Before its first day: then this day is the first. */
bool consultation_open(struct operation *op, const char *name, struct err *err) MUST_USE;
bool consultation_close(struct operation *op, const char *name, struct err *err) MUST_USE;
/* Whether that day may be its new last one: when it would close then. */
bool consultation_extension_check(const struct operation *op,
				  const struct consultation *c, const char *day,
				  int64_t *out_closes_at, struct err *err) MUST_USE;
/* day: the new last day, later than the old one; a closed one opens again. */
bool consultation_extend(struct operation *op, const char *name, const char *day,
			 struct err *err) MUST_USE;
/* The clock's: closes what has run out; out_closed is how many. */
bool consultations_close_due(struct operation *op, int *out_closed,
			     struct err *err) MUST_USE;

#endif
