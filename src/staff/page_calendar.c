/* What is planned and what went out: a month as a table, and the days with something. */
#include "domain/core/schedule.h"
#include "base/clock.h"
#include "base/str.h"
#include "staff/pages.h"
#include "staff/bulletin_show.h"
#include "staff/words.h"

enum { PLAN_DAYS_BACK = 14, PLAN_DAYS = 92, YEAR_LEAST = 2000, YEAR_MOST = 2199 };

static bool is_for(struct web_request *r, const struct store_row *row)
{
	const struct rights *rights = &staff_of(r)->rights;
	bool bulletin = str_starts(row_text(row, "kind"), "bulletin");
	const char *name = row_text(row, "list");
	struct consultation consultation;
	struct list list;
	struct err err = {0};

	if (bulletin)
		return list_named(r->op, r->arena, name, &list, &err) &&
		       rights_have(rights, RIGHT_SEE_BULLETINS, rights_on_list(list.id));
	return consultation_named(r->op, r->arena, name, &consultation, &err) &&
	       rights_have(rights, RIGHT_READ_RESPONSES,
			   rights_on_consultation(consultation.id));
}

static void add_entry(struct web_request *r, struct template_value *rows,
		      const struct store_row *row)
{
	struct template_value *one = template_add_map(rows);
	const char *kind = row_text(row, "kind");

	template_set(one, "at", staff_hour(r, row_int(row, "at")));
	template_set(one, "kind", kind);
	template_set(one, "short", str_ends(kind, "closes") ? "closes" : "opens");
	template_set(one, "what", row_text(row, "title"));
	if (!row_int(row, "number"))
		return;
	template_set_int(one, "number", row_int(row, "number"));
	template_set(
		one, "bulletin_path",
		staff_bulletin_path(r, row_text(row, "list"), row_int(row, "number")));
}

static bool add_days(struct web_request *r, struct template_value *v, struct err *err)
{
	char day[CLOCK_TEXT], last[CLOCK_TEXT] = "";
	struct template_value *list, *rows = NULL;
	struct store_table t;

	if (!schedule_calendar(r->op, r->arena, r->op->now - PLAN_DAYS_BACK * DAY_S,
			       r->op->now + PLAN_DAYS * DAY_S, &t, err))
		return false;
	list = template_set_list(v, "days");
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct template_value *one;

		if (!is_for(r, &row))
			continue;
		clock_long_date(row_int(&row, "at"), r->site->settings->zone, day);
		if (!str_eq(day, last) || !rows) {
			one = template_add_map(list);
			template_set(one, "day", day);
			template_set_bool(one, "past", row_int(&row, "at") < r->op->now);
			rows = template_set_list(one, "rows");
			str_copy(last, sizeof(last), day);
		}
		add_entry(r, rows, &row);
	}
	return true;
}

/* ---- one month ---- */

/* "2026-12": its first day. */
static bool read_month(struct web_request *r, const char *text, struct calendar_day *out)
{
	return text && strlen(text) >= strlen("2026-12") &&
	       calendar_read(arena_printf(r->arena, "%.7s-01", text), out) &&
	       out->year >= YEAR_LEAST && out->year <= YEAR_MOST;
}

/* What a day is chosen for: the path of a bulletin that may be scheduled, or NULL. */
static const char *chosen_for(struct web_request *r, struct template_value *v)
{
	const char *asked = web_query(r, "for"),
		   *slash = asked ? strchr(asked, '/') : NULL;
	struct bulletin b;
	struct err err = {0};
	int64_t number;

	if (!slash || !str_to_int(slash + 1, 1, INT32_MAX, &number, &err) ||
	    !bulletin_load(r->op, r->arena,
			   arena_strndup(r->arena, asked, (size_t)(slash - asked)),
			   number, &b, &err) ||
	    b.started_at ||
	    !rights_have(&staff_of(r)->rights, RIGHT_SEND, rights_on_list(b.list.id)))
		return NULL;
	template_set(v, "for", asked);
	template_set(v, "for_title", b.title);
	template_set_int(v, "for_number", b.number);
	return staff_bulletin_path(r, b.list.name, b.number);
}

static void add_cell(struct web_request *r, struct template_value *week,
		     const struct store_table *t, const char *day, int number,
		     const char *today, const char *path)
{
	struct template_value *one = template_add_map(week), *rows;
	char of_row[CLOCK_TEXT];

	template_set_int(one, "date", number);
	template_set(one, "named", staff_day_named(r, day, true));
	template_set_bool(one, "today", str_eq(day, today));
	template_set_bool(one, "past", strcmp(day, today) < 0);
	if (path && strcmp(day, today) >= 0)
		template_set(one, "choose",
			     arena_printf(r->arena, "%s?day=%s#when", path, day));
	rows = template_set_list(one, "rows");
	for (size_t i = 0; i < t->count; i++) {
		struct store_row row = table_row(t, i);

		clock_day(row_int(&row, "at"), r->site->settings->zone, of_row);
		if (str_eq(of_row, day) && is_for(r, &row))
			add_entry(r, rows, &row);
	}
}

static const char *month_link(struct web_request *r, struct calendar_day m,
			      const char *asked)
{
	return arena_printf(r->arena, "/staff/calendar?month=%04d-%02d%s%s", m.year,
			    m.month, asked ? "&for=" : "", str_or(asked, ""));
}

static bool add_month(struct web_request *r, struct template_value *v, struct err *err)
{
	const char *zone = r->site->settings->zone, *path = chosen_for(r, v);
	const char *asked = path ? web_query(r, "for") : NULL;
	struct template_value *weeks = template_set_list(v, "weeks"), *week = NULL;
	char today[CLOCK_TEXT], text[CLOCK_TEXT];
	struct calendar_day day;
	struct store_table t;
	int64_t from, to;
	int before, count;

	clock_day(r->op->now, zone, today);
	if (!read_month(r, web_query(r, "month"), &day) && !read_month(r, today, &day))
		return err_set(err, ERR_SYSTEM, "there is no month %s", today);
	calendar_text(day, text);
	if (!clock_day_start(text, zone, &from, err))
		return false;
	calendar_text(calendar_month_by(day, 1), text);
	if (!clock_day_start(text, zone, &to, err) ||
	    !schedule_calendar(r->op, r->arena, from, to, &t, err))
		return false;
	calendar_month(day, text);
	template_set(v, "month", text);
	template_set(v, "before", month_link(r, calendar_month_by(day, -1), asked));
	template_set(v, "after", month_link(r, calendar_month_by(day, 1), asked));
	before = calendar_weekday(day);
	count = calendar_days_in(day.year, day.month);
	for (int i = 0; i < before + count; i++) {
		if (i % CALENDAR_WEEK == 0)
			week = template_set_list(template_add_map(weeks), "cells");
		if (i < before) {
			(void)template_add_map(week);
			continue;
		}
		calendar_text(day, text);
		add_cell(r, week, &t, arena_strdup(r->arena, text), day.day, today, path);
		day = calendar_next(day);
	}
	return true;
}

/* ?month=2026-12, and ?for=cpip/4 while a day is chosen for that bulletin. */
void staff_calendar(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Calendar", "bulletins");
	struct err err = {0};

	if (!add_month(r, v, &err) || !add_days(r, v, &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set(v, "zone", r->site->settings->zone);
	staff_page(r, "web/staff/calendar.html", v);
}
