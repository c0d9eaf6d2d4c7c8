#include "domain/delivery/rate_limit_private.h"
#include "base/str.h"

enum {
	GROUPS_MOST = 4096,
	REST_MS = 10 * 60 * 1000,
	STEP_UP_AFTER = 20, /* mails that went well before one more connection */
	SLACK_MS = 2000,    /* times in the ledger are whole seconds */
	LOOKUP_MS = 1000,   /* until it is asked again who receives a domain's mail */
	GAP_MS = 100        /* between mails that wait for one of few connections */
};

static int64_t gap_of(int64_t per_minute)
{
	return per_minute > 0 ? 60000 / per_minute : 0;
}

struct rate_limit *rate_limit_new(const struct settings *settings)
{
	struct rate_limit *p = calloc(1, sizeof(*p));

	if (!p)
		PANIC("no memory");
	p->settings = settings;
	p->relay_count = settings->relay_count;
	p->relays = calloc(p->relay_count + 1, sizeof(*p->relays));
	if (!p->relays)
		PANIC("no memory");
	p->limits = settings->group_count > 0 || settings->domain_per_minute > 0;
	for (size_t i = 0; i < p->relay_count; i++) {
		p->any_by_mx =
			p->any_by_mx || settings->relays[i].group_by == SETTINGS_BY_MX;
		p->relays[i].settings = &settings->relays[i];
		p->relays[i].gap_ms = gap_of(settings->relays[i].per_minute);
		p->relays[i].works = true;
	}
	return p;
}

static void free_group(struct rate_limit_group *g)
{
	free(g->name);
	free(g);
}

void rate_limit_free(struct rate_limit **rate_limit)
{
	if (!rate_limit || !*rate_limit)
		return;
	for (size_t i = 0; i < RATE_LIMIT_BUCKETS; i++)
		while ((*rate_limit)->buckets[i]) {
			struct rate_limit_group *g = (*rate_limit)->buckets[i];

			(*rate_limit)->buckets[i] = g->next;
			free_group(g);
		}
	free((*rate_limit)->relays);
	free(*rate_limit);
	*rate_limit = NULL;
}

bool rate_limit_wants_mx(const struct rate_limit *rate_limit)
{
	return rate_limit->any_by_mx;
}

void rate_limit_lookups(struct rate_limit *rate_limit, struct mx *mx)
{
	rate_limit->mx = mx;
}

/* ---- groups ---- */

static bool has_domain(const struct settings_group *group, const char *domain)
{
	size_t len = strlen(domain);

	for (const char *at = group->domains; *at;) {
		size_t n = strcspn(at, ", ");

		if (n == len && strncasecmp(at, domain, n) == 0)
			return true;
		at += n;
		at += strspn(at, ", ");
	}
	return false;
}

static const struct settings_group *named_group(const struct rate_limit *p,
						const char *domain)
{
	for (size_t i = 0; i < p->settings->group_count; i++)
		if (has_domain(&p->settings->groups[i], domain))
			return &p->settings->groups[i];
	return NULL;
}

static size_t bucket_of(const char *name)
{
	uint32_t hash = 2166136261u;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)str_lower_char(*name)) * 16777619u;
	return hash % RATE_LIMIT_BUCKETS;
}

static bool is_idle(const struct rate_limit_group *g, int64_t now_ms)
{
	return !g->flying && !g->slowed && g->next_ms < now_ms && g->queue_ms < now_ms;
}

static void forget_idle(struct rate_limit *p, int64_t now_ms)
{
	for (size_t i = 0; i < RATE_LIMIT_BUCKETS; i++)
		for (struct rate_limit_group **at = &p->buckets[i]; *at;) {
			struct rate_limit_group *g = *at;

			if (!is_idle(g, now_ms)) {
				at = &g->next;
				continue;
			}
			*at = g->next;
			free_group(g);
			p->group_count--;
		}
}

/*
 * Whose limits an address comes under. False: its receiver is being looked up, and the
 * domain stands in for it.
 */
static bool name_group(struct rate_limit *p, const char *address, int64_t now_ms,
		       const struct settings_group **out_named, const char **out_name)
{
	const char *at = strrchr(address, '@'), *name = at ? at + 1 : address;
	const struct settings_group *named = named_group(p, name);
	enum mx_answer answer = MX_NONE;

	if (!named && p->mx) {
		answer = mx_receiver(p->mx, name, now_ms, &name);
		named = named_group(p, name);
	}
	*out_named = named;
	*out_name = named ? named->name : name;
	return answer != MX_ASKED;
}

static struct rate_limit_group *find_group(struct rate_limit *p,
					   const struct settings_group *named,
					   const char *name, bool make, int64_t now_ms)
{
	size_t bucket = bucket_of(name);
	struct rate_limit_group *g = p->buckets[bucket];

	while (g && (g->settings != named || !str_ieq(g->name, name)))
		g = g->next;
	if (g || !make)
		return g;
	if (p->group_count >= GROUPS_MOST)
		forget_idle(p, now_ms);
	g = calloc(1, sizeof(*g));
	if (!g || !(g->name = strdup(name)))
		PANIC("no memory");
	g->settings = named;
	g->gap_ms = gap_of(named ? named->per_minute : p->settings->domain_per_minute);
	g->most = named ? (size_t)named->connections : 0;
	g->next = p->buckets[bucket];
	p->buckets[bucket] = g;
	p->group_count++;
	return g;
}

/* A time of its own for one more that waits for this group. */
static int64_t in_queue(struct rate_limit_group *g, int64_t from_ms, int64_t gap_ms)
{
	if (g->queue_ms < from_ms)
		g->queue_ms = from_ms;
	g->queue_ms += gap_ms;
	return g->queue_ms;
}

static bool group_allows(struct rate_limit_group *g, int64_t now_ms, bool letter,
			 int64_t *out_at_ms)
{
	int64_t gap_ms =
		g->gap_ms > GAP_MS || !g->most ? g->gap_ms : GAP_MS / (int64_t)g->most;

	if (g->rest_ms > now_ms) {
		*out_at_ms = letter ? g->rest_ms : in_queue(g, g->rest_ms, gap_ms);
		return false;
	}
	if (g->most && g->flying >= g->most) {
		*out_at_ms = letter ? now_ms + 1000 : in_queue(g, now_ms + 1000, gap_ms);
		return false;
	}
	if (!letter && g->gap_ms && g->next_ms > now_ms + SLACK_MS) {
		*out_at_ms = in_queue(g, g->next_ms, g->gap_ms);
		return false;
	}
	return true;
}

/* ---- relays ---- */

void rate_limit_room(struct rate_limit *p, size_t relay, size_t room,
		     enum relay_health health)
{
	p->relays[relay].room = room;
	p->relays[relay].works = health == RELAY_WORKS;
}

static bool has_room(const struct rate_limit_relay *r, int64_t now_ms, bool letter)
{
	return r->room && r->rest_ms <= now_ms &&
	       (letter || !r->gap_ms || r->next_ms <= now_ms + SLACK_MS / 2);
}

/* Who stands by is asked when none of the others works. */
static bool others_work(const struct rate_limit *p)
{
	for (size_t i = 0; i < p->relay_count; i++)
		if (p->relays[i].settings->weight > 0 && p->relays[i].works)
			return true;
	return false;
}

size_t rate_limit_all_room(const struct rate_limit *p, int64_t now_ms)
{
	bool spare = !others_work(p);
	size_t room = 0;

	for (size_t i = 0; i < p->relay_count; i++)
		if (has_room(&p->relays[i], now_ms, false) &&
		    (spare || p->relays[i].settings->weight > 0))
			room += p->relays[i].room;
	return room;
}

static struct rate_limit_relay *pick(struct rate_limit *p, int64_t now_ms,
				     const char *only, bool letter)
{
	bool spare = only || !others_work(p);
	struct rate_limit_relay *best = NULL;
	int64_t all = 0;

	for (size_t i = 0; i < p->relay_count; i++) {
		struct rate_limit_relay *r = &p->relays[i];
		int64_t weight = r->settings->weight;

		if (!has_room(r, now_ms, letter) ||
		    (only && !str_eq(only, r->settings->name)) || (!weight && !spare))
			continue;
		r->turn += weight ? weight : 1;
		all += weight ? weight : 1;
		if (!best || r->turn > best->turn)
			best = r;
	}
	if (best)
		best->turn -= all;
	return best;
}

static void advance(int64_t *next_ms, int64_t gap_ms, int64_t now_ms)
{
	if (*next_ms < now_ms)
		*next_ms = now_ms;
	*next_ms += gap_ms;
}

enum rate_limit_answer rate_limit_ask(struct rate_limit *p, int64_t now_ms,
				      const struct rate_limit_request *request,
				      struct rate_limit_ticket *out, int64_t *out_at_ms)
{
	bool letter = request->what == RATE_LIMIT_NOTIFICATION;
	const struct settings_group *named;
	struct rate_limit_group *g = NULL;
	struct rate_limit_relay *r;
	const char *name;

	/* Without a limit it is only asked, for the time when a receiver wants less. */
	if ((p->limits || p->slowed || p->mx) &&
	    !name_group(p, request->address, now_ms, &named, &name) && !letter &&
	    (p->limits || p->slowed)) {
		*out_at_ms = now_ms + LOOKUP_MS;
		return RATE_LIMIT_LATER;
	}
	if (p->limits || p->slowed)
		g = find_group(p, named, name, p->limits, now_ms);
	if (g && !group_allows(g, now_ms, letter, out_at_ms))
		return RATE_LIMIT_LATER;
	r = pick(p, now_ms, request->only, letter);
	if (!r)
		return RATE_LIMIT_NO_ROOM;
	r->room--;
	r->flying++;
	advance(&r->next_ms, r->gap_ms, now_ms);
	if (g) {
		g->flying++;
		advance(&g->next_ms, g->gap_ms, now_ms);
	}
	out->relay = (size_t)(r - p->relays);
	out->group = g;
	return RATE_LIMIT_GO;
}

bool rate_limit_says_slower(const struct smtp_answer *answer)
{
	static const char *const statuses[] = {"4.7.28", "4.7.500", "4.7.650", "4.7.651",
					       "4.7.652"};
	static const char *const words[] = {
		"rate limit",        "rate-limit",           "unusual rate", "throttl",
		"too many messages", "too many connections", "[TSS0"};

	if (answer->code / 100 != 4)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
		if (str_eq(answer->status, statuses[i]))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (answer->text && str_ifind(answer->text, words[i]))
			return true;
	return false;
}

static void slow_group(struct rate_limit *p, struct rate_limit_group *g, int64_t now_ms,
		       const char *text)
{
	if (!g->slowed)
		p->slowed++;
	g->slowed = true;
	g->most = 1;
	g->well = 0;
	g->rest_ms = now_ms + REST_MS;
	str_copy(g->said, sizeof(g->said), str_or(text, ""));
}

static void slow_relay(struct rate_limit_relay *r, int64_t now_ms,
		       const struct smtp_answer *answer)
{
	r->most = 1;
	r->well = 0;
	r->rest_ms = now_ms + REST_MS;
	smtp_answer_words(answer, r->said, sizeof(r->said));
}

/* One more connection after a while of success; in the end the usual limit. */
static void step_up_group(struct rate_limit *p, struct rate_limit_group *g)
{
	size_t usual = g->settings ? (size_t)g->settings->connections : 0;

	if (!g->slowed || ++g->well < STEP_UP_AFTER * g->most)
		return;
	g->well = 0;
	g->most++;
	if (g->most < (usual ? usual : (size_t)p->relays[0].settings->connections))
		return;
	g->most = usual;
	g->slowed = false;
	p->slowed--;
}

static void step_up_relay(struct rate_limit_relay *r)
{
	if (!r->most || ++r->well < STEP_UP_AFTER * r->most)
		return;
	r->well = 0;
	if (++r->most >= (size_t)r->settings->connections)
		r->most = 0;
}

void rate_limit_done(struct rate_limit *p, int64_t now_ms,
		     struct rate_limit_ticket *ticket, const struct smtp_outcome *o)
{
	struct rate_limit_relay *r = &p->relays[ticket->relay];
	struct rate_limit_group *g = ticket->group;

	r->flying--;
	if (g)
		g->flying--;
	ticket->group = NULL;
	if (o && o->relay_trouble && rate_limit_says_slower(&o->answer))
		slow_relay(r, now_ms, &o->answer);
	if (!o || o->verdict != SMTP_SENT)
		return;
	if (g)
		step_up_group(p, g);
	step_up_relay(r);
}

void rate_limit_slow(struct rate_limit *p, int64_t now_ms, const char *address,
		     const char *text)
{
	const struct settings_group *named;
	const char *name;

	(void)name_group(p, address, now_ms, &named, &name);
	slow_group(p, find_group(p, named, name, true, now_ms), now_ms, text);
}

size_t rate_limit_connections(const struct rate_limit *p, size_t relay, int64_t now_ms)
{
	const struct rate_limit_relay *r = &p->relays[relay];

	if (r->rest_ms > now_ms)
		return 0;
	return r->most ? r->most : (size_t)r->settings->connections;
}
