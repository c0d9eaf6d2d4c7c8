/* A document as plain text. */
#include "base/str.h"
#include "document/model.h"

static void print_entry(const struct document_run *run, struct buf *to)
{
	const struct document_entry *e = run->entry;

	if (run->kind == DOCUMENT_FIELD)
		buf_str(to, e->value);
	else
		buf_str(to, e->state == DOCUMENT_TICKED    ? "[x]"
			    : e->state == DOCUMENT_UNCLEAR ? "[?]"
							   : "[ ]");
	if (run->kind == DOCUMENT_BOX && e->label) {
		buf_char(to, ' ');
		buf_str(to, e->label);
	}
}

static void print_runs(const struct document_block *b, struct buf *to)
{
	for (size_t i = 0; i < b->count; i++) {
		const struct document_run *run = &b->runs[i];

		if (run->kind == DOCUMENT_BREAK)
			buf_char(to, '\n');
		else if (run->kind != DOCUMENT_WORDS)
			print_entry(run, to);
		else if (run->marks & DOCUMENT_STRUCK)
			buf_printf(to, "~~%s~~", run->words);
		else
			buf_str(to, run->words);
	}
}

static bool same_row(const struct document_block *a, const struct document_block *b)
{
	return a->table && a->table == b->table && a->row == b->row;
}

void document_text_of(struct document *d, struct buf *to)
{
	size_t line = 1, seen = to->len;

	for (size_t i = 0; i < d->count; i++) {
		struct document_block *b = &d->blocks[i];

		if (i && same_row(&d->blocks[i - 1], b))
			buf_char(to, d->blocks[i - 1].column == b->column ? '\n' : '\t');
		else if (i)
			buf_char(to, '\n');
		for (; seen < to->len; seen++)
			line += to->bytes[seen] == '\n';
		b->line = line;
		for (unsigned q = 0; q < b->quote; q++)
			buf_str(to, q + 1 < b->quote ? ">" : "> ");
		if (b->kind == DOCUMENT_ITEM)
			buf_str(to, "- ");
		if (b->kind == DOCUMENT_RULE)
			buf_str(to, "________________________________");
		print_runs(b, to);
	}
	if (d->count)
		buf_char(to, '\n');
}
