/*
 * What is done to a bulletin only after a page has said to how many it goes, who approved it
 * and when it goes out: schedule, unschedule, send, resume, cancel. A form without "sure" does
 * nothing but ask; what was changed while somebody read the question is not done.
 */
#include "domain/bulletins/bulletin_list.h"
#include "domain/bulletins/odd_hour.h"
#include "domain/core/schedule.h"
#include "domain/delivery/bulletin_progress.h"
#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"
#include "staff/frame/pages.h"
#include "staff/bulletins/bulletin_show.h"
#include "staff/frame/form_seen.h"
#include "staff/frame/words.h"

#include <inttypes.h>

static const struct act {
	const char *path, *asks, *button, *done;
	bool (*run)(struct operation *op, const char *list, int64_t number,
		    struct err *err); /* NULL: to schedule takes a time */
} acts[BULLETIN_ACTS] = {
	[BULLETIN_SCHEDULE] = {"schedule", "Schedule", "Schedule it", NULL, NULL},
	[BULLETIN_UNSCHEDULE] = {"unschedule", "Unschedule", "Unschedule it",
				 "It is not scheduled any more. It stays approved.",
				 bulletin_unschedule},
	[BULLETIN_SEND] = {"send", "Send", "Send it now",
			   "It is being sent. This page shows how far it is.",
			   bulletin_send},
	[BULLETIN_RESUME] = {"resume", "Go on with", "Go on with sending",
			     "It is being sent again, from where it was.",
			     bulletin_resume},
	[BULLETIN_CANCEL] = {"cancel", "Cancel", "Cancel it for good",
			     "Cancelled. Whoever had not got it will not get it.",
			     bulletin_cancel},
};

bool staff_seen_bulletin(struct web_request *r, struct seen *out, struct err *err)
{
	struct store_table approvals;
	struct store_row row;
	struct bulletin b;
	int64_t number;

	if (!str_to_int(web_arg(r, 1), 1, INT32_MAX, &number, err) ||
	    !bulletin_load(r->op, r->arena, web_arg(r, 0), number, &b, err) ||
	    !bulletin_approval(r->op, r->arena, b.id, &approvals, err))
		return false;
	out->state = b.state;
	out->acts = (struct audit_acts){"bulletin", b.id, "bulletin *"};
	out->any_act = true;
	seen_add(out, NULL, b.hash);
	seen_add(out, NULL, b.state);
	seen_add(out, NULL, arena_printf(r->arena, "%" PRId64, b.due_at));
	if (approvals.count)
		row = table_row(&approvals, 0);
	seen_add(out, NULL,
		 arena_printf(r->arena, "%" PRId64,
			      approvals.count ? row_int(&row, "at") : 0));
	return true;
}

/* By the last word of the address. */
static enum bulletin_act act_of(const struct web_request *r)
{
	const char *last = strrchr(r->path, '/') + 1;

	for (int i = 0; i < BULLETIN_ACTS; i++)
		if (str_eq(acts[i].path, last))
			return (enum bulletin_act)i;
	PANIC("no act %s", last);
}

/* Asked by a link or by a form; done by a form. */
static const char *field(const struct web_request *r, const char *name)
{
	const char *written = web_form(r, name);

	return str_or(written ? written : web_query(r, name), "");
}

static const char *time_asked(struct web_request *r)
{
	return arena_printf(r->arena, "%s %s", field(r, "day"), field(r, "time"));
}

static bool goes_out(enum bulletin_act act)
{
	return act == BULLETIN_SCHEDULE || act == BULLETIN_SEND || act == BULLETIN_RESUME;
}

/* Whatever would stand in the way afterwards is said before the question. */
static bool may_be_asked(struct web_request *r, const struct bulletin *b,
			 enum bulletin_act act, struct time_words *out, struct err *err)
{
	if (!bulletin_allows(b, act, err) ||
	    (goes_out(act) && !bulletin_approved(r->op, b, err)))
		return false;
	return act != BULLETIN_SCHEDULE ||
	       schedule_read(r->op, r->arena, time_asked(r), out, err);
}

static void add_odd(struct web_request *r, struct template_value *v, int64_t at,
		    const char *zone)
{
	struct template_value *list = template_set_list(v, "odd");
	const char *odd[ODD_HOUR_MOST];
	size_t count = odd_hour_tell(r->arena, at, zone, odd);

	for (size_t i = 0; i < count; i++)
		template_add(list, odd[i]);
	template_set_bool(v, "any_odd", count > 0);
}

static void add_moment(struct web_request *r, struct template_value *v,
		       const struct time_words *moment)
{
	add_odd(r, v, moment->at, moment->zone);
	template_set(v, "when", moment->words);
	template_set(v, "away", moment->away);
	template_set(v, "note", moment->note);
	template_set(v, "day", field(r, "day"));
	template_set(v, "time", field(r, "time"));
}

/* It begins at once, or when the grace is over. */
static void add_now(struct web_request *r, struct template_value *v)
{
	const struct settings *s = r->site->settings;
	char grace[NUMERAL_TEXT];

	add_odd(r, v, r->op->now, s->zone);
	if (!s->grace_s)
		return;
	numeral_duration(s->grace_s, grace);
	template_set(v, "grace", grace);
}

/* To how many, as approved by whom; of what has begun, how many have it and how many wait. */
static bool add_people(struct web_request *r, struct template_value *v,
		       const struct bulletin *b, struct err *err)
{
	struct store_table approvals;
	struct delivery_progress p;
	struct audience_tell a;

	if (!bulletin_approval(r->op, r->arena, b->id, &approvals, err))
		return false;
	if (approvals.count) {
		struct store_row row = table_row(&approvals, 0);

		template_set(v, "approved_by", row_text(&row, "staff"));
		template_set(v, "approved_at", staff_when(r, row_int(&row, "at")));
	}
	if (!b->started_at) {
		if (!bulletin_audience_tell(r->op, r->arena, b, &a, err))
			return false;
		staff_bulletin_audience(v, &a);
		return true;
	}
	if (!bulletin_progress(r->op, r->arena, b->list.name, b->number, &p, err))
		return false;
	staff_number(v, "has_it", p.sent);
	staff_number(v, "open", p.queued + p.deferred);
	return true;
}

static void ask(struct web_request *r, enum bulletin_act act)
{
	struct err err = {0};
	AUTO(store_txn) now = staff_seen_moment(r, &err);
	struct template_value *v;
	struct time_words moment;
	struct bulletin of, *b = &of;
	bool seen;

	if (!now) {
		staff_failed(r, &err);
		return;
	}
	if (!staff_bulletin_load(r, b))
		return;
	if (!may_be_asked(r, b, act, &moment, &err)) {
		staff_bulletin_refused(r, b, &err);
		return;
	}
	v = staff_values(r,
			 arena_printf(r->arena, "%s bulletin %lld", acts[act].asks,
				      (long long)b->number),
			 "bulletins");
	staff_bulletin_values(r, v, b);
	if (!add_people(r, v, b, &err) ||
	    !staff_seen_put(r, v, staff_seen_bulletin, &err)) {
		staff_failed(r, &err);
		return;
	}
	if (!bulletin_was_seen(r->op, b, &seen, &err)) {
		staff_failed(r, &err);
		return;
	}
	template_set_bool(v, "was_seen", seen);
	if (act == BULLETIN_SCHEDULE)
		add_moment(r, v, &moment);
	for (int i = 0; i < BULLETIN_ACTS; i++)
		template_set_bool(v, arena_printf(r->arena, "does_%s", acts[i].path),
				  i == (int)act);
	if (act == BULLETIN_SEND || act == BULLETIN_RESUME)
		add_now(r, v);
	template_set(v, "act", acts[act].path);
	template_set(v, "asks", acts[act].asks);
	template_set(v, "button", acts[act].button);
	staff_page(r, "web/staff/bulletin-sure.html", v);
}

static bool run(struct web_request *r, enum bulletin_act act, struct err *err)
{
	AUTO(store_txn) t = store_begin(r->op->store, err);
	struct bulletin now;
	int64_t number, due_at;

	if (!t || !str_to_int(web_arg(r, 1), 1, INT32_MAX, &number, err) ||
	    !bulletin_load(r->op, r->arena, web_arg(r, 0), number, &now, err) ||
	    !bulletin_allows(&now, act, err))
		return false;
	return (acts[act].run ? acts[act].run(r->op, now.list.name, number, err)
			      : bulletin_schedule(r->op, now.list.name, number,
						  time_asked(r), &due_at, err)) &&
	       store_commit(&t, err);
}

static void say_done(struct web_request *r, enum bulletin_act act,
		     const struct bulletin *b)
{
	char at[CLOCK_TEXT];
	struct bulletin now;
	struct err err = {0};

	if ((act == BULLETIN_SEND || act == BULLETIN_RESUME) &&
	    bulletin_by_id(r->op, r->arena, b->id, &now, &err) && !now.started_at) {
		clock_exact_time(now.due_at, r->site->settings->zone, at);
		staff_say(r, "It goes out at %s. Until then it can be stopped here.", at);
	} else {
		staff_say(r, "%s", acts[act].done);
	}
}

void staff_bulletin_sure(struct web_request *r)
{
	enum bulletin_act act = act_of(r);
	struct time_words moment = {0};
	struct bulletin b;
	struct err err = {0};

	if (!staff_is_sure(r)) {
		ask(r, act);
		return;
	}
	if (!staff_bulletin_load(r, &b))
		return;
	if ((act == BULLETIN_SCHEDULE &&
	     !schedule_read(r->op, r->arena, time_asked(r), &moment, &err)) ||
	    !run(r, act, &err)) {
		staff_bulletin_refused(r, &b, &err);
		return;
	}
	if (act == BULLETIN_SCHEDULE)
		staff_say(r, "It goes out on %s, %s from now.", moment.words,
			  moment.away);
	else
		say_done(r, act, &b);
	staff_back(r, "%s", staff_bulletin_path(r, b.list.name, b.number));
}
