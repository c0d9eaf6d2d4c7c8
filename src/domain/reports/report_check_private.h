/*
 * report check private - what the check of running text and that of tables share.
 */
#ifndef MERCAT_DOMAIN_REPORT_CHECK_PRIVATE_H
#define MERCAT_DOMAIN_REPORT_CHECK_PRIVATE_H

#include "domain/reports/report_check.h"
#include "domain/reports/report_known.h"

struct report_lines {
	const char **
		list; /* without what is no running text: placeholders, code, addresses */
	size_t count;
};

struct report_checking {
	struct report_figures *f;
	struct arena *arena;
	struct report_knowledge known;
	struct report_findings *to;
	int64_t question; /* that is spoken of; 0: none */
};

/* report_rows.c: the table that begins in that line (from 0); where it ends. */
bool report_is_table(const struct report_lines *lines, size_t at) MUST_USE;
size_t report_check_table(struct report_checking *c, const struct report_lines *lines,
			  size_t at);

#endif
