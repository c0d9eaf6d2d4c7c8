/*
 * subscriber import private - what the files of an import share.
 */
#ifndef MERCAT_DOMAIN_SUBSCRIBER_IMPORT_PRIVATE_H
#define MERCAT_DOMAIN_SUBSCRIBER_IMPORT_PRIVATE_H

#include "domain/imports/subscriber_import.h"
#include "domain/subscribers/subscribe.h"

/* One import while it is looked at or runs. */
struct import_run {
	struct operation *op;
	const struct list *list;
	const struct subscriber_import *plan;
	const struct subscriber_import_watch *watch;
	struct arena *arena; /* of one line, or of one piece */
	const char *default_basis;
	struct import_seen *seen; /* while it is looked at */
	unsigned char *outcomes;  /* of each row, as it was looked at */
	size_t rows;
	struct subscriber_import_result result;
};

/* One row on its way: row is given. */
struct import_line {
	struct roster_row row;
	struct roster_person person;
	struct subscriber_new who;
	struct subscriber_import_line said;
};

/*
 * What the row says by itself: its outcome in said, with its reason, where it is bad or passed
 * over. The store is not asked. Of these and the next, false is an error of the import.
 */
bool import_line_read(struct import_run *im, struct import_line *line,
		      struct err *err) MUST_USE;
/* What would become of it, behind those before it in the file; nothing is written. */
bool import_line_look(struct import_run *im, struct import_line *line,
		      struct err *err) MUST_USE;
/* Does what was looked at: for those to be added or kept off, in the caller's transaction. */
bool import_line_write(struct import_run *im, struct import_line *line,
		       struct err *err) MUST_USE;

/*
 * subscriber_import_run.c: every row is looked at. What it gives out lives in arena.
 * ERR_INPUT: the file as a whole is not settled.
 */
bool import_look(struct import_run *im, struct arena *arena, struct err *err) MUST_USE;
/*
 * What was looked at, in pieces. ERR_INPUT: there were bad lines; ERR_CONFLICT: nothing was
 * written, as it would come out otherwise than it was looked at, or it was taken back meanwhile.
 */
bool import_write(struct import_run *im, struct err *err) MUST_USE;

/* False: what would happen is not what was shown. */
bool import_is_other(struct err *err);

/* subscriber_import_seen.c: what the lines before would have put into the store. */
struct import_seen *import_seen_new(struct arena *arena) MUST_USE;
void import_seen_free(struct import_seen *seen);
/* out_first: it was not there; it is from now on. */
bool import_seen_address(struct import_run *im, const char *address, bool *out_first,
			 struct err *err) MUST_USE;

/* The words that somebody agreed to, or "". */
const char *import_wording_text(const struct import_run *im,
				const struct roster_person *p) MUST_USE;
/* Both give false. */
bool import_wording_unknown(const char *version, struct err *err);
bool import_wording_other(const char *version, struct err *err);
/* A wording that the line would add; NULL: none. ERR_INPUT as for one that is added. */
struct import_wording {
	const char *version, *text;
};
bool import_wording_look(struct import_run *im, const struct roster_person *p,
			 struct import_wording *out, struct err *err) MUST_USE;
/* The line was not refused: it would be there for those that follow. */
void import_wording_seen(struct import_run *im, const struct import_wording *wording);

#endif
