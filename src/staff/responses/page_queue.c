/* The responses of a consultation that a person asked for, page by page. */
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/triage/triage.h"

enum { ROWS = 50 };

/* The line on top: each state and each view that is always there, with its count. */
static void add_tab(struct template_value *list, const char *title, int64_t count,
		    const char *url, bool here)
{
	struct template_value *one = template_add_map(list);

	template_set(one, "title", title);
	template_set(one, "url", url);
	template_set_bool(one, "here", here);
	template_set_bool(one, "counted", count >= 0);
	if (count >= 0)
		staff_number(one, "count", count);
}

static bool shows(struct web_request *r, const struct queue_view *view,
		  const struct response_filter *asked)
{
	struct response_filter f = {0};
	struct err err = {0};

	return view->filter && response_filter_read(r->arena, view->filter, &f, &err) &&
	       staff_filter_same(&f, asked);
}

static void add_views(struct web_request *r, struct template_value *v,
		      const struct queue *overview, const struct staff_asked *asked)
{
	struct template_value *tabs = template_set_list(v, "tabs");
	struct template_value *saved = template_set_list(v, "saved");

	for (size_t i = 0; i < overview->view_count; i++) {
		const struct queue_view *view = &overview->views[i];
		const char *url =
			view->filter
				? staff_filter_url(r, staff_queue_path(r),
						   staff_filter_query_of(r, view->filter))
				: "/staff/unsorted";

		if (!view->filter && !staff_may(r, RIGHT_SORT))
			continue;
		add_tab(view->id ? saved : tabs, view->title, view->count, url,
			shows(r, view, &asked->filter));
	}
}

static bool load_rows(struct web_request *r, const struct staff_asked *asked,
		      struct queue_rows *rows, struct err *err)
{
	const struct response_look look = staff_look(r, asked);
	struct queue_page page = {
		.after = web_query_int(r, "after", 0),
		.before = web_query_int(r, "before", 0),
		.most = ROWS,
	};

	return queue_list(r->op, r->arena, &look, &page, rows, err);
}

/* How many are found: what is on the page or counted for the line on top is not again. */
static bool count_found(struct web_request *r, const struct queue *overview,
			const struct staff_asked *asked, const struct queue_rows *rows,
			int64_t *out, struct err *err)
{
	const struct response_look look = staff_look(r, asked);

	if (!rows->more_after && !rows->more_before && !web_query(r, "after") &&
	    !web_query(r, "before")) {
		*out = (int64_t)rows->count;
		return true;
	}
	for (size_t i = 0; i < overview->view_count; i++)
		if (overview->views[i].count >= 0 &&
		    shows(r, &overview->views[i], &asked->filter)) {
			*out = overview->views[i].count;
			return true;
		}
	return queue_count(r->op, &look, out, err);
}

static const char *page_url(struct web_request *r, const char *query, const char *way,
			    int64_t number)
{
	return arena_printf(r->arena, "%s?%s%s%s=%lld", staff_queue_path(r), query,
			    *query ? "&" : "", way, (long long)number);
}

static void add_rows(struct web_request *r, struct template_value *v,
		     const struct queue_rows *rows, const struct staff_asked *asked)
{
	struct template_value *list = template_set_list(v, "rows");
	const char *query = staff_filter_query(r, asked);

	for (size_t i = 0; i < rows->count; i++)
		staff_row_show(r, list, &rows->items[i], staff_queue_path(r), query, 0);
	if (!rows->count)
		return;
	if (rows->more_after)
		template_set(
			v, "next",
			page_url(r, query, "after", rows->items[rows->count - 1].number));
	if (rows->more_before)
		template_set(v, "previous",
			     page_url(r, query, "before", rows->items[0].number));
}

/* An empty list says why, and what would bring something into it. */
static void explain(struct web_request *r, struct template_value *v,
		    const struct queue *overview, const struct staff_asked *asked)
{
	const struct response_filter *f = &asked->filter;
	const struct consultation *c = &staff_of(r)->consultation;
	struct response_filter only = {.state = "received"};
	const char *why;

	if (!overview->total)
		why = arena_printf(
			r->arena,
			"No response has come in yet. Mail to %s will stand here "
			"a moment after it arrives.",
			c->address);
	else if (staff_filter_same(f, &only))
		why = "Nothing new: every response has been included or excluded.";
	else if (f->late == RESPONSE_YES)
		why = arena_printf(r->arena,
				   "No late responses. The consultation %s on %s.",
				   r->op->now > c->closes_at ? "closed" : "closes",
				   staff_date(r, c->closes_at));
	else if (f->unreadable == RESPONSE_YES)
		why = "No unreadable files: every attachment here has its text beside "
		      "it.";
	else if (f->second == RESPONSE_YES)
		why = "Nothing is left for you to code a second time.";
	else if (!str_empty(f->proposed))
		why = "Nothing of that kind waits for a decision.";
	else if (f->campaign)
		why = "No campaign copies. Standard letters are proposed when three "
		      "people or more send nearly the same text.";
	else if (!str_empty(f->assigned))
		why = "Nothing waits for this person. Press a on a response, or select "
		      "some, to assign them.";
	else if (!str_empty(f->search))
		why = "No response has these words. Fewer words find more, and safe* "
		      "finds safety and safeguarding, too.";
	else
		why = "No response fits all of these. Take one of the filters off.";
	template_set(v, "empty", why);
}

void staff_queue(struct web_request *r)
{
	const struct consultation *c = &staff_of(r)->consultation;
	struct template_value *v = staff_values(
		r, arena_printf(r->arena, "Responses: %s", c->title), "responses");
	struct staff_asked asked;
	struct queue overview;
	struct queue_rows rows;
	struct err err = {0};
	int64_t found;

	if (!staff_filter_read(r, &asked, &err) ||
	    !queue_load(r->op, r->arena, c->name, &overview, &err) ||
	    !load_rows(r, &asked, &rows, &err) ||
	    !count_found(r, &overview, &asked, &rows, &found, &err) ||
	    !staff_choices_show(r, v, &asked.filter, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (str_eq(c->state, "open"))
		template_set(v, "form",
			     arena_printf(r->arena, "/consultations/%s/form", c->name));
	template_set_bool(v, "adds", !str_eq(c->state, "draft"));
	staff_risk(v, overview.risk);
	template_set(v, "triage_script", web_asset(r, "staff-triage.js"));
	template_set(v, "clock", staff_clock(r, c));
	template_set(v, "query", staff_filter_query(r, &asked));
	template_set(v, "filter", response_filter_text(r->arena, &asked.filter));
	template_set(v, "here",
		     staff_filter_url(r, r->path, staff_filter_query(r, &asked)));
	template_set(v, "found", staff_responses_count(r, found));
	template_set_int(v, "found_number", found);
	template_set_bool(v, "filtered", !staff_filter_is_empty(&asked.filter));
	template_set_bool(v, "many", found > (int64_t)rows.count);
	template_set_bool(v, "may_change",
			  staff_may(r, RIGHT_CODE) || staff_may(r, RIGHT_SCREEN));
	staff_filter_show(r, v, staff_queue_path(r), &asked);
	add_views(r, v, &overview, &asked);
	add_rows(r, v, &rows, &asked);
	if (!rows.count)
		explain(r, v, &overview, &asked);
	staff_page(r, "web/staff/queue.html", v);
}

/* The views of one person, and those that colleagues share. */
void staff_views(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Saved views", "responses"), *list;
	struct queue overview;
	struct err err = {0};

	if (!queue_load(r->op, r->arena, staff_of(r)->consultation.name, &overview,
			&err)) {
		staff_failed(r, &err);
		return;
	}
	list = template_set_list(v, "views");
	for (size_t i = 0; i < overview.view_count; i++) {
		const struct queue_view *view = &overview.views[i];
		struct template_value *one;

		if (!view->id)
			continue;
		one = template_add_map(list);
		template_set(one, "name", view->name);
		template_set(one, "title", view->title);
		template_set_bool(one, "shared", view->shared);
		template_set_bool(one, "own", view->own);
		template_set(one, "url",
			     staff_filter_url(r, staff_queue_path(r),
					      staff_filter_query_of(r, view->filter)));
	}
	staff_page(r, "web/staff/views.html", v);
}

void staff_view_save(struct web_request *r)
{
	const char *name = str_or(web_form(r, "name"), "");
	struct response_filter filter;
	struct err err = {0};

	if (!response_filter_read(r->arena, str_or(web_form(r, "filter"), ""), &filter,
				  &err) ||
	    !queue_view_save(r->op, staff_of(r)->consultation.name, name, &filter,
			     str_eq(web_form(r, "shared"), "yes") ? VIEW_OF_ALL
								  : VIEW_OF_ONE,
			     &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "The view \"%s\" is saved.", name);
	staff_back_or(r, staff_queue_path(r));
}

void staff_view_end(struct web_request *r)
{
	const char *name = str_or(web_form(r, "name"), "");
	struct err err = {0};

	if (!queue_view_end(r->op, staff_of(r)->consultation.name, name, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_say(r, "The view \"%s\" is gone.", name);
	staff_back(r, "%s/views", staff_queue_path(r));
}
