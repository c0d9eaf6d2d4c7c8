#include "text/letter/letter_core.h"
#include "base/buf.h"
#include "base/str.h"
#include "text/letter/respondent_form.h"
#include "text/letter/frame.h"

enum { MOVED_OF = 5, MOVED_LEAST = 4 }; /* four of five shingles stand elsewhere */

/* Behind a link; from itself where none begins. */
static const char *past_link(const char *from)
{
	static const char *const begins[] = {"http://", "https://", "www."};

	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (str_istarts(from, begins[i])) {
			const char *to = from + strcspn(from, " \t\r\n<>\"");

			while (to > from && strchr(".,;:!?)]", to[-1]))
				to--;
			return to;
		}
	return from;
}

static void add_without_links(struct buf *out, const char *text)
{
	bool begin = true;

	for (const char *at = text; *at;) {
		const char *to = begin ? past_link(at) : at;

		if (to > at) {
			buf_str(out, "(link)");
			at = to;
			continue;
		}
		begin = str_is_space(*at) || strchr("<([\"'", *at) != NULL;
		buf_char(out, *at++);
	}
}

char *letter_core_words(struct arena *arena, const char *mail, const char *who,
			const char *files)
{
	const char *said = frame_said(arena, mail, who);
	AUTO(buf) out = buf_new(8 * (strlen(said) + strlen(files)) + 64);

	add_without_links(out, said);
	buf_char(out, '\n');
	add_without_links(out, form_without(arena, files));
	return arena_strdup(arena, buf_text(out));
}

static bool has(const struct shingles *s, uint64_t shingle)
{
	size_t low = 0, high = s->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->items[middle] == shingle)
			return true;
		if (s->items[middle] < shingle)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/* The shingle of the words from here on, as text/words/shingle.h has it. */
static uint64_t shingle_at(struct arena *arena, const struct words *w, size_t at)
{
	struct words three = {w->items + at, LETTER_CORE_WORDS};
	struct shingles one;

	shingles_of(arena, &three, NULL, &one);
	return one.count ? one.items[0] : 0;
}

void letter_core_drop(struct arena *arena, char *text, const struct shingles *asked)
{
	struct words w;
	bool *known;

	words_read(arena, text, strlen(text), &w);
	known = arena_make(arena, bool, w.count + 1);
	for (size_t at = 0; at + LETTER_CORE_WORDS <= w.count; at++)
		if (has(asked, shingle_at(arena, &w, at)))
			for (size_t k = 0; k < LETTER_CORE_WORDS; k++)
				known[at + k] = true;
	for (size_t i = 0; i < w.count; i++)
		if (known[i])
			memset(text + w.items[i].from, ' ',
			       w.items[i].to - w.items[i].from);
}

/* Which words of one text most of the texts have, in a row of three at least. */
static size_t mark_shared(struct arena *arena, const struct words *w,
			  const struct shingles *all, const size_t *weights, size_t count,
			  bool *shared)
{
	size_t total = 0, n = 0;

	for (size_t i = 0; i < count; i++)
		total += weights[i];
	for (size_t at = 0; at + LETTER_CORE_WORDS <= w->count; at++) {
		uint64_t shingle = shingle_at(arena, w, at);
		size_t have = 0;

		for (size_t i = 0; i < count; i++)
			have += has(&all[i], shingle) ? weights[i] : 0;
		if (2 * have > total)
			for (size_t k = 0; k < LETTER_CORE_WORDS; k++)
				shared[at + k] = true;
	}
	for (size_t i = 0; i < w->count; i++)
		n += shared[i];
	return n;
}

/* The shared words with the signs between them; a gap is a new line. */
static const char *shared_text(struct arena *arena, const char *text,
			       const struct words *w, const bool *shared)
{
	AUTO(buf) out = buf_new(2 * strlen(text) + 2);

	for (size_t i = 0; i < w->count; i++) {
		size_t end = i + 1 < w->count && shared[i + 1] ? w->items[i + 1].from
							       : w->items[i].to;

		if (!shared[i])
			continue;
		buf_add(out, text + w->items[i].from, end - w->items[i].from);
		if (i + 1 < w->count && shared[i + 1])
			continue;
		while (text[end] && strchr(".,;:!?)", text[end]))
			buf_char(out, text[end++]);
		buf_char(out, '\n');
	}
	return arena_strdup(arena, buf_text(out));
}

const char *letter_core_shared(struct arena *arena, const char *const *texts,
			       const size_t *weights, size_t count)
{
	struct words *words = arena_make(arena, struct words, count + 1);
	struct shingles *all = arena_make(arena, struct shingles, count + 1);
	const char *found = "";
	size_t most = 0;

	for (size_t i = 0; i < count; i++) {
		words_read(arena, texts[i], strlen(texts[i]), &words[i]);
		shingles_of(arena, &words[i], NULL, &all[i]);
	}
	for (size_t i = 0; i < count; i++) {
		bool *shared = arena_make(arena, bool, words[i].count + 1);
		size_t n = mark_shared(arena, &words[i], all, weights, count, shared);

		if (n <= most)
			continue;
		most = n;
		found = shared_text(arena, texts[i], &words[i], shared);
	}
	return found;
}

/* Most of an added run stands in the standard text, somewhere else. */
static bool is_moved(struct arena *arena, const struct words *own,
		     const struct diff_run *run, const struct shingles *standard)
{
	size_t all = 0, known = 0;

	for (size_t at = run->from; at + LETTER_CORE_WORDS <= run->to; at++) {
		all++;
		known += has(standard, shingle_at(arena, own, at));
	}
	return all >= LETTER_CORE_WORDS && known * MOVED_OF >= all * MOVED_LEAST;
}

void letter_core_compare(struct arena *arena, const char *standard, const char *text,
			 struct letter_difference *out)
{
	struct shingles shingles;

	*out = (struct letter_difference){0};
	words_read(arena, standard, strlen(standard), &out->standard);
	words_read(arena, text, strlen(text), &out->own);
	shingles_of(arena, &out->standard, NULL, &shingles);
	diff_words(arena, &out->standard, &out->own, &out->runs);
	out->is_moved = arena_make(arena, bool, out->runs.count + 1);
	out->removed = out->runs.removed;
	for (size_t i = 0; i < out->runs.count; i++) {
		const struct diff_run *run = &out->runs.items[i];

		if (run->kind != DIFF_ADDED)
			continue;
		out->is_moved[i] = is_moved(arena, &out->own, run, &shingles);
		if (out->is_moved[i])
			out->moved += run->to - run->from;
		else
			out->added += run->to - run->from;
	}
	out->removed -= out->moved < out->removed ? out->moved : out->removed;
}
