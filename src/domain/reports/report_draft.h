/*
 * report draft - a report with every section that an analysis has, for an official to edit.
 *
 * All figures in it are placeholders; what has no data is left out, or said to be so. It has:
 * what the report is about and what its figures are not; received, removed, analysed; channels,
 * with meetings apart; respondents, with the organisations that may be named; each question, a
 * closed one with its options and shares, each with its themes by type of respondent and
 * quotations of the most frequent ones; campaigns counted both ways; the method, with the
 * agreement of coders; the code frame.
 *
 * Ownership  out is the caller's.
 * Errors     as of report_figures.h
 */
#ifndef MERCAT_DOMAIN_REPORT_DRAFT_H
#define MERCAT_DOMAIN_REPORT_DRAFT_H

#include "domain/reports/report_grammar.h"
#include "domain/disclosure/report_quotes.h"

enum { REPORT_DRAFT_THEMES = 5 /* with quotations, of a question */ };

bool report_draft_text(struct report_figures *f, struct buf *out,
		       struct err *err) MUST_USE;

#endif
