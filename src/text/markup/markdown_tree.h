/*
 * text markdown tree - what the parts of src/text/markup/markdown share; nobody else's.
 */
#ifndef MERCAT_TEXT_MARKDOWN_TREE_H
#define MERCAT_TEXT_MARKDOWN_TREE_H

#include "text/markup/markdown.h"

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>

struct markdown {
	cmark_node *document;
	cmark_node **blocks;
	size_t count;
	int first_line;
	const struct markdown_picture *pictures;
	size_t picture_count;
};

enum markdown_kind {
	MD_PARAGRAPH,
	MD_HEADING,
	MD_QUOTE,
	MD_LIST,
	MD_ITEM,
	MD_CODE_BLOCK,
	MD_HTML_BLOCK,
	MD_RULE,
	MD_TABLE,
	MD_ROW,
	MD_CELL,
	MD_TEXT,
	MD_SOFT_BREAK,
	MD_LINE_BREAK,
	MD_CODE,
	MD_HTML,
	MD_EMPH,
	MD_STRONG,
	MD_LINK,
	MD_IMAGE,
	MD_OTHER
};

enum markdown_kind markdown_kind(cmark_node *node);
const char *markdown_literal(cmark_node *node); /* never NULL */

/* Appends all text below a node, without any mark-up. */
void markdown_plain(cmark_node *node, struct buf *out);
/* The picture that an image node shows; NULL when it is not known. */
const struct markdown_picture *markdown_picture_of(const struct markdown *md,
						   cmark_node *image);
/* A link's address fit for an attribute and for text; false when it is not kept. */
bool markdown_address(cmark_node *link, struct buf *out);
/* Text without control characters (entities can bring them in). */
void markdown_clean(struct buf *to, const char *text, size_t len);

#endif
