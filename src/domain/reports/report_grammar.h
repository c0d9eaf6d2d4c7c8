/*
 * report grammar - the placeholders that a report may have, and how each is written.
 *
 *	{{n code:cost from organisation}}	{{table q3}}	{{quotes code:"bus fares" 3}}
 *
 * A placeholder is a verb and words behind it; a word may have a value behind a colon, in
 * quotes where it has blanks ("" is a quote in it). The table of verbs and of what each takes is
 * closed: help, manual and the page are made of report_grammar_words(). What a word names (a
 * code, an option) is looked for when it is filled in.
 *
 * Ownership  what is read lives in the arena.
 * Errors     ERR_INPUT says what is wrong and what may stand there.
 */
#ifndef MERCAT_DOMAIN_REPORT_GRAMMAR_H
#define MERCAT_DOMAIN_REPORT_GRAMMAR_H

#include "domain/disclosure/report_figures.h"

enum report_verb {
	REPORT_N = 0,
	REPORT_RESPONSES, /* "1 response" */
	REPORT_PERCENT,
	REPORT_TABLE,
	REPORT_CHART,
	REPORT_QUOTES,
	REPORT_LIST,
	REPORT_TITLE,
	REPORT_OPENS,
	REPORT_CLOSES,
	REPORT_TYPED, /* by hand, and meant so */
	REPORT_VERBS
};

enum report_figure {
	REPORT_FIGURE_RECEIVED = 0,
	REPORT_FIGURE_ANALYSED,
	REPORT_FIGURE_REMOVED, /* name: by that reason */
	REPORT_FIGURE_WAITING,
	REPORT_FIGURE_TYPE,
	REPORT_FIGURE_CHANNEL,
	REPORT_FIGURE_CODE, /* question: in its answers */
	REPORT_FIGURE_OPTION,
	REPORT_FIGURE_ANSWERED,
	REPORT_FIGURE_UNANSWERED
};

struct report_placeholder {
	enum report_verb verb;
	enum report_figure figure;
	enum report_about about; /* of a table or chart */
	const char *name;        /* the code, option, reason, type or channel; or NULL */
	int64_t question;        /* 0: none */
	int from;                /* one type alone; REPORT_TOTAL: all */
	bool of_answering;
	int64_t most;      /* quotations */
	const char *words; /* typed by hand */
};

enum { REPORT_QUOTES_MOST = 20, REPORT_QUOTES_USUAL = 3 };

/* text: between the braces. */
bool report_placeholder_read(struct arena *arena, const char *text,
			     struct report_placeholder *out, struct err *err) MUST_USE;
/* It fills a line of its own. */
bool report_placeholder_is_block(const struct report_placeholder *p) MUST_USE;

/* What there is, a row each; NULL form at the end. */
struct report_word {
	const char *form, *means;
};
extern const struct report_word report_verbs[], report_figure_words[],
	report_table_words[];
/* All of it as lines of text, for help. */
void report_grammar_words(struct buf *out);
/* A value as it is written in a placeholder: in quotes where it must be. */
const char *report_value(struct arena *arena, const char *value) MUST_USE;

#endif
