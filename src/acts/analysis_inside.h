/*
 * acts analysis_inside - what the files of the analysis share; no door for others.
 */
#ifndef MERCAT_ACTS_ANALYSIS_INSIDE_H
#define MERCAT_ACTS_ANALYSIS_INSIDE_H

#include "acts/analysis.h"
#include "acts/consultation.h"

enum { ANALYSIS_TOTAL = ACTS_SHEET_TYPES };

struct analysis_asked {
	struct acts *acts;
	struct arena *arena;
	struct acts_consultation of;
	const char *state;
};

struct acts_sheet_row *analysis_row(const struct analysis_asked *asked,
				    struct acts_sheet *sheet, const char *label,
				    bool sums);
void analysis_count(struct acts_sheet_row *row, const char *type, int64_t n);
/* "(any code)" and "(no code)", which part the replies. */
bool analysis_any_or_none(const struct analysis_asked *asked, struct acts_sheet *sheet,
			  const char *any, const char *none, struct err *err) MUST_USE;
bool analysis_no_question(const struct analysis_asked *asked, struct acts_sheet *sheet,
			  struct err *err) MUST_USE;

/* analysis_code.c */
bool analysis_codes(const struct analysis_asked *asked, struct acts_sheet *sheet,
		    struct err *err) MUST_USE;
bool analysis_code_questions(const struct analysis_asked *asked, struct acts_sheet *sheet,
			     struct err *err) MUST_USE;
/* A branch has no fewer replies than a code in it: ERR_CONFLICT. */
bool analysis_branches_hold(const struct acts_sheet *sheet, struct err *err) MUST_USE;

#endif
