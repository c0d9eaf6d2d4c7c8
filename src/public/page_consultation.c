#include "domain/admin/asked.h"
#include "domain/bulletins/archive.h"
#include "domain/publication/publication.h"
#include "base/str.h"
#include "ownform/ownform.h"
#include "public/public_form.h"
#include "public/public_pages.h"

enum { ON_A_PAGE = 20, KEEP_S = 60 };

static const char *day_of(struct web_request *r, const struct consultation *c, int64_t at)
{
	return long_date(r->op, r->arena, r->language, at, c->zone);
}

/* A consultation has a zone of its own; its last moment is said as the day that it ends. */
static void set_consultation(struct web_request *r, struct template_value *v,
			     const struct archive_consultation *a)
{
	const struct consultation *c = &a->consultation;

	template_set(v, "name", c->name);
	template_set(v, "consultation_title", c->title);
	template_set_bool(v, "is_open", a->is_open);
	template_set_bool(v, "has_outcome", a->outcome != NULL);
	template_set(v, "address", c->address);
	template_set(v, "opens", day_of(r, c, c->opens_at));
	template_set(v, "closes",
		     day_of(r, c, a->is_open ? c->closes_at : a->clock.ended_at));
	/* Closed early, it was to be open for longer than it was. */
	template_set(v, "was_to_close",
		     a->clock.was_cut ? day_of(r, c, c->closes_at) : NULL);
}

void public_consultations(struct web_request *r)
{
	struct template_value *v = page_values(r, ""), *open, *closed;
	struct archive_consultation *all;
	int64_t before = web_query_int(r, "before", 0);
	struct err err = {0};
	size_t count;

	if (!archive_consultations(
		    r->op, r->arena,
		    &(struct archive_page){.before = before > 0 ? before : 0,
					   .most = ON_A_PAGE + 1},
		    &all, &count, &err)) {
		page_failed(r, &err);
		return;
	}
	open = template_set_list(v, "open");
	closed = template_set_list(v, "closed");
	for (size_t i = 0; i < count && i < ON_A_PAGE; i++) {
		bool is_open = all[i].is_open;

		template_set_bool(v, is_open ? "has_open" : "has_closed", true);
		set_consultation(r, template_add_map(is_open ? open : closed), &all[i]);
	}
	template_set_bool(v, "is_first_page", before <= 0);
	if (count > ON_A_PAGE)
		template_set_int(v, "older", all[ON_A_PAGE - 1].consultation.id);
	web_keep(r, KEEP_S);
	page_show(r, 200, "web/consultations.html", v);
}

/* A mail with the form in it, where it is short enough for a link. */
static bool set_mail(struct web_request *r, struct template_value *v,
		     const struct archive_consultation *a, struct err *err)
{
	AUTO(buf) link = buf_new(OWNFORM_MAILTO_MOST);
	enum ownform_link how;
	struct ownform form;

	if (!a->is_open)
		return true;
	if (!asked_form(r->op, r->arena, &a->consultation, &form, err))
		return false;
	how = ownform_write_mailto(r->arena, &form, link);
	if (link->len)
		template_set(v, "mail_form", buf_text(link));
	template_set_bool(v, "mail_is_whole", how == OWNFORM_WHOLE);
	return true;
}

void public_consultation(struct web_request *r)
{
	struct template_value *v = page_values(r, ""), *rows;
	struct archive_consultation a;
	struct publication_whole whole;
	struct err err = {0};

	if (!archive_consultation(r->op, r->arena, web_arg(r, 0), &a, &err) ||
	    !publication_whole(r->op, r->arena, a.consultation.id, &whole, &err) ||
	    !set_mail(r, v, &a, &err)) {
		page_failed(r, &err);
		return;
	}
	set_consultation(r, v, &a);
	template_set_vouched(v, "introduction", a.introduction_html);
	if (a.outcome) {
		template_set_vouched(v, "outcome", a.outcome_html);
		template_set(v, "outcome_date", public_date(r, a.outcome_at));
	}
	template_set_bool(v, "has_responses", whole.released_at != 0);
	rows = template_set_list(v, "questions");
	for (size_t i = 0; i < a.question_count; i++)
		template_set(template_add_map(rows), "question", a.questions[i]);
	template_set_bool(v, "has_questions", a.question_count > 0);
	rows = template_set_list(v, "extensions");
	for (size_t i = 0; i < a.extension_count; i++) {
		struct template_value *one = template_add_map(rows);

		template_set(one, "said", public_date(r, a.extensions[i].at));
		template_set(one, "from",
			     day_of(r, &a.consultation, a.extensions[i].old_closes_at));
		template_set(one, "to",
			     day_of(r, &a.consultation, a.extensions[i].new_closes_at));
	}
	web_keep(r, KEEP_S);
	page_show(r, 200, "web/consultation.html", v);
}
