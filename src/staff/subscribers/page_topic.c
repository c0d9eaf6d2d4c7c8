/* One topic of a list: its title, what it becomes part of, whether it is offered. */
#include "domain/subscribers/topic_change.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/frame/paths.h"
#include "staff/frame/form_seen.h"

#include <inttypes.h>

/* Of the path; -1: it has answered that there is none. */
static int topic_of(struct web_request *r)
{
	int at = topic_position(&staff_of(r)->list, web_arg(r, 1));

	if (at < 0)
		page_problem(r, WEB_NOT_FOUND, "This list has no such topic.");
	return at;
}

static const struct topic *topic_at(struct web_request *r, int position)
{
	return &staff_of(r)->list.topics[position];
}

static bool seen_topic(struct web_request *r, struct seen *out, struct list *list,
		       int *out_at, struct err *err)
{
	if (!list_named(r->op, r->arena, staff_of(r)->list.name, list, err))
		return false;
	*out_at = topic_position(list, web_arg(r, 1));
	if (*out_at < 0)
		return err_set(err, ERR_ABSENT, "this list has no such topic");
	out->acts = (struct audit_acts){"list", list->id, "topic *"};
	seen_add(out, NULL, list->topics[*out_at].is_offered ? "offered" : "not offered");
	return true;
}

bool staff_seen_topic(struct web_request *r, struct seen *out, struct err *err)
{
	struct list list;
	int at;

	if (!seen_topic(r, out, &list, &at, err))
		return false;
	seen_add(out, "title", list.topics[at].title);
	return true;
}

/* With how many chose it, which the page that asks has said. Whatever was done to any topic of the
 * list counts: it may be what this one is merged into. */
bool staff_seen_topic_chosen(struct web_request *r, struct seen *out, struct err *err)
{
	struct topic_chosen chosen;
	struct list list;
	int at;

	out->any_act = true;
	if (!seen_topic(r, out, &list, &at, err) ||
	    !topic_chosen(r->op, &list, (size_t)at, &chosen, err))
		return false;
	seen_add(out, NULL,
		 arena_printf(r->arena, "%" PRId64 " %" PRId64, chosen.by,
			      chosen.only_it));
	return true;
}

static bool add_marks(struct web_request *r, struct template_value *v, struct err *err)
{
	const char *own = staff_seen_mark(r, staff_seen_topic, err);
	const char *chosen =
		own ? staff_seen_mark(r, staff_seen_topic_chosen, err) : NULL;

	template_set(v, "seen", own);
	template_set(v, "seen_chosen", chosen);
	return chosen != NULL;
}

/* The page; NULL: it has answered already. */
static struct template_value *topic_page(struct web_request *r, int position)
{
	const struct list *list = &staff_of(r)->list;
	struct err err = {0};
	AUTO(store_txn) moment = staff_seen_moment(r, &err);
	const struct topic *topic = topic_at(r, position);
	struct template_value *v = staff_values(
		r, arena_printf(r->arena, "Topic: %s", topic->title), "subscribers");
	struct template_value *others = template_set_list(v, "others");
	bool merged = topic->now != (size_t)position;
	struct topic_chosen chosen;

	if (!moment || !topic_chosen(r->op, list, (size_t)position, &chosen, &err) ||
	    !add_marks(r, v, &err)) {
		staff_failed(r, &err);
		return NULL;
	}
	template_set(v, "topic", topic->title);
	template_set(v, "topic_path", staff_topic_path(r, topic->name));
	template_set(v, "form_title", staff_seen_or(r, "title", topic->title));
	template_set(v, "merged_into", merged ? list->topics[topic->now].title : NULL);
	template_set_bool(v, "offered", topic->is_offered);
	staff_number(v, "chosen_by", chosen.by);
	template_set_bool(v, "chosen_by_one", chosen.by == 1);
	for (size_t i = 0; i < list->topic_count; i++) {
		struct template_value *one;

		if (i == (size_t)position || !list->topics[i].is_offered)
			continue;
		one = template_add_map(others);
		template_set(one, "name", list->topics[i].name);
		template_set(one, "other", list->topics[i].title);
		template_set_bool(one, "is_chosen",
				  str_eq(web_form(r, "into"), list->topics[i].name));
		template_set_bool(v, "any_others", true);
	}
	return v;
}

void staff_topic(struct web_request *r)
{
	int at = topic_of(r);
	struct template_value *v = at < 0 ? NULL : topic_page(r, at);

	if (v)
		staff_page(r, "web/staff/topic.html", v);
}

/* Back to the list's topics, or the page with what is wrong beside its field. */
static void done(struct web_request *r, int at, bool ok, const char *field,
		 const struct err *err)
{
	struct template_value *v;
	struct staff_form form;

	if (ok) {
		staff_back(r, "%s/settings#topics",
			   staff_list_path(r, staff_of(r)->list.name));
		return;
	}
	if (!staff_refusal(err)) {
		staff_failed(r, err);
		return;
	}
	v = topic_page(r, at);
	if (!v)
		return;
	form = staff_form_of(r, v, "The topic was not changed");
	if (staff_seen_refused(r))
		staff_seen_tell(&form);
	staff_form_wrong(&form, field, err->text);
	page_show(r, staff_refusal(err), "web/staff/topic.html", v);
}

void staff_topic_rename(struct web_request *r)
{
	const char *title = staff_form_text(r, "title");
	int at = topic_of(r);
	struct err err = {0};
	bool ok;

	if (at < 0)
		return;
	ok = topic_retitle(r->op, staff_of(r)->list.name, topic_at(r, at)->name, title,
			   &err);
	if (ok)
		staff_say(r, "\"%s\" is called \"%s\" from now on.",
			  topic_at(r, at)->title, title);
	done(r, at, ok, "title", &err);
}

static const char *subscribers(struct web_request *r, int64_t n)
{
	return arena_printf(r->arena, "%s %s", staff_number_text(r, n),
			    plural(n, "subscriber", "subscribers"));
}

/* Two that are one cannot be parted again, so who is touched is said before. */
static void ask_merge(struct web_request *r, int at, int into)
{
	struct err err = {0};
	AUTO(store_txn) moment = staff_seen_moment(r, &err);
	const struct list *list = &staff_of(r)->list;
	const struct topic *from = topic_at(r, at), *to = topic_at(r, into);
	struct staff_sure page = {
		.title = arena_printf(r->arena, "Merge \"%s\" into \"%s\"?", from->title,
				      to->title),
		.place = "subscribers",
		.to = arena_printf(r->arena, "%s/merge", staff_topic_path(r, from->name)),
		.does = "Merge them",
		.back = staff_topic_path(r, from->name),
		.back_words = "Back without merging",
	};
	const char *mark =
		moment ? staff_seen_mark(r, staff_seen_topic_chosen, &err) : NULL;
	struct topic_chosen chosen;

	if (!mark || !topic_chosen(r->op, list, (size_t)at, &chosen, &err)) {
		staff_failed(r, &err);
		return;
	}
	staff_sure(r, &page);
	staff_sure_says(&page,
			arena_printf(r->arena,
				     "%s chose \"%s\". From now on they have \"%s\", and "
				     "their history says so.",
				     subscribers(r, chosen.by), from->title, to->title));
	staff_sure_says(&page, "Two topics that were merged cannot be parted again.");
	staff_sure_keeps(&page, "into", to->name);
	staff_sure_keeps(&page, "seen", mark);
	staff_sure_show(r, &page);
}

void staff_topic_merge(struct web_request *r)
{
	const char *name = staff_form_text(r, "into");
	int at = topic_of(r), into;
	int64_t moved;
	struct err err = {0};
	bool ok;

	if (at < 0)
		return;
	into = topic_position(&staff_of(r)->list, name);
	if (into < 0) {
		(void)err_set(&err, ERR_INPUT,
			      "choose the topic that it becomes part of");
		done(r, at, false, "into", &err);
		return;
	}
	if (!staff_is_sure(r)) {
		ask_merge(r, at, into);
		return;
	}
	ok = topic_merge(r->op, staff_of(r)->list.name, topic_at(r, at)->name, name,
			 &moved, &err);
	if (ok)
		staff_say(r, "\"%s\" is part of \"%s\" now, for %s.",
			  topic_at(r, at)->title, topic_at(r, into)->title,
			  subscribers(r, moved));
	done(r, at, ok, "into", &err);
}

static void ask_retire(struct web_request *r, const struct topic *topic,
		       const struct topic_chosen *chosen)
{
	struct staff_sure page = {
		.title = arena_printf(r->arena, "Stop offering \"%s\"?", topic->title),
		.place = "subscribers",
		.to = arena_printf(r->arena, "%s/retire",
				   staff_topic_path(r, topic->name)),
		.does = "Stop offering it",
		.back = staff_topic_path(r, topic->name),
		.back_words = "Back without changing anything",
	};

	staff_sure(r, &page);
	staff_sure_keeps(&page, "seen", web_form(r, "seen"));
	staff_sure_says(
		&page, arena_printf(r->arena,
				    "%s chose \"%s\" and no other topic that is offered. "
				    "They would get nothing any more. Merge it into "
				    "another topic, and they get that one.",
				    subscribers(r, chosen->only_it), topic->title));
	staff_sure_says(&page, "Their choice stays on record, and counts again when the "
			       "topic is offered again.");
	staff_sure_show(r, &page);
}

void staff_topic_retire(struct web_request *r)
{
	int at = topic_of(r);
	const struct topic *topic;
	struct topic_chosen chosen = {0};
	struct err err = {0};
	bool ok;

	if (at < 0)
		return;
	topic = topic_at(r, at);
	ok = topic_retire(r->op, staff_of(r)->list.name, topic->name,
			  staff_is_sure(r) ? TOPIC_MAY_LEAVE_SOME : TOPIC_LEAVES_NOBODY,
			  &chosen, &err);
	if (!ok && topic->is_offered && chosen.only_it && !staff_is_sure(r)) {
		ask_retire(r, topic, &chosen);
		return;
	}
	if (ok)
		staff_say(r, "\"%s\" is no longer offered. It was chosen by %s.",
			  topic->title, subscribers(r, chosen.by));
	done(r, at, ok, "retire", &err);
}

void staff_topic_offer(struct web_request *r)
{
	int at = topic_of(r);
	struct err err = {0};
	bool ok;

	if (at < 0)
		return;
	ok = topic_revive(r->op, staff_of(r)->list.name, topic_at(r, at)->name, &err);
	if (ok)
		staff_say(r, "\"%s\" is offered again.", topic_at(r, at)->title);
	done(r, at, ok, "retire", &err);
}
