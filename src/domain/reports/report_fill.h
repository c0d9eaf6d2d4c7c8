/*
 * report fill - a report with its placeholders filled in, and what is wrong with them.
 *
 * The text is read line by line: what stands in a line becomes words of it; a table, a chart,
 * quotations and a list stand on a line of their own and become a piece of their own. What
 * cannot be filled in (an unknown placeholder, a code that is retired, a question that nobody
 * answered) is a finding that stops: its line, what is wrong, what to do. A report with such a
 * finding is never written out.
 *
 * Units      lines count from 1.
 * Ownership  in the arena of the figures.
 * Errors     only what the store says; what is wrong with the text is a finding.
 * Limits     REPORT_BYTES of text, REPORT_PLACEHOLDERS placeholders.
 */
#ifndef MERCAT_DOMAIN_REPORT_FILL_H
#define MERCAT_DOMAIN_REPORT_FILL_H

#include "domain/reports/report_grammar.h"
#include "domain/disclosure/report_quotes.h"

enum { REPORT_BYTES = 200000, REPORT_PLACEHOLDERS = 2000 };

struct leak_found;
enum report_level {
	REPORT_WRONG = 0, /* it cannot be approved */
	REPORT_LOOK,      /* nobody but a person can tell */
	REPORT_RIGHT,
	REPORT_LEVELS
};
struct report_finding {
	int line;
	enum report_level level;
	const char *text;
};
struct report_findings {
	struct report_finding *list; /* by line */
	size_t count;
	size_t counts[REPORT_LEVELS];
	const struct leak_found *leaks; /* domain/leaks/leak.h; NULL: nobody looked */
};
void report_find(struct arena *arena, struct report_findings *to, int line,
		 enum report_level level, const char *text);

enum report_piece_kind {
	REPORT_PIECE_TEXT, /* Markdown */
	REPORT_PIECE_TABLE,
	REPORT_PIECE_CHART,
	REPORT_PIECE_QUOTES,
	REPORT_PIECE_LIST
};
struct report_piece {
	enum report_piece_kind kind;
	int line;
	const char *text;
	const struct report_table *table;
	struct report_quote *quotes;
	const char **names;
	size_t count; /* of quotes or names */
};
struct report_made {
	const char *title; /* of the consultation */
	struct report_piece *pieces;
	size_t count;
	size_t placeholders;
};

bool report_fill(struct report_figures *f, const char *source, struct report_made *out,
		 struct report_findings *findings, struct err *err) MUST_USE;

#endif
