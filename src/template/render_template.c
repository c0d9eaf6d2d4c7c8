#include "template/tree.h"

#include "base/str.h"

/* What a {{<parent}} gives for the blocks of the templates that it calls. */
struct overrides {
	const struct template_file *file;
	size_t from, to; /* nodes inside the parent tag */
};

struct renderer {
	const struct template_library *library;
	enum template_manner manner;
	struct buf *out;
	size_t out_from;
	struct err *err;
	const struct template_value *context[2 * TEMPLATE_DEPTH * 2];
	size_t contexts;
	struct {
		const char *text;
		size_t len;
	} indent[2 * TEMPLATE_DEPTH];
	size_t indents;
	struct overrides overrides[TEMPLATE_DEPTH];
	size_t override_count;
	size_t depth;
};

static bool render_nodes(struct renderer *r, const struct template_file *file,
			 size_t from, size_t to) MUST_USE;

/* What a value is cleaned for. */
enum clean {
	CLEAN_PLACES, /* each character stays at its number: what nobody sees is a dot */
	CLEAN_TEXT,
	CLEAN_LINE
};

/* False: it is a plain character. */
static bool clean_sign(struct buf *to, enum str_sign sign, enum clean how)
{
	if (sign == STR_SIGN_MISLEADS)
		buf_str(to, "\xEF\xBF\xBD");
	else if (sign == STR_SIGN_LINE)
		buf_char(to, how == CLEAN_LINE ? ' ' : '\n');
	else if (sign == STR_SIGN_UNSEEN && how == CLEAN_PLACES)
		buf_str(to, "\xC2\xB7");
	return sign != STR_SIGN_SHOWN;
}

/* The bytes from..end of a text of so many. */
static void clean_range(struct buf *to, const char *text, size_t from, size_t end,
			enum clean how)
{
	for (size_t at = from; at < end;) {
		size_t n = str_utf8_char(text + at, end - at);
		unsigned char c = (unsigned char)text[at];
		bool c1 = n == 2 && c == 0xC2 && (unsigned char)text[at + 1] < 0xA0;

		if (!n) {
			str_utf8_clean(to, text + at, 1);
			n = 1;
		} else if (n > 1 && clean_sign(to, str_sign_at(text, at, end), how)) {
			/* it is done */
		} else if (c == '\n' || c == '\t') {
			buf_char(to, how == CLEAN_LINE ? ' ' : (char)c);
		} else if (c >= 0x20 && c != 0x7F && !c1) {
			buf_add(to, text + at, n);
		}
		at += n;
	}
}

static void escape(struct buf *to, const char *text, size_t len, enum clean how)
{
	static const struct {
		char c;
		const char *as;
	} escapes[] = {{'&', "&amp;"},
		       {'<', "&lt;"},
		       {'>', "&gt;"},
		       {'"', "&quot;"},
		       {'\'', "&#39;"}};
	size_t from = 0;

	for (size_t at = 0; at < len; at++) {
		for (size_t i = 0; i < ARRAY_LEN(escapes); i++) {
			if (text[at] != escapes[i].c)
				continue;
			clean_range(to, text, from, at, how);
			buf_str(to, escapes[i].as);
			from = at + 1;
			break;
		}
	}
	clean_range(to, text, from, len, how);
}

void template_escape_html(struct buf *to, const char *text, size_t len)
{
	escape(to, text, len, CLEAN_TEXT);
}

void template_clean_text(struct buf *to, const char *text, size_t len,
			 enum template_lines lines)
{
	clean_range(to, text, 0, len,
		    lines == TEMPLATE_ONE_LINE ? CLEAN_LINE : CLEAN_TEXT);
}

static const struct template_value *member(const struct template_value *map,
					   const char *key, size_t len)
{
	if (map->kind != TEMPLATE_MAP)
		return NULL;
	for (size_t i = 0; i < map->count; i++)
		if (strlen(map->keys[i]) == len && memcmp(map->keys[i], key, len) == 0)
			return map->items[i];
	return NULL;
}

static const struct template_value *look_up(const struct renderer *r, const char *name,
					    size_t len)
{
	const char *end = name + len, *dot = memchr(name, '.', len);
	const struct template_value *found = NULL;

	if (len == 1 && *name == '.')
		return r->context[r->contexts - 1];
	for (size_t i = r->contexts; i-- > 0 && !found;)
		found = member(r->context[i], name, dot ? (size_t)(dot - name) : len);
	while (found && dot) {
		name = dot + 1;
		dot = memchr(name, '.', (size_t)(end - name));
		found = member(found, name, (size_t)((dot ? dot : end) - name));
	}
	return found;
}

/* NULL and an error in strict manner; NULL and no error in lenient. */
static const struct template_value *value_of(struct renderer *r,
					     const struct template_file *file,
					     const struct template_node *node)
{
	const struct template_value *v = look_up(r, node->text, node->len);

	if (!v && r->manner == TEMPLATE_STRICT)
		(void)err_set(r->err, ERR_INPUT, "%s:%d: nothing was given for \"%.*s\"",
			      file->path, node->line, (int)node->len, node->text);
	return v;
}

static bool truth(const struct template_value *v)
{
	if (!v || v->kind == TEMPLATE_NOTHING)
		return false;
	if (v->kind == TEMPLATE_BOOL)
		return v->yes;
	if (v->kind == TEMPLATE_LIST)
		return v->count > 0;
	return v->kind == TEMPLATE_MAP || *v->text;
}

static bool too_deep(struct renderer *r, const struct template_file *file,
		     const struct template_node *node)
{
	return err_set(r->err, ERR_INPUT,
		       "%s:%d: templates are nested too deep at \"%.*s\"", file->path,
		       node->line, (int)node->len, node->text);
}

static bool is_no(struct renderer *r, const struct template_file *file,
		  const struct template_node *node, const char *what)
{
	return err_set(r->err, ERR_INPUT, "%s:%d: \"%.*s\" is no %s", file->path,
		       node->line, (int)node->len, node->text, what);
}

static bool show_value(struct renderer *r, const struct template_file *file,
		       const struct template_node *node)
{
	const struct template_value *v = value_of(r, file, node);
	const char *text;

	if (!v)
		return r->manner == TEMPLATE_LENIENT;
	if (v->kind == TEMPLATE_LIST || v->kind == TEMPLATE_MAP) {
		if (r->manner == TEMPLATE_LENIENT)
			return true;
		return is_no(r, file, node, "text");
	}
	text = v->kind == TEMPLATE_BOOL ? (v->yes ? "true" : "false") : v->text;
	if (!text)
		return true;
	if (file->mode != TEMPLATE_HTML)
		template_clean_text(r->out, text, strlen(text),
				    file->mode == TEMPLATE_LINE ? TEMPLATE_ONE_LINE
								: TEMPLATE_MANY_LINES);
	else if (node->kind == NODE_RAW && v->vouched)
		str_utf8_clean(r->out, text, strlen(text));
	else
		escape(r->out, text, strlen(text),
		       node->kind == NODE_RAW ? CLEAN_PLACES : CLEAN_TEXT);
	return true;
}

static bool show_section(struct renderer *r, const struct template_file *file, size_t at)
{
	const struct template_node *node = &file->nodes[at];
	const struct template_value *v = value_of(r, file, node);
	const struct template_value *const *items =
		(const struct template_value *const *)&v;
	size_t count = 1;

	if (!v && r->manner == TEMPLATE_STRICT)
		return false;
	if (node->kind == NODE_INVERTED)
		return truth(v) || render_nodes(r, file, at + 1, node->end);
	if (!truth(v))
		return true;
	if (v->kind == TEMPLATE_LIST) {
		items = (const struct template_value *const *)v->items;
		count = v->count;
	}
	if (r->contexts == ARRAY_LEN(r->context))
		return too_deep(r, file, node);
	r->contexts++;
	for (size_t i = 0; i < count; i++) {
		r->context[r->contexts - 1] = items[i];
		if (buf_cut(r->out) || !render_nodes(r, file, at + 1, node->end)) {
			r->contexts--;
			return buf_cut(r->out);
		}
	}
	r->contexts--;
	return true;
}

static void show_indent(struct renderer *r)
{
	if (r->out->len > r->out_from && r->out->bytes[r->out->len - 1] != '\n')
		return;
	for (size_t i = 0; i < r->indents; i++)
		buf_add(r->out, r->indent[i].text, r->indent[i].len);
}

/* Renders nodes with the indentation of "node" before each of their lines. */
static bool show_inside(struct renderer *r, const struct template_file *from,
			const struct template_node *node,
			const struct template_file *file, size_t first, size_t end)
{
	bool ok;

	if (r->depth == TEMPLATE_DEPTH || r->indents == ARRAY_LEN(r->indent))
		return too_deep(r, from, node);
	r->depth++;
	r->indent[r->indents].text = node->indent;
	r->indent[r->indents++].len = node->indent_len;
	ok = render_nodes(r, file, first, end);
	r->indents--;
	r->depth--;
	return ok;
}

static bool show_partial(struct renderer *r, const struct template_file *file,
			 const struct template_node *node)
{
	const struct template_file *partial;
	const char *name = node->text;
	size_t len = node->len;

	if (*name == '*') {
		struct template_node by = *node;
		const struct template_value *v;

		by.text++;
		by.len--;
		v = value_of(r, file, &by);
		if (r->manner == TEMPLATE_LENIENT && (!v || v->kind != TEMPLATE_STRING))
			return true;
		if (!v)
			return false;
		if (v->kind != TEMPLATE_STRING)
			return is_no(r, file, &by, "name of a template");
		name = v->text;
		len = strlen(name);
	}
	partial = template_library_partial(r->library, file, name, len);
	if (!partial && r->manner == TEMPLATE_STRICT)
		return err_set(r->err, ERR_INPUT, "%s:%d: there is no template \"%.*s\"",
			       file->path, node->line, (int)len, name);
	return !partial || show_inside(r, file, node, partial, 0, partial->count);
}

static bool show_parent(struct renderer *r, const struct template_file *file, size_t at)
{
	const struct template_node *node = &file->nodes[at];
	bool ok;

	if (r->override_count == ARRAY_LEN(r->overrides))
		return too_deep(r, file, node);
	r->overrides[r->override_count++] = (struct overrides){file, at + 1, node->end};
	ok = show_partial(r, file, node);
	r->override_count--;
	return ok;
}

/* The outermost override wins: it stands in the template that was asked for. */
static bool show_block(struct renderer *r, const struct template_file *file, size_t at)
{
	const struct template_node *node = &file->nodes[at];

	for (size_t i = 0; i < r->override_count; i++) {
		const struct overrides *o = &r->overrides[i];

		for (size_t n = o->from; n < o->to; n = o->file->nodes[n].end) {
			const struct template_node *by = &o->file->nodes[n];

			if (by->kind == NODE_BLOCK && by->len == node->len &&
			    memcmp(by->text, node->text, node->len) == 0)
				return show_inside(r, file, node, o->file, n + 1,
						   by->end);
		}
	}
	return show_inside(r, file, node, file, at + 1, node->end);
}

static bool render_nodes(struct renderer *r, const struct template_file *file,
			 size_t from, size_t to)
{
	for (size_t at = from; at < to; at = file->nodes[at].end) {
		const struct template_node *node = &file->nodes[at];
		bool ok = true;

		switch (node->kind) {
		case NODE_TEXT:
			buf_add(r->out, node->text, node->len);
			break;
		case NODE_INDENT:
			show_indent(r);
			break;
		case NODE_VALUE:
		case NODE_RAW:
			ok = show_value(r, file, node);
			break;
		case NODE_SECTION:
		case NODE_INVERTED:
			ok = show_section(r, file, at);
			break;
		case NODE_PARTIAL:
			ok = show_partial(r, file, node);
			break;
		case NODE_PARENT:
			ok = show_parent(r, file, at);
			break;
		case NODE_BLOCK:
			ok = show_block(r, file, at);
			break;
		}
		if (!ok)
			return false;
	}
	return true;
}

bool template_render(const struct template_library *library, const char *name,
		     const struct template_value *values, enum template_manner manner,
		     struct buf *out, struct err *err)
{
	const struct template_file *file = template_library_find(library, name);
	struct renderer r = {.library = library,
			     .manner = manner,
			     .out = out,
			     .out_from = out->len,
			     .err = err,
			     .contexts = 1};

	if (!file)
		return err_set(err, ERR_ABSENT, "there is no template \"%s\"", name);
	r.context[0] = values;
	if (!render_nodes(&r, file, 0, file->count))
		return false;
	if (buf_cut(out))
		return err_set(err, ERR_INPUT,
			       "%s: what it makes is larger than %zu bytes", file->path,
			       out->max);
	return true;
}
