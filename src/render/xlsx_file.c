/* The tables of a page as a workbook; see rendered.h. The only file that knows libxlsxwriter. */
#include "base/str.h"
#include "render/rendered.h"

#ifdef HAVE_XLSXWRITER
#include "base/fd.h"
#include "render/rendered_look.h"
#include "render/outside.h"
#include "render/page_tables.h"

#include <xlsxwriter.h>

#define BOOK "book.xlsx"

enum {
	SHEET_NAME = 31, /* letters that the name of a sheet may have */
	LABEL_WIDTH = 48,
	NUMBER_WIDTH = 16,
	NUMBER_DIGITS = 15, /* that a cell keeps */
	CHART_ROWS_MOST = 60,
	CHART_WIDE = 720,
	CHART_ROW_HIGH = 24,
	CHART_FRAME_HIGH = 120,
	DEPTHS = 4,
	HEAD_ROW = 2, /* below the title, and what it is of */
	LIST_ROW = 3  /* of the first sheet */
};

struct writing {
	struct arena *arena;
	lxw_workbook *book;
	lxw_format *title, *head, *head_number, *link, *note;
	/* for rows as they are indented, and of all */
	lxw_format *labels[DEPTHS + 1], *counts[2], *shares[2], *words[2];
	const char **sheets; /* their names */
};

static lxw_format *format_of(struct writing *w, const char *number, bool bold)
{
	lxw_format *f = workbook_add_format(w->book);

	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	format_set_bottom(f, LXW_BORDER_HAIR);
	if (number)
		format_set_num_format(f, number);
	if (bold)
		format_set_bold(f);
	return f;
}

static void make_formats(struct writing *w)
{
	enum { TITLE_SIZE = 14 };

	w->title = workbook_add_format(w->book);
	format_set_bold(w->title);
	format_set_font_size(w->title, TITLE_SIZE);
	w->head = format_of(w, NULL, true);
	format_set_text_wrap(w->head);
	format_set_bottom(w->head, LXW_BORDER_MEDIUM);
	w->head_number = format_of(w, NULL, true);
	format_set_text_wrap(w->head_number);
	format_set_bottom(w->head_number, LXW_BORDER_MEDIUM);
	format_set_align(w->head_number, LXW_ALIGN_RIGHT);
	w->note = workbook_add_format(w->book);
	format_set_italic(w->note);
	w->link = workbook_get_default_url_format(w->book);
	for (int i = 0; i <= DEPTHS; i++) {
		w->labels[i] = format_of(w, NULL, i == DEPTHS);
		format_set_text_wrap(w->labels[i]);
		format_set_indent(w->labels[i], (uint8_t)(i == DEPTHS ? 0 : i));
	}
	for (int base = 0; base < 2; base++) {
		w->counts[base] = format_of(w, "#,##0", base);
		w->shares[base] = format_of(w, "0.0%", base);
		w->words[base] = format_of(w, NULL, base);
		format_set_text_wrap(w->words[base]);
	}
}

enum cell_is { CELL_WORDS, CELL_COUNT, CELL_SHARE };

/* "1,234" and "12.5%" are numbers, and shown as they stand here. */
static enum cell_is number_of(const char *text, double *out)
{
	char digits[NUMBER_DIGITS + 1];
	size_t n = 0;
	const char *at = text;

	for (; *at && n < NUMBER_DIGITS; at++) {
		if (str_is_digit(*at) || (*at == '.' && n))
			digits[n++] = *at;
		else if (*at != ',' || !n)
			break;
	}
	digits[n] = '\0';
	if (!n || (*at && !str_eq(at, "%")))
		return CELL_WORDS;
	*out = strtod(digits, NULL);
	if (*at)
		*out /= 100;
	else if (strchr(digits, '.'))
		return CELL_WORDS;
	return *at ? CELL_SHARE : CELL_COUNT;
}

/* "Table 3: Responses by type" as "3 Responses by type": what a name may not have is left out. */
static const char *sheet_name(struct writing *w, size_t number, const char *title)
{
	const char *numbered = arena_printf(w->arena, "Table %zu: ", number);
	AUTO(buf) out = buf_new(SHEET_NAME * 4 + 1);
	size_t letters;

	if (str_starts(title, numbered))
		title += strlen(numbered);
	buf_printf(out, "%zu ", number);
	letters = out->len;
	for (const char *c = title; *c && letters < SHEET_NAME;) {
		size_t n = str_utf8_char(c, strlen(c));

		n = n ? n : 1;
		if (!strchr("[]:*?/\\'", *c)) {
			buf_add(out, c, n);
			letters++;
		}
		c += n;
	}
	return str_trim(arena_strdup(w->arena, buf_text(out)));
}

static void put_cell(struct writing *w, lxw_worksheet *sheet, lxw_row_t row,
		     size_t column, const struct page_row *of)
{
	const struct page_cell *cell = &of->cells[column];
	lxw_col_t at = (lxw_col_t)column;
	bool base = of->is_base;
	double number = 0;
	enum cell_is is = column ? number_of(cell->text, &number) : CELL_WORDS;

	if (of->is_head)
		(void)worksheet_write_string(sheet, row, at, cell->text,
					     column ? w->head_number : w->head);
	else if (!column)
		(void)worksheet_write_string(sheet, row, at, cell->text,
					     w->labels[base ? DEPTHS : cell->depth]);
	else if (is == CELL_WORDS)
		(void)worksheet_write_string(sheet, row, at, cell->text, w->words[base]);
	else
		(void)worksheet_write_number(sheet, row, at, number,
					     is == CELL_SHARE ? w->shares[base]
							      : w->counts[base]);
}

/* The rows whose first figure is a count, from the first row on; not that of all. */
static lxw_row_t rows_to_draw(const struct page_table *t, bool *out_some_hidden)
{
	lxw_row_t n = 0, shown = 0;
	double number;

	for (size_t i = 0; i < t->count; i++) {
		const struct page_row *row = &t->rows[i];

		if (row->is_head)
			continue;
		if (row->is_base || row->count < 2)
			break;
		n++;
		shown += number_of(row->cells[1].text, &number) == CELL_COUNT;
	}
	*out_some_hidden = shown < n;
	return shown > 1 && n <= CHART_ROWS_MOST ? n : 0;
}

static void put_chart(struct writing *w, lxw_worksheet *sheet, const struct page_table *t,
		      lxw_row_t at)
{
	bool some_hidden;
	lxw_row_t rows = rows_to_draw(t, &some_hidden), first = HEAD_ROW + 1;
	lxw_chart_options options = {0};
	lxw_chart_series *series;
	lxw_chart *chart;

	if (!rows)
		return;
	options.description = arena_printf(
		w->arena, "Bars of the first figure of this table: %s.%s", t->title,
		some_hidden ? " Rows whose number is not shown have no bar." : "");
	chart = workbook_add_chart(w->book, LXW_CHART_BAR);
	series = chart_add_series(chart, NULL, NULL);
	chart_series_set_categories(series, sheet->name, first, 0, first + rows - 1, 0);
	chart_series_set_values(series, sheet->name, first, 1, first + rows - 1, 1);
	chart_series_set_labels(series);
	chart_title_set_name(chart, t->title);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	/* Of bars, y is the axis of the labels; what x would say stands beside each bar. */
	chart_axis_set_reverse(chart->y_axis);
	chart_axis_set_min(chart->x_axis, 0);
	chart_axis_off(chart->x_axis);
	chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_FALSE);
	options.x_scale = (double)CHART_WIDE / 480;
	options.y_scale = (double)(CHART_FRAME_HIGH + CHART_ROW_HIGH * (int)rows) / 288;
	(void)worksheet_insert_chart_opt(sheet, at, 0, chart, &options);
}

static void put_sheet(struct writing *w, const struct page_tables *all, size_t number)
{
	const struct page_table *t = &all->list[number];
	lxw_worksheet *sheet = workbook_add_worksheet(w->book, w->sheets[number]);
	lxw_row_t row = HEAD_ROW;

	(void)worksheet_set_column(sheet, 0, 0, LABEL_WIDTH, NULL);
	if (t->columns > 1)
		(void)worksheet_set_column(sheet, 1, (lxw_col_t)(t->columns - 1),
					   NUMBER_WIDTH, NULL);
	(void)worksheet_write_string(sheet, 0, 0, t->title, w->title);
	/* A sheet is printed and passed on by itself. */
	(void)worksheet_write_string(sheet, 1, 0, str_or(all->standing, ""), w->note);
	for (size_t i = 0; i < t->count; i++, row++)
		for (size_t c = 0; c < t->rows[i].count; c++)
			put_cell(w, sheet, row, c, &t->rows[i]);
	if (t->note)
		(void)worksheet_write_string(sheet, row++, 0, t->note, w->note);
	put_chart(w, sheet, t, row + 1);
	worksheet_freeze_panes(sheet, HEAD_ROW + 1, 1);
	(void)worksheet_repeat_rows(sheet, HEAD_ROW, HEAD_ROW);
	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, 9 /* A4 */);
	worksheet_fit_to_pages(sheet, 1, 0);
	(void)worksheet_set_footer(sheet, "&C&P / &N");
}

/* What it is, and where its tables are. */
static void put_front(struct writing *w, lxw_worksheet *front,
		      const struct page_tables *t)
{
	(void)worksheet_set_column(front, 0, 0, LABEL_WIDTH * 2, NULL);
	(void)worksheet_write_string(front, 0, 0, t->title, w->title);
	(void)worksheet_write_string(front, 1, 0, str_or(t->standing, ""), NULL);
	if (!t->count)
		(void)worksheet_write_string(front, LIST_ROW, 0,
					     "The report has no table.", NULL);
	for (size_t i = 0; i < t->count; i++)
		(void)worksheet_write_url_opt(
			front, (lxw_row_t)(LIST_ROW + i), 0,
			arena_printf(w->arena, "internal:'%s'!A1", w->sheets[i]), w->link,
			t->list[i].title, NULL);
}

static bool write_book(struct writing *w, const struct page_tables *t, struct err *err)
{
	lxw_doc_properties about = {.title = (char *)(uintptr_t)t->title,
				    .created = 1577836800 /* the first day of 2020 */};
	lxw_worksheet *front;
	lxw_error failed;

	if (!w->book)
		return err_set(err, ERR_SYSTEM, "no workbook can be begun");
	make_formats(w);
	(void)workbook_set_properties(w->book, &about);
	w->sheets = arena_make(w->arena, const char *, t->count + 1);
	for (size_t i = 0; i < t->count; i++)
		w->sheets[i] = sheet_name(w, i + 1, t->list[i].title);
	front = workbook_add_worksheet(w->book, "Tables");
	put_front(w, front, t);
	for (size_t i = 0; i < t->count; i++)
		put_sheet(w, t, i);
	failed = workbook_close(w->book);
	return !failed || err_set(err, ERR_SYSTEM, "%s", lxw_strerror(failed));
}

static bool make_book(const struct outside_job *job, struct buf *out, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 20);
	lxw_workbook_options options = {.tmpdir = (char *)(uintptr_t) "."};
	struct writing w = {.arena = arena};
	struct page_tables tables;

	if (!page_tables(arena, job->in, &tables, err))
		return false;
	w.book = workbook_new_opt(BOOK, &options);
	return write_book(&w, &tables, err) && fd_read_file(BOOK, out, err);
}

bool render_workbook(const struct rendering *with, const struct buf *html,
		     struct buf *out, struct err *err)
{
	static const char *const parts[] = {"[Content_Types].xml", "xl/workbook.xml",
					    "xl/worksheets/sheet1.xml", NULL};
	const struct outside_job job = {.name = "libxlsxwriter",
					.work = make_book,
					.in = html,
					.folder = with->folder,
					.memory_bytes = with->workbook_bytes,
					.cpu_s = with->cpu_s,
					.wall_ms = with->wall_ms};

	return outside_make(&job, out, err) && look_package(job.name, out, parts, err);
}

#else

bool render_workbook(const struct rendering *with, const struct buf *html,
		     struct buf *out, struct err *err)
{
	(void)with, (void)html, (void)out;
	return err_set(err, ERR_SETUP,
		       "this mercat was built without libxlsxwriter (on Debian: apt-get "
		       "install libxlsxwriter-dev, then configure and build it again)");
}

#endif
