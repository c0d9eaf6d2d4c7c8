#include "text/markup/markdown_facts.h"
#include "text/markup/markdown_tree.h"

#include "base/str.h"

struct facts {
	const struct markdown *md;
	struct arena *arena;
	struct markdown_fact *list;
	size_t count;
	int line; /* of the last node that knew its own */
};

static const char *plain_of(struct facts *f, cmark_node *node)
{
	AUTO(buf) text = buf_new(4 * MARKDOWN_MAX_BYTES);

	markdown_plain(node, text);
	return arena_strndup(f->arena, buf_text(text), text->len);
}

static void add(struct facts *f, struct markdown_fact fact)
{
	fact.line = f->line + f->md->first_line - 1;
	if (!fact.address)
		fact.address = "";
	f->list = arena_grow(f->arena, f->list, f->count, sizeof(*f->list));
	f->list[f->count++] = fact;
}

static bool is_bold_only(cmark_node *paragraph)
{
	cmark_node *only = cmark_node_first_child(paragraph);

	return only && markdown_kind(only) == MD_STRONG && !cmark_node_next(only);
}

static void add_node(struct facts *f, cmark_node *node)
{
	AUTO(buf) address = buf_new(4 * MARKDOWN_MAX_BYTES);
	enum markdown_kind kind = markdown_kind(node);

	switch (kind) {
	case MD_HEADING:
		add(f, (struct markdown_fact){.kind = MARKDOWN_FACT_HEADING,
					      .level = cmark_node_get_heading_level(node),
					      .text = plain_of(f, node)});
		break;
	case MD_PARAGRAPH:
	case MD_CELL:
		add(f, (struct markdown_fact){.kind = MARKDOWN_FACT_WORDS,
					      .text = plain_of(f, node)});
		if (kind == MD_PARAGRAPH && is_bold_only(node))
			add(f, (struct markdown_fact){.kind = MARKDOWN_FACT_BOLD,
						      .text = plain_of(f, node)});
		break;
	case MD_LINK:
	case MD_IMAGE:
		add(f,
		    (struct markdown_fact){
			    .kind = kind == MD_LINK ? MARKDOWN_FACT_LINK
						    : MARKDOWN_FACT_IMAGE,
			    .text = plain_of(f, node),
			    .address = arena_strdup(f->arena,
						    str_or(cmark_node_get_url(node), "")),
			    .kept = kind == MD_LINK && markdown_address(node, address)});
		break;
	default:
		break;
	}
}

size_t markdown_facts(const struct markdown *md, struct arena *arena,
		      struct markdown_fact **out)
{
	struct facts f = {.md = md, .arena = arena, .line = 1};
	cmark_iter *iter = cmark_iter_new(md->document);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);

		if (event != CMARK_EVENT_ENTER)
			continue;
		if (cmark_node_get_start_line(node) > 0)
			f.line = cmark_node_get_start_line(node);
		add_node(&f, node);
	}
	cmark_iter_free(iter);
	*out = f.list;
	return f.count;
}
