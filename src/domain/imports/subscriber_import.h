/*
 * subscriber import - subscribers from whatever file another program made, and a list out again.
 *
 * What is in the file is read by roster/roster.h. What it does not say of people is said once
 * for all of them: why we may write to them (else: that they were imported, from what, when
 * and by whom), how they agreed, to which words. Who had unsubscribed or bounced where
 * they come from is kept off the list: as if they had here, so that no later import brings
 * them; they may come back by themselves. People who unsubscribed here, bounced or are
 * suppressed are never brought back; those are passed over, with the reason, as are those who
 * are on the list. Where a row may say that somebody is not to be written to, and it is not
 * understood, it is bad; a column that says so is left out by ROSTER_WAIVED alone.
 *
 * With one bad line nothing is imported, unless bad lines are to be
 * left out; each bad line is reported with its number and reason.
 *
 * Ownership  a plan borrows the bytes that it was opened with.
 * Errors     ERR_INPUT when there were bad lines, or the file is none: nothing has changed.
 */
#ifndef MERCAT_DOMAIN_SUBSCRIBER_IMPORT_H
#define MERCAT_DOMAIN_SUBSCRIBER_IMPORT_H

#include "domain/admin/list.h"
#include "roster/roster.h"

struct subscriber_import {
	struct roster
		roster;   /* with the columns as they are wanted, and rows put right */
	const char *file; /* its name, for the evidence; NULL: pasted; see _called() */
	/* For all who have none of their own; NULL or "": not said. how: "a form at the fair". */
	const char *basis, *how, *wording;
	bool leave_out_bad;
	bool tags_unknown; /* of what the file calls tags none is a topic: they are left out */
};

/* Recognises the file. ERR_INPUT: it is empty, or nobody's address is in it. */
bool subscriber_import_open(struct arena *arena, const struct list *list,
			    const char *bytes, size_t len, struct subscriber_import *out,
			    struct err *err) MUST_USE;
/*
 * The name of its file. One that speaks of people who have unsubscribed or bounced has them all
 * kept off, until roster.people is said to be another.
 */
void subscriber_import_called(struct subscriber_import *plan, struct arena *arena,
			      const char *file);
/*
 * Another field for columns, as "HEAD=FIELD, HEAD=FIELD" (roster_field_name); ERR_INPUT: there is
 * no such column or field.
 */
bool subscriber_import_columns(struct subscriber_import *plan, struct arena *arena,
			       const char *text, struct err *err) MUST_USE;
/* What stands as basis where neither row nor plan has one. */
const char *subscriber_import_basis(const struct operation *op, struct arena *arena,
				    const struct subscriber_import *plan) MUST_USE;

enum subscriber_import_outcome {
	SUBSCRIBER_IMPORT_ADDED,
	SUBSCRIBER_IMPORT_KEPT_OFF, /* had unsubscribed or bounced there */
	SUBSCRIBER_IMPORT_PASSED,
	SUBSCRIBER_IMPORT_BAD,
	SUBSCRIBER_IMPORT_OUTCOMES
};
/* "added", "kept off", "passed over", "bad". */
const char *
subscriber_import_outcome_name(enum subscriber_import_outcome outcome) MUST_USE;

enum subscriber_import_reason {
	IMPORT_FINE,
	IMPORT_UNREADABLE,
	IMPORT_LONG,
	IMPORT_NO_ADDRESS,
	IMPORT_BAD_ADDRESS,
	IMPORT_TWO_ADDRESSES,
	IMPORT_NOBODY_READS,
	IMPORT_OUR_OWN,
	IMPORT_BAD_DAY,
	IMPORT_FUTURE,
	IMPORT_BAD_FREQUENCY,
	IMPORT_NO_TOPIC,
	IMPORT_WORDING,
	IMPORT_NO_BASIS,
	IMPORT_UNSURE, /* whether they may be written to is for a person */
	IMPORT_TEXT,
	IMPORT_TWICE,
	IMPORT_ALREADY,
	IMPORT_LEFT,
	IMPORT_BOUNCED,
	IMPORT_SUPPRESSED,
	IMPORT_NOT_SUBSCRIBED,
	IMPORT_NO_CONTACT,
	IMPORT_HAS_LEFT_THERE,
	IMPORT_KEPT_LEFT,
	IMPORT_KEPT_BOUNCED,
	IMPORT_REASONS
};
/* As it stands behind a number of lines: "stands in the file more than once". */
const char *subscriber_import_reason_words(enum subscriber_import_reason reason) MUST_USE;

/* What became, or would become, of one row. */
struct subscriber_import_line {
	const struct roster_row *row;
	enum subscriber_import_outcome outcome;
	enum subscriber_import_reason reason;
	const char *address,
		*name;      /* as they will be kept; what stands there when it is bad */
	const char *topics; /* as people read them; "all" */
	const char *why;    /* one sentence; NULL when it is added */
};

struct subscriber_import_watch {
	void *with;
	/* Of bytes that are read twice: to look, and to write. */
	void (*progress)(void *with, size_t bytes_done, size_t bytes_all, int64_t added);
	/*
	 * Every line as it was looked at, and again those that came out otherwise; what it
	 * points to lasts for the call. NULL: nobody looks.
	 */
	void (*each)(void *with, const struct subscriber_import_line *line);
};

struct subscriber_import_result {
	int64_t import_id; /* 0: nothing came of it */
	int64_t added, kept_off, passed_over, bad;
	int64_t teams; /* of those added: addresses that several people read */
};

/*
 * Outside any transaction. Every line is looked at before anything is written; that then goes in
 * pieces, each of which is whole, and between them others may write and progress() is called.
 * Who came onto the list or left it since their line was looked at is passed over. What was
 * broken off by a crash is an import with fewer than were wanted; when the file is imported again,
 * they are passed over. ERR_CONFLICT: the list changed before anything was written, or the import
 * was taken back while it ran.
 */
bool subscriber_import_run(struct operation *op, const struct list *list,
			   const struct subscriber_import *plan,
			   const struct subscriber_import_watch *watch,
			   struct subscriber_import_result *out,
			   struct err *err) MUST_USE;

/* The whole list with the evidence of each, to be read by subscriber_import_run() again. */
bool subscriber_export_run(struct operation *op, const struct list *list,
			   const char *state, struct buf *out, struct err *err) MUST_USE;

#endif
