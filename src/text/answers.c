#include "text/answers.h"
#include "base/str.h"
#include "text/word.h"

/*
 * A question counts as repeated when at most one word in QUOTE_ERRORS_PER of it was
 * left out, put in or changed, and it has QUOTE_WORDS_LEAST words at all.
 */
enum { QUOTE_ERRORS_PER = 4, QUOTE_WORDS_LEAST = 4, QUOTE_WORDS_MOST = 200 };

struct question {
	struct words words;
};

struct heading {
	size_t question, line_from, body_from; /* bytes */
	const char *how;
	bool clear; /* "Q2" or its words, not only "2." */
};

struct parting {
	struct arena *arena;
	const char *text;
	struct question *questions;
	size_t question_count;
	struct heading *found;
	size_t found_count;
	bool any_clear;
};

/*
 * The least number of edits between all of the question and some beginning of these
 * words; out_used gets how many words that beginning has.
 */
static size_t distance(const struct words *q, const struct word *w, size_t n,
		       size_t *out_used)
{
	size_t row[QUOTE_WORDS_MOST + QUOTE_WORDS_MOST / 2 + 2], best;
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
	best = 0;
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

static size_t repeated(const struct parting *p, const struct word *w, size_t n,
		       size_t *out_used)
{
	size_t found = 0, least = SIZE_MAX;

	for (size_t i = 0; i < p->question_count; i++) {
		const struct words *q = &p->questions[i].words;
		size_t used, errors;

		if (q->count < QUOTE_WORDS_LEAST || q->count > QUOTE_WORDS_MOST ||
		    !may_repeat(q, w, n))
			continue;
		errors = distance(q, w, n, &used);
		if (errors * QUOTE_ERRORS_PER <= q->count && errors < least) {
			least = errors;
			found = i + 1;
			*out_used = used;
		}
	}
	return found;
}

static size_t number_at(const char **at)
{
	size_t n = 0, digits = 0;

	while (str_is_digit(**at) && digits < 4) {
		n = n * 10 + (size_t)(**at - '0');
		(*at)++;
		digits++;
	}
	return digits && digits < 4 ? n : 0;
}

/* "Question 2", "Q2", "Q.2", "Answer to question 2", "A2": what introduces a number. */
static const char *introduced(const char *at)
{
	static const char *const words[] = {"answer to question",
					    "response to question",
					    "answer to q",
					    "re question",
					    "question",
					    "answer",
					    "qu.",
					    "qn",
					    "q",
					    "a"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (str_istarts(at, words[i])) {
			const char *after = at + strlen(words[i]);

			while (*after == ' ' || *after == '.' || *after == '#' ||
			       *after == '\t')
				after++;
			if (str_is_digit(*after))
				return after;
		}
	return NULL;
}

/* Quote signs, bullets and emphasis in front of a line. */
static const char *past_marks(const char *at)
{
	while (*at == ' ' || *at == '\t' || *at == '>' || *at == '*' || *at == '#' ||
	       *at == '_')
		at++;
	return at;
}

static bool numbered(const char *line, size_t most, size_t *out_number, bool *out_clear,
		     const char **out_after)
{
	const char *at = past_marks(line), *digits = introduced(at);
	size_t n;

	*out_clear = digits != NULL;
	at = digits ? digits : at;
	n = number_at(&at);
	if (n < 1 || n > most)
		return false;
	while (*at == '*' || *at == '_')
		at++;
	if (*out_clear) {
		if (str_is_alpha(*at) || str_is_digit(*at) ||
		    (*at == '.' && str_is_digit(at[1])))
			return false;
	} else if ((*at != '.' && *at != ')' && *at != ':') ||
		   (at[1] && !str_is_space(at[1]) && at[1] != '*')) {
		return false;
	}
	while (*at == '.' || *at == ')' || *at == ':' || *at == '-' || *at == '*' ||
	       *at == '_' || *at == ' ' || *at == '\t')
		at++;
	*out_number = n;
	*out_after = at;
	return true;
}

/* The words from byte `from` on; they are in order of their place. */
static size_t word_from(const struct words *w, size_t low, size_t from)
{
	while (low < w->count && w->items[low].from < from)
		low++;
	return low;
}

static void add_heading(struct parting *p, struct heading h)
{
	if (p->found_count == ANSWERS_MOST)
		return;
	p->found = arena_grow(p->arena, p->found, p->found_count, sizeof(*p->found));
	p->found[p->found_count++] = h;
	p->any_clear = p->any_clear || h.clear;
}

static size_t look_at_line(struct parting *p, const struct words *w, size_t word,
			   const char *line)
{
	const char *after = past_marks(line);
	size_t number = 0, used = 0, by_words, start;
	bool clear = false;
	struct heading h = {.line_from = (size_t)(line - p->text), .how = "number"};

	if (!numbered(line, p->question_count, &number, &clear, &after))
		after = past_marks(line);
	start = word_from(w, word, (size_t)(after - p->text));
	by_words = start < w->count
			   ? repeated(p, w->items + start, w->count - start, &used)
			   : 0;
	if (!number && !by_words)
		return start;
	h.question = by_words ? by_words : number;
	h.clear = clear || by_words;
	h.body_from = (size_t)(after - p->text);
	if (by_words) {
		h.how = "question";
		h.body_from = w->items[start + used - 1].to;
		while (p->text[h.body_from] && strchr("?.!:\"')*_", p->text[h.body_from]))
			h.body_from++;
	}
	add_heading(p, h);
	return start;
}

/* Bare numbers only where nothing clearer parts this text, and only upwards. */
static void drop_unclear(struct parting *p)
{
	size_t kept = 0, last = 0;

	for (size_t i = 0; i < p->found_count; i++) {
		const struct heading *h = &p->found[i];

		if (!h->clear && (p->any_clear || h->question <= last))
			continue;
		last = h->question;
		p->found[kept++] = *h;
	}
	p->found_count = kept;
}

/* from and to in bytes, trimmed; nothing is kept of a part that is empty. */
static void add_part(struct parting *p, struct answer_parts *out, size_t *at_byte,
		     size_t *at_char, size_t question, size_t from, size_t to,
		     const char *how)
{
	struct answer_part *part;

	while (from < to && (str_is_space(p->text[from]) || p->text[from] == '>'))
		from++;
	while (to > from && (str_is_space(p->text[to - 1]) || p->text[to - 1] == '>'))
		to--;
	if (from == to)
		return;
	out->items = arena_grow(p->arena, out->items, out->count, sizeof(*out->items));
	part = &out->items[out->count++];
	*at_char += str_utf8_count(p->text + *at_byte, from - *at_byte);
	part->question = question;
	part->how = how;
	part->from = *at_char;
	*at_char += str_utf8_count(p->text + from, to - from);
	part->to = *at_char;
	*at_byte = to;
}

void answers_part(struct arena *arena, const char *text, const char *const *questions,
		  size_t question_count, struct answer_parts *out)
{
	struct parting p = {
		.arena = arena, .text = text, .question_count = question_count};
	size_t word = 0, at_byte = 0, at_char = 0, len = strlen(text);
	struct words words;

	*out = (struct answer_parts){0};
	p.questions = arena_make(arena, struct question, question_count + 1);
	for (size_t i = 0; i < question_count; i++)
		words_read(arena, questions[i], strlen(questions[i]),
			   &p.questions[i].words);
	words_read(arena, text, len, &words);
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		word = look_at_line(&p, &words, word, line);
	}
	drop_unclear(&p);
	add_part(&p, out, &at_byte, &at_char, 0, 0,
		 p.found_count ? p.found[0].line_from : len, "rest");
	for (size_t i = 0; i < p.found_count; i++) {
		size_t end = i + 1 < p.found_count ? p.found[i + 1].line_from : len;

		if (p.found[i].body_from < end)
			add_part(&p, out, &at_byte, &at_char, p.found[i].question,
				 p.found[i].body_from, end, p.found[i].how);
	}
}
