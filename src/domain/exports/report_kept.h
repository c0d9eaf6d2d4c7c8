/*
 * report kept - files of an edition that another program makes, kept with it.
 *
 * The pages may run no program (daemon/walls.c). Who wants an edition as PDF, as Word or as a
 * workbook asks for it; the role that may makes it, in a child, and it is offered to everybody
 * who may read the edition. It is kept with the hash of the page that it was made of: once that
 * is another, because the edition was approved, it is made again. A file that quotes what may
 * not be published any more is not handed out, as no other of the edition is.
 *
 *	waiting -> made | failed -> waiting
 *
 * Rights     asking and reading take the right to read the responses
 * Units      size is bytes.
 * Ownership  in the arena.
 * Errors     ERR_ABSENT   there is no such file yet, or it is not of this page
 *            ERR_CONFLICT as in report_file.h
 */
#ifndef MERCAT_DOMAIN_REPORT_KEPT_H
#define MERCAT_DOMAIN_REPORT_KEPT_H

#include "domain/exports/report_file.h"

enum report_kept_state {
	REPORT_FILE_NONE = 0,
	REPORT_FILE_WAITING,
	REPORT_FILE_MADE,
	REPORT_FILE_FAILED
};
struct report_kept {
	const struct report_form *form;
	enum report_kept_state state;
	int64_t size;       /* of one that is made */
	const char *reason; /* of one that failed, as a sentence */
};
/* One for each form that another program makes, in their order. */
bool report_kept_list(struct operation *op, struct arena *arena,
		      const struct report_edition *edition, struct report_kept **out,
		      size_t *out_count, struct err *err) MUST_USE;

/* One that is there, or waits, stays as it is. */
bool report_kept_ask(struct operation *op, struct arena *arena,
		     const struct report_edition *edition, const struct report_form *form,
		     struct err *err) MUST_USE;

struct report_bytes {
	const void *bytes;
	size_t len;
};
bool report_kept_read(struct operation *op, struct arena *arena,
		      const struct report_edition *edition,
		      const struct report_form *form, struct report_bytes *out,
		      struct err *err) MUST_USE;

/* The oldest that waits, for who makes it; ERR_ABSENT: none does. */
struct report_waiting {
	int64_t id;
	const struct report_form *form;
	struct report_edition_of edition;
};
bool report_kept_next(struct operation *op, struct arena *arena,
		      struct report_waiting *out, struct err *err) MUST_USE;
/* Makes it; what fails is kept as its reason. False: the store failed. */
bool report_kept_make(struct operation *op, struct arena *arena,
		      const struct report_waiting *waiting, const struct rendering *with,
		      struct err *err) MUST_USE;
/* It cannot be made, for a reason that only who makes it knows. */
bool report_kept_give_up(struct operation *op, const struct report_waiting *waiting,
			 const char *reason, struct err *err) MUST_USE;

#endif
