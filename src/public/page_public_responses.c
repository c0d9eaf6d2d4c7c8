/*
 * The responses of a consultation that are published: all of them, found by type, organisation,
 * question and words; one of them; and the same as a table. Nothing of it is kept anywhere, so
 * that what is withdrawn is gone at the next look.
 */
#include "domain/bulletins/archive.h"
#include "domain/publication/published.h"
#include "base/str.h"
#include "public/public_form.h"
#include "public/public_pages.h"

#include <inttypes.h>

enum {
	ON_A_PAGE = 20,
	CSV_BYTES = 64 << 20,
	BEGINNING = 280,
	LINK_BYTES = 4096,
	SHOWN_BYTES = 1 << 20 /* of the words of a response: sixfold in HTML at most */
};

static bool open_page(struct web_request *r, struct archive_consultation *out,
		      struct publication_whole *whole, struct err *err)
{
	if (!archive_consultation(r->op, r->arena, web_arg(r, 0), out, err) ||
	    !publication_whole(r->op, r->arena, out->consultation.id, whole, err))
		return false;
	if (!whole->released_at)
		web_set_header(r, "X-Robots-Tag", "noindex");
	return true;
}

static const char *one_of(const char *text, const char *const *words)
{
	return text && str_in(text, words) ? text : NULL;
}

static struct published_filter filter_of(const struct web_request *r,
					 const struct archive_consultation *of)
{
	int64_t question = web_query_int(r, "question", -1);
	const char *organisation = web_query(r, "organisation");

	return (struct published_filter){
		.type = one_of(web_query(r, "type"), respondent_types),
		.organisation = str_blank(organisation) ? NULL : organisation,
		.question = question >= 0 && question <= (int64_t)of->question_count
				    ? question
				    : -1,
		.search = web_query(r, "q"),
		.after = web_query(r, "after"),
		.most = ON_A_PAGE};
}

/* What was asked for, behind an address: "type=individual&q=bus". */
static const char *query_of(struct web_request *r, const struct published_filter *f)
{
	AUTO(buf) out = buf_new(LINK_BYTES);

	if (f->type)
		buf_printf(out, "&type=%s", web_escape_url(r->arena, f->type));
	if (f->organisation)
		buf_printf(out, "&organisation=%s",
			   web_escape_url(r->arena, f->organisation));
	if (f->question >= 0)
		buf_printf(out, "&question=%" PRId64, f->question);
	if (!str_blank(f->search))
		buf_printf(out, "&q=%s", web_escape_url(r->arena, f->search));
	return arena_strdup(r->arena, buf_text(out));
}

static void set_frame(struct template_value *v, const struct archive_consultation *of,
		      const struct publication_whole *whole)
{
	template_set(v, "name", of->consultation.name);
	template_set(v, "consultation_title", of->consultation.title);
	template_set_bool(v, "hidden_from_search", !whole->released_at);
}

static void set_type(struct template_value *to, const char *type)
{
	template_set_bool(to, "is_individual", str_eq(type, "individual"));
	template_set_bool(to, "is_organisation", str_eq(type, "organisation"));
}

/* "An individual" is ours, and translated; a name is theirs. */
static void set_who(struct template_value *to, const struct published_item *item)
{
	static const char *const ours[] = {"An individual", "An organisation",
					   "A respondent", NULL};

	set_type(to, item->type);
	template_set(to, "token", item->token);
	template_set(to, "named", str_in(item->label, ours) ? NULL : item->label);
}

static bool set_choices(struct web_request *r, struct template_value *v,
			const struct archive_consultation *of,
			const struct published_filter *f, struct err *err)
{
	struct template_value *list = template_set_list(v, "questions");
	struct store_table t;

	for (size_t i = 0; i < of->question_count; i++) {
		struct template_value *one = template_add_map(list);

		template_set_int(one, "position", (int64_t)i + 1);
		template_set(one, "question", of->questions[i]);
		template_set_bool(one, "chosen", f->question == (int64_t)i + 1);
	}
	template_set_bool(v, "has_questions", of->question_count > 0);
	template_set_bool(v, "type_individual", str_eq(f->type, "individual"));
	template_set_bool(v, "type_organisation", str_eq(f->type, "organisation"));
	template_set(v, "q", f->search);
	if (!published_organisations(r->op, r->arena, of->consultation.id, &t, err))
		return false;
	list = template_set_list(v, "organisations");
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct template_value *one = template_add_map(list);

		template_set(one, "organisation_name", row_text(&row, "organisation"));
		template_set_bool(
			one, "chosen",
			str_eq(f->organisation, row_text(&row, "organisation")));
	}
	template_set_bool(v, "has_organisations", t.count > 0);
	return true;
}

/* The beginning of its first answer, or of that to the question that was asked for. */
static const char *beginning(struct web_request *r, const struct published_item *item,
			     int64_t question)
{
	const char *text = item->answer_count ? item->answers[0].text : "";
	size_t bytes;

	for (size_t i = 0; i < item->answer_count; i++)
		if (item->answers[i].question == question)
			text = item->answers[i].text;
	bytes = str_utf8_bytes(text, BEGINNING);
	return text[bytes] ? arena_printf(r->arena, "%.*s \xe2\x80\xa6", (int)bytes, text)
			   : text;
}

void public_responses(struct web_request *r)
{
	struct template_value *v = page_values(r, ""), *list;
	struct archive_consultation of;
	struct publication_whole whole;
	struct published_filter f;
	struct published_page page;
	struct err err = {0};
	const char *asked;

	if (!open_page(r, &of, &whole, &err)) {
		page_failed(r, &err);
		return;
	}
	f = filter_of(r, &of);
	asked = query_of(r, &f);
	if (!published_list(r->op, r->arena, of.consultation.id, &f, &page, &err) ||
	    !set_choices(r, v, &of, &f, &err)) {
		page_failed(r, &err);
		return;
	}
	set_frame(v, &of, &whole);
	list = template_set_list(v, "responses");
	for (size_t i = 0; i < page.count; i++) {
		struct template_value *one = template_add_map(list);

		set_who(one, &page.items[i]);
		template_set(one, "beginning", beginning(r, &page.items[i], f.question));
	}
	template_set_bool(v, "has_responses", page.count > 0);
	template_set_bool(v, "is_filtered", *asked != '\0');
	template_set_bool(v, "is_first_page", !f.after);
	template_set_int(v, "all", page.all);
	template_set_bool(v, "is_one", page.all == 1);
	template_set(v, "asked", asked);
	template_set(v, "query", *asked ? arena_printf(r->arena, "?%s", asked + 1) : "");
	if (page.more)
		template_set(v, "next", page.items[page.count - 1].token);
	page_show(r, 200, "web/published-responses.html", v);
}

/* As much of it as one page takes; a page of longer texts says where the rest is. */
static const char *within(struct web_request *r, const char *text, size_t *io_room,
			  bool *io_cut)
{
	size_t len = strlen(text);
	char *part;

	if (len <= *io_room) {
		*io_room -= len;
		return text;
	}
	part = arena_alloc(r->arena, *io_room + 1);
	str_copy(part, *io_room + 1, text); /* ends with a whole letter */
	*io_room = 0;
	*io_cut = true;
	return part;
}

void public_response(struct web_request *r)
{
	struct template_value *v = page_values(r, ""), *list;
	struct archive_consultation of;
	struct publication_whole whole;
	struct published_item item;
	struct err err = {0};
	size_t room = SHOWN_BYTES;
	bool is_cut = false;

	if (!open_page(r, &of, &whole, &err) ||
	    !published_find(r->op, r->arena, of.consultation.id, web_arg(r, 1), &item,
			    &err)) {
		page_failed(r, &err);
		return;
	}
	set_frame(v, &of, &whole);
	set_who(v, &item);
	list = template_set_list(v, "answers");
	for (size_t i = 0; i < item.answer_count; i++) {
		struct template_value *one = template_add_map(list);

		if (item.answers[i].question)
			template_set_int(one, "position", item.answers[i].question);
		template_set(one, "asked", item.answers[i].asked);
		template_set(one, "answer",
			     within(r, item.answers[i].text, &room, &is_cut));
	}
	template_set_bool(v, "is_cut", is_cut);
	template_set_bool(v, "has_several", item.answer_count > 1);
	page_show(r, 200, "web/published-response.html", v);
}

void public_responses_csv(struct web_request *r)
{
	AUTO(buf) out = buf_new(CSV_BYTES);
	struct archive_consultation of;
	struct publication_whole whole;
	struct published_filter f;
	struct err err = {0};

	if (!open_page(r, &of, &whole, &err)) {
		page_failed(r, &err);
		return;
	}
	f = filter_of(r, &of);
	if (!published_csv(r->op, r->arena, of.consultation.id, &f, out, &err)) {
		page_failed(r, &err);
		return;
	}
	web_download(r, "text/csv; charset=utf-8",
		     arena_printf(r->arena, "%s-responses.csv", of.consultation.name),
		     buf_text(out), out->len);
}
