/* One bulletin: what it is, who gets it, what is to be done next; live while it goes out. */
#include "domain/bulletins/bulletin_audience.h"
#include "domain/bulletins/bulletin_check.h"
#include "domain/delivery/bulletin_progress.h"
#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/bulletins/report_show.h"
#include "staff/bulletins/approval_show.h"
#include "staff/frame/forms.h"
#include "staff/frame/words.h"

enum { BARS = 40 };

static bool add_audience(struct web_request *r, struct template_value *v,
			 const struct bulletin *b, struct err *err)
{
	struct template_value *list;
	struct audience_tell a;

	if (!bulletin_audience_tell(r->op, r->arena, b, &a, err))
		return false;
	staff_bulletin_audience(v, &a);
	template_set_bool(v, "has_last", a.last_number != 0);
	template_set_int(v, "last_number", a.last_number);
	staff_number(v, "last_count", a.last_count);
	template_set(v, "change",
		     !a.last_number ? NULL
		     : !a.percent   ? "about the same"
				    : arena_printf(r->arena, "%+d %%", a.percent));
	list = template_set_list(v, "topics");
	for (size_t i = 0; i < a.topic_count; i++) {
		struct template_value *one;

		if (!a.topics[i].is_offered && !a.topics[i].sections)
			continue;
		one = template_add_map(list);
		template_set(one, "topic", a.topics[i].name);
		staff_number(one, "chosen", a.topics[i].chosen);
		staff_number(one, "get", a.topics[i].get);
		template_set_int(one, "sections", (int64_t)a.topics[i].sections);
	}
	list = template_set_list(v, "reasons");
	for (size_t i = 0; i < a.reason_count; i++) {
		struct template_value *one = template_add_map(list);

		staff_number(one, "subscribers", a.reasons[i].count);
		template_set(one, "words", a.reasons[i].words);
	}
	return true;
}

void staff_report_failures(struct template_value *v, const char *name,
			   const struct failed_deliveries *failures, size_t count)
{
	struct template_value *list = template_set_list(v, name);
	char any[64];

	(void)snprintf(any, sizeof(any), "any_%s", name);
	template_set_bool(v, any, count > 0);
	for (size_t i = 0; i < count; i++) {
		struct template_value *one = template_add_map(list);

		staff_number(one, "count", failures[i].count);
		template_set(one, "failure", staff_word("mail", failures[i].state));
		template_set(one, "reason", failures[i].reason);
		template_set(one, "words", failures[i].words);
	}
}

static void add_minutes(struct web_request *r, struct template_value *v,
			const struct delivery_progress *p)
{
	struct template_value *list = template_set_list(v, "minutes");
	size_t from = p->minute_count > BARS ? p->minute_count - BARS : 0;

	template_set_bool(v, "any_minutes", p->minute_count > 0);

	for (size_t i = from; i < p->minute_count; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "at", staff_when(r, p->minutes[i].at));
		staff_number(one, "sent", p->minutes[i].sent);
	}
}

void staff_report_progress(struct web_request *r, struct template_value *v,
			   const struct delivery_progress *p)
{
	const struct {
		const char *name;
		int64_t n;
	} numbers[] = {
		{"rows", p->rows},           {"queued", p->queued},
		{"sending_now", p->sending}, {"sent_count", p->sent},
		{"doubt", p->doubt},         {"deferred", p->deferred},
		{"refused", p->refused},     {"skipped", p->skipped},
		{"rate", p->rate},           {"audience", p->audience},
	};
	struct template_value *list;

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		staff_number(v, numbers[i].name, numbers[i].n);
	template_set_bool(v, "any_doubt", p->doubt > 0);
	template_set_int(v, "percent", p->percent);
	template_set(v, "ends", p->ends_at ? staff_time(r, p->ends_at) : NULL);
	template_set(v, "ended", p->finished_at ? staff_time(r, p->finished_at) : NULL);
	template_set_bool(v, "filled", p->filled);
	list = template_set_list(v, "held");
	for (size_t i = 0; i < p->held_count; i++)
		template_add(list, p->held[i]);
	template_set_bool(v, "any_held", p->held_count > 0);
	staff_report_failures(v, "failures", p->failures, p->failure_count);
	add_minutes(r, v, p);
}

/* Before it goes out: what is found, who gets it. */
static bool add_plan(struct web_request *r, struct template_value *v,
		     const struct bulletin *b, struct err *err)
{
	struct bulletin_findings findings;
	struct bulletin_fields fields;
	bool own;

	if (!bulletin_check_stored(r->op, r->arena, b, &findings, err) ||
	    !add_audience(r, v, b, err) ||
	    !staff_bulletin_steps(r, v, b, &findings, err) ||
	    !bulletin_own_work(r->op, b, &own, err) || !approval_show(r, v, b, err))
		return false;
	bulletin_fields_read(r->arena, b->source_text, &fields);
	staff_findings(v, &findings, fields.body_line);
	template_set_bool(v, "own_work", own);
	return true;
}

/* The day and the time that its form has: what was asked for, else what it is scheduled for. */
static void add_time(struct web_request *r, struct template_value *v,
		     const struct bulletin *b)
{
	const char *day = web_form(r, "day"), *time = web_form(r, "time");
	char local[CLOCK_TEXT];

	day = day ? day : web_query(r, "day");
	time = time ? time : web_query(r, "time");
	if (str_eq(b->state, "scheduled")) {
		clock_local(b->due_at, r->site->settings->zone, local);
		day = str_or(day, arena_strndup(r->arena, local, strlen("2026-11-22")));
		time = str_or(time, arena_strndup(r->arena, local + strlen("2026-11-22 "),
						  strlen("09:00")));
	}
	template_set(v, "day", day);
	template_set(v, "time", str_or(time, "09:00"));
}

/* What was typed stands there once more. */
static void add_refused(struct web_request *r, struct template_value *v,
			const char *field, const struct err *refused)
{
	struct staff_form form;

	template_set(v, "to", web_form(r, "to"));
	template_set(v, "comment", web_form(r, "comment"));
	template_set(v, "return", web_form(r, "return"));
	if (!field) {
		staff_refused(r, v, refused);
		return;
	}
	form = staff_form_of(r, v, "Nothing was changed");
	staff_form_wrong(&form, field, refused->text);
}

static void show_bulletin(struct web_request *r, const struct bulletin *b,
			  const char *field, const struct err *refused)
{
	struct delivery_progress progress;
	struct template_value *v;
	struct err err = {0};

	v = staff_values(r,
			 arena_printf(r->arena, "Bulletin #%lld", (long long)b->number),
			 "bulletins");
	staff_bulletin_values(r, v, b);
	template_set(v, "live_script", web_asset(r, "staff-live.js"));
	if (b->started_at ? !staff_bulletin_steps(r, v, b, NULL, &err) ||
				    !bulletin_progress(r->op, r->arena, b->list.name,
						       b->number, &progress, &err)
			  : !add_plan(r, v, b, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (b->started_at)
		staff_report_progress(r, v, &progress);
	template_set(v, "zone", r->site->settings->zone);
	add_time(r, v, b);
	if (refused)
		add_refused(r, v, field, refused);
	page_show(r, refused ? staff_refusal(refused) : 200, "web/staff/bulletin.html",
		  v);
}

void staff_bulletin(struct web_request *r)
{
	struct bulletin b;

	if (staff_bulletin_load(r, &b))
		show_bulletin(r, &b, NULL, NULL);
}

void staff_bulletin_wrong(struct web_request *r, const struct bulletin *b,
			  const char *field, const struct err *err)
{
	struct bulletin now;
	struct err failed = {0};

	if (!staff_refusal(err))
		staff_failed(r, err);
	else if (!bulletin_load(r->op, r->arena, b->list.name, b->number, &now, &failed))
		staff_failed(r, &failed);
	else
		show_bulletin(r, &now, field, err);
}

void staff_bulletin_refused(struct web_request *r, const struct bulletin *b,
			    const struct err *err)
{
	staff_bulletin_wrong(r, b, NULL, err);
}

/* The part of the page that moves, for the script that asks for it. */
void staff_bulletin_progress(struct web_request *r)
{
	struct delivery_progress progress;
	struct template_value *v;
	struct bulletin b;
	struct err err = {0};

	if (!staff_bulletin_load(r, &b))
		return;
	v = staff_values(r, "Progress", "bulletins");
	staff_bulletin_values(r, v, &b);
	if (!bulletin_progress(r->op, r->arena, b.list.name, b.number, &progress, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_report_progress(r, v, &progress);
	staff_page(r, "web/staff/progress.html", v);
}
