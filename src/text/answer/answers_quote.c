/* Questions that are repeated in front of their answers, or called by their name. */
#include "base/str.h"
#include "text/answer/answers_private.h"

/*
 * A question counts as repeated when at most one word in QUOTE_ERRORS_PER of it was
 * left out, put in or changed, and it has QUOTE_WORDS_LEAST words at all.
 */
enum {
	QUOTE_ERRORS_PER = 4,
	QUOTE_WORDS_LEAST = 4,
	QUOTE_WORDS_MOST = 200,
	NAME_WORDS_MOST = 6,
	NAME_BYTES_MOST = 60,
	STEM_LEAST = 4
};

/* A question, its first sentence alone (people leave "Please give reasons" out), and what it
 * asks about without "Is there" or "Do you agree that". */
struct variant {
	size_t question;
	struct words words;
};

struct answers_quotes {
	const struct answer_question *questions;
	size_t count, variant_count;
	struct variant *variants;
};

static void add_variant(struct arena *arena, struct answers_quotes *q, size_t question,
			const char *text, size_t len)
{
	struct variant *v = &q->variants[q->variant_count];

	v->question = question;
	words_read(arena, text, len, &v->words);
	if (v->words.count >= QUOTE_WORDS_LEAST && v->words.count <= QUOTE_WORDS_MOST)
		q->variant_count++;
}

/* Behind the words that make a question of what it asks about; text itself: none. */
static const char *past_asking(const char *text)
{
	static const char *const begins[] = {"Is there ",
					     "Are there ",
					     "Do you agree that ",
					     "Do you agree with ",
					     "Do you think that ",
					     "Do you think ",
					     "Do you have ",
					     "What are your views on ",
					     "What do you think of ",
					     "To what extent do you agree that "};

	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (str_istarts(text, begins[i]))
			return text + strlen(begins[i]);
	return text;
}

struct answers_quotes *answers_quotes_new(struct arena *arena,
					  const struct answer_question *questions,
					  size_t count)
{
	struct answers_quotes *q = arena_make(arena, struct answers_quotes, 1);

	q->questions = questions;
	q->count = count;
	q->variants = arena_make(arena, struct variant, 3 * count + 1);
	for (size_t i = 0; i < count; i++) {
		const char *text = questions[i].text, *mark = strchr(text, '?');

		add_variant(arena, q, i + 1, text, strlen(text));
		if (mark && !str_blank(mark + 1))
			add_variant(arena, q, i + 1, text, (size_t)(mark - text));
		if (mark && past_asking(text) > text && past_asking(text) < mark)
			add_variant(arena, q, i + 1, past_asking(text),
				    (size_t)(mark - past_asking(text)));
	}
	return q;
}

/*
 * The least number of edits between all of the question and some beginning of these
 * words; out_used gets how many words that beginning has.
 */
static size_t distance(const struct words *q, const struct word *w, size_t n,
		       size_t *out_used)
{
	size_t row[QUOTE_WORDS_MOST + QUOTE_WORDS_MOST / 2 + 2], best = 0;
	size_t most = q->count + q->count / QUOTE_ERRORS_PER + 1;

	n = n < most ? n : most;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; i <= q->count; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t above = row[j];
			size_t cost = diagonal + (q->items[i - 1].hash != w[j - 1].hash);

			cost = cost < above + 1 ? cost : above + 1;
			row[j] = cost < row[j - 1] + 1 ? cost : row[j - 1] + 1;
			diagonal = above;
		}
	}
	for (size_t j = 1; j <= n; j++)
		if (row[j] < row[best])
			best = j;
	*out_used = best;
	return row[best];
}

/* Cheap and first: one of the first two words must be there near the beginning. */
static bool may_repeat(const struct words *q, const struct word *w, size_t n)
{
	for (size_t i = 0; i < 2 && i < q->count; i++)
		for (size_t j = 0; j < 3 && j < n; j++)
			if (q->items[i].hash == w[j].hash)
				return true;
	return false;
}

bool answers_repeated(const struct answers_quotes *quotes, const struct word *words,
		      size_t count, size_t wanted, struct answers_match *out)
{
	bool found = false;

	for (size_t i = 0; i < quotes->variant_count; i++) {
		const struct variant *v = &quotes->variants[i];
		const struct words *q = &v->words;
		struct answers_match m = {.question = v->question, .words = q->count};

		if (!may_repeat(q, words, count))
			continue;
		m.errors = distance(q, words, count, &m.used);
		if (m.errors * QUOTE_ERRORS_PER > q->count)
			continue;
		if (found && out->question == wanted && v->question != wanted)
			continue;
		/* Of two that fit: the one that is numbered, else the nearer, the longer. */
		if (!found || (v->question == wanted && out->question != wanted) ||
		    m.errors * out->words < out->errors * m.words ||
		    (m.errors * out->words == out->errors * m.words &&
		     m.words > out->words))
			*out = m;
		found = true;
	}
	return found;
}

static bool is_stop(const char *word, size_t len)
{
	static const char *const stops[] = {
		"reason",       "reasons",    "please",   "give",     "your",
		"answer",       "view",       "views",    "comment",  "comments",
		"name",         "address",    "with",     "that",     "this",
		"what",         "which",      "should",   "would",    "there",
		"have",         "from",       "subject",  "date",     "sent",
		"about",        "question",   "other",    "anything", "further",
		"wish",         "think",      "most",     "more",     "email",
		"organisation", "individual", "phone",    "note",     "example",
		"yes",          "first",      "second",   "third",    "every",
		"also",         "time",       "response", "same"};

	for (size_t i = 0; i < ARRAY_LEN(stops); i++)
		if (strlen(stops[i]) == len && memcmp(stops[i], word, len) == 0)
			return true;
	return false;
}

/* "sheds" is "shed", "waiting" is "waiting": the same beginning, all but an s. */
static bool same_stem(const char *word, size_t len, const char *other, size_t other_len)
{
	while (len > STEM_LEAST && word[len - 1] == 's')
		len--;
	while (other_len > STEM_LEAST && other[other_len - 1] == 's')
		other_len--;
	if (len != other_len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (str_lower_char(word[i]) != str_lower_char(other[i]))
			return false;
	return true;
}

static bool asks_for(const char *question, const char *word, size_t len)
{
	for (const char *at = question; *at;) {
		const char *from = at;

		while (str_is_alpha(*at) || (*at & 0x80))
			at++;
		if (at > from && same_stem(word, len, from, (size_t)(at - from)))
			return true;
		at += at == from;
	}
	return false;
}

/* How many of a name's words this question has; 0 when it lacks one. */
static size_t named_by(const char *question, const char *name, size_t len)
{
	size_t found = 0;

	for (size_t i = 0; i < len;) {
		size_t from = i;
		char low[NAME_BYTES_MOST];

		while (i < len && (str_is_alpha(name[i]) || (name[i] & 0x80)))
			i++;
		if (i == from) {
			i++;
			continue;
		}
		memcpy(low, name + from, i - from);
		low[i - from] = '\0';
		str_lower(low);
		if (i - from < STEM_LEAST || is_stop(low, i - from))
			continue;
		if (!asks_for(question, low, i - from))
			return 0;
		found++;
	}
	return found;
}

size_t answers_named(struct arena *arena, const struct answers_quotes *quotes,
		     const char *line, size_t *out_body)
{
	size_t len = strcspn(line, "\n"), cut, words = 1, found = 0, most = 0;
	bool colon;

	(void)arena;
	for (cut = 0; cut < len && cut < NAME_BYTES_MOST; cut++) {
		if (line[cut] == ':' || line[cut] == '\t' || line[cut] == '|' ||
		    str_starts(line + cut, " - ") || str_starts(line + cut, " – "))
			break;
		if (strchr(".?!;\"[(", line[cut]) || str_is_digit(line[cut]))
			return 0;
		words += line[cut] == ' ';
	}
	colon = cut < len && cut < NAME_BYTES_MOST;
	if (cut >= NAME_BYTES_MOST || words > NAME_WORDS_MOST || (!colon && cut < len))
		return 0;
	for (size_t i = 0; i < quotes->count; i++) {
		size_t n = named_by(quotes->questions[i].text, line, cut);

		if (n && n == most)
			found = 0; /* two have that name */
		else if (n > most)
			found = i + 1;
		most = n > most ? n : most;
	}
	/* Alone on its line, a single word is too little. */
	if (!found || (!colon && (most < 2 || words > 4)))
		return 0;
	*out_body = colon ? cut + strspn(line + cut, " :-\t|") : len;
	if (colon && str_starts(line + *out_body, "–"))
		*out_body += 3;
	return found;
}
