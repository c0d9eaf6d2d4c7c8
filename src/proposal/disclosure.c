#include "proposal/disclosure.h"
#include "base/str.h"
#include "proposal/proposal.h"
#include "text/words/sentence.h"

typedef const struct speech_sentence sentence;

struct risk_pattern {
	struct patterns *patterns;
	unsigned sign;
};

/* What tells of harm; the rest is looked for in such sentences and beside them. */
static const struct risk_pattern harms[] = {{&risk_self, RISK_SELF},
					    {&risk_me, RISK_ME},
					    {&risk_harm, RISK_HARM},
					    {&risk_still, RISK_STILL}},
				 rests[] = {{&risk_near, RISK_NEAR},
					    {&risk_now, RISK_NOW},
					    {&risk_appeal, RISK_APPEAL},
					    {&risk_past, RISK_PAST},
					    {&risk_general, RISK_GENERAL}};

static unsigned signs_in(const struct tokens *t, const struct risk_pattern *of,
			 size_t count)
{
	unsigned has = 0;

	for (size_t i = 0; i < count; i++)
		if (pattern_match(t, of[i].patterns))
			has |= of[i].sign;
	return has;
}

/* here: one sentence; near: those around it and itself. */
static bool tells(unsigned here, unsigned near, enum proposal_sign *out)
{
	unsigned certain = RISK_NEAR | RISK_NOW | RISK_APPEAL;
	bool over = here & RISK_PAST;
	bool general = here & RISK_GENERAL && (near & certain) != certain;
	bool current = near & (RISK_NOW | RISK_APPEAL);

	if (here & RISK_SELF && !over && !general) {
		*out = PROPOSAL_SELF_HARM;
		return true;
	}
	if (here & RISK_STILL && near & (RISK_HARM | RISK_ME | RISK_APPEAL) &&
	    !(here & RISK_GENERAL && !(near & RISK_APPEAL))) {
		*out = PROPOSAL_HARM_OTHERS;
		return true;
	}
	if (over || general || !current)
		return false;
	if (here & RISK_ME && (here & RISK_NOW || near & RISK_APPEAL)) {
		*out = PROPOSAL_HARM_NOW;
		return true;
	}
	if (here & RISK_HARM && near & RISK_NEAR) {
		*out = PROPOSAL_HARM_CHILD;
		return true;
	}
	return false;
}

/*
 * A text is judged in pieces: a sentence, or of one that never ends so many words, of which
 * the last few stand in the next piece too. So many pieces are at hand at a time, and the
 * last of them are the first of the next: what is near stays near, and a text of any length
 * takes time by its length and no more memory than these.
 */
enum {
	PIECE_WORDS = 110,
	PIECE_STEP = 70,
	PIECES_USUAL = 60, /* of most mails; room for all is taken where there are more */
	PIECES = 1000,
	PIECES_KEPT = 3
};

struct walk {
	const char *text, *next, *end; /* the next piece; where its sentence ends */
};

/* Behind so many words, or at the end. */
static const char *past_words(const char *from, const char *end, size_t words)
{
	while (from < end && words--) {
		while (from < end && str_is_space(*from))
			from++;
		while (from < end && !str_is_space(*from))
			from++;
	}
	while (from < end && str_is_space(*from))
		from++;
	return from;
}

static bool next_piece(struct walk *w, struct speech_sentence *out)
{
	const char *to;

	if (w->next >= w->end)
		w->end = sentence_end(w->text, w->next);
	if (w->end == w->next)
		return false;
	to = (size_t)(w->end - w->next) < 2 * PIECE_WORDS /* so many words have no room */
		     ? w->end
		     : past_words(w->next, w->end, PIECE_WORDS);
	*out = (struct speech_sentence){.from = (size_t)(w->next - w->text),
					.to = (size_t)(to - w->text)};
	w->next = to < w->end ? past_words(w->next, w->end, PIECE_STEP) : w->end;
	return true;
}

struct piece {
	struct speech_sentence at;
	unsigned signs;
	struct tokens tokens;
};

struct pieces {
	struct arena *arena;
	struct piece *items;
	size_t count, room;
};

static void make_room(struct pieces *p)
{
	struct piece *all;

	if (p->count < p->room)
		return;
	p->room = p->room ? PIECES : PIECES_USUAL;
	all = arena_make(p->arena, struct piece, p->room);
	if (p->count)
		memcpy(all, p->items, p->count * sizeof(*all));
	p->items = all;
}

/* Reads on; false when there is nothing more. */
static bool fill(struct walk *w, struct arena *arena, struct pieces *p)
{
	struct walk from = *w;
	struct speech_sentence s;

	p->count = 0;
	while (p->count < PIECES && next_piece(w, &s)) {
		struct piece *piece;

		make_room(p);
		piece = &p->items[p->count];
		piece->at = s;
		token_read(arena, w->text + s.from, s.to - s.from, &piece->tokens);
		if (!piece->tokens.count)
			continue;
		piece->signs = signs_in(&piece->tokens, harms, ARRAY_LEN(harms));
		p->count++;
		if (p->count == PIECES - PIECES_KEPT)
			from = *w;
	}
	if (p->count == PIECES)
		*w = from;
	return p->count;
}

/* Of the pieces on both sides. */
static unsigned signs_beside(const struct pieces *p, size_t i)
{
	return (i ? p->items[i - 1].signs : 0) |
	       (i + 1 < p->count ? p->items[i + 1].signs : 0);
}

static bool find(struct pieces *p, enum proposal_sign *out, size_t *out_at)
{
	for (size_t i = 0; i < p->count; i++)
		if (p->items[i].signs || signs_beside(p, i))
			p->items[i].signs |=
				signs_in(&p->items[i].tokens, rests, ARRAY_LEN(rests));
	for (size_t i = 0; i < p->count; i++) {
		unsigned here = p->items[i].signs;

		*out_at = i;
		if (tells(here, here | signs_beside(p, i), out))
			return true;
	}
	return false;
}

/* Of a piece that is longer than a line: from where on harm is told of. */
static struct speech_sentence narrow(struct arena *arena, const char *text,
				     struct speech_sentence s)
{
	enum { LINE_WORDS = 24, LINE_STEP = 8 };
	const char *at = text + s.from, *end = text + s.to;

	for (; s.to - s.from > PROPOSAL_WORDS_MOST && at < end;
	     at = past_words(at, end, LINE_STEP)) {
		const char *to = past_words(at, end, LINE_WORDS);
		struct tokens t;

		token_read(arena, at, (size_t)(to - at), &t);
		if (signs_in(&t, harms, ARRAY_LEN(harms))) {
			s.from = (size_t)(at - text);
			break;
		}
	}
	return s;
}

bool proposal_risk(struct arena *arena, const char *text, struct proposal *out)
{
	AUTO(arena) known = arena_new(1 << 13);
	struct pieces all = {.arena = known}, *p = &all;
	AUTO(arena) words = arena_new(1 << 15);
	struct walk w = {.text = text, .next = text, .end = text};
	enum proposal_sign sign;
	size_t at;

	while (fill(&w, words, p)) {
		if (find(p, &sign, &at)) {
			struct speech_sentence told =
				narrow(words, text, p->items[at].at);

			*out = (struct proposal){
				.kind = PROPOSAL_RISK,
				.sign = sign,
				.words = proposal_words(arena, text, &told),
			};
			return true;
		}
		arena_reset(words);
	}
	return false;
}

/* One line, and not more of it than a line holds. */
const char *proposal_words(struct arena *arena, const char *text, sentence *s)
{
	size_t len = s->to - s->from, n = 0;
	char *out = arena_alloc(arena, len + 1);
	char cut[PROPOSAL_WORDS_MOST + 1];

	for (size_t i = 0; i < len; i++) {
		char c = text[s->from + i];

		if (!str_is_space(c))
			out[n++] = c;
		else if (n && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	out[n] = '\0';
	str_copy(cut, sizeof(cut), out);
	return arena_strdup(arena, cut);
}
