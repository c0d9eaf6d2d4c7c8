#include "domain/bulletins/digest.h"
#include "base/clock.h"
#include "base/str.h"
#include "domain/bulletins/bulletin.h"
#include "domain/core/plus_address.h"
#include "domain/core/language.h"
#include "domain/core/schedule.h"
#include "domain/core/skip.h"
#include "domain/subscribers/subscription.h"

#include <inttypes.h>

enum { SOME = 100 };

/* The updates of one round, each read once. */
struct reading {
	struct operation *op;
	struct arena *arena;
	struct bulletin *bulletins;
	size_t count;
};

static struct bulletin *read_bulletin(struct reading *r, int64_t id, struct err *err)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->bulletins[i].id == id)
			return &r->bulletins[i];
	r->bulletins =
		arena_grow(r->arena, r->bulletins, r->count, sizeof(*r->bulletins));
	if (!bulletin_by_id(r->op, r->arena, id, &r->bulletins[r->count], err))
		return NULL;
	return &r->bulletins[r->count++];
}

struct reader {
	int64_t subscription_id, choice_mask;
	bool all_topics;
	const char *frequency;
	struct list list;
	struct subscription member;
};

struct contents {
	struct mail_notification_update *updates;
	int64_t *rows;
	size_t count;
};

static void add_update(struct reading *r, const struct reader *who, struct contents *c,
		       const struct bulletin *b, int64_t row, uint64_t sections)
{
	struct settings const *s = r->op->settings;
	const struct bulletin_source *source = b->source;
	struct mail_notification_update *u;

	c->updates = arena_grow(r->arena, c->updates, c->count, sizeof(*c->updates));
	c->rows = arena_grow(r->arena, c->rows, c->count, sizeof(*c->rows));
	c->rows[c->count] = row;
	u = &c->updates[c->count++];
	u->number = b->number;
	u->title = b->title;
	u->date =
		long_date(r->op, r->arena, who->member.language, b->started_at, s->zone);
	u->url = list_url(r->op, r->arena, &b->list,
			  arena_printf(r->arena, "/%" PRId64, b->number));
	u->sections = arena_make(r->arena, const char *, source->section_count + 1);
	for (size_t i = 0; i < source->section_count; i++)
		if (sections & (uint64_t)1 << i)
			u->sections[u->section_count++] = source->sections[i].title;
}

/* One row of the ledger: into the letter, put off, or skipped. */
static bool look_at(struct reading *r, const struct reader *who,
		    const struct store_row *row, struct contents *c, struct err *err)
{
	struct operation *op = r->op;
	const char *state = row_text(row, "state");
	int64_t id = row_int(row, "id");
	struct bulletin *b;
	uint64_t choice;

	if (str_eq(state, "paused") || str_eq(state, "on hold"))
		return store_run(op->store, err, SQL_DIGEST_PUT_OFF, "ii", id,
				 digest_next(op->settings, "weekly", op->now));
	b = read_bulletin(r, row_int(row, "bulletin_id"), err);
	if (!b)
		return false;
	choice = bulletin_choice(b, who->choice_mask);
	if (!bulletin_wanted(b->source, who->all_topics ? BULLETIN_ALL : choice))
		return store_run(op->store, err, SQL_DELIVERY_SKIP, "iit", id, op->now,
				 skip_name(SKIP_TOPICS));
	add_update(r, who, c, b, id,
		   bulletin_variant(b->source, who->all_topics ? BULLETIN_ALL : choice));
	return true;
}

static bool send(struct reading *r, const struct reader *who, const struct contents *c,
		 struct err *err)
{
	struct operation *op = r->op;
	char token[SECRET_TOKEN_LEN + 1], bounce[SECRET_TOKEN_LEN + 1];
	int64_t notification_id, first = c->rows[0];
	struct notification letter;
	bool is_new;

	for (size_t i = 1; i < c->count; i++)
		first = c->rows[i] < first ? c->rows[i] : first;
	secret_token(op->key, "leave", who->subscription_id, token);
	secret_token(op->key, "bounce", first, bounce);
	letter = (struct notification){
		.kind = NOTIFICATION_DIGEST,
		.once = arena_printf(r->arena, "digest:%" PRId64 ":%" PRId64,
				     who->subscription_id, first),
		.to_address = who->member.address,
		.language = who->member.language,
		.from_address = who->list.address,
		.from_name = who->list.from_name,
		.reply_to = who->list.address,
		/* What comes back counts as it would for the first update in it. */
		.sender = address_with(r->arena, who->list.address,
				       arena_printf(r->arena, "b-%s", bounce)),
		.leave_token = token,
		.list = &who->list,
		.values = {.monthly = str_eq(who->frequency, "monthly"),
			   .updates = c->updates,
			   .update_count = c->count},
	};
	if (!notification_queue(op, &letter, &is_new, err))
		return false;
	notification_id = store_last_id(op->store);
	for (size_t i = 0; i < c->count; i++)
		if (!store_run(op->store, err, SQL_DIGEST_IN_NOTIFICATION, "iii",
			       c->rows[i], notification_id, op->now))
			return false;
	return true;
}

static bool reader_of(struct reading *r, int64_t subscription_id, struct reader *out,
		      int64_t *out_resumes_at, struct err *err)
{
	struct store_row row;

	*out = (struct reader){.subscription_id = subscription_id};
	if (!subscription_of(r->op, r->arena, subscription_id, &out->list, &out->member,
			     err) ||
	    !store_one(r->op->store, r->arena, &row, err, SQL_SUBSCRIPTION_BY_ID, "i",
		       subscription_id))
		return false;
	out->choice_mask = row_int(&row, "topics");
	out->all_topics = row_int(&row, "all_topics") == 1;
	out->frequency = row_text(&row, "frequency");
	*out_resumes_at = row_int(&row, "paused_until");
	return true;
}

static bool digest_of(struct reading *r, int64_t subscription_id, struct err *err)
{
	struct operation *op = r->op;
	struct contents c = {0};
	struct store_table rows;
	struct reader who;
	int64_t resumes_at;

	if (!reader_of(r, subscription_id, &who, &resumes_at, err))
		return false;
	if (str_eq(who.member.state, "paused")) {
		int64_t from = resumes_at > op->now ? resumes_at - 1 : op->now;
		const char *way = str_eq(who.frequency, "monthly") ? "monthly" : "weekly";

		return store_run(op->store, err, SQL_DIGEST_PUT_OFF_ALL, "iii",
				 subscription_id, op->now,
				 digest_next(op->settings, way, from));
	}
	if (!str_eq(who.member.state, "active"))
		return store_run(op->store, err, SQL_DELIVERY_SKIP_SUBSCRIPTION, "iit",
				 subscription_id, op->now, skip_name(SKIP_NOT_ACTIVE));
	if (!store_all(op->store, r->arena, &rows, err, SQL_DIGEST_ROWS, "ii",
		       subscription_id, op->now))
		return false;
	for (size_t i = 0; i < rows.count; i++) {
		struct store_row row = table_row(&rows, i);

		if (!look_at(r, &who, &row, &c, err))
			return false;
	}
	return !c.count || send(r, &who, &c, err);
}

bool digests_send(struct operation *op, bool *out_did, struct err *err)
{
	AUTO(arena) arena = arena_new(1 << 16);
	struct reading r = {.op = op, .arena = arena};
	AUTO(store_txn) t = NULL;
	struct store_table due;

	*out_did = false;
	if (!store_all(op->store, arena, &due, err, SQL_DIGEST_DUE, "ii", op->now,
		       (int64_t)SOME))
		return false;
	if (!due.count)
		return true;
	t = store_begin(op->store, err);
	/* Again, now that nobody else can write. */
	if (!t || !store_all(op->store, arena, &due, err, SQL_DIGEST_DUE, "ii", op->now,
			     (int64_t)SOME))
		return false;
	for (size_t i = 0; i < due.count; i++) {
		struct store_row row = table_row(&due, i);

		if (!digest_of(&r, row_int(&row, "subscription_id"), err))
			return false;
	}
	*out_did = due.count > 0;
	return store_commit(&t, err);
}
