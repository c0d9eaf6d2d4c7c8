#include "domain/queue/needs_tell.h"
#include "base/clock.h"
#include "base/str.h"
#include "domain/admin/account.h"
#include "domain/admin/notification.h"
#include "domain/core/language.h"
#include "domain/core/schedule.h"
#include "domain/queue/lost.h"
#include "domain/queue/needs.h"

#include <inttypes.h>

enum { AGAIN_S = HOUR_S, TROUBLE_AGAIN_S = DAY_S, WORKING_DAYS = 5, HOUR_AT = 11 };

/* One of the staff, with an operation that is bound as a page of theirs is. */
struct reader {
	struct operation *clock, as;
	struct arena *arena;
	struct account_telling telling;
	struct rights rights;
	struct needs needs;
};

static bool reader_of(struct operation *op, struct arena *arena, int64_t staff_id,
		      struct reader *out, struct err *err)
{
	*out = (struct reader){.clock = op, .as = *op, .arena = arena};
	out->as.staff_id = staff_id;
	out->as.rights = &out->rights;
	if (!account_telling(op, arena, staff_id, &out->telling, err) ||
	    !rights_load(op, arena, staff_id, &out->rights, err))
		return false;
	out->as.who = out->telling.name;
	return needs_load(&out->as, arena, &out->needs, err);
}

static bool is_reached(const struct reader *r)
{
	return !str_empty(r->telling.address) && !r->telling.is_shared;
}

static const char *url_of(const struct reader *r, const char *path)
{
	return arena_printf(r->arena, "%s%s", r->clock->settings->base_url, path);
}

/* As Home has it: of what comes back only the day is known. */
static const char *since(const struct reader *r, const struct need *n)
{
	const char *zone = r->clock->settings->zone;
	char day[CALENDAR_TEXT], local[CLOCK_TEXT];

	calendar_short(clock_calendar(n->since_at, zone), day);
	clock_local(n->since_at, zone, local);
	return n->kind == NEED_BOUNCE
		       ? arena_strdup(r->arena, day)
		       : arena_printf(r->arena, "%s, %s", day, local + HOUR_AT);
}

static struct mail_notification_need *written(const struct reader *r,
					      const struct needs *needs)
{
	struct mail_notification_need *out =
		arena_make(r->arena, struct mail_notification_need, needs->count + 1);

	for (size_t i = 0; i < needs->count; i++) {
		const struct need *n = &needs->items[i];

		out[i] = (struct mail_notification_need){
			.what = need_says(r->arena, n),
			.place = n->title,
			.since = since(r, n),
			.url = url_of(r, need_path(&r->as, r->arena, n)),
			.urgent = need_is_urgent(n->kind)};
	}
	return out;
}

enum telling { DAILY, AT_ONCE };

static bool write_to(const struct reader *r, enum telling telling, const char *once,
		     const struct needs *needs, struct err *err)
{
	struct operation *op = r->clock;
	struct notification letter = {
		.kind = NOTIFICATION_NEEDS,
		.once = once,
		.to_address = r->telling.address,
		.values = {.at_once = telling == AT_ONCE,
			   .needs = written(r, needs),
			   .need_count = needs->count,
			   .date_time = long_time(op, r->arena, NULL, op->now,
						  op->settings->zone),
			   .home_url = url_of(r, "/staff"),
			   .account_url = url_of(r, "/staff/account")},
	};

	if (!notification_from_us(op, r->arena, &letter, err))
		return false;
	/* An address that is none keeps nobody else from being told. */
	return notification_queue(op, &letter, NULL, err) || notification_unmade(err);
}

/* ---- once a day ---- */

static bool is_told_today(const struct reader *r)
{
	struct calendar_day day = clock_calendar(r->clock->now, r->clock->settings->zone);

	return !str_eq(r->telling.how, "never") && is_reached(r) &&
	       (r->telling.weekends || calendar_weekday(day) < WORKING_DAYS);
}

/* The day is decided, with its letter or without one. */
static bool decide(struct operation *op, int64_t staff_id, const char *day,
		   struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = store_begin(op->store, err);
	struct reader r;

	if (!t)
		return false;
	if (!reader_of(op, arena, staff_id, &r, err))
		return err_forgive(err, ERR_ABSENT); /* their account has just ended */
	if (str_eq(r.telling.day, day))
		return true;
	if (is_told_today(&r) && r.needs.count &&
	    !(write_to(&r, DAILY,
		       arena_printf(arena, "needs:%" PRId64 ":%s", staff_id, day),
		       &r.needs, err) &&
	      store_run(op->store, err, SQL_NEWS_ALL_TOLD, "ii", op->now, staff_id)))
		return false;
	return store_run(op->store, err, SQL_TELL_DAY_SET, "it", staff_id, day) &&
	       store_commit(&t, err);
}

static bool tell_daily(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(4096);
	int64_t hour_at = schedule_on_day(op->settings, op->settings->tell_time, op->now);
	char day[CLOCK_TEXT];
	struct store_table due;

	if (op->now < hour_at)
		return true;
	clock_day(op->now, op->settings->zone, day);
	if (!store_all(op->store, arena, &due, err, SQL_TELL_DUE, "ti", day, hour_at))
		return false;
	for (size_t i = 0; i < due.count; i++) {
		struct store_row row = table_row(&due, i);

		if (!decide(op, row_int(&row, "id"), day, err))
			return false;
		*out_did = true;
	}
	return true;
}

/* ---- at once ---- */

/* Double coding is given to somebody as responses are. */
static const char *news_kind(const struct need *n)
{
	return need_name(n->kind == NEED_SECOND ? NEED_MINE : n->kind);
}

/* Of what is news to them that which still waits for them. out_once: by what is news. */
static struct needs still_waiting(const struct reader *r, const struct store_table *news,
				  const char **out_once)
{
	struct needs found = {0};

	*out_once = arena_printf(r->arena, "needs-now:%" PRId64 ":%" PRId64,
				 r->as.staff_id, r->clock->now);
	found.items = arena_make(r->arena, struct need, r->needs.count + 1);
	for (size_t i = 0; i < news->count; i++) {
		struct store_row row = table_row(news, i);
		const char *kind = row_text(&row, "kind"),
			   *place = row_text(&row, "place");

		*out_once = arena_printf(r->arena, "%s:%s %s", *out_once, kind,
					 str_or(place, ""));
		for (size_t k = 0; place && k < r->needs.count; k++) {
			const struct need *n = &r->needs.items[k];

			if (str_eq(news_kind(n), kind) &&
			    str_eq(n->place ? n->place : n->what, place))
				found.items[found.count++] = *n;
		}
	}
	return found;
}

static bool tell_one(struct operation *op, int64_t staff_id, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 14);
	AUTO(store_txn) t = store_begin(op->store, err);
	const int64_t again = AGAIN_S, trouble_again = TROUBLE_AGAIN_S;
	struct store_table news;
	const char *once;
	struct needs waiting;
	struct reader r;

	if (!t)
		return false;
	if (!reader_of(op, arena, staff_id, &r, err))
		return err_forgive(err, ERR_ABSENT) &&
		       store_run(op->store, err, SQL_NEWS_FORGET, "i", staff_id) &&
		       store_commit(&t, err);
	if (!store_all(op->store, arena, &news, err, SQL_NEWS_OF, "iiii", op->now, again,
		       trouble_again, staff_id))
		return false;
	waiting = still_waiting(&r, &news, &once);
	if (is_reached(&r) && waiting.count &&
	    !write_to(&r, AT_ONCE, once, &waiting, err))
		return false;
	return store_run(op->store, err, SQL_NEWS_TOLD, "iiii", op->now, again,
			 trouble_again, staff_id) &&
	       store_commit(&t, err);
}

static bool tell_at_once(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(2048);
	struct store_table due;

	if (!lost_becomes_news(op, op->settings->trouble_after_s, err) ||
	    !store_all(op->store, arena, &due, err, SQL_NEWS_DUE, "iii", op->now,
		       (int64_t)AGAIN_S, (int64_t)TROUBLE_AGAIN_S))
		return false;
	for (size_t i = 0; i < due.count; i++) {
		struct store_row row = table_row(&due, i);

		if (!tell_one(op, row_int(&row, "staff_id"), err))
			return false;
		*out_did = true;
	}
	return true;
}

bool needs_tell(struct operation *op, bool *out_did, struct err *err)
{
	*out_did = false;
	return tell_daily(op, out_did, err) && tell_at_once(op, out_did, err);
}
