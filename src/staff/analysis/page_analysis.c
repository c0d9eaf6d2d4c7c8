/* The first analysis: each sheet as a picture with its table right under it. */
#include "domain/analysis/analysis.h"
#include "base/str.h"
#include "staff/coding/code_pages.h"
#include "staff/frame/pages.h"
#include "staff/frame/words.h"
#include "text/figures/csv.h"

#include <inttypes.h>

enum { CSV_BYTES = 16 << 20, PER_CENT = 100, LONG_ROWS = 12 };

/* In the order of the page; each is a way of analysis_load(). */
static const struct kind {
	const char *by, *title, *what, *group;
	const char *state; /* what is counted whatever is asked for; NULL: what is */
} kinds[] = {
	{"day", "Responses over time", "Day", "responses", NULL},
	{"state", "All responses by state", "State", "responses", "any"},
	{"reason", "Excluded responses by reason", "Reason", "responses", "excluded"},
	{"late", "Late responses", "When", "responses", NULL},
	{"channel", "Responses by channel", "Channel", "responses", NULL},
	{"type", "Responses by type of respondent", "Type", "respondents", NULL},
	{"permission", "Responses by permission to publish", "Permission", "respondents",
	 NULL},
	{"contact", "Responses by permission to contact again", "Contact", "respondents",
	 NULL},
	{"code", "Responses by code", "Code", "codes", NULL},
	{"code-type", "Codes by type of respondent", "Code", "codes", NULL},
	{"tag", "Responses by tag", "Tag", "codes", NULL},
	{"tag-type", "Tags by type of respondent", "Tag", "codes", NULL},
	{"question", "Responses by question answered", "Question", "questions", NULL},
	{"code-question", "Codes by question", "Code", "questions", NULL},
	{"choice", "What was chosen of closed questions", "Option", "questions", NULL},
	{"copies", "Copies of standard letters", "Kind", "campaigns", NULL},
	{"campaign", "Campaigns, each copy counted", "Campaign", "campaigns", NULL},
	{"campaign-once", "Campaigns, each counted once", "Campaign", "campaigns", NULL},
};

static const struct {
	const char *name, *title;
} groups[] = {
	{"responses", "Responses"}, {"respondents", "Respondents"}, {"codes", "Codes"},
	{"questions", "Questions"}, {"campaigns", "Campaigns"},
};

static const char *analysis_path(struct web_request *r)
{
	return arena_printf(r->arena, "%s/analysis", staff_queue_path(r));
}

/* "12 %", by halves away from zero. */
static const char *share(struct web_request *r, int64_t part, int64_t of)
{
	if (of <= 0)
		return "–";
	return arena_printf(r->arena, "%" PRId64 " %%",
			    (part * PER_CENT * 2 + of) / (of * 2));
}

/* Of a closed question the share of those answering, too. */
static const char *shares(struct web_request *r, const struct analysis_table *sheet,
			  const struct analysis_row *row)
{
	int64_t n = row->cells[ANALYSIS_TABLE_TYPES];
	const char *all = share(r, n, sheet->total);

	if (!row->answering || row->unanswered)
		return all;
	return arena_printf(r->arena, "%s (of those answering %s)", all,
			    share(r, n, row->answering));
}

static const char *campaign_words(struct web_request *r, const struct analysis_row *row)
{
	return arena_printf(r->arena, "%s %" PRId64 ": %s",
			    row->perhaps ? "Perhaps campaign" : "Campaign", row->campaign,
			    str_eq(row->closeness, "personalised") ? "to look at"
								   : row->closeness);
}

/* A row's label as people read it; the command line and the CSV keep the short word. */
static const char *label_words(struct web_request *r, const char *by,
			       const struct analysis_row *row)
{
	if (str_eq(by, "day"))
		return staff_day_named(r, row->label, STAFF_WITH_YEAR);
	if (row->campaign)
		return campaign_words(r, row);
	if (row->part)
		return arena_printf(r->arena, "Question %s", row->label);
	return staff_word(by, row->label);
}

static const char *column_words(const char *column)
{
	return str_eq(column, "responses") ? "Responses" : staff_word("type", column);
}

/* The rows that part the responses sum to N in every column; several parts have no one sum. */
static void show_totals(struct web_request *r, struct template_value *one,
			const struct analysis_table *sheet, size_t first)
{
	struct template_value *totals;

	for (size_t i = 0; i < sheet->row_count; i++)
		if (sheet->rows[i].part)
			return;
	totals = template_set_list(one, "totals");
	for (size_t c = first; c <= ANALYSIS_TABLE_TYPES; c++) {
		int64_t sum = 0;

		for (size_t i = 0; i < sheet->row_count; i++)
			sum += sheet->rows[i].sums ? sheet->rows[i].cells[c] : 0;
		template_add(totals, staff_number_text(r, sum));
	}
	template_set_bool(one, "any_totals", true);
}

/* Of a row under its question what is left to say. */
static const char *within_question(const struct analysis_row *row)
{
	const char *label = row->label + strspn(row->label, "0123456789");

	return label + strspn(label, ": ");
}

/* How many responses of each type the rows of a part are about. */
static void of_types(const struct analysis_table *sheet, int64_t part,
		     int64_t out[ANALYSIS_TABLE_TYPES + 1])
{
	for (size_t c = 0; c <= ANALYSIS_TABLE_TYPES; c++)
		out[c] = 0;
	for (size_t i = 0; i < sheet->row_count; i++)
		for (size_t c = 0; c <= ANALYSIS_TABLE_TYPES; c++)
			if (sheet->rows[i].sums && sheet->rows[i].part == part)
				out[c] += sheet->rows[i].cells[c];
}

/* The responses behind a number, in their queue; NULL: no filter is just so. */
static const char *behind(struct web_request *r, const struct analysis_table *sheet,
			  const struct analysis_row *row, const char *state)
{
	static const char *const as_they_are[] = {"type", "permission", "tag", NULL};
	const char *by = sheet->label, *value = row->label;

	if (row->code_id)
		return staff_code_path(r, row->code_id);
	if (*value == '(')
		return NULL;
	if (str_eq(by, "state"))
		return arena_printf(r->arena, "%s?state=%s", staff_queue_path(r), value);
	if (str_eq(by, "late"))
		value = str_eq(value, "late") ? "yes" : "no";
	else if (row->campaign)
		by = "campaign",
		value = arena_printf(r->arena, "%" PRId64, row->campaign);
	else if (str_eq(by, "tag-type"))
		by = "tag";
	else if (!str_in(by, as_they_are))
		return NULL;
	return arena_printf(r->arena, "%s?%s=%s%s%s", staff_queue_path(r), by,
			    web_escape_url(r->arena, value), state ? "&state=" : "",
			    str_or(state, ""));
}

static void show_cells(struct web_request *r, struct template_value *line,
		       const struct analysis_table *sheet, const struct analysis_row *row,
		       const int64_t *types)
{
	size_t first = ANALYSIS_TABLE_TYPES + 1 - sheet->column_count;
	struct template_value *cells = template_set_list(line, "cells");
	bool by_row = str_eq(web_query(r, "share"), "row");

	for (size_t c = first; c <= ANALYSIS_TABLE_TYPES; c++) {
		struct template_value *cell = template_add_map(cells);
		int64_t of = by_row ? row->cells[ANALYSIS_TABLE_TYPES] : types[c];

		staff_number(cell, "n", row->cells[c]);
		if (sheet->column_count > 1 && c < ANALYSIS_TABLE_TYPES)
			template_set(cell, "of_type", share(r, row->cells[c], of));
	}
}

static void show_rows(struct web_request *r, struct template_value *one,
		      const struct analysis_table *sheet, const char *state)
{
	struct template_value *columns = template_set_list(one, "columns");
	struct template_value *rows = template_set_list(one, "rows");
	size_t first = ANALYSIS_TABLE_TYPES + 1 - sheet->column_count;
	int64_t part = 0, types[ANALYSIS_TABLE_TYPES + 1];

	of_types(sheet, 0, types);
	for (size_t c = first; c <= ANALYSIS_TABLE_TYPES; c++)
		template_add(columns, column_words(sheet->columns[c]));
	for (size_t i = 0; i < sheet->row_count; i++) {
		const struct analysis_row *row = &sheet->rows[i];
		struct template_value *line = template_add_map(rows);

		if (row->part && row->part != part) {
			template_set_int(line, "under", row->part);
			of_types(sheet, row->part, types);
		}
		part = row->part;
		template_set(line, "label",
			     part ? within_question(row)
				  : label_words(r, sheet->label, row));
		template_set_int(line, "depth", row->depth);
		template_set_bool(line, "parts", row->sums);
		template_set(line, "url", behind(r, sheet, row, state));
		show_cells(r, line, sheet, row, types);
		template_set(line, "share", shares(r, sheet, row));
	}
	show_totals(r, one, sheet, first);
}

/* The words of the table stand in the picture, too; days without their year, for room. */
static void name_parts(struct web_request *r, struct chart *chart,
		       const struct analysis_table *sheet)
{
	const char **labels = arena_make(r->arena, const char *, chart->label_count + 1);
	const char **series = arena_make(r->arena, const char *, chart->series_count + 1);

	for (size_t i = 0; i < chart->label_count; i++)
		labels[i] =
			str_eq(sheet->label, "day")
				? staff_day_named(r, chart->labels[i], STAFF_WITHOUT_YEAR)
				: label_words(r, sheet->label, &sheet->rows[i]);
	for (size_t i = 0; i < chart->series_count; i++)
		series[i] = column_words(chart->series_names[i]);
	chart->labels = labels;
	chart->series_names = series;
}

static bool show_chart(struct web_request *r, struct template_value *one,
		       const struct kind *kind, const struct analysis_table *sheet,
		       struct err *err)
{
	AUTO(buf) svg = buf_new(CHART_BYTES);
	struct chart chart;

	/* One bar says nothing that its number does not. */
	if (sheet->row_count < 2)
		return true;
	if (!analysis_chart(r->arena, sheet, arena_printf(r->arena, "chart-%s", kind->by),
			    &chart))
		return true;
	name_parts(r, &chart, sheet);
	chart.title = kind->title;
	if (!chart_svg(&chart, svg, err))
		return false;
	template_set_vouched(one, "svg", buf_text(svg));
	return true;
}

/* As the domain has it: NULL for any. */
static const char *state_of(const char *word)
{
	return str_empty(word) || str_eq(word, "any") ? NULL : word;
}

/* One moment of each state that the page is about. */
struct moments {
	const char *state; /* a word of the form: "included", "any" */
	const struct analysis_asked *asked, *any, *excluded;
};

static bool moments_begin(struct web_request *r, bool all, struct moments *out,
			  struct err *err)
{
	const char *name = staff_of(r)->consultation.name;

	return analysis_begin(r->op, r->arena, name, state_of(out->state), &out->asked,
			      err) &&
	       (!all ||
		(analysis_begin(r->op, r->arena, name, NULL, &out->any, err) &&
		 analysis_begin(r->op, r->arena, name, "excluded", &out->excluded, err)));
}

static bool add_kind(struct web_request *r, struct template_value *list,
		     const struct moments *moments, const struct kind *kind,
		     struct err *err)
{
	const char *state = str_or(kind->state, moments->state);
	const struct analysis_asked *asked = !kind->state ? moments->asked
					     : str_eq(kind->state, "any")
						     ? moments->any
						     : moments->excluded;
	struct template_value *one;
	struct analysis_table sheet;
	bool counted = analysis_table_make(asked, kind->by, &sheet, err);

	if (!counted && err->kind != ERR_CONFLICT)
		return false;
	one = template_add_map(list);
	template_set(one, "by", kind->by);
	template_set(one, "heading", kind->title);
	if (!counted) {
		template_set(one, "kept_back", page_sentence(r->arena, err->text));
		*err = (struct err){0};
		return true;
	}
	template_set(one, "what", kind->what);
	template_set(one, "note", sheet.note);
	staff_number(one, "n", sheet.total);
	template_set_bool(one, "rows_any", sheet.row_count > 0);
	template_set_bool(one, "is_long", sheet.row_count > LONG_ROWS);
	template_set(one, "csv",
		     arena_printf(r->arena, "%s/%s.csv?state=%s", analysis_path(r),
				  kind->by, state));
	template_set_int(one, "width", (int64_t)sheet.column_count + 2);
	show_rows(r, one, &sheet, state_of(state));
	return show_chart(r, one, kind, &sheet, err);
}

static void show_groups(struct web_request *r, struct template_value *v,
			const char *chosen, const char *state)
{
	struct template_value *list = template_set_list(v, "groups");

	for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "title", groups[i].title);
		template_set_bool(one, "here", str_eq(groups[i].name, chosen));
		template_set(one, "url",
			     arena_printf(r->arena, "%s?about=%s&state=%s",
					  analysis_path(r), groups[i].name, state));
	}
}

/* about=all: every sheet, to be printed as one. */
void staff_analysis(struct web_request *r)
{
	const char *about = str_or(web_query(r, "about"), groups[0].name);
	const char *state = str_or(web_query(r, "state"), "included");
	bool all = str_eq(about, "all") || str_eq(about, groups[0].name);
	struct moments moments = {.state = state};
	struct template_value *v = staff_values(
		r,
		arena_printf(r->arena, "Analysis: %s", staff_of(r)->consultation.title),
		"analysis");
	struct template_value *list = template_set_list(v, "charts");
	struct err err = {0};

	if (!moments_begin(r, all, &moments, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_coding_values(r, v);
	show_groups(r, v, about, web_escape_url(r->arena, state));
	template_set(v, "about", about);
	template_set(v, "state", state_of(state));
	template_set(v, "state_words", staff_word("state", state));
	template_set_bool(v, "share_row", str_eq(web_query(r, "share"), "row"));
	template_set_bool(v, "types",
			  str_eq(about, "all") || str_eq(about, "codes") ||
				  str_eq(about, "questions"));
	template_set_bool(v, "none_yet",
			  str_eq(state, "included") && !analysis_total(moments.asked));
	template_set(v, "any_url",
		     arena_printf(r->arena, "%s?about=%s&state=any", analysis_path(r),
				  web_escape_url(r->arena, about)));
	template_set_bool(v, "is_all", str_eq(about, "all"));
	template_set(v, "all_url",
		     arena_printf(r->arena, "%s?about=all&state=%s", analysis_path(r),
				  web_escape_url(r->arena, state)));
	template_set_bool(v, "state_received", str_eq(state, "received"));
	template_set_bool(v, "state_included", str_eq(state, "included"));
	template_set_bool(v, "state_excluded", str_eq(state, "excluded"));
	template_set(v, "now", staff_time(r, r->op->now));
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (!str_eq(about, "all") && !str_eq(about, kinds[i].group))
			continue;
		if (!add_kind(r, list, &moments, &kinds[i], &err)) {
			staff_failed(r, &err);
			return;
		}
	}
	staff_page(r, "web/staff/analysis.html", v);
}

static void csv_shares(struct web_request *r, struct csv_writer *csv,
		       const struct analysis_table *sheet, const struct analysis_row *row)
{
	int64_t n = row->cells[ANALYSIS_TABLE_TYPES];

	csv_write(csv, analysis_table_share(r->arena, n, sheet->total));
	csv_write(csv, row->unanswered
			       ? NULL
			       : analysis_table_share(r->arena, n, row->answering));
}

static void write_csv(struct web_request *r, struct buf *out,
		      const struct analysis_table *sheet, const char *what)
{
	size_t first = ANALYSIS_TABLE_TYPES + 1 - sheet->column_count;
	struct csv_writer csv;

	csv_write_begin(&csv, out);
	csv_write(&csv, what);
	for (size_t c = first; c <= ANALYSIS_TABLE_TYPES; c++)
		csv_write(&csv, sheet->columns[c]);
	if (sheet->shares) {
		csv_write(&csv, "% of all");
		csv_write(&csv, "% of those answering");
	}
	csv_write_end_row(&csv);
	for (size_t i = 0; i < sheet->row_count; i++) {
		csv_write(&csv, sheet->rows[i].label);
		for (size_t c = first; c <= ANALYSIS_TABLE_TYPES; c++)
			csv_write_int(&csv, sheet->rows[i].cells[c]);
		if (sheet->shares)
			csv_shares(r, &csv, sheet, &sheet->rows[i]);
		csv_write_end_row(&csv);
	}
	csv_write(&csv, "N");
	for (size_t c = first; c < ANALYSIS_TABLE_TYPES; c++)
		csv_write(&csv, NULL);
	csv_write_int(&csv, sheet->total);
	csv_write_end_row(&csv);
}

void staff_analysis_csv(struct web_request *r)
{
	const char *asked = web_arg(r, 1), *name = staff_of(r)->consultation.name;
	AUTO(buf) out = buf_new(CSV_BYTES);
	struct analysis_table sheet;
	struct err err = {0};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		if (!str_eq(asked, arena_printf(r->arena, "%s.csv", kinds[i].by)))
			continue;
		if (!analysis_load(r->op, r->arena,
				   &(struct analysis_sheet_of){
					   .consultation = name,
					   .by = kinds[i].by,
					   .state = state_of(str_or(
						   web_query(r, "state"),
						   analysis_usual_state(kinds[i].by)))},
				   &sheet, &err)) {
			staff_failed(r, &err);
			return;
		}
		write_csv(r, out, &sheet, kinds[i].what);
		web_download(r, "text/csv; charset=utf-8",
			     arena_printf(r->arena, "%s-%s.csv", name, kinds[i].by),
			     buf_text(out), out->len);
		return;
	}
	page_problem(r, 404, "There is no such analysis.");
}

void staff_analysis_start(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Analysis", "analysis"), *list;
	struct store_table rows;
	struct err err = {0};

	if (!rights_consultations(r->op, r->arena, &staff_of(r)->rights,
				  RIGHT_READ_RESPONSES, &rows, &err)) {
		staff_failed(r, &err);
		return;
	}
	list = template_set_list(v, "consultations");
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "title", row_text(&row, "title"));
		template_set(one, "clock", staff_clock_of(r, &row));
		template_set(
			one, "url",
			arena_printf(r->arena, "%s/analysis",
				     staff_queue_path_of(r, row_text(&row, "name"))));
	}
	staff_page(r, "web/staff/analysis-start.html", v);
}
