#include "public/public_form.h"
#include "base/clock.h"
#include "base/str.h"
#include "mail/write/recipient.h"

enum { NETWORK_ROOM = 64, HTTP_TOO_MANY = 429 };

void public_form_begin(struct public_form *form, struct web_request *r,
		       struct template_value *values)
{
	*form = (struct public_form){.r = r, .values = values};
	form->errors = template_set_list(values, "errors");
}

void public_form_wrong(struct public_form *form, const char *field, const char *mistake)
{
	struct arena *arena = form->r->arena;
	struct template_value *in_summary = template_add_map(form->errors);
	struct template_value *beside;

	template_set(in_summary, "field", field);
	template_set_bool(in_summary, mistake, true);
	beside = template_set_map(form->values, arena_printf(arena, "wrong_%s", field));
	template_set_bool(beside, mistake, true);
	template_set_bool(form->values, "has_errors", true);
	form->wrong = true;
}

bool public_trapped(const struct web_request *r)
{
	return !str_empty(web_form(r, "website"));
}

bool public_may_ask(struct web_request *r)
{
	char network[NETWORK_ROOM];

	web_limit_network(r->source, network, sizeof(network));
	if (web_limit_take(r->site->asks_by_source, network, r->site->now_ms()))
		return true;
	web_set_header(r, "Retry-After", "60");
	page_show(r, HTTP_TOO_MANY, "web/too-often.html", page_values(r, ""));
	return false;
}

const char *public_token(struct web_request *r)
{
	const char *token = web_arg(r, 0);
	size_t len = strlen(token);

	while (len && strchr(">)]\"'.,;", token[len - 1]))
		len--;
	return arena_strndup(r->arena, token, len);
}

void public_one_click(struct web_request *r, const char *done, const struct err *err)
{
	static const char none[] = "There is no such link here.\n";
	static const char again[] = "Nothing was changed; try again in a moment.\n";
	static const char text[] = "text/plain; charset=utf-8";

	if (!err)
		web_bytes(r, 200, text, done, strlen(done));
	else if (err->kind == ERR_ABSENT)
		web_bytes(r, 404, text, none, sizeof(none) - 1);
	else
		web_bytes(r, 503, text, again, sizeof(again) - 1);
}

void public_link_unknown(struct web_request *r)
{
	page_show(r, 404, "web/link-unknown.html", page_values(r, ""));
}

bool public_may_write_to(struct web_request *r, const char *address)
{
	const char *key = mail_limit_key(r->arena, address);

	return key && web_limit_take(r->site->asks_by_address, key, r->site->now_ms());
}

const char *public_form_address(struct public_form *form)
{
	const char *given = str_or(web_form(form->r, "address"), ""), *address;
	struct err err = {0};

	template_set(form->values, "address", given);
	if (mail_address_normal(form->r->arena, given, &address, &err))
		return address;
	public_form_wrong(form, "address", *given ? "bad_address" : "no_address");
	return NULL;
}

const char *public_date(struct web_request *r, int64_t at)
{
	return long_date(r->op, r->arena, r->language, at, r->site->settings->zone);
}

const char *public_time(struct web_request *r, int64_t at)
{
	return long_time(r->op, r->arena, r->language, at, r->site->settings->zone);
}

void public_set_day(struct web_request *r, struct template_value *v, const char *key,
		    int64_t at)
{
	char day[CLOCK_TEXT];

	clock_day(at, r->site->settings->zone, day);
	template_set(v, key, day);
}

void public_speak(struct web_request *r, const char *language)
{
	if (!r->language_chosen && language)
		r->language = language_for(r->op, language);
}

void public_set_topics(struct template_value *v, const struct list *list, int64_t topics,
		       enum topics_which which)
{
	struct template_value *rows = template_set_list(v, "topics");
	bool any = false;

	for (size_t i = 0; i < list->topic_count; i++) {
		struct template_value *one;

		if (!list->topics[i].is_offered)
			continue;
		any = true;
		one = template_add_map(rows);
		template_set_int(one, "position", (int64_t)i);
		template_set(one, "topic", list->topics[i].title);
		template_set_bool(one, "ticked",
				  which == TOPICS_CHOSEN && topics >> i & 1);
	}
	template_set_bool(v, "has_topics", any);
	template_set_bool(v, "all_topics", which == TOPICS_ALL);
}

const char *public_topics_of(const struct web_request *r, const struct list *list,
			     int64_t *topics, bool *all)
{
	const char *which = web_form(r, "which");
	bool any = false;

	*topics = 0;
	for (size_t i = 0; i < list->topic_count; i++)
		if (web_form(r, arena_printf(r->arena, "topic-%zu", i))) {
			*topics |= (int64_t)1 << list->topics[i].now;
			any = true;
		}
	*all = !any && (!list->topic_count || !str_eq(which, "some"));
	if (any)
		return str_eq(which, "all") ? "both_topics" : NULL;
	return *all ? NULL : "no_topics";
}

void public_set_languages(struct web_request *r, struct template_value *v,
			  const char *chosen)
{
	struct template_value *rows = template_set_list(v, "own_languages");
	const char *const *codes = languages_offered(r->op);

	for (size_t i = 0; codes[0] && codes[1] && codes[i]; i++) {
		struct template_value *one = template_add_map(rows);

		template_set(one, "code", codes[i]);
		template_set(one, "language_name", language_name(codes[i]));
		template_set_bool(one, "own", str_eq(codes[i], chosen));
	}
	template_set_bool(v, "has_languages", codes[0] && codes[1]);
}

void public_set_frequency(struct template_value *v, const char *frequency)
{
	template_set_bool(v, "is_each", str_eq(frequency, "each"));
	template_set_bool(v, "is_weekly", str_eq(frequency, "weekly"));
	template_set_bool(v, "is_monthly", str_eq(frequency, "monthly"));
}
