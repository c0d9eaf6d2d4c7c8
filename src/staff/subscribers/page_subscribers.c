/* Subscribers: found, added, changed, taken off. */
#include "domain/subscribers/subscribe.h"
#include "domain/subscribers/subscriber_find.h"
#include "domain/subscribers/subscription.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/forms.h"
#include "staff/frame/pages.h"
#include "staff/frame/paths.h"
#include "staff/subscribers/subscriber_show.h"
#include "staff/frame/words.h"

#include <inttypes.h>

enum { ROWS = 50, TICKED_MOST = 4000 };

static const char *wanted(struct web_request *r, const char *name)
{
	const char *text = web_query(r, name);

	return str_empty(text) ? NULL : text;
}

static bool add_lists(struct web_request *r, struct template_value *v,
		      struct store_table *lists, struct err *err)
{
	struct template_value *rows = template_set_list(v, "lists");

	if (!rights_lists(r->op, r->arena, &staff_of(r)->rights, RIGHT_SUBSCRIBERS, lists,
			  err))
		return false;
	for (size_t i = 0; i < lists->count; i++) {
		struct store_row row = table_row(lists, i);
		struct template_value *one = template_add_map(rows);

		template_set(one, "name", row_text(&row, "name"));
		template_set(one, "list_title", row_text(&row, "title"));
		template_set(one, "list_path",
			     staff_list_path(r, row_text(&row, "name")));
		staff_number(one, "active", row_int(&row, "active"));
		staff_number(one, "waiting", row_int(&row, "waiting"));
		template_set_bool(one, "any_waiting", row_int(&row, "waiting") > 0);
	}
	return true;
}

const char *staff_topics_words(struct web_request *r, const struct list *list,
			       int64_t mask)
{
	return !mask ? "all" : topics_titles(list, r->arena, mask);
}

void staff_add_topics(struct template_value *to, const struct list *list, int64_t mask)
{
	struct template_value *topics = template_set_list(to, "topic_names");
	bool any = false;

	for (size_t i = 0; i < list->topic_count; i++) {
		struct template_value *one;

		if (!list->topics[i].is_offered)
			continue;
		any = true;
		one = template_add_map(topics);
		template_set(one, "topic", list->topics[i].title);
		template_set_int(one, "position", (int64_t)i + 1);
		template_set_bool(one, "chosen", mask >> i & 1);
	}
	template_set_bool(to, "any_topics", any);
}

/* The ticked ones as "neglect,data"; none: all. */
static const char *ticked_topics(struct web_request *r, const struct list *list)
{
	AUTO(buf) names = buf_new(TICKED_MOST);

	for (size_t i = 0; i < list->topic_count; i++)
		if (web_form(r, arena_printf(r->arena, "topic-%zu", i + 1)))
			buf_printf(names, "%s%s", names->len ? "," : "",
				   list->topics[i].name);
	return names->len ? arena_strdup(r->arena, buf_text(names)) : "all";
}

static void add_subscribers(struct web_request *r, struct template_value *list,
			    const struct list *of, const struct store_table *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		struct store_row row = table_row(rows, i);
		struct template_value *one = template_add_map(list);

		template_set_int(one, "subscriber", row_int(&row, "person"));
		template_set(one, "address", row_text(&row, "address"));
		template_set(one, "subscriber_name", row_text(&row, "name"));
		template_set(one, "on_list", of->title);
		template_set(one, "state",
			     staff_word("subscription", row_text(&row, "state")));
		template_set_bool(one, "listed",
				  subscription_listed(row_text(&row, "state")));
		template_set_bool(one, "waits",
				  str_eq(row_text(&row, "state"), "requested"));
		template_set_bool(one, "active",
				  str_eq(row_text(&row, "state"), "active"));
		template_set(one, "frequency",
			     staff_word("frequency", row_text(&row, "frequency")));
		template_set(one, "since", staff_day(r, row_int(&row, "active_since")));
		template_set(one, "topics",
			     staff_topics_words(r, of,
						row_int(&row, "all_topics")
							? 0
							: row_int(&row, "topics")));
	}
}

static bool add_found(struct web_request *r, struct template_value *to,
		      const struct store_table *lists, const char *q, bool *cut,
		      struct err *err)
{
	for (size_t i = 0; i < lists->count; i++) {
		struct store_row row = table_row(lists, i);
		struct find_page page = {.most = ROWS};
		struct store_table rows;
		struct list list;
		int64_t next;

		if (!list_named(r->op, r->arena, row_text(&row, "name"), &list, err) ||
		    !subscriber_find(r->op, r->arena,
				     &(struct subscriber_search){
					     .list = &list, .text = q, .page = page},
				     &rows, &next, err))
			return false;
		add_subscribers(r, to, &list, &rows);
		*cut = *cut || next;
	}
	return true;
}

/* Across the lists that this person may see; each asked by itself. */
void staff_subscribers(struct web_request *r)
{
	struct template_value *v = staff_values(r, "Subscribers", "subscribers"),
			      *subscribers;
	const char *q = wanted(r, "q"), *now = NULL;
	struct store_table lists;
	struct err err = {0};
	bool cut = false;

	template_set(v, "q", q);
	subscribers = template_set_list(v, "subscribers");
	if (!add_lists(r, v, &lists, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (q && (!add_found(r, subscribers, &lists, q, &cut, &err) ||
		  !person_formerly(r->op, r->arena, q, &now, &err) ||
		  (now && !add_found(r, subscribers, &lists, now, &cut, &err)))) {
		staff_failed(r, &err);
		return;
	}
	template_set(v, "now", now);
	template_set_bool(v, "cut", cut);
	template_set_bool(v, "everywhere",
			  rights_have(&staff_of(r)->rights, RIGHT_SUBSCRIBERS,
				      rights_everywhere()));
	template_set_bool(v, "may_list", staff_may_anywhere(r, RIGHT_LIST));
	staff_page(r, "web/staff/subscribers.html", v);
}

static void add_states(struct template_value *v, const char *chosen)
{
	struct template_value *list = template_set_list(v, "states");

	for (const char *const *s = subscription_states; *s; s++) {
		struct template_value *one = template_add_map(list);

		template_set(one, "word", *s);
		template_set(one, "text", staff_word("subscription", *s));
		template_set_bool(one, "chosen", str_eq(*s, chosen));
	}
}

/* How many there are in each state, with the way to them. */
static bool add_totals(struct web_request *r, struct template_value *v, int64_t list_id,
		       struct err *err)
{
	struct template_value *totals = template_set_list(v, "totals");
	struct store_table rows;
	int64_t all = 0;

	if (!subscribers_by_state(r->op, r->arena, list_id, &rows, err))
		return false;
	for (const char *const *s = subscription_states; *s; s++)
		for (size_t i = 0; i < rows.count; i++) {
			struct store_row row = table_row(&rows, i);
			struct template_value *one;

			if (!str_eq(row_text(&row, "state"), *s))
				continue;
			one = template_add_map(totals);
			template_set(one, "word", *s);
			template_set_bool(one, "here", str_eq(web_query(r, "state"), *s));
			template_set(one, "text", staff_word("subscription", *s));
			staff_number(one, "n", row_int(&row, "n"));
			all += row_int(&row, "n");
		}
	staff_number(v, "total", all);
	template_set_bool(v, "all_here", str_empty(web_query(r, "state")));
	return true;
}

/* What somebody wrote about a new person stands there again, to be mended. */
static void show_written(struct web_request *r, struct template_value *v,
			 const struct list *list, const struct err *refused)
{
	int64_t ticked = 0;

	for (size_t i = 0; i < list->topic_count; i++)
		if (web_form(r, arena_printf(r->arena, "topic-%zu", i + 1)))
			ticked |= (int64_t)1 << i;
	staff_refused(r, v, refused);
	staff_add_topics(v, list, ticked);
	template_set(v, "written_reason", web_form(r, "reason"));
	template_set(v, "written_address", web_form(r, "address"));
	template_set(v, "written_name", web_form(r, "name"));
	template_set(v, "written_basis", web_form(r, "basis"));
}

static void show_list(struct web_request *r, const struct err *refused)
{
	const struct list *list = &staff_of(r)->list;
	struct template_value *v = staff_values(r, list->title, "subscribers");
	const char *state = wanted(r, "state"), *q = wanted(r, "q");
	struct find_page page = {.after = web_query_int(r, "after", 0), .most = ROWS};
	struct store_table rows;
	struct err err = {0};
	int64_t next = 0;

	page.newest_first = !q && str_eq(wanted(r, "order"), "newest");
	if (!subscriber_find(
		    r->op, r->arena,
		    &(struct subscriber_search){
			    .list = list, .state = state, .text = q, .page = page},
		    &rows, &next, &err) ||
	    !add_totals(r, v, list->id, &err)) {
		staff_failed(r, &err);
		return;
	}
	add_subscribers(r, template_set_list(v, "subscribers"), list, &rows);
	template_set_bool(v, "subscribers_any", rows.count > 0);
	add_states(v, state);
	staff_add_topics(v, list, 0);
	template_set_bool(v, "newest", page.newest_first);
	template_set_bool(v, "filtered", q || state);
	template_set(v, "state_words", staff_word("subscription", state));
	template_set(v, "q", q);
	template_set(v, "state", state);
	template_set(v, "q_url", q ? web_escape_url(r->arena, q) : "");
	template_set(v, "state_url", state ? web_escape_url(r->arena, state) : "");
	template_set_bool(v, "first", page.after == 0);
	if (next)
		template_set_int(v, "next", next);
	if (refused)
		show_written(r, v, list, refused);
	page_show(r, refused ? staff_refusal(refused) : 200,
		  "web/staff/list-subscribers.html", v);
}

void staff_list_subscribers(struct web_request *r)
{
	show_list(r, NULL);
}

/* All changes to one subscriber of a list end alike. */
static void done(struct web_request *r, bool ok, const struct err *err,
		 const char *sentence)
{
	const char *otherwise = arena_printf(r->arena, "%s/subscribers",
					     staff_list_path(r, staff_of(r)->list.name));

	if (!ok) {
		if (staff_refusal(err))
			show_list(r, err);
		else
			staff_failed(r, err);
		return;
	}
	staff_say(r, "%s", sentence);
	staff_back_or(r, otherwise);
}

static const char *address_of(struct web_request *r)
{
	return str_or(web_form(r, "address"), "");
}

void staff_subscribers_add(struct web_request *r)
{
	const struct list *list = &staff_of(r)->list;
	struct subscriber_new who = {
		.address = address_of(r),
		.name = str_empty(web_form(r, "name")) ? NULL : web_form(r, "name"),
		.basis = web_form(r, "basis"),
		.how = "staff",
		.welcome = true,
	};
	struct err err = {0};

	done(r,
	     topics_read(list, ticked_topics(r, list), &who.topics, &who.all_topics,
			 &err) &&
		     subscriber_add(r->op, list, &who, &err),
	     &err, "On the list. A welcome is on its way that says how to leave.");
}

void staff_subscribers_remove(struct web_request *r)
{
	struct err err = {0};

	done(r,
	     subscriber_remove(r->op, &staff_of(r)->list, address_of(r),
			       web_form(r, "reason"), &err),
	     &err, "Off the list, and told so.");
}

void staff_subscribers_topics(struct web_request *r)
{
	const struct list *list = &staff_of(r)->list;
	struct err err = {0};

	done(r,
	     subscriber_topics(r->op, list, address_of(r), ticked_topics(r, list), &err),
	     &err, "The topics are changed.");
}

static bool is_among(const char *const *addresses, size_t count, const char *address)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(addresses[i], address))
			return true;
	return false;
}

/* Those who are ticked, each once. Their numbers count up: only those of this list are shown. */
static bool ticked_people(struct web_request *r, const char **addresses, size_t *count,
			  struct err *err)
{
	*count = 0;
	for (size_t i = 0; i < r->form.count && *count < ROWS; i++) {
		const struct web_field *f = &r->form.fields[i];
		struct store_row person;
		int64_t id;

		if (!str_eq(f->name, "who"))
			continue;
		if (!str_to_int(f->value, 1, INT64_MAX, &id, err) ||
		    !person_on_list(r->op, r->arena, staff_of(r)->list.id, id, &person,
				    err))
			return false;
		if (!is_among(addresses, *count, row_text(&person, "address")))
			addresses[(*count)++] = row_text(&person, "address");
	}
	return *count ||
	       err_set(err, ERR_INPUT, "Tick those who are to be taken off the list.");
}

static void ask_many(struct web_request *r, const char *const *addresses, size_t count)
{
	const char *path = arena_printf(r->arena, "%s/subscribers",
					staff_list_path(r, staff_of(r)->list.name));
	struct staff_sure page = {
		.title = arena_printf(r->arena, "Take %zu subscriber%s off %s?", count,
				      plural(count, "", "s"), staff_of(r)->list.title),
		.place = "subscribers",
		.to = arena_printf(r->arena, "%s/remove-many", path),
		.does = "Take them off",
		.back = path,
		.back_words = "Back without changing anything",
	};

	staff_sure(r, &page);
	staff_sure_says(&page, "Each of them is told so, and can subscribe again.");
	for (size_t i = 0; i < count; i++)
		staff_sure_says(&page, addresses[i]);
	for (size_t i = 0; i < r->form.count; i++)
		if (str_eq(r->form.fields[i].name, "who"))
			staff_sure_keeps(&page, "who", r->form.fields[i].value);
	staff_sure_keeps(&page, "reason", staff_form_text(r, "reason"));
	staff_sure_show(r, &page);
}

/* All of them or, when one of them cannot be, nobody. */
static bool remove_many(struct web_request *r, const char *const *addresses, size_t count,
			struct err *err)
{
	AUTO(store_txn) t = store_begin(r->op->store, err);

	if (!t)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!subscriber_remove(r->op, &staff_of(r)->list, addresses[i],
				       staff_form_text(r, "reason"), err))
			return false;
	return store_commit(&t, err);
}

void staff_subscribers_remove_many(struct web_request *r)
{
	const char *addresses[ROWS];
	struct err err = {0};
	size_t count;
	bool ok = ticked_people(r, addresses, &count, &err);

	if (ok && str_blank(staff_form_text(r, "reason")))
		ok = err_set(&err, ERR_INPUT,
			     "Say why they are taken off: the reason is kept with it.");
	if (ok && !staff_is_sure(r)) {
		ask_many(r, addresses, count);
		return;
	}
	done(r, ok && remove_many(r, addresses, count, &err), &err,
	     arena_printf(r->arena, "%zu %s off the list, and told so.", count,
			  plural(count, "is", "are")));
}

void staff_subscribers_decide(struct web_request *r)
{
	bool accept = str_eq(web_form(r, "do"), "accept");
	struct err err = {0};

	done(r,
	     subscriber_accept(r->op, &staff_of(r)->list, address_of(r),
			       accept ? SUBSCRIBER_ACCEPTED : SUBSCRIBER_REFUSED, &err),
	     &err,
	     accept ? "On the list now; a welcome is on its way."
		    : "Refused, and told so.");
}
