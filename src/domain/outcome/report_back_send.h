/*
 * report back send - the emails of a report back that was approved, and the way out of them.
 *
 * Each is written to one mailbox, about the reference of a response of theirs; an answer to it
 * belongs to that response. It carries a link with which whoever gets it is written to no more
 * about this consultation: a page with a button, and one click of the mail program (RFC 8058).
 * That is kept as their wish in each of their responses, and no report back goes to them after.
 *
 * Ownership  in the arena.
 * Errors     of the store; ERR_ABSENT a link that is none of ours
 */
#ifndef MERCAT_DOMAIN_REPORT_BACK_SEND_H
#define MERCAT_DOMAIN_REPORT_BACK_SEND_H

#include "domain/outcome/report_back.h"
#include "domain/outcome/report_back_audience.h"

/* The clock's: makes some emails at a time, while few are on their way; ends what is sent. */
bool report_backs_tend(struct operation *op, bool *out_did, struct err *err) MUST_USE;

/* What one email would say, to whoever wrote the first response that it goes to. */
struct report_back_email {
	const char *subject, *text, *html;
};
bool report_back_preview(struct operation *op, struct arena *arena,
			 const struct report_back_words *words,
			 struct report_back_email *out, struct err *err) MUST_USE;

/* How far it is: state ("waiting", "left out", those of a notification), n. */
bool report_back_tally(struct operation *op, struct arena *arena,
		       const struct report_back *b, struct store_table *out,
		       struct err *err) MUST_USE;
/*
 * Who got it, by response: the rows of "report_back_recipients", after that response. With who
 * takes the right to see respondents.
 */
struct report_back_page {
	int64_t after, most;
};
bool report_back_recipients(struct operation *op, struct arena *arena,
			    const struct report_back *b, struct report_back_page page,
			    struct store_table *out, struct err *err) MUST_USE;

/* ---- the way out ---- */

struct contact_page {
	int64_t consultation_id;
	const char *name, *title; /* of the consultation */
	const char *write_to;     /* its address */
	const char *mailbox;      /* theirs */
	bool is_written_to;       /* still */
};
bool contact_find(struct operation *op, struct arena *arena, const char *token,
		  struct contact_page *out, struct err *err) MUST_USE;
/* how: "one-click", "page". What is done twice is done. */
bool contact_end(struct operation *op, const char *token, const char *how,
		 struct err *err) MUST_USE;

#endif
