/* One update: what it is, who gets it, what is to be done next; live while it goes out. */
#include "acts/bulletin_audience.h"
#include "acts/bulletin_check.h"
#include "acts/bulletin_progress.h"
#include "base/clock.h"
#include "base/str.h"
#include "desk/pages.h"
#include "desk/update.h"
#include "desk/words.h"

enum { BARS = 40 };

static bool add_audience(struct web_request *r, struct template_value *v,
			 const struct acts_bulletin *b, struct err *err)
{
	struct template_value *list;
	struct acts_audience_tell a;

	if (!acts_bulletin_audience_tell(&r->acts, r->arena, b, &a, err))
		return false;
	desk_number(v, "count", a.count);
	template_set_int(v, "count_plain", a.count);
	template_set_bool(v, "nobody", a.count == 0);
	template_set_bool(v, "has_last", a.last_number != 0);
	template_set_int(v, "last_number", a.last_number);
	desk_number(v, "last_count", a.last_count);
	template_set(v, "change",
		     !a.last_number ? NULL
		     : !a.percent   ? "about the same"
				    : arena_printf(r->arena, "%+d %%", a.percent));
	list = template_set_list(v, "topics");
	for (size_t i = 0; i < a.topic_count; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "topic", a.topics[i].name);
		desk_number(one, "chosen", a.topics[i].chosen);
		desk_number(one, "get", a.topics[i].get);
		template_set_int(one, "sections", (int64_t)a.topics[i].sections);
	}
	list = template_set_list(v, "reasons");
	for (size_t i = 0; i < a.reason_count; i++) {
		struct template_value *one = template_add_map(list);

		desk_number(one, "people", a.reasons[i].count);
		template_set(one, "words", a.reasons[i].words);
	}
	return true;
}

static void add_failures(struct template_value *v, const char *name,
			 const struct acts_failure *failures, size_t count)
{
	struct template_value *list = template_set_list(v, name);

	for (size_t i = 0; i < count; i++) {
		struct template_value *one = template_add_map(list);

		desk_number(one, "count", failures[i].count);
		template_set(one, "failure", desk_word("mail", failures[i].state));
		template_set(one, "reason", failures[i].reason);
		template_set(one, "words", failures[i].words);
	}
}

static void add_minutes(struct web_request *r, struct template_value *v,
			const struct acts_progress *p)
{
	struct template_value *list = template_set_list(v, "minutes");
	size_t from = p->minute_count > BARS ? p->minute_count - BARS : 0;

	for (size_t i = from; i < p->minute_count; i++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "at", desk_when(r, p->minutes[i].at));
		desk_number(one, "sent", p->minutes[i].sent);
	}
}

static void add_progress(struct web_request *r, struct template_value *v,
			 const struct acts_progress *p)
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
		desk_number(v, numbers[i].name, numbers[i].n);
	template_set_bool(v, "any_doubt", p->doubt > 0);
	template_set_int(v, "percent", p->percent);
	template_set(v, "ends", p->ends_at ? desk_time(r, p->ends_at) : NULL);
	template_set(v, "ended", p->finished_at ? desk_time(r, p->finished_at) : NULL);
	template_set_bool(v, "filled", p->filled);
	list = template_set_list(v, "held");
	for (size_t i = 0; i < p->held_count; i++)
		template_add(list, p->held[i]);
	template_set_bool(v, "any_held", p->held_count > 0);
	add_failures(v, "failures", p->failures, p->failure_count);
	add_minutes(r, v, p);
}

/* Before it goes out: what is found, who gets it. */
static bool add_plan(struct web_request *r, struct template_value *v,
		     const struct acts_bulletin *b, struct err *err)
{
	struct bulletin_findings findings;

	if (!acts_bulletin_check(&r->acts, r->arena, b, &findings, err) ||
	    !add_audience(r, v, b, err) || !desk_update_steps(r, v, b, &findings, err))
		return false;
	desk_findings(v, &findings);
	template_set_bool(v, "own_work",
			  b->created_by == r->acts.staff_id ||
				  b->changed_by == r->acts.staff_id);
	return true;
}

static void show_update(struct web_request *r, const struct acts_bulletin *b,
			const struct err *refused)
{
	struct acts_progress progress;
	struct template_value *v;
	struct err err = {0};

	v = desk_values(r, arena_printf(r->arena, "Update #%lld", (long long)b->number),
			"updates");
	desk_update_values(r, v, b);
	template_set(v, "live_script", web_asset(r, "desk-live.js"));
	if (b->started_at
		    ? !desk_update_steps(r, v, b, NULL, &err) ||
			      !acts_bulletin_progress(&r->acts, r->arena, b->list.name,
						      b->number, &progress, &err)
		    : !add_plan(r, v, b, &err)) {
		desk_failed(r, &err);
		return;
	}
	if (b->started_at)
		add_progress(r, v, &progress);
	template_set(v, "zone", r->site->settings->zone);
	template_set(v, "to", refused ? web_form(r, "to") : NULL);
	template_set(v, "day", refused ? web_form(r, "day") : web_query(r, "day"));
	template_set(v, "time", str_or(refused ? web_form(r, "time") : NULL, "09:00"));
	if (refused)
		desk_refused(r, v, refused);
	web_page(r, refused ? desk_refusal(refused) : 200, "web/desk/update.html", v);
}

void desk_update(struct web_request *r)
{
	struct acts_bulletin b;

	if (desk_update_load(r, &b))
		show_update(r, &b, NULL);
}

void desk_update_refused(struct web_request *r, const struct acts_bulletin *b,
			 const struct err *err)
{
	struct acts_bulletin now;
	struct err failed = {0};

	if (!desk_refusal(err))
		desk_failed(r, err);
	else if (!acts_bulletin_load(&r->acts, r->arena, b->list.name, b->number, &now,
				     &failed))
		desk_failed(r, &failed);
	else
		show_update(r, &now, err);
}

/* The part of the page that moves, for the script that asks for it. */
void desk_update_progress(struct web_request *r)
{
	struct acts_progress progress;
	struct template_value *v;
	struct acts_bulletin b;
	struct err err = {0};

	if (!desk_update_load(r, &b))
		return;
	v = desk_values(r, "Progress", "updates");
	desk_update_values(r, v, &b);
	if (!acts_bulletin_progress(&r->acts, r->arena, b.list.name, b.number, &progress,
				    &err)) {
		desk_failed(r, &err);
		return;
	}
	add_progress(r, v, &progress);
	desk_page(r, "web/desk/progress.html", v);
}

void desk_update_report(struct web_request *r)
{
	struct template_value *v;
	struct acts_report report;
	struct acts_bulletin b;
	char waited[CLOCK_TEXT];
	struct err err = {0};

	if (!desk_update_load(r, &b))
		return;
	v = desk_values(
		r, arena_printf(r->arena, "Report on update #%lld", (long long)b.number),
		"updates");
	desk_update_values(r, v, &b);
	if (!acts_bulletin_report(&r->acts, r->arena, b.list.name, b.number, &report,
				  &err)) {
		desk_failed(r, &err);
		return;
	}
	add_progress(r, v, &report.progress);
	template_set(v, "approved_by", report.approved_by);
	template_set(v, "drafted_by", report.drafted_by);
	template_set(v, "last_sent", desk_time(r, report.last_sent_at));
	str_duration(waited, sizeof(waited), report.waited_most_s);
	template_set(v, "waited", report.waited_rows ? waited : NULL);
	desk_number(v, "waited_rows", report.waited_rows);
	desk_number(v, "came_back", report.came_back);
	desk_number(v, "complaints", report.complaints);
	desk_number(v, "left", report.left);
	desk_number(v, "stopped", report.stopped);
	template_set(v, "until", report.until_at ? desk_time(r, report.until_at) : NULL);
	add_failures(v, "bounces", report.bounces, report.bounce_count);
	desk_page(r, "web/desk/report.html", v);
}
