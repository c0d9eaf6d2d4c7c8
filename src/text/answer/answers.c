#include "text/answer/answers.h"
#include "base/str.h"
#include "text/answer/answers_private.h"

struct parting {
	struct arena *arena; /* of what is given out */
	struct arena *work;
	const char *text;
	struct frame_book *letter;
	const struct answer_question *questions;
	size_t question_count;
	struct answers_quotes *quotes;
	struct words words;
	struct answers_heading *found;
	size_t found_count;
	size_t at_byte, at_char; /* characters were counted up to here */
	bool between_quotes;
	struct answer_parts *out;
};

/* The words from byte `from` on; they are in order of their place. */
static size_t word_from(const struct words *w, size_t low, size_t from)
{
	while (low < w->count && w->items[low].from < from)
		low++;
	return low;
}

static size_t last_question(const struct parting *p)
{
	return p->found_count ? p->found[p->found_count - 1].question : 0;
}

static void add_heading(struct parting *p, struct answers_heading h)
{
	if (p->found_count == ANSWERS_MOST)
		return;
	p->found = arena_grow(p->work, p->found, p->found_count, sizeof(*p->found));
	p->found[p->found_count++] = h;
}

/* Where the next line or sentence begins that may begin a question. */
static size_t next_start(const char *text, size_t at)
{
	while (text[at]) {
		if (text[at] == '\n')
			return at + 1;
		if ((text[at] == '.' || text[at] == '!' || text[at] == '?') &&
		    (text[at + 1] == ' ' || text[at + 1] == '\t'))
			return at + 1 + strspn(text + at + 1, " \t");
		if (text[at] == '|' || text[at] == '\t')
			return at + 1;
		at++;
	}
	return at;
}

/*
 * The words of a question from here on. Not when they fit better from the next line or
 * sentence: then what stands here is a short answer above it.
 */
static bool repeats(const struct parting *p, size_t from, size_t *word, size_t wanted,
		    struct answers_match *out)
{
	struct answers_match later;
	size_t next, w;

	*word = word_from(&p->words, *word, from);
	if (*word >= p->words.count ||
	    !answers_repeated(p->quotes, p->words.items + *word, p->words.count - *word,
			      wanted, out))
		return false;
	for (next = next_start(p->text, from);
	     p->text[next] && next < p->words.items[*word + out->used - 1].from;
	     next = next_start(p->text, next)) {
		w = word_from(&p->words, *word, next);
		if (w > *word && w < p->words.count &&
		    answers_repeated(p->quotes, p->words.items + w, p->words.count - w,
				     wanted, &later) &&
		    later.question == out->question && later.errors < out->errors)
			return false;
	}
	return true;
}

static bool look_at(struct parting *p, size_t *word, size_t from, bool line)
{
	const char *start = answers_past_marks(p->text + from);
	struct answers_heading h = {.line_from = from, .how = "number"};
	struct answers_match m;
	size_t body = (size_t)(start - p->text), at;
	bool numbered = answers_numbered(p->text, body, line, p->question_count,
					 last_question(p), &h);

	h.line_from = from;
	at = numbered ? h.body_from : body;
	if (!numbered && !line) { /* "Openly. 5. Is there ...": a number inside a line */
		size_t digits = strspn(start, "0123456789");

		if (digits && digits < 3 && strchr(".):", start[digits]))
			at = body + digits + 1;
	}
	if (repeats(p, at, word, numbered ? h.question : 0, &m)) {
		h.question = m.question;
		h.how = "question";
		h.sign = ANSWERS_CLEAR;
		h.body_from = p->words.items[*word + m.used - 1].to;
		while (p->text[h.body_from] && strchr("?.!:\"')*_", p->text[h.body_from]))
			h.body_from++;
		add_heading(p, h);
		return true;
	}
	if (!numbered && line && *start) {
		size_t past, q = answers_named(p->arena, p->quotes, start, &past);

		if (q) {
			h.question = q;
			h.how = "question";
			h.sign = ANSWERS_CLEAR;
			h.body_from = body + past;
			numbered = true;
		}
	}
	if (!numbered)
		return false;
	add_heading(p, h);
	return true;
}

static void find_headings(struct parting *p)
{
	size_t word = 0, at = 0, marked = 0;
	bool line = true;

	while (p->text[at]) {
		size_t next;
		bool again = at < marked;

		/* Marks of one run lead to the same words: they are looked at once. */
		if (!again)
			marked = (size_t)(answers_past_marks(p->text + at) - p->text);
		if (!again && look_at(p, &word, at, line)) {
			size_t body = p->found[p->found_count - 1].body_from;

			/* What was repeated is read over. */
			while (at < body && p->text[at]) {
				next = next_start(p->text, at);
				if (next > body)
					break;
				at = next;
			}
		}
		next = next_start(p->text, at);
		line = next > 0 && p->text[next - 1] == '\n';
		at = next;
	}
}

static size_t count_sign(const struct parting *p, enum answers_sign sign)
{
	size_t n = 0;

	for (size_t i = 0; i < p->found_count; i++)
		n += p->found[i].sign == sign;
	return n;
}

/* Is nothing said before it but a greeting, and that answers come? */
static bool begins_letter(const struct parting *p, size_t byte)
{
	for (size_t at = 0, len; at < byte; at += len + 1) {
		const char *line = p->text + at;

		len = strcspn(line, "\n");
		if (len && line[len - 1] != ':' && line[strspn(line, " \t\r")] != '\n' &&
		    !frame_is_greeting(line, len))
			return false;
	}
	return true;
}

/* Roman numbers and letters begin with the first, as a list does; "ii" may be where somebody
 * begins to answer, and so may "2 residents". */
static bool may_begin(const struct parting *p, const struct answers_heading *h)
{
	if (h->sign == ANSWERS_PLAIN)
		return begins_letter(p, h->line_from);
	return h->question == 1 || (h->several_letters && begins_letter(p, h->line_from));
}

/* "I have three points to make:", and a list of them. */
static bool is_announced(const struct parting *p, const struct answers_heading *h)
{
	static const char *const things[] = {"points",   "reasons",     "things",
					     "concerns", "suggestions", "ideas",
					     "issues",   "requests"};
	size_t end = str_without_tail(p->text, h->line_from), from;
	const char *line;

	for (from = end; from && p->text[from - 1] != '\n';)
		from--;
	if (h->question != 1 || end == from || end - from > 200 ||
	    p->text[end - 1] != ':')
		return false;
	line = arena_strndup(p->work, p->text + from, end - from);
	for (size_t i = 0; i < ARRAY_LEN(things); i++)
		if (str_ifind(line, things[i]))
			return true;
	return false;
}

/* What parts this text: the clearest there is. Of what is less clear there are two at least. */
static enum answers_sign clearest(const struct parting *p)
{
	static const enum answers_sign unclear[] = {ANSWERS_PLAIN, ANSWERS_ROMAN,
						    ANSWERS_LETTER};

	if (count_sign(p, ANSWERS_CLEAR))
		return ANSWERS_CLEAR;
	for (size_t i = 0; i < p->found_count; i++)
		if (p->found[i].sign == ANSWERS_DIGIT)
			return is_announced(p, &p->found[i]) ? ANSWERS_NONE
							     : ANSWERS_DIGIT;
	for (size_t s = 0; s < ARRAY_LEN(unclear); s++)
		for (size_t i = 0; i < p->found_count; i++)
			if (p->found[i].sign == unclear[s]) {
				if (count_sign(p, unclear[s]) > 1 &&
				    may_begin(p, &p->found[i]))
					return unclear[s];
				break;
			}
	return ANSWERS_NONE;
}

static bool named_clearly(const struct parting *p, size_t question)
{
	for (size_t i = 0; i < p->found_count; i++)
		if (p->found[i].sign == ANSWERS_CLEAR && p->found[i].question == question)
			return true;
	return false;
}

/*
 * Bare numbers only where nothing clearer parts this text, and only upwards. Among clear
 * ones a bare number is the next question when it goes on from the last and no list was
 * begun in between.
 */
static void drop_unclear(struct parting *p)
{
	enum answers_sign sign = clearest(p);
	size_t kept = 0, last = 0;
	bool list = false;

	for (size_t i = 0; i < p->found_count; i++) {
		const struct answers_heading *h = &p->found[i];

		if (h->sign != sign) {
			bool goes_on = sign == ANSWERS_CLEAR &&
				       h->sign == ANSWERS_DIGIT &&
				       h->question == last + 1 && last && !list &&
				       !named_clearly(p, h->question);

			list = list || (h->sign == ANSWERS_DIGIT && h->question == 1);
			if (!goes_on)
				continue;
		} else if (sign != ANSWERS_CLEAR &&
			   (h->question < last ||
			    (h->question == last && !h->lettered))) {
			continue;
		} else {
			list = false;
		}
		last = h->question;
		p->found[kept++] = *h;
	}
	p->found_count = kept;
}

static bool is_quoted(const struct parting *p, size_t line)
{
	return p->text[line + strspn(p->text + line, " \t")] == '>';
}

/* Is what was asked quoted, and answered between? Then what is quoted answers nothing. */
static bool answers_between_quotes(const struct parting *p)
{
	for (size_t i = 0; i < p->found_count; i++)
		if (is_quoted(p, p->found[i].line_from) &&
		    str_eq(p->found[i].how, "question"))
			return true;
	return false;
}

/* How many numbers stand behind each other in the line of this heading, upwards. */
static size_t within_line(const struct parting *p, const struct answers_heading *h)
{
	const char *at = p->text + h->body_from, *where;
	size_t n = 0, number, last = h->question;

	while ((at = answers_number_within(at > p->text ? at - 1 : at, &number,
					   &where))) {
		if (number <= last || number > p->question_count)
			return 0;
		last = number;
		n++;
	}
	return n;
}

/* "1. No 2. Everybody 3. In the afternoon": three at least, all in one line. */
static void part_lines(struct parting *p)
{
	struct answers_heading *whole = p->found;
	size_t count = p->found_count;

	p->found = NULL;
	p->found_count = 0;
	for (size_t i = 0; i < count; i++) {
		struct answers_heading h = whole[i];
		size_t line = h.body_from + strcspn(p->text + h.body_from, "\n");
		bool alone = i + 1 == count || whole[i + 1].line_from >= line;
		size_t n = h.question && alone ? within_line(p, &h) : 0;
		const char *at = p->text + h.body_from, *where;

		add_heading(p, h);
		while (n >= 2 &&
		       (at = answers_number_within(at - 1, &h.question, &where))) {
			h.line_from = (size_t)(where - p->text);
			h.body_from = (size_t)(at - p->text);
			add_heading(p, h);
		}
	}
}

static size_t chars_at(struct parting *p, size_t byte)
{
	if (byte < p->at_byte) /* what is unclear is a choice and said */
		p->at_char = p->at_byte = 0;
	p->at_char += str_utf8_count(p->text + p->at_byte, byte - p->at_byte);
	p->at_byte = byte;
	return p->at_char;
}

/* from and to in bytes, trimmed; nothing is kept of a part that is empty. */
static void add_part(struct parting *p, size_t question, size_t from, size_t to,
		     const char *how)
{
	struct answer_parts *out = p->out;
	struct answer_part *part;

	if (from >= to)
		return;
	while (from < to && (str_is_space(p->text[from]) || p->text[from] == '>' ||
			     p->text[from] == '|'))
		from++;
	while (to > from && (str_is_space(p->text[to - 1]) || p->text[to - 1] == '>' ||
			     p->text[to - 1] == '|'))
		to--;
	if (from == to)
		return;
	out->items = arena_grow(p->arena, out->items, out->count, sizeof(*out->items));
	part = &out->items[out->count++];
	part->question = question;
	part->how = question ? how : "rest";
	part->from = chars_at(p, from);
	part->to = chars_at(p, to);
}

static void add_choice(struct parting *p, size_t question, size_t base,
		       const struct choice_found *c)
{
	struct answer_parts *out = p->out;
	struct answer_choice *choice;

	out->choices =
		arena_grow(p->arena, out->choices, out->choice_count, sizeof(*choice));
	choice = &out->choices[out->choice_count++];
	choice->question = question;
	choice->chosen = c->chosen;
	choice->from = chars_at(p, base + c->from);
	choice->to = chars_at(p, base + c->to);
}

/* A stretch without its frame: what was said in it from there on, in one part or several (with
 * more of them than anybody reads, in one). base: where the answer begins, its choice with it. */
static void add_said(struct parting *p, size_t question, size_t base, size_t from,
		     size_t to, const char *how)
{
	struct frame f;
	size_t begin = 0, end = 0;
	bool open = false;

	frame_book_read(p->letter, p->work, p->text + base, to - base, &f);
	for (size_t i = 0; i <= f.count; i++) {
		bool said = i < f.count && f.lines[i].kind == FRAME_SAID &&
			    !(p->between_quotes && is_quoted(p, base + f.lines[i].from));

		if (i < f.count && f.lines[i].kind == FRAME_BLANK)
			continue;
		if (said && !open)
			begin = base + f.lines[i].from;
		if (said)
			end = base + f.lines[i].to;
		if (said || !open || (i < f.count && p->out->count >= ANSWERS_MOST)) {
			open = open || said;
			continue;
		}
		add_part(p, question, begin > from ? begin : from, end, how);
		open = false;
	}
}

/* Behind "A:", "Answer:", "Our response:" in front of an answer. */
static size_t past_label(const char *text, size_t from, size_t end)
{
	static const char *const labels[] = {
		"a:",         "ans:",        "answer:",      "answers:",
		"response:",  "reply:",      "comment:",     "comments:",
		"my answer:", "our answer:", "my response:", "our response:",
		"ateb:",      "freagairt:",  "your answer:"};
	const char *at = text + from + strspn(text + from, " \t\r\n>*_|-");

	for (size_t i = 0; i < ARRAY_LEN(labels); i++)
		if (str_istarts(at, labels[i])) {
			size_t past = (size_t)(at - text) + strlen(labels[i]);

			return past < end ? past : from;
		}
	return from;
}

static void add_answer(struct parting *p, const struct answers_heading *h, size_t end)
{
	struct choice_found c = {0};
	size_t from = h->body_from < end ? past_label(p->text, h->body_from, end)
					 : h->body_from;
	size_t body = from;

	if (from >= end)
		return;
	if (h->question)
		choice_read(p->arena, p->text + from, end - from,
			    &p->questions[h->question - 1].choice, &c);
	if (c.chosen || c.unclear)
		add_choice(p, h->question, from, &c);
	/* What is unclear stays to be read: "Yes and no, because". */
	if (c.chosen || (!c.unclear && c.past))
		from += c.past;
	if (from < end)
		add_said(p, h->question, body, from, end, h->how);
}

void answers_part(struct arena *arena, const char *text, struct frame_book *letter,
		  const struct answer_question *questions, size_t question_count,
		  struct answer_parts *out)
{
	AUTO(arena) work = arena_new(1 << 14);
	struct parting p = {.arena = arena,
			    .work = work,
			    .text = text,
			    .letter = letter,
			    .questions = questions,
			    .question_count = question_count,
			    .out = out};
	size_t len = strlen(text);

	*out = (struct answer_parts){0};
	p.quotes = answers_quotes_new(work, questions, question_count);
	words_read(work, text, len, &p.words);
	find_headings(&p);
	drop_unclear(&p);
	part_lines(&p);
	p.between_quotes = answers_between_quotes(&p);
	add_said(&p, 0, 0, 0, p.found_count ? p.found[0].line_from : len, "rest");
	for (size_t i = 0; i < p.found_count; i++)
		add_answer(&p, &p.found[i],
			   i + 1 < p.found_count ? p.found[i + 1].line_from : len);
}
