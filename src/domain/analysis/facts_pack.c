/* Facts of a block of replies as bytes and back; see domain/analysis/facts_private.h. */
#include "domain/analysis/facts_private.h"
#include "base/str.h"

enum { FORM = 2, MORE = 0x80, BITS = 7, REASONS_MOST = RESPONSE_FACTS_BLOCK };

static void put(struct buf *out, uint64_t n)
{
	unsigned char bytes[10];
	size_t len = 0;

	for (; n >= MORE; n >>= BITS)
		bytes[len++] = (unsigned char)(n | MORE);
	bytes[len++] = (unsigned char)n;
	buf_add(out, bytes, len);
}

struct source {
	const unsigned char *at, *end;
	bool bad;
};

static uint64_t take(struct source *from)
{
	uint64_t n = 0;

	for (unsigned shift = 0; from->at < from->end && shift < 64; shift += BITS) {
		unsigned char c = *from->at++;

		n |= (uint64_t)(c & (MORE - 1)) << shift;
		if (c < MORE)
			return n;
	}
	from->bad = true;
	return 0;
}

/* A time before 1970 has no small number: all are turned round their sign. */
static uint64_t fold(int64_t n)
{
	return ((uint64_t)n << 1) ^ (uint64_t)(n >> 63);
}

static int64_t unfold(uint64_t n)
{
	return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

/* Its place among the reasons of the block, from 1. */
static size_t reason_place(const char *reason, const char **reasons, size_t *count)
{
	size_t i = 0;

	if (!reason)
		return 0;
	while (i < *count && !str_eq(reasons[i], reason))
		i++;
	if (i == *count)
		reasons[(*count)++] = reason;
	return i + 1;
}

static void put_words(struct buf *out, const struct response_fact *f)
{
	put(out, (uint64_t)f->late | (uint64_t)f->state << 4 | (uint64_t)f->channel << 8 |
			 (uint64_t)f->type << 12 | (uint64_t)f->permission << 16 |
			 (uint64_t)f->contact << 20 | (uint64_t)f->closeness << 24 |
			 (uint64_t)f->link << 28 | (uint64_t)f->proposed << 32);
}

static void take_words(struct source *from, struct response_fact *f)
{
	uint64_t n = take(from);

	f->late = n & 15;
	f->state = n >> 4 & 15;
	f->channel = n >> 8 & 15;
	f->type = n >> 12 & 15;
	f->permission = n >> 16 & 15;
	f->contact = n >> 20 & 15;
	f->closeness = n >> 24 & 15;
	f->link = n >> 28 & 15;
	f->proposed = n >> 32 & 1;
}

static void put_fact(struct buf *out, const struct response_fact *f, size_t reason)
{
	put(out, fold(f->id));
	put(out, fold(f->respondent_id));
	put(out, fold(f->received_at));
	put_words(out, f);
	put(out, reason);
	put(out, f->campaign_id);
	put(out, f->question_count);
	for (size_t i = 0; i < f->question_count; i++)
		put(out, f->questions[i]);
	put(out, f->code_count);
	for (size_t i = 0; i < f->code_count; i++) {
		put(out, f->codes[i].code_id);
		put(out, f->codes[i].question_id);
		put(out, f->codes[i].passages);
	}
	put(out, f->choice_count);
	for (size_t i = 0; i < f->choice_count; i++) {
		put(out, f->choices[i].question_id);
		put(out, f->choices[i].option_id);
	}
}

void facts_pack(const struct response_fact *list, size_t count, struct buf *out)
{
	const char *reasons[REASONS_MOST];
	size_t places[RESPONSE_FACTS_BLOCK], reason_count = 0;

	ASSERT(count <= RESPONSE_FACTS_BLOCK);
	for (size_t i = 0; i < count; i++)
		places[i] = reason_place(list[i].reason, reasons, &reason_count);
	put(out, FORM);
	put(out, reason_count);
	for (size_t i = 0; i < reason_count; i++) {
		put(out, strlen(reasons[i]));
		buf_str(out, reasons[i]);
	}
	put(out, count);
	for (size_t i = 0; i < count; i++)
		put_fact(out, &list[i], places[i]);
	ASSERT(!buf_cut(out));
}

static size_t take_reasons(struct source *from, struct arena *arena, const char **reasons)
{
	size_t count = take(from);

	if (count > REASONS_MOST)
		from->bad = true;
	for (size_t i = 0; i < count && !from->bad; i++) {
		size_t len = take(from);

		if (len > (size_t)(from->end - from->at)) {
			from->bad = true;
			break;
		}
		reasons[i] = arena_strndup(arena, (const char *)from->at, len);
		from->at += len;
	}
	return from->bad ? 0 : count;
}

/* Each item is a byte at least: no more of them than bytes are left. */
static uint32_t take_count(struct source *from)
{
	uint64_t n = take(from);

	if (n <= (size_t)(from->end - from->at))
		return (uint32_t)n;
	from->bad = true;
	return 0;
}

static void take_fact(struct source *from, struct arena *arena, struct response_fact *f,
		      const char *const *reasons, size_t reason_count)
{
	struct response_fact_choice *choices;
	struct response_fact_code *codes;
	uint32_t *questions;
	size_t reason;

	f->id = unfold(take(from));
	f->respondent_id = unfold(take(from));
	f->received_at = unfold(take(from));
	take_words(from, f);
	reason = take(from);
	if (reason > reason_count)
		from->bad = true;
	else if (reason)
		f->reason = reasons[reason - 1];
	f->campaign_id = (uint32_t)take(from);
	f->question_count = take_count(from);
	f->questions = questions = arena_make(arena, uint32_t, f->question_count);
	for (size_t i = 0; i < f->question_count; i++)
		questions[i] = (uint32_t)take(from);
	f->code_count = take_count(from);
	f->codes = codes = arena_make(arena, struct response_fact_code, f->code_count);
	for (size_t i = 0; i < f->code_count; i++) {
		codes[i].code_id = (uint32_t)take(from);
		codes[i].question_id = (uint32_t)take(from);
		codes[i].passages = (uint32_t)take(from);
	}
	f->choice_count = take_count(from);
	f->choices = choices =
		arena_make(arena, struct response_fact_choice, f->choice_count);
	for (size_t i = 0; i < f->choice_count; i++) {
		choices[i].question_id = (uint32_t)take(from);
		choices[i].option_id = (uint32_t)take(from);
	}
}

struct response_fact *facts_add(struct arena *arena, struct response_facts *to)
{
	if (to->count == to->room) {
		struct response_fact *list =
			arena_make(arena, struct response_fact, to->room * 2 + 1);

		if (to->count)
			memcpy(list, to->list, to->count * sizeof(*list));
		to->list = list;
		to->room = to->room * 2 + 1;
	}
	to->list[to->count] = (struct response_fact){0};
	return &to->list[to->count++];
}

void facts_know(struct response_facts *to, const struct response_fact *f)
{
	if (f->campaign_id > to->max_campaign)
		to->max_campaign = f->campaign_id;
	if (f->respondent_id > to->max_respondent)
		to->max_respondent = f->respondent_id;
	for (size_t i = 0; i < f->question_count; i++)
		if (f->questions[i] > to->max_question)
			to->max_question = f->questions[i];
	for (size_t i = 0; i < f->choice_count; i++) {
		if (f->choices[i].question_id > to->max_question)
			to->max_question = f->choices[i].question_id;
		if (f->choices[i].option_id > to->max_option)
			to->max_option = f->choices[i].option_id;
	}
	for (size_t i = 0; i < f->code_count; i++)
		if (f->codes[i].code_id > to->max_code)
			to->max_code = f->codes[i].code_id;
}

bool facts_unpack(struct arena *arena, const void *bytes, size_t len,
		  struct response_facts *to)
{
	struct source from = {0};
	const char *reasons[REASONS_MOST];
	size_t reason_count, before = to->count, count;

	if (!len)
		return false;
	from = (struct source){bytes, (const unsigned char *)bytes + len, false};
	if (take(&from) != FORM)
		return false;
	reason_count = take_reasons(&from, arena, reasons);
	count = take(&from);
	for (size_t i = 0; i < count && i < RESPONSE_FACTS_BLOCK && !from.bad; i++)
		take_fact(&from, arena, facts_add(arena, to), reasons, reason_count);
	if (from.bad || from.at != from.end) {
		to->count = before;
		return false;
	}
	for (size_t i = before; i < to->count; i++)
		facts_know(to, &to->list[i]);
	return true;
}
