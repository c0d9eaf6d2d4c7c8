/* A report as HTML; see report_write.h. */
#include "domain/reports/report_write.h"
#include "base/str.h"
#include "text/figures/chart.h"
#include "text/markup/markdown.h"

enum { BARS_MOST = 60 };

void report_escape(struct buf *out, const char *text)
{
	for (const char *c = text; *c; c++) {
		const char *as = *c == '&'   ? "&amp;"
				 : *c == '<' ? "&lt;"
				 : *c == '>' ? "&gt;"
				 : *c == '"' ? "&quot;"
					     : NULL;

		if (as)
			buf_str(out, as);
		else
			buf_char(out, *c);
	}
}

static void put_tag(struct buf *out, const char *open, const char *text,
		    const char *close)
{
	buf_str(out, open);
	report_escape(out, text);
	buf_str(out, close);
}

static void put_row(struct arena *arena, const struct report_table *t,
		    const struct report_row *row, struct buf *out)
{
	buf_str(out, row == &t->base ? "<tr class=\"report-base\">" : "<tr>");
	if (row->depth)
		buf_printf(out, "<th scope=\"row\" class=\"report-depth-%d\">",
			   row->depth < 3 ? row->depth : 3);
	else
		buf_str(out, "<th scope=\"row\">");
	put_tag(out, "", row->label, "</th>");
	for (size_t c = 0; c < t->column_count; c++)
		put_tag(out,
			t->columns[c].kind == REPORT_COLUMN_WORDS
				? "<td>"
				: "<td class=\"number\">",
			report_cell_words(arena, t, row, c), "</td>");
	buf_str(out, "</tr>\n");
}

static void put_table(struct arena *arena, const struct report_table *t, size_t number,
		      struct buf *out)
{
	const char *title = report_table_caption(arena, t, number);

	buf_str(out, "<div class=\"report-table\" tabindex=\"0\" role=\"group\"");
	put_tag(out, " aria-label=\"", title, "\">\n<table>\n");
	put_tag(out, "<caption>", title, "</caption>\n<thead>\n<tr>");
	put_tag(out, "<th scope=\"col\">", t->head, "</th>");
	for (size_t c = 0; c < t->column_count; c++)
		put_tag(out,
			t->columns[c].kind == REPORT_COLUMN_WORDS
				? "<th scope=\"col\">"
				: "<th scope=\"col\" class=\"number\">",
			t->columns[c].title, "</th>");
	buf_str(out, "</tr>\n</thead>\n<tbody>\n");
	for (size_t i = 0; i < t->count; i++)
		put_row(arena, t, &t->rows[i], out);
	if (t->has_base)
		put_row(arena, t, &t->base, out);
	buf_str(out, "</tbody>\n</table>\n</div>\n");
	if (t->note)
		put_tag(out, "<p class=\"report-note\">", t->note, "</p>\n");
}

/* Rows of which nothing is hidden: a bar that is not drawn is said to be not. */
static size_t drawn_rows(struct arena *arena, const struct report_table *t,
			 struct chart *chart)
{
	const char **labels = arena_make(arena, const char *, BARS_MOST);
	unsigned char *depths = arena_make(arena, unsigned char, BARS_MOST);
	int64_t *values = arena_make(arena, int64_t, BARS_MOST);
	size_t n = 0;

	for (size_t i = 0; i < t->count && n < BARS_MOST; i++) {
		if (t->rows[i].counts[REPORT_TOTAL].seen)
			continue;
		labels[n] = t->rows[i].label;
		depths[n] = (unsigned char)t->rows[i].depth;
		values[n++] = t->rows[i].counts[REPORT_TOTAL].n;
	}
	chart->labels = labels;
	chart->depths = depths;
	chart->values = values;
	return n;
}

/* What was put so far. */
struct numbers {
	size_t tables, charts;
};

static bool put_chart(struct arena *arena, const struct report_table *t,
		      struct numbers *n, struct buf *out, struct err *err)
{
	static const char *const series[] = {"Responses"};
	AUTO(buf) svg = buf_new(CHART_BYTES);
	struct chart chart = {
		.kind = CHART_BARS,
		.id = arena_printf(arena, "report-chart-%zu", n->charts + 1),
		.title = t->title,
		.unit = "responses",
		.series_names = series,
		.series_count = 1};

	chart.label_count = drawn_rows(arena, t, &chart);
	if (chart.label_count) {
		if (!chart_svg(&chart, svg, err))
			return false;
		buf_str(out, "<figure class=\"report-chart\">\n");
		buf_str(out, buf_text(svg));
		buf_printf(out, "<figcaption>Figure %zu: ", ++n->charts);
		put_tag(out, "", t->title, "");
		buf_printf(out,
			   chart.label_count < t->count
				   ? ". Not every row of table %zu is drawn"
				   : ". Its numbers stand in table %zu",
			   n->tables + 1);
		buf_str(out, "</figcaption>\n</figure>\n");
	}
	put_table(arena, t, ++n->tables, out);
	return true;
}

static void put_quotes(const struct report_piece *p, struct buf *out)
{
	for (size_t i = 0; i < p->count; i++) {
		put_tag(out, "<figure class=\"report-quote\">\n<blockquote><p>",
			p->quotes[i].text, "</p></blockquote>\n");
		put_tag(out, "<figcaption>", p->quotes[i].by,
			"</figcaption>\n</figure>\n");
	}
}

static bool put_text(const struct report_piece *p, int top, struct buf *out,
		     struct err *err)
{
	AUTO(markdown) md = NULL;

	if (!markdown_parse("report", p->line, p->text, strlen(p->text), &md, err))
		return false;
	markdown_html(md, 0, markdown_blocks(md), MARKDOWN_WEB, top, out);
	return true;
}

bool report_html(struct arena *arena, const struct report_made *made, int top,
		 struct buf *out, struct err *err)
{
	struct numbers n = {0};

	for (size_t i = 0; i < made->count; i++) {
		const struct report_piece *p = &made->pieces[i];

		switch (p->kind) {
		case REPORT_PIECE_TEXT:
			if (!put_text(p, top, out, err))
				return false;
			break;
		case REPORT_PIECE_TABLE:
			put_table(arena, p->table, ++n.tables, out);
			break;
		case REPORT_PIECE_CHART:
			if (!put_chart(arena, p->table, &n, out, err))
				return false;
			break;
		case REPORT_PIECE_QUOTES:
			put_quotes(p, out);
			break;
		case REPORT_PIECE_LIST:
			buf_str(out, "<ul class=\"report-names\">\n");
			for (size_t k = 0; k < p->count; k++)
				put_tag(out, "<li>", p->names[k], "</li>\n");
			buf_str(out, "</ul>\n");
			break;
		}
	}
	return true;
}
