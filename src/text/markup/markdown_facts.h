/*
 * text markdown facts - what stands in a document, for those who check it.
 *
 * One row for each heading, link, image and stretch of text (a paragraph, a cell, a
 * heading's own words), in their order.
 *
 * Units      lines as in text/markup/markdown.h.
 * Ownership  everything lives in the arena.
 * Errors     none.
 */
#ifndef MERCAT_TEXT_MARKDOWN_FACTS_H
#define MERCAT_TEXT_MARKDOWN_FACTS_H

#include "text/markup/markdown.h"

enum markdown_fact_kind {
	MARKDOWN_FACT_HEADING,
	MARKDOWN_FACT_LINK,
	MARKDOWN_FACT_IMAGE,
	MARKDOWN_FACT_WORDS, /* all words of one block, links' and images' too */
	MARKDOWN_FACT_BOLD   /* a paragraph that is nothing but bold words */
};

struct markdown_fact {
	enum markdown_fact_kind kind;
	int line;
	int level;           /* of a heading */
	const char *text;    /* without any mark-up */
	const char *address; /* of a link or image, as it was written; else "" */
	bool kept;           /* a link that is written out as one */
};

size_t markdown_facts(const struct markdown *md, struct arena *arena,
		      struct markdown_fact **out);

#endif
