/*
 * report check - numbers and tables that were typed by hand, compared with the data.
 *
 * A number in running text is held against what its sentence speaks of: the nearest words that
 * name something of the data (report_known.h), also of one type of respondent alone. It is
 * right, wrong (the finding says what would be right and which placeholder gives it), or not
 * known, which a person looks at. One that is right and would not be shown is wrong too. A
 * number in the name of what is counted ("under 18"), in code or in words that are quoted (a line
 * that begins with >) is none of these.
 *
 * A table typed by hand is added up: the counts of a column must sum to its total row, or to the
 * "N = 61" in its head, beside it or above it; where no N is said, to one of the data. Each
 * cell is compared with the data by the label of its row, and a percentage beside a count with
 * it.
 *
 * Ownership  in the arena of the figures.
 * Errors     as of report_figures.h
 * Limits     a question's options are known below a heading or behind words that name its
 *            number.
 */
#ifndef MERCAT_DOMAIN_REPORT_CHECK_H
#define MERCAT_DOMAIN_REPORT_CHECK_H

#include "domain/reports/report_fill.h"

/* Adds to findings, which are by line after it. */
bool report_check(struct report_figures *f, const char *source,
		  struct report_findings *findings, struct err *err) MUST_USE;

#endif
