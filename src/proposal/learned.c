#include "proposal/learned.h"
#include "base/buf.h"
#include "base/str.h"

#include <math.h>

enum {
	LIKE_ROOM = 200,
	WORDS_KNOWN = 200,
	WORDS_LEAST = 5 /* "Fine by me", "Nae chance", "13": too little to tell by */
};

const double learned_whole_most = -0.8, learned_parts_most = -2.0, learned_doubt = 0;

/* One mail being weighed. */
struct weighing {
	const struct learned *learned;
	bool *counted; /* of each feature: once in a mail */
	double sums[LEARNED_OUTPUTS];
	double square;
};

static int by_hash(const void *hash, const void *feature)
{
	uint32_t a = *(const uint32_t *)hash;
	uint32_t b = ((const struct learned_feature *)feature)->hash;

	return (a > b) - (a < b);
}

const struct learned_feature *learned_find(const struct learned_feature *features,
					   size_t count, uint32_t hash)
{
	return count ? bsearch(&hash, features, count, sizeof(*features), by_hash) : NULL;
}

static void weigh(struct weighing *w, const struct sentence_features *s)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct learned_feature *f = learned_find(
			w->learned->features, w->learned->count, s->items[i].hash);

		if (!f || w->counted[f - w->learned->features])
			continue;
		w->counted[f - w->learned->features] = true;
		w->square += (double)f->rare * f->rare;
		for (size_t k = 0; k < LEARNED_OUTPUTS; k++)
			w->sums[k] += (double)f->rare * f->weights[k];
	}
}

static double score(const struct weighing *w, size_t output)
{
	double length = w->square > 0 ? sqrt(w->square) : 1;

	return w->sums[output] / length + w->learned->bias[output];
}

static void start(struct weighing *w, const struct mail_features *m)
{
	struct weighing fresh = {.learned = w->learned, .counted = w->counted};

	memset(fresh.counted, 0, w->learned->count * sizeof(*fresh.counted));
	*w = fresh;
	weigh(w, &m->subject);
}

/* Of all beginnings and all ends, the mail itself among them. */
static double most_like_response(struct weighing *w, const struct mail_features *m)
{
	double most = -HUGE_VAL;

	start(w, m);
	for (size_t i = 0; i < m->count; i++) {
		weigh(w, &m->sentences[i]);
		most = fmax(most, score(w, LEARNED_PARTS));
	}
	start(w, m);
	for (size_t i = m->count; i-- > 0;) {
		weigh(w, &m->sentences[i]);
		most = fmax(most, score(w, LEARNED_PARTS));
	}
	return most;
}

static enum proposal_kind likeliest(const struct weighing *w)
{
	enum proposal_kind best = PROPOSAL_NONE;

	for (int k = 1; k < PROPOSAL_KINDS; k++)
		if (k != PROPOSAL_RISK &&
		    (!best || score(w, LEARNED_KINDS + (size_t)k) >
				      score(w, LEARNED_KINDS + (size_t)best)))
			best = (enum proposal_kind)k;
	return best;
}

/* How much a feature speaks for that kind, and against a response. */
static double speaks_for(const struct learned *l, uint32_t hash, enum proposal_kind kind)
{
	const struct learned_feature *f = learned_find(l->features, l->count, hash);

	return f ? (double)f->rare * (f->weights[LEARNED_KINDS + (size_t)kind] -
				      f->weights[LEARNED_WHOLE])
		 : 0;
}

static size_t most_telling(const struct learned *l, const struct mail_features *m,
			   enum proposal_kind kind)
{
	double best = -HUGE_VAL;
	size_t at = 0;

	for (size_t i = 0; i < m->count; i++) {
		double sum = 0;

		for (size_t k = 0; k < m->sentences[i].count; k++)
			sum += speaks_for(l, m->sentences[i].items[k].hash, kind);
		if (sum > best) {
			best = sum;
			at = m->sentences[i].at;
		}
	}
	return at;
}

struct weighed_word {
	const char *word;
	double weight;
};

static size_t add_word(struct weighed_word *words, size_t count, const char *word,
		       double weight)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(words[i].word, word)) {
			words[i].weight += weight;
			return count;
		}
	if (count < WORDS_KNOWN)
		words[count++] = (struct weighed_word){word, weight};
	return count;
}

/* The words of most weight; a word counts once with its stem, wherever it stands. */
static const char *like_words(struct arena *arena, const struct learned *l,
			      const struct mail_features *m, enum proposal_kind kind)
{
	struct weighed_word words[WORDS_KNOWN];
	AUTO(buf) out = buf_new(LIKE_ROOM);
	size_t count = 0;

	for (size_t i = 0; i < m->count; i++)
		for (size_t k = 0; k < m->sentences[i].count; k++) {
			const struct feature *f = &m->sentences[i].items[k];

			if (f->word)
				count = add_word(words, count, f->word,
						 speaks_for(l, f->hash, kind));
		}
	for (size_t n = 0; n < LEARNED_WORDS_MOST; n++) {
		size_t best = 0;

		for (size_t i = 1; i < count; i++)
			if (words[i].weight > words[best].weight)
				best = i;
		if (!count || words[best].weight <= 0)
			break;
		buf_printf(out, "%s%s", n ? ", " : "", words[best].word);
		words[best].weight = 0;
	}
	return arena_strdup(arena, buf_text(out));
}

bool learned_not(const struct look *l)
{
	return l->mail->answers || l->mail->choices || l->mail->form || l->mail->files ||
	       l->below || l->s.words < WORDS_LEAST;
}

bool learned_look(struct arena *arena, const struct learned *learned,
		  const struct look *l, struct learned_view *out)
{
	struct mail_features *m = &out->mail;
	struct weighing w = {.learned = learned};

	if (!learned || !learned->count || l->s.words > LOOK_WORDS_MOST ||
	    l->s.count > SENTENCES_MOST)
		return false;
	features_read(arena, l, m);
	if (!m->count)
		return false;
	w.counted = arena_make(arena, bool, learned->count);
	out->parts = most_like_response(&w, m); /* ends with all that it has */
	out->whole = score(&w, LEARNED_WHOLE);
	out->kind = likeliest(&w);
	return true;
}

void learned_tell(struct arena *arena, const struct learned *learned,
		  const struct learned_view *view, struct learned_why *out)
{
	out->tells = most_telling(learned, &view->mail, view->kind);
	out->like = like_words(arena, learned, &view->mail, view->kind);
}
