#include "acts/outgoing.h"
#include "acts/address.h"
#include "acts/bounce.h"
#include "base/clock.h"
#include "base/str.h"
#include "mail/compose.h"

#include <inttypes.h>

enum { KEPT_BULLETINS = 4, VARIANTS_MOST = 256, MAIL_MOST = 20 << 20, REPLY_MOST = 500 };

struct variant {
	uint64_t sections;
	struct compose_prepared *prepared;
};

/* A bulletin as it is sent: parsed and prepared once. */
struct running {
	int64_t id;
	struct arena *arena;
	struct acts_bulletin bulletin;
	struct variant *variants;
	size_t variant_count;
	struct arena *spare; /* of the last place, once all are taken */
	int64_t used;        /* turn, to know which to drop */
};

struct acts_outgoing {
	struct acts *acts;
	struct running running[KEPT_BULLETINS];
	struct arena *turn;  /* emptied at each claim */
	struct arena *names; /* of relays, kept for mails that are on their way */
	const char **relays;
	size_t relay_count;
	int64_t turns;
};

struct acts_outgoing *acts_outgoing_new(struct acts *acts)
{
	struct acts_outgoing *o = calloc(1, sizeof(*o));

	if (!o)
		PANIC("no memory");
	o->acts = acts;
	o->turn = arena_new(1 << 16);
	o->names = arena_new(512);
	return o;
}

static void forget(struct running *r)
{
	arena_free(&r->arena);
	arena_free(&r->spare);
	*r = (struct running){0};
}

/* A mail may be on its way long after its bulletin was put aside here. */
static const char *lasting(struct acts_outgoing *o, const char *relay)
{
	if (!relay)
		return NULL;
	for (size_t i = 0; i < o->relay_count; i++)
		if (str_eq(o->relays[i], relay))
			return o->relays[i];
	o->relays = arena_grow(o->names, o->relays, o->relay_count, sizeof(*o->relays));
	return o->relays[o->relay_count++] = arena_strdup(o->names, relay);
}

void acts_outgoing_free(struct acts_outgoing **outgoing)
{
	if (!outgoing || !*outgoing)
		return;
	for (size_t i = 0; i < KEPT_BULLETINS; i++)
		forget(&(*outgoing)->running[i]);
	arena_free(&(*outgoing)->turn);
	arena_free(&(*outgoing)->names);
	free(*outgoing);
	*outgoing = NULL;
}

static const struct {
	enum sql_id settle, defer, give_back, first_try, doubt;
} ledger[] = {
	[ACTS_LETTER] = {SQL_LETTER_SETTLE, SQL_LETTER_DEFER, SQL_LETTER_GIVE_BACK,
			 SQL_LETTER_FIRST_TRY, SQL_LETTER_DOUBT},
	[ACTS_DELIVERY] = {SQL_DELIVERY_SETTLE, SQL_DELIVERY_DEFER,
			   SQL_DELIVERY_GIVE_BACK, SQL_DELIVERY_FIRST_TRY,
			   SQL_DELIVERY_DOUBT},
};

static bool note_attempt(struct acts *a, enum acts_mail_kind kind, int64_t id,
			 const char *relay, const char *outcome, const char *reply,
			 struct err *err)
{
	return store_run(a->store, err, SQL_ATTEMPT_ADD, "zzittt",
			 kind == ACTS_DELIVERY ? id : (int64_t)0,
			 kind == ACTS_LETTER ? id : (int64_t)0, a->now, relay, outcome,
			 reply);
}

static bool to_doubt(struct acts *a, enum acts_mail_kind kind, int64_t id, int64_t due_at,
		     struct err *err)
{
	const char *state =
		a->settings->in_doubt == SETTINGS_DOUBT_HOLD ? "doubt" : "deferred";

	return store_run(a->store, err, ledger[kind].doubt, "iti", id, state, due_at);
}

static bool recover_kind(struct acts_outgoing *o, enum acts_mail_kind kind,
			 int64_t *found, struct err *err)
{
	struct acts *a = o->acts;
	struct store_table t;

	if (!store_all(a->store, o->turn, 0, &t, err,
		       kind == ACTS_LETTER ? SQL_LETTER_FOUND_OPEN
					   : SQL_DELIVERY_FOUND_OPEN,
		       ""))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (!note_attempt(a, kind, row_int(&row, "id"), NULL, "found",
				  "found under way with nobody sending it", err) ||
		    !to_doubt(a, kind, row_int(&row, "id"), a->now, err))
			return false;
		(*found)++;
	}
	return true;
}

bool acts_outgoing_recover(struct acts_outgoing *o, int64_t *out_found, struct err *err)
{
	AUTO(store_txn) t = store_begin(o->acts->store, err);

	*out_found = 0;
	arena_reset(o->turn);
	return t && recover_kind(o, ACTS_LETTER, out_found, err) &&
	       recover_kind(o, ACTS_DELIVERY, out_found, err) && store_commit(&t, err);
}

static void ready_mail(struct acts_mail *m, enum acts_mail_kind kind, int64_t id,
		       const char *sender, const char *recipient)
{
	m->kind = kind;
	m->id = id;
	m->relay = NULL;
	str_copy(m->sender, sizeof(m->sender), sender);
	str_copy(m->recipient, sizeof(m->recipient), recipient);
	buf_init(&m->bytes, MAIL_MOST);
}

static bool claim_letters(struct acts_outgoing *o, struct acts_mail *mails, size_t most,
			  size_t *count, struct err *err)
{
	struct store_table t;

	if (!store_all(o->acts->store, o->turn, 0, &t, err, SQL_LETTER_CLAIM, "ii",
		       o->acts->now, (int64_t)most))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);
		struct acts_mail *m = &mails[(*count)++];
		const void *bytes;
		size_t len;

		ready_mail(m, ACTS_LETTER, row_int(&row, "id"), row_text(&row, "sender"),
			   row_text(&row, "recipient"));
		m->relay = lasting(o, row_text(&row, "relay"));
		bytes = row_bytes(&row, "mail", &len);
		buf_add(&m->bytes, bytes, len);
	}
	return true;
}

/* What was approved is what goes out: otherwise it is held, and *out is NULL. */
static bool load(struct acts_outgoing *o, struct running *r, int64_t id,
		 struct running **out, struct err *err)
{
	struct err why = {0};
	struct arena *arena = arena_new(1 << 16);

	forget(r);
	*r = (struct running){.arena = arena};
	*out = r;
	if (acts_bulletin_by_id(o->acts, arena, id, &r->bulletin, &why) &&
	    acts_bulletin_approved(o->acts, &r->bulletin, &why)) {
		r->variants = arena_make(arena, struct variant, VARIANTS_MOST);
		r->id = id;
		return true;
	}
	*out = NULL;
	if (why.kind == ERR_INPUT || why.kind == ERR_CONFLICT)
		return acts_bulletin_hold(o->acts, id,
					  "its content is not what was approved", err);
	*err = why;
	return false;
}

static bool running_of(struct acts_outgoing *o, int64_t id, struct running **out,
		       struct err *err)
{
	struct running *r = &o->running[0];

	for (size_t i = 0; i < KEPT_BULLETINS; i++) {
		if (o->running[i].id == id) {
			*out = &o->running[i];
			return true;
		}
		if (o->running[i].used < r->used)
			r = &o->running[i];
	}
	return load(o, r, id, out, err);
}

static bool prepare(struct acts_outgoing *o, struct running *r, struct arena *a,
		    uint64_t sections, struct compose_prepared **out, struct err *err)
{
	const struct acts_list *l = &r->bulletin.list;
	struct bulletin_mail rendered;
	const char *leave = acts_address_with(a, l->address, "leave-" COMPOSE_TOKEN_MARK);
	const char *at = strrchr(l->address, '@');
	struct compose_mail mail = {
		.from_name = str_or(r->bulletin.source->from_name, l->from_name),
		.from_address = l->address,
		.reply_to = l->address,
		.date_at = r->bulletin.started_at,
		.list_id = arena_printf(a, "%s.%s", l->name, at + 1),
		.list_name = l->title,
		.list_help = arena_printf(a, "mailto:%s",
					  acts_address_with(a, l->address, "help")),
		.list_subscribe = arena_printf(a, "mailto:%s",
					       acts_address_with(a, l->address, "join")),
		.list_owner = arena_printf(a, "mailto:%s", l->owner),
		.list_archive = arena_printf(a, "%s/lists/%s",
					     o->acts->settings->base_url, l->name),
		.list_post_no = true,
		.list_unsubscribe_mailto = arena_printf(a, "mailto:%s", leave),
		.list_unsubscribe_https =
			arena_printf(a, "%s/leave/%s", o->acts->settings->base_url,
				     COMPOSE_TOKEN_MARK),
	};

	if (!acts_bulletin_render(o->acts, a, &r->bulletin, sections,
				  r->bulletin.started_at, false, &rendered, err))
		return false;
	mail.subject = rendered.subject;
	mail.text = rendered.text;
	mail.html = rendered.html;
	return compose_prepare(a, &mail, out, err);
}

static struct compose_prepared *variant_of(struct acts_outgoing *o, struct running *r,
					   uint64_t sections, struct err *err)
{
	struct variant *v = r->variants;
	struct arena *arena = r->arena;
	size_t i = 0;

	while (i < r->variant_count && v[i].sections != sections)
		i++;
	if (i < r->variant_count)
		return v[i].prepared;
	/* More sets of sections than are kept: the last place turns. */
	if (i == VARIANTS_MOST)
		i = VARIANTS_MOST - 1;
	if (i == VARIANTS_MOST - 1) {
		r->spare = r->spare ? r->spare : arena_new(1 << 16);
		arena_reset(r->spare);
		arena = r->spare;
		r->variant_count = i; /* not there until it is made */
	}
	if (!prepare(o, r, arena, sections, &v[i].prepared, err))
		return NULL;
	v[i].sections = sections;
	r->variant_count = i + 1;
	return v[i].prepared;
}

static bool fill(struct acts_outgoing *o, struct running *r, int64_t delivery_id,
		 int64_t subscription_id, const struct store_row *who,
		 struct acts_mail *m, struct err *err)
{
	const struct acts_list *l = &r->bulletin.list;
	bool all = row_int(who, "all_topics") == 1;
	uint64_t sections = bulletin_variant(
		r->bulletin.source,
		acts_bulletin_choice(&r->bulletin, row_int(who, "topics")), all);
	struct compose_prepared *p = variant_of(o, r, sections, err);
	const char *values[COMPOSE_SLOTS] = {0}, *at = strrchr(l->address, '@');
	char leave[SECRET_TOKEN_LEN + 1], bounce[SECRET_TOKEN_LEN + 1],
		message[SECRET_TOKEN_LEN + 1], sender[260];

	if (!p)
		return false;
	secret_token(o->acts->key, "leave", subscription_id, leave);
	secret_token(o->acts->key, "bounce", delivery_id, bounce);
	secret_token(o->acts->key, "message", delivery_id, message);
	(void)snprintf(sender, sizeof(sender), "%.*s+b-%s%s", (int)(at - l->address),
		       l->address, bounce, at);
	ready_mail(m, ACTS_DELIVERY, delivery_id, sender, row_text(who, "address"));
	m->relay = lasting(o, l->relay);
	if (!compose_address_header(o->turn, row_text(who, "name"),
				    row_text(who, "address"), &values[COMPOSE_TO], err))
		return false;
	values[COMPOSE_MESSAGE_ID] =
		arena_printf(o->turn, "u.%s@%s", message, o->acts->settings->own_domain);
	values[COMPOSE_TOKEN] = leave;
	return compose_fill(p, values, &m->bytes, err);
}

static bool claim_one(struct acts_outgoing *o, struct running *r,
		      const struct store_row *row, struct acts_mail *mails, size_t *count,
		      struct err *err)
{
	int64_t id = row_int(row, "id"), subscription = row_int(row, "subscription_id");
	struct acts *a = o->acts;
	struct store_row who;
	struct err why = {0};
	const char *skipped = NULL;

	if (!store_one(a->store, o->turn, &who, err, SQL_DELIVERY_RECIPIENT, "i",
		       subscription))
		return false;
	if (!str_eq(row_text(&who, "state"), "active"))
		skipped = "is not an active subscriber any more";
	else if (!bulletin_wanted(
			 r->bulletin.source,
			 acts_bulletin_choice(&r->bulletin, row_int(&who, "topics")),
			 row_int(&who, "all_topics") == 1))
		skipped = "has chosen topics that it has no section on";
	if (skipped)
		return store_run(a->store, err, SQL_DELIVERY_SETTLE, "ititt", id,
				 "skipped", a->now, (char *)NULL, skipped);
	if (fill(o, r, id, subscription, &who, &mails[*count], &why)) {
		(*count)++;
		return true;
	}
	buf_clear(&mails[*count].bytes);
	if (why.kind != ERR_INPUT) {
		*err = why;
		return false;
	}
	return store_run(a->store, err, SQL_DELIVERY_SETTLE, "ititt", id, "refused",
			 a->now, (char *)NULL, why.text);
}

static bool claim_bulletin(struct acts_outgoing *o, int64_t id, struct acts_mail *mails,
			   size_t most, size_t *count, struct err *err)
{
	struct store_table t;
	struct running *r;

	if (!running_of(o, id, &r, err))
		return false;
	if (!r)
		return true;
	r->used = o->turns;
	if (!store_all(o->acts->store, o->turn, 0, &t, err, SQL_DELIVERY_CLAIM, "iii", id,
		       o->acts->now, (int64_t)(most - *count)))
		return false;
	for (size_t i = 0; i < t.count; i++) {
		struct store_row row = table_row(&t, i);

		if (!claim_one(o, r, &row, mails, count, err))
			return false;
	}
	return true;
}

static bool claim_all(struct acts_outgoing *o, struct acts_mail *mails, size_t most,
		      size_t *count, struct err *err)
{
	struct store_table sending;

	if (!claim_letters(o, mails, most, count, err))
		return false;
	if (*count == most)
		return true;
	if (!store_all(o->acts->store, o->turn, 0, &sending, err, SQL_BULLETIN_SENDING,
		       ""))
		return false;
	for (size_t i = 0; *count < most && i < sending.count; i++) {
		struct store_row row = table_row(&sending, i);

		if (!claim_bulletin(o, row_int(&row, "id"), mails, most, count, err))
			return false;
	}
	return true;
}

bool acts_outgoing_claim(struct acts_outgoing *o, struct acts_mail *mails, size_t most,
			 size_t *out_count, struct err *err)
{
	size_t count = 0;

	arena_reset(o->turn);
	o->turns++;
	*out_count = 0;
	if (!most)
		return true;
	if (!claim_all(o, mails, most, &count, err)) {
		while (count)
			buf_clear(&mails[--count].bytes);
		return false;
	}
	*out_count = count;
	return true;
}

/* 1, 2, 4 ... times retry_first, never over retry_most. */
static int64_t back_off(const struct settings *s, int64_t attempts)
{
	int64_t wait = s->retry_first_s;

	for (int64_t i = 1; i < attempts && wait < s->retry_most_s; i++)
		wait *= 2;
	return wait < s->retry_most_s ? wait : s->retry_most_s;
}

static bool defer(struct acts_outgoing *o, enum acts_mail_kind kind, int64_t id,
		  const char *relay, const char *reply, struct err *err)
{
	struct acts *a = o->acts;
	struct store_row row;

	if (!store_one(a->store, o->turn, &row, err, ledger[kind].first_try, "i", id))
		return false;
	if (a->now - row_int(&row, "at") >= a->settings->retry_for_s)
		return store_run(
			a->store, err, ledger[kind].settle, "ititt", id, "refused",
			a->now, relay,
			arena_printf(o->turn, "given up after many tries: %s", reply));
	return note_attempt(a, kind, id, relay, "deferred", reply, err) &&
	       store_run(a->store, err, ledger[kind].defer, "iitt", id,
			 a->now + back_off(a->settings, row_int(&row, "attempts")), relay,
			 reply);
}

bool acts_outgoing_settle(struct acts_outgoing *o, enum acts_mail_kind kind, int64_t id,
			  enum acts_fate fate, const char *relay, const char *reply,
			  int64_t retry_at, struct err *err)
{
	struct acts *a = o->acts;
	char words[REPLY_MOST];

	str_copy(words, sizeof(words), str_or(reply, ""));
	switch (fate) {
	case ACTS_SENT:
	case ACTS_REFUSED:
		return store_run(a->store, err, ledger[kind].settle, "ititt", id,
				 fate == ACTS_SENT ? "sent" : "refused", a->now, relay,
				 words) &&
		       (fate == ACTS_SENT ||
			acts_bounce_words(a, kind == ACTS_LETTER, id, words, err));
	case ACTS_DEFERRED:
		return defer(o, kind, id, relay, words, err);
	case ACTS_UNSURE:
		return note_attempt(a, kind, id, relay, "unsure", words, err) &&
		       to_doubt(a, kind, id, a->now + a->settings->retry_first_s, err);
	case ACTS_UNTOUCHED:
		return store_run(a->store, err, ledger[kind].give_back, "ii", id,
				 retry_at);
	}
	PANIC("no such fate");
}

bool acts_outgoing_waiting(struct acts_outgoing *o, int64_t most, int64_t *out, struct err *err)
{
	struct store_row row;

	if (!store_one(o->acts->store, o->turn, &row, err, SQL_OUTGOING_WAITING, "ii",
		       o->acts->now, most))
		return false;
	*out = row_int(&row, "n");
	return true;
}

bool acts_outgoing_next_due(struct acts_outgoing *o, int64_t *out_at, struct err *err)
{
	static const enum sql_id asked[] = {SQL_LETTER_NEXT_DUE, SQL_DELIVERY_NEXT_DUE};

	*out_at = 0;
	for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
		struct store_row row;
		int64_t at;

		if (!store_one(o->acts->store, o->turn, &row, err, asked[i], ""))
			return false;
		at = row_int(&row, "due_at");
		if (at && (!*out_at || at < *out_at))
			*out_at = at;
	}
	return true;
}
