/* A report as Markdown and as CSV; see report_write.h. */
#include "domain/reports/report_write.h"
#include "base/str.h"
#include "text/figures/csv.h"

/* A cell of a Markdown table: no bar, no line end. */
static void put_cell(struct buf *out, const char *text)
{
	for (const char *c = text; *c; c++) {
		if (strchr("\\|`*_<>[]{}#~&", *c))
			buf_char(out, '\\');
		buf_char(out, *c == '\n' || *c == '\r' ? ' ' : *c);
	}
}

static void put_row(struct arena *arena, const struct report_table *t,
		    const struct report_row *row, struct buf *out)
{
	buf_str(out, "| ");
	put_cell(out, row->label);
	for (size_t c = 0; c < t->column_count; c++) {
		buf_str(out, " | ");
		put_cell(out, report_cell_words(arena, t, row, c));
	}
	buf_str(out, " |\n");
}

const char *report_table_caption(struct arena *arena, const struct report_table *t,
				 size_t number)
{
	return arena_printf(arena, "Table %zu: %s", number, t->title);
}

static void put_table(struct arena *arena, const struct report_table *t, size_t number,
		      struct buf *out)
{
	buf_str(out, "\n**");
	put_cell(out, report_table_caption(arena, t, number));
	buf_str(out, "**\n\n| ");
	put_cell(out, t->head);
	for (size_t c = 0; c < t->column_count; c++) {
		buf_str(out, " | ");
		put_cell(out, t->columns[c].title);
	}
	buf_str(out, " |\n|---|");
	for (size_t c = 0; c < t->column_count; c++)
		buf_str(out,
			t->columns[c].kind == REPORT_COLUMN_WORDS ? "---|" : "---:|");
	buf_char(out, '\n');
	for (size_t i = 0; i < t->count; i++)
		put_row(arena, t, &t->rows[i], out);
	if (t->has_base)
		put_row(arena, t, &t->base, out);
	if (t->note)
		buf_printf(out, "\n%s\n", t->note);
	buf_char(out, '\n');
}

void report_markdown(struct arena *arena, const struct report_made *made, struct buf *out)
{
	size_t tables = 0;

	for (size_t i = 0; i < made->count; i++) {
		const struct report_piece *p = &made->pieces[i];

		switch (p->kind) {
		case REPORT_PIECE_TEXT:
			buf_str(out, p->text);
			break;
		case REPORT_PIECE_TABLE:
		case REPORT_PIECE_CHART:
			put_table(arena, p->table, ++tables, out);
			break;
		case REPORT_PIECE_QUOTES:
			for (size_t k = 0; k < p->count; k++) {
				buf_str(out, "\n> ");
				put_cell(out, p->quotes[k].text);
				buf_str(out, "\n>\n> — ");
				put_cell(out, p->quotes[k].by);
				buf_str(out, "\n");
			}
			break;
		case REPORT_PIECE_LIST:
			buf_char(out, '\n');
			for (size_t k = 0; k < p->count; k++) {
				buf_str(out, "- ");
				put_cell(out, p->names[k]);
				buf_char(out, '\n');
			}
			break;
		}
	}
}

static void csv_row(struct arena *arena, const struct report_table *t,
		    const struct report_row *row, struct csv_writer *csv)
{
	csv_write(csv, row->label);
	for (size_t c = 0; c < t->column_count; c++) {
		int64_t n;

		if (report_cell_number(t, row, c, &n))
			csv_write_int(csv, n);
		else
			csv_write(csv, report_cell_words(arena, t, row, c));
	}
	csv_write_end_row(csv);
}

static void csv_table(struct arena *arena, const struct report_table *t, size_t number,
		      struct csv_writer *csv)
{
	csv_write(csv, report_table_caption(arena, t, number));
	csv_write_end_row(csv);
	csv_write(csv, t->head);
	for (size_t c = 0; c < t->column_count; c++)
		csv_write(csv, t->columns[c].title);
	csv_write_end_row(csv);
	for (size_t i = 0; i < t->count; i++)
		csv_row(arena, t, &t->rows[i], csv);
	if (t->has_base)
		csv_row(arena, t, &t->base, csv);
}

void report_csv(struct arena *arena, const struct report_made *made, struct buf *out)
{
	struct csv_writer csv;
	size_t tables = 0;

	csv_write_begin(&csv, out);
	for (size_t i = 0; i < made->count; i++) {
		const struct report_piece *p = &made->pieces[i];

		if (p->kind != REPORT_PIECE_TABLE && p->kind != REPORT_PIECE_CHART)
			continue;
		if (tables)
			csv_write_end_row(&csv);
		csv_table(arena, p->table, ++tables, &csv);
	}
}
