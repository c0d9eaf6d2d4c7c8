#include "domain/bulletins/archive.h"
#include "base/clock.h"
#include "base/str.h"
#include "public/public_pages.h"
#include "public/self.h"

void public_subscriptions_ask(struct web_request *r)
{
	page_show(r, 200, "web/manage-ask.html", page_values(r, ""));
}

void public_subscriptions_ask_post(struct web_request *r)
{
	struct template_value *v = page_values(r, "");
	struct public_form form;
	struct err err = {0};
	const char *address;

	if (!public_may_ask(r))
		return;
	public_form_begin(&form, r, v);
	address = public_form_address(&form);
	if (form.wrong) {
		template_set_bool(v, "to_leave", web_form(r, "to_leave") != NULL);
		page_show(r, 400, "web/manage-ask.html", v);
		return;
	}
	if (!public_trapped(r) && public_may_write_to(r, address) &&
	    !preferences_link_ask(r->op, address, r->language_chosen ? r->language : NULL,
				  &err)) {
		page_failed(r, &err);
		return;
	}
	web_redirect(r, "/manage/asked%s",
		     r->language_chosen ? arena_printf(r->arena, "?lang=%s", r->language)
					: "");
}

void public_subscriptions_asked(struct web_request *r)
{
	page_show(r, 200, "web/manage-asked.html", page_values(r, ""));
}

bool public_self_open(struct web_request *r, struct public_self *out)
{
	enum token_state state;
	struct err err = {0};

	out->token = web_arg(r, 0);
	if (!preferences_open(r->op, out->token, &state, &out->self, &err)) {
		page_failed(r, &err);
		return false;
	}
	if (state != TOKEN_GOOD) {
		page_show(r, 404, "web/manage-expired.html", page_values(r, ""));
		return false;
	}
	if (!preferences_load(r->op, r->arena, &out->self, &out->person, &err) ||
	    !address_change_open(r->op, r->arena, &out->self, &out->change, &err)) {
		page_failed(r, &err);
		return false;
	}
	public_speak(r, out->person.language);
	return true;
}

struct template_value *public_self_values(struct web_request *r,
					  const struct public_self *self)
{
	struct template_value *v = page_values(r, "");

	template_set(v, "token", self->token);
	template_set(v, "own_address", self->person.address);
	template_set(v, "own_name", self->person.name);
	template_set(v, "next_address", self->change.new_address);
	template_set_bool(v, "old_said", self->change.old_said);
	template_set_bool(v, "new_said", self->change.new_said);
	return v;
}

/* "is_active", "is_paused" ...: a template asks about what it knows. */
static void set_state(struct web_request *r, struct template_value *v, const char *state)
{
	template_set_bool(v, arena_printf(r->arena, "is_%s", state), true);
	template_set_bool(v, "listed",
			  str_eq(state, "active") || str_eq(state, "paused") ||
				  str_eq(state, "bouncing"));
}

static void set_chosen(struct template_value *v, const struct preferences_of *m)
{
	struct template_value *rows = template_set_list(v, "chosen");

	for (size_t i = 0; !m->all_topics && i < m->list.topic_count; i++)
		if (m->topics >> i & 1)
			template_set(template_add_map(rows), "topic",
				     m->list.topics[i].title);
}

static bool is_reader(const struct preferences_of *m)
{
	return str_eq(m->state, "active") || str_eq(m->state, "paused");
}

/* What they would agree to, for who may come back by a button. */
static bool set_return(struct web_request *r, struct template_value *one,
		       const struct preferences_of *m, struct err *err)
{
	struct wording wording;
	bool may = m->list.is_open &&
		   (str_eq(m->state, "unsubscribed") || str_eq(m->state, "bouncing"));

	template_set_bool(one, "may_return", may);
	if (!may)
		return true;
	if (!archive_wording(r->op, r->arena, &m->list, &wording, err))
		return false;
	template_set(one, "wording", wording.text);
	template_set_int(one, "wording_id", wording.id);
	return true;
}

static struct template_value *add_subscription(struct web_request *r,
					       struct template_value *rows,
					       const struct preferences_of *m)
{
	struct template_value *one = template_add_map(rows);
	char tomorrow[CLOCK_TEXT];

	template_set_int(one, "id", m->id);
	template_set(one, "name", m->list.name);
	template_set_bool(one, "on_web", m->list.visibility != LIST_PRIVATE);
	template_set(one, "list_title",
		     is_reader(m) ? m->list.title : list_called(&m->list));
	set_state(r, one, m->state);
	public_set_topics(one, &m->list, m->topics,
			  m->all_topics ? TOPICS_ALL : TOPICS_CHOSEN);
	set_chosen(one, m);
	public_set_frequency(one, m->frequency);
	if (m->next_digest_at && str_eq(m->state, "active"))
		template_set(one, "next_digest", public_date(r, m->next_digest_at));
	if (m->paused_until && m->paused_until != FOR_EVER)
		template_set(one, "paused_until", public_date(r, m->paused_until));
	clock_day(r->op->now + DAY_S, r->site->settings->zone, tomorrow);
	template_set(one, "tomorrow", tomorrow);
	return one;
}

/* What was done just now, as the form's redirect says: one of a few words. */
static void set_done(struct web_request *r, struct template_value *v)
{
	static const char *const done[] = {
		"topics", "frequency", "paused",  "resumed",  "unsubscribed",
		"name",   "language",  "address", "returned", "cancelled"};
	const char *what = web_query(r, "done");

	for (size_t i = 0; what && i < ARRAY_LEN(done); i++)
		if (str_eq(what, done[i])) {
			template_set_bool(v, arena_printf(r->arena, "done_%s", done[i]),
					  true);
			template_set_bool(v, "done", true);
		}
}

static void set_mistake(struct public_form *form, const struct public_mistake *m,
			const struct public_self *self, struct template_value **ones)
{
	struct arena *arena = form->r->arena;
	const char *field = m->field;

	if (m->subscription_id)
		field = arena_printf(arena, "%s-%lld", m->field,
				     (long long)m->subscription_id);
	public_form_wrong(form, field, m->mistake);
	for (size_t i = 0; i < self->person.count; i++)
		if (self->person.subscriptions[i].id == m->subscription_id) {
			template_set_bool(
				template_set_map(ones[i], arena_printf(arena, "wrong_%s",
								       m->field)),
				m->mistake, true);
			if (str_eq(m->field, "topics"))
				public_set_topics(ones[i],
						  &self->person.subscriptions[i].list,
						  m->ticked, TOPICS_CHOSEN);
		}
}

void public_self_show(struct web_request *r, const struct public_self *self,
		      const struct public_mistake *mistake)
{
	struct template_value *v = public_self_values(r, self), *rows, **ones;
	struct public_form form;
	struct err err = {0};

	public_form_begin(&form, r, v);
	rows = template_set_list(v, "subscriptions");
	ones = arena_make(r->arena, struct template_value *, self->person.count + 1);
	for (size_t i = 0; i < self->person.count; i++) {
		const struct preferences_of *m = &self->person.subscriptions[i];

		ones[i] = add_subscription(r, rows, m);
		if (!set_return(r, ones[i], m, &err)) {
			page_failed(r, &err);
			return;
		}
	}
	public_set_languages(r, v, self->person.language);
	if (mistake)
		set_mistake(&form, mistake, self, ones);
	else
		set_done(r, v);
	page_show(r, mistake ? 400 : 200, "web/manage.html", v);
}

void public_subscriptions(struct web_request *r)
{
	struct public_self self;

	if (public_self_open(r, &self))
		public_self_show(r, &self, NULL);
}
