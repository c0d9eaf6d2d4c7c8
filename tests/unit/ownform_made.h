/*
 * ownform_made - consultations made at random, and their forms filled in as people do it: in
 * Word, in LibreOffice, and as a mail in plain text or HTML that a mail program wrapped.
 *
 * The filled-in form is known, so that what is read can be judged.
 */
#ifndef MERCAT_TESTS_OWNFORM_MADE_H
#define MERCAT_TESTS_OWNFORM_MADE_H

#include "ownform/ownform.h"

enum { MADE_QUESTIONS = 12, MADE_OPTIONS = 5 };
enum made_carrier {
	MADE_TEXT,
	MADE_WRAPPED,
	MADE_LINK,
	MADE_HTML,
	MADE_DOCX,
	MADE_ODT,
	MADE_CARRIERS
};

/* What somebody fills in. Of a choice: bits from the first option on. */
struct made_fill {
	const char *name, *organisation; /* NULL: left blank */
	uint32_t type, permission, contact;
	struct {
		uint32_t chosen;
		const char *answer; /* NULL: left blank */
	} answers[MADE_QUESTIONS];
};

struct made {
	struct arena *arena;
	uint64_t random;
	enum made_carrier carrier;
	struct ownform form;
	struct answer_question questions[MADE_QUESTIONS];
	const char *options[MADE_QUESTIONS][MADE_OPTIONS];
	struct made_fill fill;
	const char *beside; /* what the mail says in no field */
};

unsigned made_roll(struct made *m, unsigned sides);
/* Another consultation, and what somebody fills into its form. */
void made_consultation(struct made *m);

/* Always the same one: what tests/unit/forms was made from. */
void made_fixed(struct made *m);

/* The form filled in: a whole mail, or a file. */
void made_mail(struct made *m, struct buf *to);
void made_file(struct made *m, struct buf *to);
/* The text that such a mail carries, before a mail program has it. */
void made_text(struct made *m, struct buf *to);

#endif
