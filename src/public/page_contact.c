/*
 * Whoever took part in a consultation and wants no more emails about it. As with leaving a
 * list: one click is the mail program's, people get a page with a button.
 */
#include "base/str.h"
#include "domain/outcome/report_back_send.h"
#include "public/public_form.h"
#include "public/public_pages.h"

static bool find(struct web_request *r, struct contact_page *page)
{
	struct err err = {0};

	if (contact_find(r->op, r->arena, public_token(r), page, &err))
		return true;
	if (err.kind == ERR_ABSENT)
		public_link_unknown(r);
	else
		page_failed(r, &err);
	return false;
}

static void show(struct web_request *r, const struct contact_page *page, bool just_now)
{
	struct template_value *v = page_values(r, "");

	template_set(v, "token", public_token(r));
	template_set(v, "consultation", page->title);
	template_set(v, "address", page->mailbox);
	template_set(v, "write_to", page->write_to);
	template_set_bool(v, "asks", page->is_written_to);
	template_set_bool(v, "done", just_now);
	template_set_bool(v, "before", !just_now && !page->is_written_to);
	page_show(r, 200, "web/contact.html", v);
}

void public_contact(struct web_request *r)
{
	struct contact_page page;

	if (find(r, &page))
		show(r, &page, false);
}

void public_contact_post(struct web_request *r)
{
	bool one_click = str_ieq(web_form(r, "List-Unsubscribe"), "One-Click");
	struct contact_page page;
	struct err err = {0};

	if (one_click) {
		bool ok = contact_end(r->op, public_token(r), "one-click", &err);

		if (!ok && err.kind != ERR_ABSENT && err.kind != ERR_AGAIN)
			r->site->log(err.text);
		public_one_click(r, "You get no more emails about this consultation.\n",
				 ok ? NULL : &err);
		return;
	}
	if (!find(r, &page))
		return;
	if (!contact_end(r->op, public_token(r), "page", &err) ||
	    !contact_find(r->op, r->arena, public_token(r), &page, &err)) {
		page_failed(r, &err);
		return;
	}
	show(r, &page, true);
}
