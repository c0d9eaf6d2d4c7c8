#include "template/tree.h"

#include "base/str.h"

/*
 * One pass over the text. At the start of a line the white space before a tag
 * decides: a section, comment or delimiter tag alone on its line takes the whole line
 * with it; a partial alone on its line indents what it brings; a block's
 * own indentation is taken off its lines here and put back where it is shown, so that
 * an override follows the indentation of the block that it replaces.
 */
struct open_tag {
	size_t node;
	size_t strip; /* of the lines around it */
	bool at_line_start;
};

struct parser {
	struct template_file *file;
	struct arena *arena;
	const char *text, *at, *end;
	int first_line;
	char open[16], close[16];
	struct open_tag stack[TEMPLATE_DEPTH];
	size_t depth;
	size_t strip;        /* bytes of indentation that each line here loses */
	bool at_line_start;  /* nothing of this line is written yet */
	bool tag_in_line;    /* but a tag that shows nothing stood there */
	const char *counted; /* up to here there are ... */
	int line;            /* ... so many lines */
};

struct tag {
	const char *begin, *end; /* with its delimiters */
	char sigil;              /* 0 for a plain value */
	const char *name;
	size_t len;
};

static int line_of(struct parser *p, const char *at)
{
	if (at < p->counted) {
		p->counted = p->text;
		p->line = p->first_line;
	}
	for (; p->counted < at; p->counted++)
		p->line += *p->counted == '\n';
	return p->line;
}

static bool wrong(struct parser *p, const char *at, struct err *err, const char *what,
		  const char *name, size_t len)
{
	return err_set(err, ERR_INPUT, "%s:%d: %s%.*s", p->file->path, line_of(p, at),
		       what, (int)(len < 60 ? len : 60), name);
}

static struct template_node *node_add(struct parser *p, enum template_node_kind kind,
				      const char *at, const char *text, size_t len)
{
	struct template_file *f = p->file;

	f->nodes = arena_grow(p->arena, f->nodes, f->count, sizeof(*f->nodes));
	f->nodes[f->count] = (struct template_node){
		.kind = kind, .text = text, .len = len, .line = line_of(p, at)};
	f->nodes[f->count].end = f->count + 1;
	return &f->nodes[f->count++];
}

static void line_begins(struct parser *p, const char *at)
{
	if (p->at_line_start)
		(void)node_add(p, NODE_INDENT, at, NULL, 0);
	p->at_line_start = false;
}

/* Literal text, line by line. */
static void add_text(struct parser *p, const char *from, const char *to)
{
	while (from < to) {
		const char *newline = memchr(from, '\n', (size_t)(to - from));
		const char *stop = newline ? newline + 1 : to;
		size_t off = 0;

		if (p->at_line_start) {
			while (off < p->strip && from + off < stop &&
			       (from[off] == ' ' || from[off] == '\t'))
				off++;
			if (from[off] != '\n')
				line_begins(p, from);
		}
		if (from + off < stop)
			(void)node_add(p, NODE_TEXT, from, from + off,
				       (size_t)(stop - from) - off);
		p->at_line_start = newline != NULL;
		p->tag_in_line = p->tag_in_line && !newline;
		from = stop;
	}
}

/* Only white space from "from" to the end of its line; next: where the next line starts. */
static bool blank_to_line_end(const struct parser *p, const char *from, const char **next)
{
	while (from < p->end && (*from == ' ' || *from == '\t'))
		from++;
	if (from + 1 < p->end && from[0] == '\r' && from[1] == '\n')
		from++;
	*next = from < p->end ? from + 1 : from;
	return from == p->end || *from == '\n';
}

/* Where the white space before a tag starts when the tag is the first of its line, or NULL. */
static const char *indent_before(const struct parser *p, const char *text_from,
				 const char *tag)
{
	const char *from = tag;

	while (from > text_from && (from[-1] == ' ' || from[-1] == '\t'))
		from--;
	if (from == text_from)
		return p->at_line_start && !p->tag_in_line ? from : NULL;
	return from[-1] == '\n' ? from : NULL;
}

static bool find_tag(struct parser *p, const char *begin, struct tag *tag,
		     struct err *err)
{
	const char *at = begin + strlen(p->open), *stop;
	size_t close_len = strlen(p->close);
	char close[20];

	*tag = (struct tag){.begin = begin};
	if (at < p->end && strchr("#^/>!&{=<$", *at) && *at)
		tag->sigil = *at++;
	(void)snprintf(close, sizeof(close), "%s%s",
		       tag->sigil == '{'   ? "}"
		       : tag->sigil == '=' ? "="
					   : "",
		       p->close);
	close_len = strlen(close);
	stop = memmem(at, (size_t)(p->end - at), close, close_len);
	if (!stop)
		return wrong(p, begin, err, "a tag is opened here and never closed: add ",
			     close, close_len);
	tag->end = stop + close_len;
	while (at < stop && str_is_space(*at))
		at++;
	while (stop > at && str_is_space(stop[-1]))
		stop--;
	tag->name = at;
	tag->len = (size_t)(stop - at);
	if (!tag->len && tag->sigil != '!')
		return wrong(p, begin, err, "a tag has no name in it", "", 0);
	for (const char *c = at; c < stop && tag->sigil != '!' && tag->sigil != '='; c++)
		if (str_is_space(*c) && tag->sigil != '>')
			return wrong(p, begin, err, "a name has a space in it: ", at,
				     tag->len);
	return true;
}

static bool set_delimiters(struct parser *p, const struct tag *tag, struct err *err)
{
	const char *stop = tag->name + tag->len, *mid = tag->name, *second;

	while (mid < stop && !str_is_space(*mid))
		mid++;
	second = mid;
	while (second < stop && str_is_space(*second))
		second++;
	if (second == stop || memchr(second, ' ', (size_t)(stop - second)) ||
	    memchr(tag->name, '=', tag->len) ||
	    (size_t)(mid - tag->name) >= sizeof(p->open) ||
	    (size_t)(stop - second) >= sizeof(p->close))
		return wrong(
			p, tag->begin, err,
			"delimiters are two short words without '=', as in {{=<% %>=}}; here: ",
			tag->name, tag->len);
	str_copy(p->open, (size_t)(mid - tag->name) + 1, tag->name);
	str_copy(p->close, (size_t)(stop - second) + 1, second);
	return true;
}

static bool open_section(struct parser *p, const struct tag *tag, bool at_line_start,
			 const char *indent, struct err *err)
{
	static const struct {
		char sigil;
		enum template_node_kind kind;
	} kinds[] = {{'#', NODE_SECTION},
		     {'^', NODE_INVERTED},
		     {'<', NODE_PARENT},
		     {'$', NODE_BLOCK}};
	struct template_node *node;
	const char *next;
	size_t in = indent ? (size_t)(tag->begin - indent) : 0;

	if (p->depth == TEMPLATE_DEPTH)
		return wrong(p, tag->begin, err, "sections are nested too deep at ",
			     tag->name, tag->len);
	p->stack[p->depth++] = (struct open_tag){p->file->count, p->strip, at_line_start};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (kinds[i].sigil != tag->sigil)
			continue;
		node = node_add(p, kinds[i].kind, tag->begin, tag->name, tag->len);
		node->indent = indent;
	}
	if (tag->sigil != '$') {
		node = &p->file->nodes[p->file->count - 1];
		node->indent_len = in > p->strip ? in - p->strip : 0;
		return true;
	}
	/* The block's indentation is that of its first line. */
	node = &p->file->nodes[p->file->count - 1];
	if (blank_to_line_end(p, tag->end, &next)) {
		const char *first = next;

		while (next < p->end && (*next == ' ' || *next == '\t'))
			next++;
		node->indent = first;
		in = (size_t)(next - first);
	}
	node->indent_len = in > p->strip ? in - p->strip : 0;
	p->strip = in > p->strip ? in : p->strip;
	return true;
}

static bool close_section(struct parser *p, const struct tag *tag, struct open_tag *open,
			  struct err *err)
{
	struct template_node *node;

	if (!p->depth)
		return wrong(p, tag->begin, err,
			     "nothing is open that this could close: ", tag->name,
			     tag->len);
	*open = p->stack[--p->depth];
	node = &p->file->nodes[open->node];
	if (node->len != tag->len || memcmp(node->text, tag->name, tag->len) != 0) {
		(void)err_set(err, ERR_INPUT,
			      "%s:%d: closes \"%.*s\", but \"%.*s\" of line %d is open",
			      p->file->path, line_of(p, tag->begin), (int)tag->len,
			      tag->name, (int)node->len, node->text, node->line);
		return false;
	}
	node->end = p->file->count;
	p->strip = open->strip;
	return true;
}

static bool inside_parent(const struct parser *p)
{
	return p->depth &&
	       p->file->nodes[p->stack[p->depth - 1].node].kind == NODE_PARENT;
}

static void add_partial(struct parser *p, const struct tag *tag, const char *indent,
			bool alone)
{
	struct template_node *node;
	size_t in = alone ? (size_t)(tag->begin - indent) : 0;

	if (!alone)
		line_begins(p, tag->begin);
	node = node_add(p, NODE_PARTIAL, tag->begin, tag->name, tag->len);
	node->indent = indent;
	node->indent_len = in > p->strip ? in - p->strip : 0;
}

/* Everything between p->at and the tag, then the tag. */
static bool add_tag(struct parser *p, const struct tag *tag, struct err *err)
{
	const char *indent = indent_before(p, p->at, tag->begin);
	bool value = !tag->sigil || tag->sigil == '&' || tag->sigil == '{';
	bool block = tag->sigil == '$' || tag->sigil == '<';
	const char *next = tag->end;
	bool blank = blank_to_line_end(p, tag->end, &next);
	bool alone = indent && !value && blank;
	struct open_tag open = {0};

	if (tag->sigil == '$' && inside_parent(p)) {
		alone = blank;
		p->at_line_start = true;
		indent = tag->begin;
	} else {
		add_text(p, p->at, alone || (indent && block) ? indent : tag->begin);
	}
	p->at = alone && tag->sigil != '<' ? next : tag->end;
	p->tag_in_line = !alone;
	if (value) {
		line_begins(p, tag->begin);
		(void)node_add(p, tag->sigil ? NODE_RAW : NODE_VALUE, tag->begin,
			       tag->name, tag->len);
		return true;
	}
	switch (tag->sigil) {
	case '!':
		break;
	case '=':
		return set_delimiters(p, tag, err);
	case '>':
		add_partial(p, tag, indent, alone);
		break;
	case '/':
		if (!close_section(p, tag, &open, err))
			return false;
		if (p->file->nodes[open.node].kind == NODE_PARENT) {
			p->at_line_start = open.at_line_start && blank;
			p->at = p->at_line_start ? next : tag->end;
			p->tag_in_line = !p->at_line_start;
			return true;
		}
		break;
	case '#':
	case '^':
		if (!alone)
			line_begins(p, tag->begin);
		return open_section(p, tag, false, NULL, err);
	default:
		return open_section(p, tag, indent != NULL, indent, err);
	}
	return true;
}

bool template_parse(struct template_file *file, struct arena *arena, const char *text,
		    size_t len, int first_line, struct err *err)
{
	struct parser p = {.file = file,
			   .arena = arena,
			   .text = text,
			   .at = text,
			   .end = text + len,
			   .first_line = first_line,
			   .open = "{{",
			   .close = "}}",
			   .at_line_start = true,
			   .counted = text,
			   .line = first_line};
	const char *begin;

	while ((begin = memmem(p.at, (size_t)(p.end - p.at), p.open, strlen(p.open)))) {
		struct tag tag;

		if (!find_tag(&p, begin, &tag, err) || !add_tag(&p, &tag, err))
			return false;
	}
	add_text(&p, p.at, p.end);
	if (p.depth) {
		const struct template_node *node =
			&file->nodes[p.stack[p.depth - 1].node];

		return err_set(err, ERR_INPUT,
			       "%s:%d: \"%.*s\" is opened here and never closed",
			       file->path, node->line, (int)node->len, node->text);
	}
	return true;
}
