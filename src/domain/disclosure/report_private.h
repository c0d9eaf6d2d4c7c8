/*
 * report private - what the files of the reports share; no door for others.
 */
#ifndef MERCAT_DOMAIN_REPORT_PRIVATE_H
#define MERCAT_DOMAIN_REPORT_PRIVATE_H

#include "domain/disclosure/report_figures.h"

/* report_frame.c: tables of words, which count nothing by themselves */
/* counted: the responses by code */
bool report_frame_table(const struct report_figures *f,
			const struct report_table *counted, struct report_table *out,
			struct err *err) MUST_USE;
bool report_agreement_table(const struct report_figures *f, struct report_table *out,
			    struct err *err) MUST_USE;

#endif
