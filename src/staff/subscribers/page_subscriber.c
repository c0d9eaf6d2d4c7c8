/*
 * One subscriber with their whole history, and all that they may do themselves, done for them at
 * their request: how they asked is kept with it.
 */
#include "domain/core/audit.h"
#include "domain/delivery/timeline.h"
#include "domain/personal/personal_data_erase.h"
#include "domain/subscribers/address_change.h"
#include "domain/subscribers/preferences.h"
#include "domain/subscribers/subscriber_find.h"
#include "domain/subscribers/subscription.h"
#include "base/str.h"
#include "staff/frame/form_seen.h"
#include "staff/frame/forms.h"
#include "staff/frame/pages.h"
#include "staff/frame/paths.h"
#include "staff/subscribers/subscriber_show.h"
#include "staff/frame/words.h"

#include <inttypes.h>

/* Events of lists that this person may not see are left out, and so is what is of none. */
static bool may_see(struct web_request *r, const char *list)
{
	const struct rights *rights = &staff_of(r)->rights;
	struct list of;
	struct err err = {0};

	if (rights_have(rights, RIGHT_SUBSCRIBERS, rights_everywhere()))
		return true;
	return !str_empty(list) && list_named(r->op, r->arena, list, &of, &err) &&
	       rights_have(rights, RIGHT_SUBSCRIBERS, rights_on_list(of.id));
}

static bool find_subscriber(struct web_request *r, struct store_row *out)
{
	struct err err = {0};
	int64_t id;

	if (str_to_int(web_arg(r, 0), 1, INT64_MAX, &id, &err) &&
	    person_by_id(r->op, r->arena, id, out, &err))
		return true;
	if (err.kind == ERR_ABSENT || err.kind == ERR_INPUT)
		page_problem(r, 404, "There is no such person here.");
	else
		staff_failed(r, &err);
	return false;
}

/* What one has chosen of a list; they may choose otherwise themselves at any time. */
static void seen_subscription(struct web_request *r, struct seen *out,
			      const struct store_row *row)
{
	out->acts = (struct audit_acts){"subscription", row_int(row, "id"), "*"};
	seen_add(out, NULL,
		 row_int(row, "all_topics")
			 ? "all"
			 : arena_printf(r->arena, "%" PRId64, row_int(row, "topics")));
	seen_add(out, NULL, row_text(row, "state"));
}

bool staff_seen_choice(struct web_request *r, struct seen *out, struct err *err)
{
	const struct list *list = &staff_of(r)->list;
	const char *address = str_or(web_form(r, "address"), "");
	struct subscription m;
	struct store_row person;
	struct store_table rows;

	if (!subscription_load(r->op, r->arena, list,
			       &(struct subscription_who){.address = address,
							  .missing = SUBSCRIPTION_FIND},
			       &m, err) ||
	    !person_by_id(r->op, r->arena, m.person_id, &person, err) ||
	    !subscriptions_of_key(r->op, r->arena, row_text(&person, "address_key"),
				  &rows, err))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);

		if (row_int(&row, "list_id") != list->id)
			continue;
		seen_subscription(r, out, &row);
		return true;
	}
	return err_set(err, ERR_ABSENT, "%s is not on the list %s", address, list->name);
}

/* What can be done for them on this list; the first one's frequency is ticked. */
static void add_changeable(struct web_request *r, struct template_value *v,
			   struct template_value *to, const struct store_row *row)
{
	const char *state = row_text(row, "state"), *now = row_text(row, "frequency");
	bool changeable = str_eq(state, "active") || str_eq(state, "paused");
	struct template_value *list;

	template_set(to, "frequency", staff_word("frequency", now));
	template_set_bool(to, "is_changeable", changeable);
	template_set_bool(to, "is_written",
			  str_eq(web_form(r, "list"), row_text(row, "list")));
	if (!changeable)
		return;
	template_set_bool(v, "may_be_one", true);
	list = template_set_list(v, "frequencies");
	for (const char *const *f = frequencies; *f; f++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "word", *f);
		template_set(one, "text", staff_word("frequency", *f));
		template_set_bool(one, "chosen",
				  str_eq(*f, str_or(web_form(r, "frequency"), now)));
	}
}

static size_t add_subscriptions(struct web_request *r, struct template_value *v,
				const struct store_table *rows)
{
	struct template_value *list = template_set_list(v, "subscriptions");
	size_t shown = 0;

	for (size_t i = 0; i < rows->count; i++) {
		struct store_row row = table_row(rows, i);
		struct template_value *one;
		struct seen seen = {0};
		struct list of;
		struct err err = {0};

		if (!may_see(r, row_text(&row, "list")) ||
		    !list_by_id(r->op, r->arena, row_int(&row, "list_id"), &of, &err))
			continue;
		shown++;
		one = template_add_map(list);
		template_set(one, "list_path", staff_list_path(r, of.name));
		template_set(one, "on_title", of.title);
		template_set(one, "state",
			     staff_word("subscription", row_text(&row, "state")));
		template_set_bool(one, "active",
				  str_eq(row_text(&row, "state"), "active"));
		template_set_bool(one, "requested",
				  str_eq(row_text(&row, "state"), "requested"));
		add_changeable(r, v, one, &row);
		template_set(one, "on_list", of.name);
		template_set(one, "since", staff_day(r, row_int(&row, "active_since")));
		template_set(one, "topics",
			     staff_topics_words(r, &of,
						row_int(&row, "all_topics")
							? 0
							: row_int(&row, "topics")));
		staff_add_topics(one, &of, row_int(&row, "topics"));
		seen_subscription(r, &seen, &row);
		template_set(one, "seen", seen_mark(r, &seen, &err));
	}
	return shown;
}

/* What is of the person and not of one list takes the right on every list that they are on. */
static bool may_see_all(struct web_request *r, const struct store_table *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct store_row row = table_row(rows, i);

		if (!may_see(r, row_text(&row, "list")))
			return false;
	}
	return true;
}

static void add_event(struct web_request *r, struct template_value *list,
		      const struct audit_event *event)
{
	struct template_value *one = template_add_map(list);
	struct list of;
	struct err err = {0};

	template_set(one, "at", staff_when(r, event->at));
	if (!str_empty(event->list) &&
	    list_named(r->op, r->arena, event->list, &of, &err))
		template_set(one, "on_list", of.title);
	template_set(one, "words", event->words);
}

static void show(struct web_request *r, const char *field, const struct err *refused)
{
	struct template_value *v, *list;
	struct audit_event *events;
	struct store_row person;
	struct store_table subscriptions;
	const char *address;
	struct err err = {0};
	size_t count;

	if (!find_subscriber(r, &person))
		return;
	address = row_text(&person, "address");
	v = staff_values(r, address, "subscribers");
	if (!subscriptions_of_key(r->op, r->arena, row_text(&person, "address_key"),
				  &subscriptions, &err) ||
	    !timeline_load(r->op, r->arena, address, &events, &count, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (!add_subscriptions(r, v, &subscriptions)) {
		page_problem(r, 404, "There is no such person here.");
		return;
	}
	list = template_set_list(v, "events");
	for (size_t i = count; i-- > 0;)
		if (may_see(r, events[i].list))
			add_event(r, list, &events[i]);
	template_set(v, "address", address);
	template_set(v, "subscriber_name", row_text(&person, "name"));
	template_set_int(v, "subscriber", row_int(&person, "id"));
	template_set_bool(
		v, "may_erase",
		rights_have(&staff_of(r)->rights, RIGHT_ERASE, rights_everywhere()));
	template_set_bool(v, "whole", may_see_all(r, &subscriptions));
	template_set(v, "written_asked", web_form(r, "asked"));
	template_set(v, "written_until", web_form(r, "until"));
	template_set(v, "written_name",
		     str_or(web_form(r, "name"), row_text(&person, "name")));
	template_set(v, "written_address", web_form(r, "new_address"));
	if (refused && field) {
		struct staff_form form = staff_form_of(r, v, "Nothing was changed");

		staff_form_wrong(&form, field, refused->text);
	} else if (refused) {
		staff_refused(r, v, refused);
	}
	page_show(r, refused ? staff_refusal(refused) : 200, "web/staff/subscriber.html",
		  v);
}

void staff_subscriber(struct web_request *r)
{
	show(r, NULL, NULL);
}

/* Who is meant, by the path, with what was said of how they asked. NULL: answered. */
static bool find_self(struct web_request *r, struct self_service *out)
{
	struct store_table subscriptions;
	struct store_row person;
	struct err err = {0};

	if (!find_subscriber(r, &person))
		return false;
	if (!subscriptions_of_key(r->op, r->arena, row_text(&person, "address_key"),
				  &subscriptions, &err)) {
		staff_failed(r, &err);
		return false;
	}
	if (!subscriptions.count || !may_see_all(r, &subscriptions)) {
		page_problem(r, 403,
			     "This person is on lists that are not yours to see.");
		return false;
	}
	*out = (struct self_service){.person_id = row_int(&person, "id"),
				     .how = "staff",
				     .asked = staff_form_text(r, "asked")};
	if (!str_blank(out->asked))
		return true;
	(void)err_set(&err, ERR_INPUT,
		      "Say how they asked for it, as in \"by telephone on 3 March\".");
	show(r, "asked", &err);
	return false;
}

static void end(struct web_request *r, bool ok, const char *field, const struct err *err,
		const char *said)
{
	if (ok) {
		staff_say(r, "%s", said);
		staff_back(r, "%s", staff_subscriber_path(r));
	} else if (staff_refusal(err)) {
		show(r, field, err);
	} else {
		staff_failed(r, err);
	}
}

/* The subscription that the form names, if it is theirs and of a list that may be seen. */
static bool find_subscription(struct web_request *r, const struct self_service *self,
			      int64_t *out, struct err *err)
{
	const char *name = str_or(web_form(r, "list"), "");
	struct subscriber_mail all;

	if (!preferences_load(r->op, r->arena, self, &all, err))
		return false;
	for (size_t i = 0; i < all.count; i++)
		if (str_eq(all.subscriptions[i].list.name, name)) {
			*out = all.subscriptions[i].id;
			return true;
		}
	return err_set(err, ERR_ABSENT, "They are not on that list any more.");
}

void staff_subscriber_name(struct web_request *r)
{
	struct self_service self;
	struct err err = {0};

	if (!find_self(r, &self))
		return;
	end(r, preferences_name(r->op, &self, staff_form_text(r, "name"), &err), "name",
	    &err, "The name is changed.");
}

void staff_subscriber_address(struct web_request *r)
{
	struct self_service self;
	struct err err = {0};

	if (!find_self(r, &self))
		return;
	end(r, address_change_ask(r->op, &self, staff_form_text(r, "new_address"), &err),
	    "new_address", &err,
	    "A notification goes to both addresses. The new one counts once both are "
	    "confirmed.");
}

void staff_subscriber_frequency(struct web_request *r)
{
	struct self_service self;
	struct err err = {0};
	int64_t id;

	if (!find_self(r, &self))
		return;
	end(r,
	    find_subscription(r, &self, &id, &err) &&
		    preferences_frequency(r->op, &self, id, web_form(r, "frequency"),
					  &err),
	    NULL, &err, "How often it comes is changed.");
}

void staff_subscriber_pause(struct web_request *r)
{
	struct self_service self;
	struct err err = {0};
	int64_t id;

	if (!find_self(r, &self))
		return;
	end(r,
	    find_subscription(r, &self, &id, &err) &&
		    preferences_pause(r->op, &self, id, staff_form_text(r, "until"),
				      &err),
	    NULL, &err, "Paused: nothing of the list goes to them until then.");
}

void staff_subscriber_resume(struct web_request *r)
{
	struct self_service self;
	struct err err = {0};
	int64_t id;

	if (!find_self(r, &self))
		return;
	end(r,
	    find_subscription(r, &self, &id, &err) &&
		    preferences_resume(r->op, &self, id, &err),
	    NULL, &err, "They get the list again.");
}

static void ask_erase(struct web_request *r, const struct self_service *self)
{
	struct staff_sure page = {
		.title = "Erase this person?",
		.place = "subscribers",
		.to = arena_printf(r->arena, "%s/erase", staff_subscriber_path(r)),
		.does = "Erase for good",
		.back = staff_subscriber_path(r),
		.back_words = "Back without changing anything",
	};

	staff_sure(r, &page);
	staff_sure_says(&page, "Their address, name and choices go from every list, and "
			       "nothing is sent to them again but a receipt.");
	staff_sure_says(&page, "What they wrote to a consultation stays. This cannot be "
			       "undone.");
	staff_sure_says(&page, arena_printf(r->arena, "They asked: %s", self->asked));
	staff_sure_keeps(&page, "asked", self->asked);
	staff_sure_show(r, &page);
}

/* With how they asked for it, which nothing else of theirs outlives. */
static bool erase(struct web_request *r, const struct self_service *self,
		  struct erasure_receipt *out, struct err *err)
{
	AUTO(store_txn) t = store_begin(r->op->store, err);

	return t && personal_data_erase(r->op, self, out, err) &&
	       audit_record(r->op, err, "erasure requested", "person", self->person_id,
			    "receipt %s; they asked: %s", out->number, self->asked) &&
	       store_commit(&t, err);
}

void staff_subscriber_erase(struct web_request *r)
{
	struct erasure_receipt receipt;
	struct self_service self;
	struct err err = {0};

	if (!find_self(r, &self))
		return;
	if (!staff_is_sure(r)) {
		ask_erase(r, &self);
		return;
	}
	if (!erase(r, &self, &receipt, &err)) {
		end(r, false, NULL, &err, NULL);
		return;
	}
	staff_say(r, "Erased. Receipt %s goes to them as the last email.",
		  receipt.number);
	staff_back(r, "/staff/subscribers");
}
