/*
 * unsorted - a person says what an unsorted mail is.
 *
 * Anything that came in and is no reply yet may be taken as a reply to a consultation
 * (an auto-reply too: a person has read it). It keeps the time at which it came in; it
 * is acknowledged only where a person wrote it.
 *
 * Who is bound by rights (op->rights) needs RIGHT_SORT for where the mail came to, and to file
 * it, where it goes to.
 *
 * Errors     ERR_CONFLICT it is a reply already, or a right is missing; ERR_ABSENT no such
 *            mail.
 */
#ifndef MERCAT_DOMAIN_UNSORTED_H
#define MERCAT_DOMAIN_UNSORTED_H

#include "domain/admin/rights.h"
#include "domain/intake/entry.h"

/* out_reference lives in the arena: "cruelty-0147". */
bool inbound_file(struct operation *op, struct arena *arena, int64_t inbound_id,
		  const char *consultation, const char **out_reference,
		  struct err *err) MUST_USE;

/* The same where it was sent on for somebody else (domain/intake/entry.h): that is whose
 * response it is, and who gets the acknowledgement if it is asked for. */
struct unsorted_filing {
	int64_t inbound_id;
	const char *consultation;
	const struct entry_said *said; /* NULL: it is from who sent it */
};
bool inbound_file_as(struct operation *op, struct arena *arena,
		     const struct unsorted_filing *filing, const char **out_reference,
		     struct err *err) MUST_USE;

enum unsorted_view {
	UNSORTED_ALL,     /* what nobody could sort */
	UNSORTED_AT_RISK, /* of it, what says that somebody may be at risk */
	UNSORTED_DEALT,   /* what a program dealt with, or a person put aside */
	UNSORTED_ERASING  /* what an erasure left for a person to decide */
};

struct unsorted_page {
	int64_t before; /* an id; 0: from the newest */
	int64_t most;   /* 1 to 200 */
	enum unsorted_view view;
	const char *taken; /* UNSORTED_DEALT: only what was taken as that; NULL: all */
};

/*
 * The newest first, by keyset: id, received_at, kind, taken_as, why, at_risk, size, from_name,
 * from_address, subject, words (its first ones), files. Only what who asks may sort. Whatever
 * came in is in one of UNSORTED_ALL and UNSORTED_DEALT, or a response.
 */
bool unsorted_list(struct operation *op, struct arena *arena,
		   const struct unsorted_page *page, struct store_table *out,
		   struct err *err) MUST_USE;
/* How many there are of UNSORTED_AT_RISK, and of UNSORTED_ERASING. */
bool unsorted_at_risk(struct operation *op, struct arena *arena, int64_t *out,
		      struct err *err) MUST_USE;
bool unsorted_erasing(struct operation *op, struct arena *arena, int64_t *out,
		      struct err *err) MUST_USE;
/* It is for nobody here (advertisement, a stray mail); it is kept, with the reason. ERR_INPUT
 * no reason; ERR_CONFLICT it is a reply. Can be undone. */
bool inbound_discard(struct operation *op, int64_t inbound_id, const char *reason,
		     struct err *err) MUST_USE;

#endif
