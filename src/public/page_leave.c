/*
 * Leaving. One click is the mail program's (RFC 8058): a POST to the link of the mail, whose
 * body says so, without cookies or a page before it. People get a page with a button.
 * What is done twice is done: the answer is the same.
 */
#include "domain/subscribers/subscribe.h"
#include "base/str.h"
#include "public/public_form.h"
#include "public/public_pages.h"

static struct template_value *values_of(struct web_request *r,
					const struct unsubscribe_page *page)
{
	struct template_value *v;

	public_speak(r, page->language);
	v = page_values(r, "");
	template_set(v, "token", public_token(r));
	template_set(v, "name", page->list.name);
	template_set_bool(v, "on_web", page->list.visibility != LIST_PRIVATE);
	template_set(v, "list_title", list_called(&page->list));
	template_set_bool(v, "is_open", page->list.is_open);
	template_set(v, "address", page->address);
	template_set_bool(v, "may_return", page->may_return);
	return v;
}

static void show(struct web_request *r, const struct unsubscribe_page *page,
		 bool just_now)
{
	struct template_value *v = values_of(r, page);

	template_set_bool(v, "asks", !just_now && page->listed);
	template_set_bool(v, "done", just_now);
	template_set_bool(v, "before", !just_now && !page->listed);
	page_show(r, 200, "web/leave.html", v);
}

static bool find(struct web_request *r, struct unsubscribe_page *page)
{
	struct err err = {0};

	if (unsubscribe_token_find(r->op, r->arena, public_token(r), page, &err))
		return true;
	if (err.kind == ERR_ABSENT)
		public_link_unknown(r);
	else
		page_failed(r, &err);
	return false;
}

void public_leave(struct web_request *r)
{
	struct unsubscribe_page page;

	if (find(r, &page))
		show(r, &page, false);
}

void public_leave_post(struct web_request *r)
{
	bool one_click = str_ieq(web_form(r, "List-Unsubscribe"), "One-Click");
	const struct leaving why = {.reason = web_form(r, "reason"),
				    .words = web_form(r, "words")};
	struct unsubscribe_page page;
	struct err err = {0};
	bool left;

	if (one_click) {
		bool ok = unsubscribe_by_token(r->op, public_token(r), "one-click", NULL,
					       &left, &err);

		if (!ok && err.kind != ERR_ABSENT && err.kind != ERR_AGAIN)
			r->site->log(err.text);
		public_one_click(r, "You get no more emails of this list.\n",
				 ok ? NULL : &err);
		return;
	}
	if (!find(r, &page))
		return;
	if (!unsubscribe_by_token(r->op, public_token(r), "page", &why, &left, &err) ||
	    !unsubscribe_token_find(r->op, r->arena, public_token(r), &page, &err)) {
		page_failed(r, &err);
		return;
	}
	show(r, &page, true);
}

/* Once more, or too late: the page says how things stand. */
void public_leave_undo(struct web_request *r)
{
	struct template_value *v;
	struct unsubscribe_page page;
	struct err err = {0};
	bool back;

	if (!find(r, &page))
		return;
	if (!unsubscribe_undo(r->op, public_token(r), &back, &err)) {
		page_failed(r, &err);
		return;
	}
	if (!back) {
		show(r, &page, false);
		return;
	}
	v = values_of(r, &page);
	template_set_bool(v, "back", true);
	page_show(r, 200, "web/leave.html", v);
}

void public_leave_lost(struct web_request *r)
{
	struct template_value *v = page_values(r, "");

	template_set_bool(v, "to_leave", true);
	page_show(r, 200, "web/manage-ask.html", v);
}
