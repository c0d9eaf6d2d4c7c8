/*
 * entered - a response that did not come by email is put in by hand.
 *
 * A letter on paper, a call, what was said at a meeting, an email to a colleague: what is
 * typed and its files become one mail (typed_mail.h) that is kept unchanged, with who it is
 * from (domain/intake/entry.h), and a response with a reference as every other.
 *
 * In three steps, because a mail is read by a child: entered_make() checks all and makes the
 * mail, the caller has it read (reader/reader.h), entered_add() keeps both.
 *
 * It is asked for with a word of its own ("once"): the same form sent twice is one response.
 * Taken back, it is excluded as put in by mistake: nothing is deleted, as ever.
 *
 * Units      a day is what people write ("3/3/2026", "3 March", "yesterday"), in the zone of
 *            the consultation. It is in time when it came on the last day.
 * Ownership  in the arena; what is asked borrows its texts.
 * Errors     ERR_INPUT     a field is wrong; there is neither text nor file
 *            ERR_CONFLICT  the consultation is a draft; a right is missing; the form was sent
 *                          before and said something else
 *            ERR_ABSENT    no such consultation
 * Limits     text 200,000 bytes; 20 files; together what a mail may have
 */
#ifndef MERCAT_DOMAIN_ENTERED_H
#define MERCAT_DOMAIN_ENTERED_H

#include "base/calendar.h"
#include "domain/admin/consultation.h"
#include "domain/intake/entry.h"
#include "domain/sorting/typed_mail.h"

enum { ENTERED_TEXT_MOST = 200000, ENTERED_FILES_MOST = 20 };

struct entered {
	const char *consultation;
	struct entry_said said;
	const char *received; /* a day, as it is written */
	const char *text;     /* NULL or "": the files say it all */
	const struct typed_file *files;
	size_t file_count;
	const char *once; /* letters and digits, 8 to 64 */
	const char *
		scan; /* the token of the scan it is typed from (typed_scan.h), or NULL */
};

/* The day that somebody means. ERR_INPUT: none, or one that is yet to come. */
bool entered_day(struct operation *op, const struct consultation *c, const char *received,
		 struct calendar_day *out, struct err *err) MUST_USE;
/* There is something to keep, and not too much of it. */
bool entered_words_check(const struct entered *what, struct err *err) MUST_USE;

struct entered_made {
	struct consultation consultation;
	struct entry_said said;
	int64_t received_at, in_time_at;
	const void *bytes;
	size_t len;
	const char *once, *scan;
	const struct typed_file *files;
	size_t file_count;
};

bool entered_make(struct operation *op, struct arena *arena, const struct entered *what,
		  struct entered_made *out, struct err *err) MUST_USE;

struct entered_added {
	const char *reference;
	bool was_there;         /* the same form came before */
	bool is_late, is_early; /* after the close; before it opened */
	bool is_acknowledged;
};

/* m: the mail of made as the reader gave it. */
bool entered_add(struct operation *op, struct arena *arena,
		 const struct entered_made *made, const struct mail_message *m,
		 struct entered_added *out, struct err *err) MUST_USE;

#endif
