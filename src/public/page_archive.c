#include "domain/bulletins/archive.h"
#include "base/clock.h"
#include "base/str.h"
#include "public/public_form.h"
#include "public/public_pages.h"

enum {
	ON_A_PAGE = 20,
	IN_A_FEED = 20,
	KEEP_S = 60,
	FEED_KEEP_S = 300,
	FEED_MAX = 1 << 20
};

static void set_list(struct template_value *v, const struct list *list)
{
	template_set(v, "name", list->name);
	template_set(v, "list_title", list->title);
	template_set(v, "description", list->description);
	template_set_bool(v, "is_open", list->is_open);
}

static void add_update(struct web_request *r, struct template_value *rows,
		       const struct archived *update)
{
	struct template_value *one = template_add_map(rows);
	char at[CLOCK_TEXT];

	clock_rfc3339(update->published_at, at);
	template_set_int(one, "number", update->number);
	template_set(one, "update_title", update->title);
	template_set(one, "summary", update->summary);
	template_set(one, "date", public_date(r, update->published_at));
	template_set(one, "published_at", at);
	public_set_day(r, one, "day", update->published_at);
}

void public_list(struct web_request *r)
{
	struct template_value *v = page_values(r, ""), *rows;
	int64_t before = web_query_int(r, "before", 0);
	struct archived *updates;
	struct list list;
	struct err err = {0};
	size_t count;

	/* One more than is shown tells whether there are older ones. */
	if (!archive_list_named(r->op, r->arena, web_arg(r, 0), &list, &err) ||
	    !archive_bulletins(r->op, r->arena,
			       &(struct archive_page){.list = &list,
						      .before = before > 0 ? before : 0,
						      .most = ON_A_PAGE + 1},
			       &updates, &count, &err)) {
		page_failed(r, &err);
		return;
	}
	set_list(v, &list);
	rows = template_set_list(v, "updates");
	template_set_bool(v, "has_updates", count > 0);
	for (size_t i = 0; i < count && i < ON_A_PAGE; i++)
		add_update(r, rows, &updates[i]);
	template_set_bool(v, "is_first_page", before <= 0);
	if (count > ON_A_PAGE)
		template_set_int(v, "older", updates[ON_A_PAGE - 1].number);
	web_keep(r, KEEP_S);
	page_show(r, 200, "web/list.html", v);
}

void public_feed(struct web_request *r)
{
	AUTO(buf) feed = buf_new(FEED_MAX);
	struct template_value *v = page_values(r, ""), *rows;
	struct archived *updates;
	struct list list;
	struct err err = {0};
	char at[CLOCK_TEXT];
	size_t count;

	if (!archive_list_named(r->op, r->arena, web_arg(r, 0), &list, &err) ||
	    !archive_bulletins(r->op, r->arena,
			       &(struct archive_page){.list = &list, .most = IN_A_FEED},
			       &updates, &count, &err)) {
		page_failed(r, &err);
		return;
	}
	set_list(v, &list);
	rows = template_set_list(v, "updates");
	for (size_t i = 0; i < count; i++)
		add_update(r, rows, &updates[i]);
	clock_rfc3339(count ? updates[0].published_at : r->op->now, at);
	template_set(v, "updated_at", at);
	if (!template_render(language_templates(r->op, r->language), "web/feed.xml", v,
			     TEMPLATE_LENIENT, feed, &err) ||
	    buf_cut(feed)) {
		page_failed(r, &err);
		return;
	}
	web_keep(r, FEED_KEEP_S);
	web_bytes(r, 200, "application/atom+xml; charset=utf-8", buf_text(feed),
		  feed->len);
}
