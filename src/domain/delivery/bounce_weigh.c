/* What came back, against what is known: whose it was, what it counts, what it does. */
#include "domain/core/audit.h"
#include "domain/delivery/bounce_private.h"
#include "domain/subscribers/subscription.h"
#include "base/clock.h"
#include "base/numeral.h"
#include "base/str.h"
#include "mail/write/recipient.h"

#include <inttypes.h>

enum { DIAGNOSTIC_MOST = 1000 };

bool bounce_owner_read(struct bounce_visit *v, enum sql_id question, int64_t id,
		       struct err *err)
{
	struct store_row row;

	if (!store_one(v->op->store, v->arena, &row, err, question, "i", id)) {
		/* A restored store may not know yet what it had sent. */
		v->own = (struct bounce_owner){0};
		return err_forgive(err, ERR_ABSENT);
	}
	v->own.subscription_id = row_int(&row, "subscription_id");
	v->own.state = row_text(&row, "state");
	v->own.address = row_text(&row, "address");
	v->own.active_since = row_int(&row, "active_since");
	v->own.probe_state = row_text(&row, "probe_state");
	v->own.sent_at =
		row_null(&row, "sent_at") ? v->op->now : row_int(&row, "sent_at");
	return true;
}

/* A tag is keyed and bound to what it is for: of an update's mail, or of a probe. */
bool bounce_owner_by_tag(struct bounce_visit *v, const char *token, struct err *err)
{
	char *tag = arena_strdup(v->arena, token);
	int64_t id;

	v->own = (struct bounce_owner){0};
	if (!tag)
		return true;
	str_lower(tag);
	if (secret_token_read(v->op->key, "bounce", tag, &id)) {
		v->own.delivery_id = id;
		return bounce_owner_read(v, SQL_BOUNCED_DELIVERY, id, err);
	}
	if (secret_token_read(v->op->key, "probe", tag, &id)) {
		v->own.probe_id = id;
		return bounce_owner_read(v, SQL_BOUNCED_PROBE, id, err);
	}
	return true;
}

static bool is_on_list(const char *state)
{
	return str_eq(state, "active") || str_eq(state, "paused");
}

/* Action decides; where it says nothing, what the codes and words come to. */
static bool has_failed(const struct mail_failed_recipient *f)
{
	if (!str_empty(f->action))
		return str_ieq(f->action, "failed");
	return f->verdict == MAIL_PERMANENT;
}

static bool address_is_gone(const struct mail_failed_recipient *f)
{
	if (f->status && f->status[0] && str_starts(f->status + 1, ".7."))
		return false; /* content or login, whatever the words are */
	return mail_reason_gone(f->reason);
}

/* A server may rename the domain; another name before the @ is another mailbox. */
static bool is_about(struct arena *arena, const struct mail_failed_recipient *f,
		     const char *ours)
{
	const char *about = str_or(f->address, f->original);
	const char *at = about ? strrchr(about, '@') : NULL;
	const char *our_at = strrchr(ours, '@');

	if (!at || !our_at || mail_address_same(about, ours))
		return true;
	return str_ieq(arena_strndup(arena, about, (size_t)(at - about)),
		       arena_strndup(arena, ours, (size_t)(our_at - ours)));
}

static bool score_write(struct bounce_visit *v, int64_t look_at, struct err *err)
{
	const struct bounce_score *s = &v->score;

	return store_run(v->op->store, err, SQL_BOUNCE_SCORE_SET, "iittii",
			 v->own.subscription_id, s->points, s->day, s->first_day,
			 s->since, look_at);
}

/* As it stands now: joining again and mails that got through wipe points out. */
static bool score_read(struct bounce_visit *v, struct err *err)
{
	struct operation *a = v->op;
	struct store_row row;

	v->score = (struct bounce_score){.day = "", .since = v->own.active_since};
	if (!bounce_forget(a, v->own.subscription_id, err))
		return false;
	if (!store_one(a->store, v->arena, &row, err, SQL_BOUNCE_SCORE_OF, "i",
		       v->own.subscription_id))
		return err_forgive(err, ERR_ABSENT);
	if (row_int(&row, "since") < v->own.active_since)
		return true;
	v->score = (struct bounce_score){
		.points = row_int(&row, "points"),
		.since = row_int(&row, "since"),
		.day = row_text(&row, "day"),
		.first_day = row_text(&row, "first_day"),
	};
	return true;
}

static bool has_counted(struct bounce_visit *v, bool *out, struct err *err)
{
	struct store_row row;

	*out = store_one(v->op->store, v->arena, &row, err, SQL_BOUNCE_COUNTED, "zz",
			 v->own.delivery_id, v->own.probe_id);
	return *out || err_forgive(err, ERR_ABSENT);
}

static bool probe_is_under_way(struct bounce_visit *v, bool *out, struct err *err)
{
	struct store_row row;

	*out = store_one(v->op->store, v->arena, &row, err, SQL_PROBE_UNDER_WAY, "i",
			 v->own.subscription_id);
	return *out || err_forgive(err, ERR_ABSENT);
}

/* The address of a subscriber is said to be gone: does that count? */
static bool weigh_point(struct bounce_visit *v, enum bounce_effect *effect,
			struct err *err)
{
	bool waiting, counted;
	char today[CLOCK_TEXT];

	if (!probe_is_under_way(v, &waiting, err) || !score_read(v, err) ||
	    !has_counted(v, &counted, err))
		return false;
	clock_day(v->op->now, v->op->settings->zone, today);
	if (waiting)
		*effect = BOUNCE_WAITING;
	else if (v->own.sent_at < v->score.since)
		*effect = BOUNCE_OLD;
	else if (counted)
		*effect = BOUNCE_AGAIN;
	else if (str_eq(v->score.day, today))
		*effect = BOUNCE_SAME_DAY;
	else
		*effect = BOUNCE_POINT;
	return true;
}

static bool weigh(struct bounce_visit *v, const struct mail_failed_recipient *f,
		  enum bounce_effect *effect, struct err *err)
{
	const struct bounce_owner *o = &v->own;
	bool is_open = str_eq(o->probe_state, "open");

	if (!o->subscription_id)
		*effect = BOUNCE_FOREIGN;
	else if (v->is_notice || !has_failed(f))
		*effect = BOUNCE_NOTICE;
	else if (!is_on_list(o->state))
		*effect = BOUNCE_MOOT;
	else if (!address_is_gone(f))
		*effect = is_open ? BOUNCE_UNCLEAR : BOUNCE_KEPT;
	else if (!is_about(v->arena, f, o->address))
		*effect = is_open ? BOUNCE_UNCLEAR : BOUNCE_ELSEWHERE;
	else if (is_open)
		*effect = BOUNCE_DEAD;
	else
		return weigh_point(v, effect, err);
	return true;
}

static bool give_point(struct bounce_visit *v, struct err *err)
{
	struct operation *a = v->op;
	struct bounce_score *s = &v->score;
	char *today = arena_alloc(v->arena, CLOCK_TEXT);

	clock_day(a->now, a->settings->zone, today);
	s->points++;
	s->day = today;
	if (s->points == 1)
		s->first_day = today;
	v->has_points = true;
	if (!score_write(v, a->now + a->settings->bounce_forget_s, err))
		return false;
	if (s->points >= a->settings->bounce_points &&
	    !store_run(a->store, err, SQL_PROBE_ADD, "ii", v->own.subscription_id,
		       a->now))
		return false;
	return audit_record(a, err, "bounce counted", "subscription",
			    v->own.subscription_id, "point %" PRId64 " of %" PRId64,
			    s->points, a->settings->bounce_points);
}

/* One point short, so that the next bounce asks again: nothing was decided. */
static bool leave_unclear(struct bounce_visit *v, struct err *err)
{
	struct operation *a = v->op;

	return store_run(a->store, err, SQL_PROBE_END, "iti", v->own.probe_id, "unclear",
			 a->now) &&
	       store_run(a->store, err, SQL_BOUNCE_SCORE_CLEAR, "iiit",
			 v->own.subscription_id, a->settings->bounce_points - 1,
			 (int64_t)0, (char *)NULL) &&
	       audit_record(
		       a, err, "probe unclear", "subscription", v->own.subscription_id,
		       "probe %" PRId64 " came back for another reason", v->own.probe_id);
}

/* Off the list, with the evidence and whatever was still to be sent. */
bool bounce_take_off(struct bounce_visit *v, const char *state, const char *how,
		     const char *basis, enum skip skip, struct err *err)
{
	struct operation *a = v->op;
	int64_t id = v->own.subscription_id;

	return subscription_state(a, id, state, SUBSCRIPTION_STARTED_BEFORE, err) &&
	       subscription_evidence(a, id,
				     &(struct evidence){.act = state,
							.how = how,
							.inbound_id = v->inbound_id,
							.basis = basis},
				     err) &&
	       subscription_void_questions(a, id, err) &&
	       store_run(a->store, err, SQL_DELIVERY_SKIP_SUBSCRIPTION, "iit", id, a->now,
			 skip_name(skip)) &&
	       audit_record(a, err, state, "subscription", id, "by %s", how);
}

static bool stop(struct bounce_visit *v, const struct mail_failed_recipient *f,
		 struct err *err)
{
	struct operation *a = v->op;
	const char *basis;

	if (!score_read(v, err))
		return false;
	basis = arena_printf(v->arena,
			     "mails came back on %" PRId64
			     " day%s from %s to %s, and then the probe: %s%s%s%s",
			     v->score.points, plural(v->score.points, "", "s"),
			     str_or(v->score.first_day, "?"), str_or(v->score.day, "?"),
			     mail_reason_name(f->reason), f->status ? " (" : "",
			     str_or(f->status, ""), f->status ? ")" : "");
	return store_run(a->store, err, SQL_PROBE_END, "iti", v->own.probe_id, "dead",
			 a->now) &&
	       store_run(a->store, err, SQL_BOUNCE_SCORE_CLEAR, "iiit",
			 v->own.subscription_id, (int64_t)0, a->now, (char *)NULL) &&
	       bounce_take_off(v, "bouncing", "bounce", basis, SKIP_STOPPED, err);
}

/* A server may say a great deal. */
static const char *shortened(struct arena *arena, const char *text)
{
	char *to;

	if (!text || strlen(text) < DIAGNOSTIC_MOST)
		return text;
	to = arena_alloc(arena, DIAGNOSTIC_MOST);
	str_copy(to, DIAGNOSTIC_MOST, text);
	return to;
}

bool bounce_keep(struct bounce_visit *v, const struct mail_failed_recipient *f,
		 enum bounce_effect effect, struct err *err)
{
	bool known = v->own.subscription_id != 0;
	/* A report names none; whatever failed has one, be it that none is known. */
	const char *reason =
		str_eq(v->source, "report") ? NULL : mail_reason_name(f->reason);

	return store_run(v->op->store, err, SQL_BOUNCE_ADD, "itzzzztttttttz", v->op->now,
			 v->source, v->inbound_id,
			 known ? v->own.delivery_id : (int64_t)0,
			 known ? v->own.probe_id : (int64_t)0, v->own.subscription_id,
			 shortened(v->arena, str_or(f->address, f->original)), f->action,
			 f->status, mail_verdict_name(f->verdict), reason,
			 shortened(v->arena, f->diagnostic), bounce_effect_name(effect),
			 v->has_points ? v->score.points : (int64_t)0);
}

bool bounce_take_one(struct bounce_visit *v, const struct mail_failed_recipient *f,
		     enum bounce_effect *effect, struct err *err)
{
	v->has_points = false;
	if (!weigh(v, f, effect, err))
		return false;
	if (*effect == BOUNCE_POINT && !give_point(v, err))
		return false;
	if (*effect == BOUNCE_UNCLEAR && !leave_unclear(v, err))
		return false;
	if (*effect == BOUNCE_DEAD && !stop(v, f, err))
		return false;
	return bounce_keep(v, f, *effect, err);
}
