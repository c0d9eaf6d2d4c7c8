/*
 * report known - what a number in running text may be about, and whether it is right.
 *
 * Each has the words by which people name it ("individuals", "received", a code, an option of
 * the question that is spoken of) and the row of the table that says it.
 *
 * Ownership  in the arena of the figures.
 * Errors     as of report_figures.h
 */
#ifndef MERCAT_DOMAIN_REPORT_KNOWN_H
#define MERCAT_DOMAIN_REPORT_KNOWN_H

#include "domain/disclosure/report_figures.h"
#include "domain/reports/report_number.h"

enum { REPORT_NO_TYPE = -1 };

struct report_known {
	const char *words;
	const struct report_row *row;
	const struct report_table *table;
	int64_t question; /* it is meant only where that question is spoken of; 0: anywhere */
	int type;         /* it is a type of respondent; REPORT_NO_TYPE: none */
	bool exact;       /* short words are meant only as they are written */
	const char *figure; /* as a placeholder has it */
};

struct report_knowledge {
	struct arena *arena;
	struct report_known *list;
	size_t count;
	int64_t received, analysed; /* what "of" may say */
};
bool report_know(struct report_figures *f, struct report_knowledge *out,
		 struct err *err) MUST_USE;

enum report_verdict { REPORT_IS_RIGHT, REPORT_IS_WRONG, REPORT_IS_HIDDEN };
/* type: of that type alone, or REPORT_NO_TYPE. */
enum report_verdict report_compare(const struct report_known *known, int type,
				   const struct report_number *number) MUST_USE;
/* "41 of 89 (46.1%)": what would be right. */
const char *report_right_words(struct arena *arena, const struct report_known *known,
			       int type) MUST_USE;

#endif
