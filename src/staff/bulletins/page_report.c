/*
 * How a bulletin went: its figures with their rates, beside the last three of its list, to be
 * read, printed and taken away as CSV; and what can be said of it elsewhere, ready to copy.
 */
#include "domain/bulletins/bulletin_list.h"
#include "domain/delivery/bulletin_progress.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/bulletins/bulletin_show.h"
#include "staff/frame/pages.h"
#include "staff/bulletins/report_show.h"
#include "staff/frame/words.h"
#include "text/figures/csv.h"

#include <inttypes.h>

enum { BEFORE_MOST = 3, CSV_MOST = 1 << 16 };

struct reports {
	struct bulletin_report_of
		items[1 + BEFORE_MOST]; /* the one asked for, then older */
	size_t count;
};

/* Those that went out before it, the newest first. */
static bool load(struct web_request *r, const struct bulletin *b, struct reports *out,
		 struct err *err)
{
	struct store_table all;

	out->count = 1;
	if (!bulletin_report(r->op, r->arena, b->list.name, b->number, &out->items[0],
			     err) ||
	    !bulletin_list(r->op, r->arena, b->list.name, &all, err))
		return false;
	for (size_t i = all.count; i-- > 0 && out->count <= BEFORE_MOST;) {
		struct store_row row = table_row(&all, i);

		if (row_int(&row, "number") >= b->number || row_null(&row, "started_at"))
			continue;
		if (!bulletin_report(r->op, r->arena, b->list.name,
				     row_int(&row, "number"), &out->items[out->count],
				     err))
			return false;
		out->count++;
	}
	return true;
}

/* One figure of a report, and of how many it is a share; of 0: of none. */
struct figure {
	int64_t n, of;
};

static const char *const lines[] = {
	"Subscribers it was approved for",
	"Sent",
	"Refused",
	"Skipped",
	"Came back afterwards",
	"Complaints",
	"Unsubscribed after it",
	"Stopped by bounces",
};

static struct figure figure_of(const struct bulletin_report_of *r, size_t line)
{
	const struct delivery_progress *p = &r->progress;
	const struct figure all[ARRAY_LEN(lines)] = {
		{p->audience, 0},      {p->sent, p->rows},      {p->refused, p->rows},
		{p->skipped, p->rows}, {r->came_back, p->sent}, {r->complaints, p->sent},
		{r->left, p->sent},    {r->stopped, p->sent},
	};

	return all[line];
}

/* "97.3", rounded half up; "": a share of nothing. */
static const char *share(struct arena *arena, const struct figure *f)
{
	int64_t thousandth;

	if (!f->of)
		return "";
	thousandth = (f->n * 2000 + f->of) / (f->of * 2);
	return arena_printf(arena, "%" PRId64 ".%" PRId64, thousandth / 10,
			    thousandth % 10);
}

static void add_comparison(struct web_request *r, struct template_value *v,
			   const struct reports *all)
{
	struct template_value *columns = template_set_list(v, "columns"),
			      *rows = template_set_list(v, "lines");

	for (size_t i = 0; i < all->count; i++) {
		struct template_value *one = template_add_map(columns);

		template_set_int(one, "no", all->items[i].number);
		template_set(one, "day", staff_day(r, all->items[i].progress.started_at));
		template_set_bool(one, "is_this", i == 0);
	}
	for (size_t l = 0; l < ARRAY_LEN(lines); l++) {
		struct template_value *row = template_add_map(rows), *cells;

		template_set(row, "line", lines[l]);
		cells = template_set_list(row, "cells");
		for (size_t i = 0; i < all->count; i++) {
			struct figure f = figure_of(&all->items[i], l);
			struct template_value *one = template_add_map(cells);

			staff_number(one, "n", f.n);
			template_set(one, "share", f.of ? share(r->arena, &f) : NULL);
		}
	}
	template_set_bool(v, "any_before", all->count > 1);
}

/* A sentence for other places, with the address; the page there has the card's own words. */
static void add_share(struct web_request *r, struct template_value *v,
		      const struct bulletin *b)
{
	const char *summary = b->source ? b->source->summary : NULL, *url;

	if (b->list.visibility == LIST_PRIVATE)
		return;
	url = arena_printf(r->arena, "%s/lists/%s/%" PRId64, r->site->settings->base_url,
			   b->list.name, b->number);
	template_set(v, "share_url", url);
	template_set(v, "share_summary", summary);
	template_set(v, "share_organisation", r->site->settings->organisation);
	template_set(v, "share_text",
		     arena_printf(r->arena, "%s%s%s %s", b->title,
				  str_empty(summary) ? "." : ": ", str_or(summary, ""),
				  url));
}

static void add_words(struct web_request *r, struct template_value *v,
		      const struct bulletin_report_of *report)
{
	char waited[NUMERAL_TEXT];

	template_set(v, "approved_by", report->approved_by);
	template_set_bool(v, "audience_one", report->progress.audience == 1);
	template_set(v, "drafted_by", report->drafted_by);
	template_set(v, "last_sent", staff_time(r, report->last_sent_at));
	numeral_duration(report->waited_most_s, waited);
	template_set(v, "waited", report->waited_rows ? waited : NULL);
	staff_number(v, "waited_rows", report->waited_rows);
	template_set(v, "until",
		     report->until_at ? staff_time(r, report->until_at) : NULL);
	staff_report_failures(v, "bounces", report->bounces, report->bounce_count);
}

static bool find(struct web_request *r, struct bulletin *b, struct reports *all)
{
	struct err err = {0};

	if (!staff_bulletin_load(r, b))
		return false;
	if (load(r, b, all, &err))
		return true;
	staff_failed(r, &err);
	return false;
}

void staff_bulletin_report(struct web_request *r)
{
	struct template_value *v;
	struct reports all;
	struct bulletin b;

	if (!find(r, &b, &all))
		return;
	v = staff_values(
		r,
		arena_printf(r->arena, "Report on bulletin #%lld", (long long)b.number),
		"bulletins");
	staff_bulletin_values(r, v, &b);
	staff_report_progress(r, v, &all.items[0].progress);
	add_words(r, v, &all.items[0]);
	add_comparison(r, v, &all);
	add_share(r, v, &b);
	staff_page(r, "web/staff/report.html", v);
}

void staff_bulletin_report_csv(struct web_request *r)
{
	AUTO(buf) out = buf_new(CSV_MOST);
	struct csv_writer csv;
	struct reports all;
	struct bulletin b;

	if (!find(r, &b, &all))
		return;
	csv_write_begin(&csv, out);
	csv_write(&csv, b.list.title);
	for (size_t i = 0; i < all.count; i++) {
		csv_write(&csv,
			  arena_printf(r->arena, "No. %" PRId64 ", %s",
				       all.items[i].number,
				       staff_day(r, all.items[i].progress.started_at)));
		csv_write(&csv, "%");
	}
	csv_write_end_row(&csv);
	for (size_t l = 0; l < ARRAY_LEN(lines); l++) {
		csv_write(&csv, lines[l]);
		for (size_t i = 0; i < all.count; i++) {
			struct figure f = figure_of(&all.items[i], l);

			csv_write_int(&csv, f.n);
			csv_write(&csv, share(r->arena, &f));
		}
		csv_write_end_row(&csv);
	}
	web_download(r, "text/csv; charset=utf-8",
		     arena_printf(r->arena, "%s-%" PRId64 "-report.csv", b.list.name,
				  b.number),
		     buf_text(out), out->len);
}
