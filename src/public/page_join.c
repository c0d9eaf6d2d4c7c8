#include "domain/bulletins/archive.h"
#include "domain/subscribers/preferences.h"
#include "domain/subscribers/subscribe.h"
#include "base/str.h"
#include "public/public_form.h"
#include "public/public_pages.h"

static bool load(struct web_request *r, struct list *list, struct wording *wording)
{
	struct err err = {0};

	if (archive_list_named(r->op, r->arena, web_arg(r, 0), list, &err) &&
	    archive_wording(r->op, r->arena, list, wording, &err))
		return true;
	page_failed(r, &err);
	return false;
}

static void set_form(struct web_request *r, struct template_value *v,
		     const struct list *list, const struct wording *wording,
		     const struct topic_choice *choice)
{
	template_set(v, "name", list->name);
	template_set(v, "list_title", list->title);
	template_set(v, "list_address", list->address);
	template_set(v, "chosen_language", choice->language);
	public_set_languages(r, v, choice->language);
	template_set(v, "description", list->description);
	template_set_bool(v, "is_open", list->is_open);
	template_set(v, "wording", wording->text);
	template_set(v, "version", wording->version);
	template_set_int(v, "wording_id", wording->id);
	public_set_topics(v, list, choice->topics,
			  choice->all_topics ? TOPICS_ALL : TOPICS_CHOSEN);
	public_set_frequency(v, choice->frequency);
}

void public_join(struct web_request *r)
{
	const struct topic_choice usual = {
		.all_topics = true, .frequency = "each", .language = r->language};
	struct template_value *v = page_values(r, "");
	struct wording wording;
	struct list list;

	if (!load(r, &list, &wording))
		return;
	set_form(r, v, &list, &wording, &usual);
	page_show(r, 200, "web/join.html", v);
}

static struct topic_choice choice_of(struct public_form *form, const struct list *list)
{
	const struct web_request *r = form->r;
	struct topic_choice choice = {
		.frequency = str_or(web_form(r, "frequency"), "each"),
		.language =
			language_for(r->op, str_or(web_form(r, "language"), r->language)),
		.wording_id = web_form_int(r, "wording", 0),
	};
	const char *mistake;

	mistake = public_topics_of(r, list, &choice.topics, &choice.all_topics);
	if (mistake)
		public_form_wrong(form, "topics", mistake);
	return choice;
}

/*
 * The address stands there as it was given, so that a wrong letter is seen; the form behind it
 * has all that was chosen. It answers the form itself: no path holds the address.
 */
static void show_asked(struct web_request *r, struct template_value *v)
{
	template_set_bool(v, "has_languages_here", false);
	page_show(r, 200, "web/asked.html", v);
}

/* Whatever is known of the address, what is answered is the same. */
void public_join_post(struct web_request *r)
{
	struct template_value *v = page_values(r, "");
	enum subscribe_result result;
	struct wording wording;
	struct topic_choice choice;
	struct public_form form;
	struct list list;
	struct err err = {0};
	const char *address;

	if ((!web_form(r, "again") && !public_may_ask(r)) || !load(r, &list, &wording))
		return;
	public_form_begin(&form, r, v);
	address = public_form_address(&form);
	choice = choice_of(&form, &list);
	set_form(r, v, &list, &wording, &choice);
	if (form.wrong || web_form(r, "again")) {
		page_show(r, form.wrong ? 400 : 200, "web/join.html", v);
		return;
	}
	if (!public_trapped(r) && public_may_write_to(r, address) &&
	    !subscribe_by_page(r->op, &list, address, &choice, &result, &err)) {
		page_failed(r, &err);
		return;
	}
	show_asked(r, v);
}
