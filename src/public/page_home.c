#include "domain/bulletins/archive.h"
#include "base/calendar.h"
#include "base/str.h"
#include "public/public_form.h"
#include "public/public_pages.h"

enum { ON_HOME = 5, KEEP_S = 60 };

static void add_list(struct web_request *r, struct template_value *rows,
		     const struct archive_list *list)
{
	struct template_value *one = template_add_map(rows);

	template_set(one, "name", list->list.name);
	template_set(one, "list_title", list->list.title);
	template_set(one, "description", list->list.description);
	template_set_bool(one, "is_open", list->list.is_open);
	template_set_bool(one, "has_updates", list->updates > 0);
	if (!list->updates)
		return;
	template_set_int(one, "number", list->latest.number);
	template_set(one, "update_title", list->latest.title);
	template_set(one, "date", public_date(r, list->latest.published_at));
	public_set_day(r, one, "day", list->latest.published_at);
}

void public_home(struct web_request *r)
{
	struct template_value *v = page_values(r, r->site->settings->organisation), *rows;
	struct archive_consultation *consultations;
	struct archive_list *lists;
	struct err err = {0};
	size_t count, open;

	if (!archive_lists(r->op, r->arena, &lists, &count, &err) ||
	    !archive_consultations(r->op, r->arena,
				   &(struct archive_page){.most = ON_HOME},
				   &consultations, &open, &err)) {
		page_failed(r, &err);
		return;
	}
	rows = template_set_list(v, "lists");
	for (size_t i = 0; i < count; i++)
		add_list(r, rows, &lists[i]);
	rows = template_set_list(v, "open_consultations");
	template_set_bool(v, "has_open", open && consultations[0].is_open);
	for (size_t i = 0; i < open && consultations[i].is_open; i++) {
		const struct consultation *c = &consultations[i].consultation;
		struct template_value *one = template_add_map(rows);

		template_set(one, "name", c->name);
		template_set(one, "consultation_title", c->title);
		template_set(one, "closes", public_time(r, c->closes_at));
	}
	template_set_bool(v, "is_home", true);
	web_keep(r, KEEP_S);
	page_show(r, 200, "web/home.html", v);
}

void public_privacy(struct web_request *r)
{
	struct template_value *v = page_values(r, ""), *rows;
	struct archive_list *lists;
	struct err err = {0};
	size_t count;

	if (!archive_lists(r->op, r->arena, &lists, &count, &err)) {
		page_failed(r, &err);
		return;
	}
	rows = template_set_list(v, "lists");
	for (size_t i = 0; i < count; i++) {
		struct template_value *one;
		struct wording wording;

		if (!archive_wording(r->op, r->arena, &lists[i].list, &wording, &err)) {
			page_failed(r, &err);
			return;
		}
		one = template_add_map(rows);
		template_set(one, "list_title", lists[i].list.title);
		template_set(one, "version", wording.version);
		template_set(one, "wording", wording.text);
	}
	web_keep(r, KEEP_S);
	page_show(r, 200, "web/privacy.html", v);
}

void public_accessibility(struct web_request *r)
{
	web_keep(r, KEEP_S);
	page_show(r, 200, "web/accessibility.html", page_values(r, ""));
}

/* Addresses that were sent to one person are nothing for a search engine. */
void public_robots(struct web_request *r)
{
	static const char rules[] = "User-agent: *\n"
				    "Disallow: /confirm/\n"
				    "Disallow: /leave/\n"
				    "Disallow: /manage/\n"
				    "Disallow: /address/\n";

	web_keep(r, DAY_S);
	web_bytes(r, 200, "text/plain; charset=utf-8", rules, sizeof(rules) - 1);
}

/* The store answers and a page could be made: that is all it says. */
void public_health(struct web_request *r)
{
	static const char well[] = "ok\n";

	web_bytes(r, 200, "text/plain; charset=utf-8", well, sizeof(well) - 1);
}
