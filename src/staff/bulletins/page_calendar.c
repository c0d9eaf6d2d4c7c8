/* What is planned and what went out: a month as a table, and the days with something. */
#include "domain/core/schedule.h"
#include "base/clock.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/bulletins/bulletin_show.h"
#include "staff/frame/words.h"

enum { PLAN_DAYS_BACK = 14, PLAN_DAYS = 92, YEAR_LEAST = 2000, YEAR_MOST = 2199 };

static bool is_for(const struct web_request *r, const struct schedule_event *e)
{
	const struct rights *rights = &staff_of(r)->rights;

	return e->list_id ? rights_have(rights, RIGHT_SEE_BULLETINS,
					rights_on_list(e->list_id))
			  : rights_have(rights, RIGHT_READ_RESPONSES,
					rights_on_consultation(e->consultation_id));
}

/* What whoever asks may see of it. */
static bool load(struct web_request *r, int64_t from, int64_t to,
		 struct schedule_events *out, struct err *err)
{
	size_t kept = 0;

	if (!schedule_calendar(r->op, r->arena, from, to, out, err))
		return false;
	for (size_t i = 0; i < out->count; i++)
		if (is_for(r, &out->items[i]))
			out->items[kept++] = out->items[i];
	out->count = kept;
	return true;
}

static void add_entry(struct web_request *r, struct template_value *rows,
		      const struct schedule_event *e)
{
	struct template_value *one = template_add_map(rows);

	template_set(one, "at", staff_hour(r, e->at));
	template_set(one, "kind", e->kind);
	template_set(one, "short", str_ends(e->kind, "closes") ? "closes" : "opens");
	template_set(one, "what", e->title);
	if (!e->number) {
		template_set(one, "path", staff_queue_path_of(r, e->name));
		return;
	}
	template_set_int(one, "number", e->number);
	template_set(one, "bulletin_path", staff_bulletin_path(r, e->name, e->number));
}

bool staff_planned(struct web_request *r, struct template_value *v, int64_t from,
		   int64_t to, struct err *err)
{
	char day[CLOCK_TEXT], last[CLOCK_TEXT] = "";
	struct template_value *list, *rows = NULL;
	struct schedule_events events;

	if (!load(r, from, to, &events, err))
		return false;
	list = template_set_list(v, "days");
	for (size_t i = 0; i < events.count; i++) {
		struct template_value *one;

		clock_long_date(events.items[i].at, r->site->settings->zone, day);
		if (!str_eq(day, last) || !rows) {
			one = template_add_map(list);
			template_set(one, "day", day);
			template_set_bool(one, "past", events.items[i].at < r->op->now);
			rows = template_set_list(one, "rows");
			str_copy(last, sizeof(last), day);
		}
		add_entry(r, rows, &events.items[i]);
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

/* The days of a month, and what is on them; next: the first that was not shown yet. */
struct on_days {
	struct schedule_events events;
	size_t next;
	const char *today, *path; /* path NULL: no day is to be chosen */
};

static void add_cell(struct web_request *r, struct template_value *week,
		     struct on_days *on, struct calendar_day date)
{
	const char *zone = r->site->settings->zone;
	struct template_value *one = template_add_map(week), *rows;
	char day[CALENDAR_TEXT], of_event[CLOCK_TEXT];

	calendar_text(date, day);
	template_set_int(one, "date", date.day);
	template_set(one, "named", staff_day_named(r, day, STAFF_WITH_YEAR));
	template_set_bool(one, "today", str_eq(day, on->today));
	template_set_bool(one, "past", strcmp(day, on->today) < 0);
	if (on->path && strcmp(day, on->today) >= 0)
		template_set(one, "choose",
			     arena_printf(r->arena, "%s?day=%s#when", on->path, day));
	rows = template_set_list(one, "rows");
	for (; on->next < on->events.count; on->next++) {
		clock_day(on->events.items[on->next].at, zone, of_event);
		if (!str_eq(of_event, day))
			return;
		add_entry(r, rows, &on->events.items[on->next]);
	}
}

static const char *month_link(struct web_request *r, struct calendar_day m,
			      const char *asked)
{
	return arena_printf(r->arena, "/staff/calendar?month=%04d-%02d%s%s", m.year,
			    m.month, asked ? "&for=" : "", str_or(asked, ""));
}

static void add_weeks(struct web_request *r, struct template_value *v, struct on_days *on,
		      struct calendar_day first)
{
	int before = calendar_weekday(first),
	    count = before + calendar_days_in(first.year, first.month);
	struct template_value *weeks = template_set_list(v, "weeks"), *week = NULL;
	struct calendar_day day = first;

	for (int i = 0; i < count; i++) {
		if (i % CALENDAR_WEEK == 0)
			week = template_set_list(template_add_map(weeks), "cells");
		if (i < before) {
			(void)template_add_map(week);
			continue;
		}
		add_cell(r, week, on, day);
		day = calendar_next(day);
	}
}

static bool add_month(struct web_request *r, struct template_value *v, struct err *err)
{
	const char *zone = r->site->settings->zone, *asked;
	char today[CLOCK_TEXT], text[CLOCK_TEXT];
	struct on_days on = {.today = today, .path = chosen_for(r, v)};
	struct calendar_day first;
	int64_t from, to;

	clock_day(r->op->now, zone, today);
	if (!read_month(r, web_query(r, "month"), &first) &&
	    !read_month(r, today, &first))
		return err_set(err, ERR_SYSTEM, "there is no month %s", today);
	calendar_text(first, text);
	if (!clock_day_start(text, zone, &from, err))
		return false;
	calendar_text(calendar_month_by(first, 1), text);
	if (!clock_day_start(text, zone, &to, err) || !load(r, from, to, &on.events, err))
		return false;
	calendar_month(first, text);
	template_set(v, "month", text);
	asked = on.path ? web_query(r, "for") : NULL;
	template_set(v, "before", month_link(r, calendar_month_by(first, -1), asked));
	template_set(v, "after", month_link(r, calendar_month_by(first, 1), asked));
	add_weeks(r, v, &on, first);
	return true;
}

/* ?month=2026-12, and ?for=cpip/4 while a day is chosen for that bulletin. */
void staff_calendar(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Calendar", "bulletins");
	struct err err = {0};

	if (!add_month(r, v, &err) ||
	    !staff_planned(r, v, r->op->now - PLAN_DAYS_BACK * DAY_S,
			   r->op->now + PLAN_DAYS * DAY_S, &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set(v, "zone", r->site->settings->zone);
	staff_page(r, "web/staff/calendar.html", v);
}
