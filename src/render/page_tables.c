#include "render/page_tables.h"
#include "base/str.h"

#include <libxml/HTMLparser.h>

struct reading {
	struct arena *arena;
	struct page_tables *out;
	const char *heading; /* the last one */
};

static bool is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && str_eq((const char *)node->name, name);
}

static bool has_class(xmlNode *node, const char *class)
{
	xmlChar *all = xmlGetProp(node, (const xmlChar *)"class");
	const char *at = all ? strstr((const char *)all, class) : NULL;
	bool has = at && strchr(" ", at[strlen(class)]) &&
		   (at == (const char *)all || at[-1] == ' ');

	xmlFree(all);
	return has;
}

static const char *words_of(struct reading *r, xmlNode *node)
{
	AUTO(buf) out = buf_new(1 << 16);
	xmlChar *all = xmlNodeGetContent(node);

	buf_one_line(out, (const char *)all);
	xmlFree(all);
	return arena_strdup(r->arena, buf_text(out));
}

static int depth_of(xmlNode *cell)
{
	static const char *const classes[] = {"report-depth-1", "report-depth-2",
					      "report-depth-3"};

	for (size_t i = 0; i < ARRAY_LEN(classes); i++)
		if (has_class(cell, classes[i]))
			return (int)i + 1;
	return 0;
}

static void read_row(struct reading *r, struct page_table *t, xmlNode *tr, bool is_head)
{
	struct page_row *row;

	t->rows = arena_grow(r->arena, t->rows, t->count, sizeof(*t->rows));
	row = &t->rows[t->count++];
	*row = (struct page_row){.is_head = is_head,
				 .is_base = has_class(tr, "report-base")};
	for (xmlNode *cell = tr->children; cell; cell = cell->next) {
		if (!is(cell, "th") && !is(cell, "td"))
			continue;
		row->cells =
			arena_grow(r->arena, row->cells, row->count, sizeof(*row->cells));
		row->cells[row->count++] =
			(struct page_cell){words_of(r, cell), depth_of(cell)};
	}
	if (row->count > t->columns)
		t->columns = row->count;
}

static void read_rows(struct reading *r, struct page_table *t, xmlNode *of, bool is_head)
{
	for (xmlNode *at = of->children; at; at = at->next) {
		if (is(at, "caption"))
			t->title = words_of(r, at);
		else if (is(at, "tr"))
			read_row(r, t, at, is_head);
		else if (is(at, "thead") || is(at, "tbody"))
			read_rows(r, t, at, is(at, "thead"));
	}
}

static void read_table(struct reading *r, xmlNode *node)
{
	struct page_tables *all = r->out;
	struct page_table *t;

	all->list = arena_grow(r->arena, all->list, all->count, sizeof(*all->list));
	t = &all->list[all->count++];
	*t = (struct page_table){0};
	read_rows(r, t, node, false);
	if (!t->title)
		t->title = r->heading;
}

/* True: what is in it has been read. */
static bool read_element(struct reading *r, xmlNode *node)
{
	struct page_tables *out = r->out;

	if (is(node, "table")) {
		read_table(r, node);
	} else if (is(node, "h1") || is(node, "h2") || is(node, "h3") || is(node, "h4")) {
		r->heading = words_of(r, node);
		if (is(node, "h1") && !out->title)
			out->title = r->heading;
	} else if (is(node, "p") && has_class(node, "report-standing")) {
		out->standing = words_of(r, node);
	} else if (is(node, "p") && has_class(node, "report-note") && out->count) {
		out->list[out->count - 1].note = words_of(r, node);
	} else {
		return false;
	}
	return true;
}

/* The next one of the page; what is in this one is passed over where it is done with. */
static xmlNode *next_of(xmlNode *node, bool done)
{
	if (!done && node->children)
		return node->children;
	while (node && !node->next)
		node = node->parent;
	return node ? node->next : NULL;
}

static htmlDocPtr open_page(const struct buf *html, struct err *err)
{
	htmlDocPtr page = htmlReadMemory(buf_text(html), (int)html->len, NULL, "utf-8",
					 HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
						 HTML_PARSE_NONET);

	if (!page)
		(void)err_set(err, ERR_SYSTEM, "the page cannot be read");
	return page;
}

bool page_tables(struct arena *arena, const struct buf *html, struct page_tables *out,
		 struct err *err)
{
	struct reading r = {.arena = arena, .out = out};
	htmlDocPtr page = open_page(html, err);

	if (!page)
		return false;
	*out = (struct page_tables){0};
	for (xmlNode *node = xmlDocGetRootElement(page); node;)
		node = next_of(node,
			       node->type != XML_ELEMENT_NODE || read_element(&r, node));
	out->title = str_or(out->title, "Report");
	for (size_t i = 0; i < out->count; i++)
		out->list[i].title = str_or(out->list[i].title, out->title);
	xmlFreeDoc(page);
	return true;
}

bool page_alts(struct arena *arena, const struct buf *html, const char ***out,
	       size_t *out_count, struct err *err)
{
	htmlDocPtr page = open_page(html, err);

	if (!page)
		return false;
	*out = NULL;
	*out_count = 0;
	for (xmlNode *node = xmlDocGetRootElement(page); node;
	     node = next_of(node, node->type != XML_ELEMENT_NODE)) {
		xmlChar *alt =
			is(node, "img") ? xmlGetProp(node, (const xmlChar *)"alt") : NULL;

		if (!alt)
			continue;
		*out = arena_grow(arena, *out, *out_count, sizeof(**out));
		(*out)[(*out_count)++] = arena_strdup(arena, (const char *)alt);
		xmlFree(alt);
	}
	xmlFreeDoc(page);
	return true;
}
