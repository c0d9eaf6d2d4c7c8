/*
 * The forms of one's own page. Each changes one thing and leads back to the page, which says
 * what was done; what was asked wrongly is said beside its field.
 */
#include "domain/subscribers/address_change.h"
#include "base/str.h"
#include "public/public_pages.h"
#include "public/self.h"

/* The subscription that the form is about: one of their own. */
static const struct preferences_of *subscription_of(struct web_request *r,
						    const struct public_self *self)
{
	int64_t id = web_form_int(r, "subscription", 0);

	for (size_t i = 0; i < self->person.count; i++)
		if (self->person.subscriptions[i].id == id)
			return &self->person.subscriptions[i];
	page_problem(r, 404, "There is no such subscription here. Open your page again.");
	return NULL;
}

static void settled(struct web_request *r, const struct public_self *self, bool ok,
		    const char *done, const struct public_mistake *mistake,
		    const struct err *err)
{
	if (ok)
		web_redirect(r, "/manage/%s?done=%s%s", self->token, done,
			     r->language_chosen
				     ? arena_printf(r->arena, "&lang=%s", r->language)
				     : "");
	else if (err->kind == ERR_INPUT && mistake)
		public_self_show(r, self, mistake);
	else
		page_failed(r, err);
}

static bool begin(struct web_request *r, struct public_self *self,
		  const struct preferences_of **m)
{
	if (!public_self_open(r, self))
		return false;
	*m = subscription_of(r, self);
	return *m != NULL;
}

void public_topics_post(struct web_request *r)
{
	const struct preferences_of *m;
	struct public_self self;
	struct err err = {0};
	struct public_mistake wrong = {.field = "topics"};
	bool all, ok;

	if (!begin(r, &self, &m))
		return;
	wrong.subscription_id = m->id;
	wrong.mistake = public_topics_of(r, &m->list, &wrong.ticked, &all);
	if (wrong.mistake) {
		public_self_show(r, &self, &wrong);
		return;
	}
	wrong.mistake = "no_topics";
	ok = preferences_topics(r->op, &self.self, m->id, wrong.ticked,
				all ? TOPICS_ALL : TOPICS_CHOSEN, &err);
	settled(r, &self, ok, "topics", &wrong, &err);
}

void public_frequency_post(struct web_request *r)
{
	const struct preferences_of *m;
	struct public_self self;
	struct err err = {0};

	if (!begin(r, &self, &m))
		return;
	settled(r, &self,
		preferences_frequency(r->op, &self.self, m->id,
				      str_or(web_form(r, "frequency"), ""), &err),
		"frequency", NULL, &err);
}

void public_pause_post(struct web_request *r)
{
	struct public_mistake day = {.field = "until", .mistake = "bad_day"};
	const struct preferences_of *m;
	struct public_self self;
	struct err err = {0};

	if (!begin(r, &self, &m))
		return;
	day.subscription_id = m->id;
	settled(r, &self,
		preferences_pause(r->op, &self.self, m->id, web_form(r, "until"), &err),
		"paused", &day, &err);
}

void public_resume_post(struct web_request *r)
{
	const struct preferences_of *m;
	struct public_self self;
	struct err err = {0};

	if (!begin(r, &self, &m))
		return;
	settled(r, &self, preferences_resume(r->op, &self.self, m->id, &err), "resumed",
		NULL, &err);
}

void public_stop_post(struct web_request *r)
{
	const struct preferences_of *m;
	struct public_self self;
	struct err err = {0};
	bool left;

	if (!begin(r, &self, &m))
		return;
	settled(r, &self, preferences_leave(r->op, &self.self, m->id, NULL, &left, &err),
		"unsubscribed", NULL, &err);
}

/* They have read the wording beside the button, which the form names. */
void public_return_post(struct web_request *r)
{
	const struct preferences_of *m;
	struct public_self self;
	struct err err = {0};

	if (!begin(r, &self, &m))
		return;
	settled(r, &self,
		preferences_return(r->op, &self.self, m->id,
				   web_form_int(r, "wording", 0), &err),
		"returned", NULL, &err);
}

void public_name_post(struct web_request *r)
{
	static const struct public_mistake name = {.field = "name",
						   .mistake = "bad_name"};
	struct public_self self;
	struct err err = {0};

	if (!public_self_open(r, &self))
		return;
	settled(r, &self, preferences_name(r->op, &self.self, web_form(r, "name"), &err),
		"name", &name, &err);
}

void public_language_post(struct web_request *r)
{
	const char *wanted = str_or(web_form(r, "language"), "");
	struct public_self self;
	struct err err = {0};
	bool ok;

	if (!public_self_open(r, &self))
		return;
	ok = preferences_language(r->op, &self.self, wanted, &err);
	r->language_chosen = false; /* from here on the page speaks as they said */
	settled(r, &self, ok, "language", NULL, &err);
}

void public_address_cancel_post(struct web_request *r)
{
	struct public_self self;
	struct err err = {0};

	if (!public_self_open(r, &self))
		return;
	settled(r, &self, address_change_cancel(r->op, &self.self, &err), "cancelled",
		NULL, &err);
}

void public_address_post(struct web_request *r)
{
	static const struct public_mistake address = {.field = "address",
						      .mistake = "bad_new_address"};
	struct public_self self;
	struct err err = {0};

	if (!public_self_open(r, &self))
		return;
	settled(r, &self,
		address_change_ask(r->op, &self.self, str_or(web_form(r, "address"), ""),
				   &err),
		"address", &address, &err);
}
