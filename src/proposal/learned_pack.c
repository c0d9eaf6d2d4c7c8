/* Lessons as numbers: kind, subject, sentences; each run with its length before it. */
#include "proposal/learned.h"

struct packing {
	struct arena *arena;
	uint32_t *items;
	size_t count;
};

static void put(struct packing *p, uint32_t number)
{
	p->items = arena_grow(p->arena, p->items, p->count, sizeof(*p->items));
	p->items[p->count++] = number;
}

static void put_features(struct packing *p, const struct sentence_features *s)
{
	put(p, (uint32_t)s->count);
	for (size_t i = 0; i < s->count; i++)
		put(p, s->items[i].hash);
}

void learned_pack(struct arena *arena, const struct learned_lesson *lesson,
		  uint32_t **out, size_t *out_count)
{
	struct packing p = {.arena = arena};

	put(&p, (uint32_t)lesson->kind);
	put(&p, (uint32_t)lesson->mail.count);
	put_features(&p, &lesson->mail.subject);
	for (size_t i = 0; i < lesson->mail.count; i++)
		put_features(&p, &lesson->mail.sentences[i]);
	*out = p.items;
	*out_count = p.count;
}

struct unpacking {
	struct arena *arena;
	const uint32_t *from;
	size_t left;
	bool bad;
};

static uint32_t take(struct unpacking *u, size_t most)
{
	uint32_t number = 0;

	if (u->left) {
		number = *u->from++;
		u->left--;
	} else {
		u->bad = true;
	}
	u->bad |= number > most;
	return u->bad ? 0 : number;
}

static void take_features(struct unpacking *u, struct sentence_features *out)
{
	size_t count = take(u, u->left);

	out->items = arena_make(u->arena, struct feature, count + 1);
	for (out->count = 0; out->count < count; out->count++)
		out->items[out->count].hash = take(u, UINT32_MAX);
}

static void take_lesson(struct unpacking *u, struct learned_lesson *out)
{
	out->kind = (enum proposal_kind)take(u, PROPOSAL_KINDS - 1);
	out->mail.count = take(u, SENTENCES_MOST);
	out->mail.sentences =
		arena_make(u->arena, struct sentence_features, out->mail.count + 1);
	take_features(u, &out->mail.subject);
	for (size_t i = 0; i < out->mail.count; i++)
		take_features(u, &out->mail.sentences[i]);
}

struct learned_lesson *learned_unpack(struct arena *arena, const uint32_t *from,
				      size_t count, size_t *out_count)
{
	struct unpacking u = {.arena = arena, .from = from, .left = count};
	struct learned_lesson *lessons = NULL;
	size_t n = 0;

	while (u.left && !u.bad && n < LESSONS_MOST) {
		lessons = arena_grow(arena, lessons, n, sizeof(*lessons));
		take_lesson(&u, &lessons[n++]);
	}
	*out_count = u.bad || u.left ? 0 : n;
	return *out_count ? lessons : NULL;
}
