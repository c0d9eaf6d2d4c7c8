#include "domain/bulletins/bulletin_audience.h"
#include "base/str.h"

struct count {
	const struct bulletin *bulletin;
	struct audience wanted;
	struct audience_tell *out;
	struct arena *arena;
	int64_t other_topics;
};

/* One combination of choices and how many have it: there are a few hundred at most. */
static void add_choice(struct count *c, bool all, int64_t topics, int64_t n)
{
	struct audience_tell *out = c->out;
	bool gets = c->wanted.everyone || all || (topics & c->wanted.topics);

	if (gets)
		out->count += n;
	else
		c->other_topics += n;
	if (gets && all)
		out->all_topics += n;
	for (size_t i = 0; i < out->topic_count; i++) {
		bool chosen = !all && (topics & (int64_t)1 << i);

		out->topics[i].chosen += chosen ? n : 0;
		if (out->topics[i].sections && (chosen || all))
			out->topics[i].get += n;
	}
}

static void add_reason(struct count *c, const char *state, const char *words, int64_t n)
{
	struct audience_tell *out = c->out;
	size_t at = out->reason_count;

	if (!n)
		return;
	out->reasons = arena_grow(c->arena, out->reasons, at, sizeof(*out->reasons));
	for (; at && out->reasons[at - 1].count < n; at--)
		out->reasons[at] = out->reasons[at - 1];
	out->reasons[at] = (struct audience_reason){state, words, n};
	out->reason_count++;
}

static const char *why_state(const char *state)
{
	static const char *const words[][2] = {
		{"requested", "have asked to join; the staff have not decided"},
		{"refused", "asked to join and were refused"},
		{"pending", "have not confirmed that they want it"},
		{"paused", "have paused it"},
		{"unsubscribed", "have left the list"},
		{"bouncing", "were stopped, because their mail came back"},
		{"suppressed", "may not be written to at all"},
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_eq(words[i][0], state))
			return words[i][1];
	return state;
}

/* The sections of this update on a topic of the list. */
static size_t sections_on(const struct bulletin *b, size_t topic)
{
	uint64_t choice = bulletin_choice(b, (int64_t)1 << topic);
	size_t n = 0;

	for (size_t i = 0; i < b->source->section_count; i++)
		n += (b->source->sections[i].topics & choice) != 0;
	return n;
}

/* To the nearest whole one: 7 fewer of 37 are -19. */
static int per_cent(int64_t n, int64_t of)
{
	return (int)((200 * n + (n < 0 ? -of : of)) / (2 * of));
}

/* Takes out who is no part of the approval, when one of exactly this text is in force. */
static bool bind_to_approval(struct operation *op, struct count *c, struct err *err)
{
	struct audience_tell *out = c->out;
	const struct bulletin *b = c->bulletin;
	int64_t other_topics = c->other_topics;
	struct store_table joined;
	struct store_row approval;

	out->approved_count = -1;
	out->now_count = out->goes_to = out->count;
	if (!store_one(op->store, c->arena, &approval, err, SQL_APPROVAL_IN_FORCE, "i",
		       b->id))
		return err_forgive(err, ERR_ABSENT);
	if (!str_eq(row_text(&approval, "content_hash"), b->source->hash))
		return true;
	if (!store_all(op->store, c->arena, &joined, err, SQL_AUDIENCE_JOINED_BY_CHOICE,
		       "iii", b->list.id, row_int(&approval, "last_subscription"),
		       row_int(&approval, "at")))
		return false;
	for (size_t i = 0; i < joined.count; i++) {
		struct store_row row = table_row(&joined, i);

		add_choice(c, row_int(&row, "all_topics") == 1, row_int(&row, "topics"),
			   -row_int(&row, "n"));
	}
	c->other_topics = other_topics;
	out->goes_to = out->count;
	out->joined = out->now_count - out->goes_to;
	out->count = out->approved_count = row_int(&approval, "audience");
	return true;
}

static bool tell_last(struct operation *op, struct count *c, struct err *err)
{
	struct audience_tell *out = c->out;
	struct store_row row;

	if (!store_one(op->store, c->arena, &row, err, SQL_BULLETIN_WENT_BEFORE, "ii",
		       c->bulletin->list.id, c->bulletin->number))
		return err_forgive(err, ERR_ABSENT);
	out->last_number = row_int(&row, "number");
	out->last_count = row_int(&row, "filled_rows");
	if (out->last_count)
		out->percent = per_cent(out->count - out->last_count, out->last_count);
	return true;
}

bool bulletin_audience_tell(struct operation *op, struct arena *arena,
			    const struct bulletin *b, struct audience_tell *out,
			    struct err *err)
{
	struct audience_tell tell = {.topic_count = b->list.topic_count};
	struct count c = {.bulletin = b,
			  .wanted = bulletin_wanted_by(b),
			  .out = &tell,
			  .arena = arena};
	struct store_table choices, states;

	tell.topics = arena_make(arena, struct audience_topic, tell.topic_count + 1);
	for (size_t i = 0; i < tell.topic_count; i++) {
		tell.topics[i].name = b->list.topics[i].title;
		tell.topics[i].is_offered = b->list.topics[i].is_offered;
		tell.topics[i].sections = sections_on(b, i);
	}
	if (!store_all(op->store, arena, &choices, err, SQL_AUDIENCE_BY_CHOICE, "i",
		       b->list.id) ||
	    !store_all(op->store, arena, &states, err, SQL_AUDIENCE_BY_STATE, "i",
		       b->list.id))
		return false;
	for (size_t i = 0; i < choices.count; i++) {
		struct store_row row = table_row(&choices, i);

		add_choice(&c, row_int(&row, "all_topics") == 1, row_int(&row, "topics"),
			   row_int(&row, "n"));
	}
	if (!bind_to_approval(op, &c, err))
		return false;
	add_reason(&c, "topics", "have chosen topics that it has no section on",
		   c.other_topics);
	for (size_t i = 0; i < states.count; i++) {
		struct store_row row = table_row(&states, i);
		const char *state = row_text(&row, "state");

		add_reason(&c, state, why_state(state), row_int(&row, "n"));
	}
	if (!tell_last(op, &c, err))
		return false;
	*out = tell;
	return true;
}

bool bulletin_audience_check(struct operation *op, struct err *err)
{
	AUTO(arena) arena = arena_new(512);
	struct store_row row;

	if (!store_one(op->store, arena, &row, err, SQL_AUDIENCE_ASTRAY, ""))
		return false;
	return row_int(&row, "n") == 0 ||
	       err_set(err, ERR_CONFLICT,
		       "the tally of subscriptions is not what the subscriptions say; "
		       "this is a bug in mercat: please report it");
}
