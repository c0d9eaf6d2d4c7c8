/*
 * page tables - the tables of a page, as rows of cells; the words of its pictures.
 *
 * Every table is found, with its caption, or the heading that it stands below where it has none,
 * and the note beneath it. Cells are as people read them: white space of any kind is one blank.
 *
 * Ownership  in the arena.
 * Errors     ERR_SYSTEM the page cannot be read
 * Limits     No cell spans others: the pages of reports have none that do.
 */
#ifndef MERCAT_RENDER_PAGE_TABLES_H
#define MERCAT_RENDER_PAGE_TABLES_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

struct page_cell {
	const char *text;
	int depth; /* how far it is indented */
};
struct page_row {
	struct page_cell *cells;
	size_t count;
	bool is_head, is_base;
};
struct page_table {
	const char *title, *note; /* NULL: none */
	struct page_row *rows;
	size_t count, columns;
};
struct page_tables {
	const char *title;    /* its first heading of the first level */
	const char *standing; /* what it says of its edition; NULL: nothing */
	struct page_table *list;
	size_t count;
};
bool page_tables(struct arena *arena, const struct buf *html, struct page_tables *out,
		 struct err *err) MUST_USE;

/* What its pictures say to those who do not see them (alt), in their order. */
bool page_alts(struct arena *arena, const struct buf *html, const char ***out,
	       size_t *out_count, struct err *err) MUST_USE;

#endif
