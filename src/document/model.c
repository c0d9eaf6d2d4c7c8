#include "document/model.h"
#include "base/str.h"

/* Where the next cell of an open table belongs. */
struct place {
	unsigned table, row, column, span;
};

struct document_builder {
	struct place stack[DOCUMENT_TABLES];
	unsigned depth, too_deep, tables, quote;
	size_t runs, bytes;
	size_t tail_len, tail_room; /* of the last words, which may still grow */
	bool open;
};

struct document *document_new(struct arena *arena)
{
	struct document *d = arena_make(arena, struct document, 1);

	d->arena = arena;
	d->builder = arena_make(arena, struct document_builder, 1);
	return d;
}

static struct document_block *add_block(struct document *d, enum document_block_kind kind)
{
	struct document_builder *b = d->builder;
	struct document_block *block;

	if (d->count >= DOCUMENT_BLOCKS) {
		d->cut = true;
		return NULL;
	}
	d->blocks = arena_grow(d->arena, d->blocks, d->count, sizeof(*d->blocks));
	block = &d->blocks[d->count++];
	block->kind = kind;
	block->quote = b->quote;
	block->line = d->count;
	if (b->depth) {
		const struct place *at = &b->stack[b->depth - 1];

		block->table = at->table;
		block->row = at->row;
		block->column = at->column;
	}
	b->open = true;
	return block;
}

/* A cell's first block is there from its beginning; its first paragraph takes it. */
static bool reuse(struct document *d)
{
	const struct document_block *last = d->count ? &d->blocks[d->count - 1] : NULL;

	return d->builder->open && last && last->count == 0 && last->table &&
	       last->kind == DOCUMENT_PARAGRAPH;
}

void document_block(struct document *d, enum document_block_kind kind, unsigned level)
{
	struct document_block *block;

	if (reuse(d)) {
		block = &d->blocks[d->count - 1];
		block->kind = kind;
		block->quote = d->builder->quote;
	} else {
		block = add_block(d, kind);
	}
	if (block)
		block->level = level;
	if (kind == DOCUMENT_RULE)
		d->builder->open = false;
}

void document_end_block(struct document *d)
{
	if (!reuse(d))
		d->builder->open = false;
}

void document_table(struct document *d)
{
	struct document_builder *b = d->builder;

	if (b->depth == DOCUMENT_TABLES) {
		b->too_deep++;
		d->cut = true;
		return;
	}
	b->stack[b->depth++] = (struct place){.table = ++b->tables};
	b->open = false;
	d->telling = true;
}

void document_row(struct document *d)
{
	struct document_builder *b = d->builder;

	if (!b->depth || b->too_deep)
		return;
	b->stack[b->depth - 1].row++;
	b->stack[b->depth - 1].column = 0;
	b->stack[b->depth - 1].span = 0;
	b->open = false;
}

void document_cell(struct document *d, unsigned span)
{
	struct document_builder *b = d->builder;
	struct place *at;

	if (!b->depth || b->too_deep)
		return;
	at = &b->stack[b->depth - 1];
	if (!at->row)
		at->row = 1;
	at->column += at->span ? at->span : 1;
	at->span = span && span < 1000 ? span : 1;
	(void)add_block(d, DOCUMENT_PARAGRAPH);
}

void document_end_table(struct document *d)
{
	struct document_builder *b = d->builder;

	if (b->too_deep)
		b->too_deep--;
	else if (b->depth)
		b->depth--;
	b->open = false;
}

void document_quote(struct document *d, int deeper)
{
	struct document_builder *b = d->builder;

	if (deeper > 0 && b->quote < 1000)
		b->quote++;
	else if (deeper < 0 && b->quote)
		b->quote--;
	b->open = false;
}

static struct document_run *add_run(struct document *d, enum document_run_kind kind)
{
	struct document_builder *b = d->builder;
	struct document_block *block;

	if (b->runs >= DOCUMENT_RUNS) {
		d->cut = true;
		return NULL;
	}
	if (!b->open && !add_block(d, DOCUMENT_PARAGRAPH))
		return NULL;
	block = &d->blocks[d->count - 1];
	block->runs =
		arena_grow(d->arena, block->runs, block->count, sizeof(*block->runs));
	b->runs++;
	block->runs[block->count].kind = kind;
	return &block->runs[block->count++];
}

/* More of the same words; their room doubles, so that letter by letter costs no more. */
static void grow_words(struct document *d, struct document_run *run, const char *text,
		       size_t len)
{
	struct document_builder *b = d->builder;
	size_t need = b->tail_len + len + 1;
	char *to;

	if (need > b->tail_room) {
		to = arena_alloc(d->arena, need * 2);
		if (b->tail_len)
			memcpy(to, run->words, b->tail_len);
		b->tail_room = need * 2;
		run->words = to;
	}
	to = (char *)(uintptr_t)run->words + b->tail_len;
	memcpy(to, text, len);
	to[len] = '\0';
	b->tail_len += len;
}

static void add_words(struct document *d, const char *text, size_t len, unsigned marks)
{
	struct document_builder *b = d->builder;
	struct document_block *block =
		b->open && d->count ? &d->blocks[d->count - 1] : NULL;
	struct document_run *run =
		block && block->count ? &block->runs[block->count - 1] : NULL;

	if (b->bytes + len > DOCUMENT_TEXT) {
		d->cut = true;
		return;
	}
	b->bytes += len;
	if (!run || run->kind != DOCUMENT_WORDS || run->marks != marks) {
		run = add_run(d, DOCUMENT_WORDS);
		if (!run)
			return;
		run->marks = marks;
		run->words = "";
		b->tail_len = b->tail_room = 0;
	}
	grow_words(d, run, text, len);
	if (marks &
	    (DOCUMENT_STRUCK | DOCUMENT_INSERTED | DOCUMENT_UNDERLINED | DOCUMENT_BOLD |
	     DOCUMENT_HIGHLIGHTED | DOCUMENT_FRAMED | DOCUMENT_DOUBTED))
		d->telling = true;
}

void document_words(struct document *d, const char *text, size_t len, unsigned marks)
{
	while (len) {
		const char *end = memchr(text, '\n', len);
		size_t part = end ? (size_t)(end - text) : len;

		if (part)
			add_words(d, text, part, marks & DOCUMENT_MARKS_ALL);
		if (end)
			document_break(d);
		part += end != NULL;
		text += part;
		len -= part;
	}
}

void document_break(struct document *d)
{
	(void)add_run(d, DOCUMENT_BREAK);
}

static void add_entry(struct document *d, enum document_run_kind kind,
		      const struct document_entry *from)
{
	struct document_run *run = add_run(d, kind);
	struct document_entry *entry;

	if (!run)
		return;
	entry = arena_make(d->arena, struct document_entry, 1);
	*entry = (struct document_entry){
		.name = arena_strdup(d->arena, from->name),
		.label = arena_strdup(d->arena, from->label),
		.value = arena_strdup(d->arena, from->value),
		.state = from->state,
		.option_count = from->option_count,
	};
	if (entry->option_count > DOCUMENT_OPTIONS) {
		entry->option_count = DOCUMENT_OPTIONS;
		d->cut = true;
	}
	if (entry->option_count)
		entry->options = arena_make(d->arena, const char *, entry->option_count);
	for (size_t i = 0; i < entry->option_count; i++)
		entry->options[i] = arena_strdup(d->arena, str_or(from->options[i], ""));
	run->entry = entry;
	d->telling = true;
}

void document_box(struct document *d, const struct document_entry *box)
{
	add_entry(d, DOCUMENT_BOX, box);
}

void document_field(struct document *d, const struct document_entry *field)
{
	add_entry(d, DOCUMENT_FIELD, field);
}

void document_append(struct document *d, const struct document *more)
{
	struct document_builder *b = d->builder;
	unsigned tables = b->tables;

	b->open = false;
	for (size_t i = 0; i < more->count; i++) {
		struct document_block *block;

		if (d->count >= DOCUMENT_BLOCKS ||
		    b->runs + more->blocks[i].count > DOCUMENT_RUNS) {
			d->cut = true;
			break;
		}
		d->blocks = arena_grow(d->arena, d->blocks, d->count, sizeof(*d->blocks));
		block = &d->blocks[d->count++];
		*block = more->blocks[i];
		b->runs += block->count;
		if (!block->table)
			continue;
		block->table += tables;
		if (block->table > b->tables)
			b->tables = block->table;
	}
	d->cut = d->cut || more->cut;
	d->telling = d->telling || more->telling;
}

static bool is_rule(const char *line, size_t len)
{
	char sign = '\0';
	size_t count = 0;

	for (size_t i = 0; i < len; i++) {
		if (str_is_space(line[i]))
			continue;
		if (!strchr("-=*_", line[i]) || (sign && line[i] != sign))
			return false;
		sign = line[i];
		count++;
	}
	return count >= 12;
}

/* ">>> [ ] Do not publish <<<" points at something. */
static bool is_pointed_at(const char *line, size_t len)
{
	while (len && (line[len - 1] == ' ' || line[len - 1] == '\r'))
		len--;
	return len && line[len - 1] == '<';
}

/* Some programs quote with "> ", some with one bar; two bars part the cells of a table. */
static unsigned quote_depth(const char **line, size_t *len)
{
	unsigned depth = 0;
	size_t at = 0;

	if (is_pointed_at(*line, *len))
		return 0;
	if (*len > 1 && **line == '|' && (*line)[1] == ' ' &&
	    !memchr(*line + 1, '|', *len - 1)) {
		*line += 2;
		*len -= 2;
		return 1;
	}
	while (at < *len && ((*line)[at] == '>' || (depth && (*line)[at] == ' '))) {
		depth += (*line)[at] == '>';
		at++;
	}
	*line += at;
	*len -= at;
	return depth;
}

/* A block a line: what belongs together is for the reader to find out. */
void document_from_plain(struct document *d, const char *text)
{
	size_t number = 0;

	while (*text) {
		size_t len = strcspn(text, "\n"), own = len, before = d->count;
		const char *line = text;
		unsigned quote = quote_depth(&line, &own);

		number++;
		d->builder->quote = quote;
		document_block(d, is_rule(line, own) ? DOCUMENT_RULE : DOCUMENT_PARAGRAPH,
			       0);
		if (d->builder->open)
			document_words(d, line, own, 0);
		d->builder->open = false;
		if (d->count > before)
			d->blocks[d->count - 1].line = number;
		text += len + (text[len] == '\n');
	}
	d->builder->quote = 0;
}
