#include "consent/question.h"
#include "base/buf.h"
#include "base/str.h"
#include "classify/classify.h"
#include "consent/answered_mail.h"
#include "consent/machine.h"
#include "consent/quote.h"
#include "mail/read/reply_marks.h"

enum {
	TEXT_MOST = 1 << 18,
	SIGNATURE_LINES = 15,
	RULE_LEAST = 5,
};

/* Nothing but quote signs. */
static bool is_bare(const struct reply_line *line)
{
	for (size_t i = 0; i < line->len; i++)
		if (!strchr("> \t\r", line->text[i]))
			return false;
	return true;
}

/*
 * What has no word of anybody: a rule above the quote, what is left of a frame within it, and
 * an address of the letter that a program put on a line of its own.
 */
static bool is_within(struct arena *arena, const struct reply_lines *l,
		      const size_t *ours, size_t line, const struct answered_mail *letter)
{
	const struct reply_line *it = &l->at[line];
	bool above = it->kind == REPLY_RULER && it->len >= RULE_LEAST;
	bool below = memchr(it->text, '@', it->len) || memchr(it->text, ':', it->len);

	for (size_t i = 0; i < line && !above; i++)
		above = ours[i] > 0;
	for (size_t i = line + 1; i < l->count && !below; i++)
		below = ours[i] > 0;
	return above && below && quote_says_nothing(arena, it->text, it->len, letter);
}

/* Which lines are the question's: all their words are, and there are some. */
static void count_words(const struct quote_words *w, size_t lines, size_t *ours,
			size_t *others)
{
	memset(ours, 0, lines * sizeof(*ours));
	memset(others, 0, lines * sizeof(*others));
	for (size_t i = 0; i < w->count; i++)
		(w->at[i].ours ? ours : others)[w->at[i].line]++;
}

static bool is_spoken(const struct reply_line *line)
{
	return line->kind == REPLY_TEXT || line->kind == REPLY_QUOTE ||
	       line->kind == REPLY_SIGNATURE || line->kind == REPLY_RULER;
}

/* Without the signs of a quote. */
static void add_line(struct buf *to, const struct reply_line *line)
{
	size_t from = 0;

	while (line->kind == REPLY_QUOTE && from < line->len &&
	       strchr("> \t", line->text[from]))
		from++;
	buf_add(to, line->text + from, line->len - from);
	buf_char(to, '\n');
}

/* The lines from..to that are left, unless a gateway put them there. */
static void add_paragraph(struct arena *arena, const struct reply_lines *l, size_t from,
			  size_t to, struct buf *out)
{
	AUTO(buf) text = buf_new(TEXT_MOST);

	for (size_t i = from; i < to; i++)
		add_line(text, &l->at[i]);
	if (text->len && !machine_banner_is_known(arena, buf_text(text))) {
		buf_str(out, buf_text(text));
		buf_char(out, '\n');
	}
}

/* Where the signature that begins here ends; from when it is too long for one. */
static size_t signature_to(const struct reply_lines *l, const bool *left, size_t from)
{
	size_t to = from + 1, lines = 0;

	while (to < l->count && (l->at[to].kind == REPLY_BLANK || left[to]) &&
	       l->at[to].kind != REPLY_QUOTE)
		lines += left[to++];
	return lines > SIGNATURE_LINES ? from : to;
}

static bool is_mark(enum reply_kind kind)
{
	return kind == REPLY_ATTRIBUTION || kind == REPLY_HEADER ||
	       kind == REPLY_FORWARD || kind == REPLY_MOBILE;
}

/* The run of marks of one kind that begins here; behind it. Header fields may lie apart. */
static size_t add_marks(struct arena *arena, const struct reply_lines *l, size_t from,
			const struct answered_mail *letter, struct buf *out)
{
	AUTO(buf) text = buf_new(TEXT_MOST);
	enum reply_kind kind = l->at[from].kind;
	size_t to = from;

	for (; to < l->count && l->at[to].kind == kind; to++)
		add_line(text, &l->at[to]);
	if (!machine_line_is_known(arena, kind, buf_text(text), answered_has, letter))
		buf_str(out, buf_text(text));
	return to;
}

static struct question_rest collect(struct arena *arena, const struct reply_lines *l,
				    const bool *left, const struct answered_mail *letter)
{
	AUTO(buf) words = buf_new(TEXT_MOST);
	AUTO(buf) signature = buf_new(TEXT_MOST);
	AUTO(buf) marks = buf_new(TEXT_MOST);

	for (size_t i = 0; i < l->count;) {
		size_t to = i;

		if (l->at[i].kind == REPLY_SIGNATURE &&
		    (to = signature_to(l, left, i)) > i) {
			size_t before = signature->len;

			for (size_t n = i + 1; n < to; n++)
				add_line(signature, &l->at[n]);
			/* A mark with nothing below it is a sign. */
			if (str_blank(buf_text(signature) + before))
				add_line(words, &l->at[i]);
			i = to;
			continue;
		}
		if (is_mark(l->at[i].kind)) {
			i = add_marks(arena, l, i, letter, marks);
			continue;
		}
		while (to < l->count && left[to] && l->at[to].kind != REPLY_SIGNATURE)
			to++;
		add_paragraph(arena, l, i, to, words);
		i = to > i ? to : i + 1;
	}
	return (struct question_rest){str_trim(arena_strdup(arena, buf_text(words))),
				      str_trim(arena_strdup(arena, buf_text(signature))),
				      str_trim(arena_strdup(arena, buf_text(marks)))};
}

/* Apple's programs put "On ... wrote:" behind the sign of the quote as well. */
static void mark_quoted(struct arena *arena, struct reply_lines *l)
{
	AUTO(buf) text = buf_new(TEXT_MOST);
	struct reply_lines within;
	size_t quotes = 0, n = 0;

	for (size_t i = 0; i < l->count; i++)
		if (l->at[i].kind == REPLY_QUOTE) {
			add_line(text, &l->at[i]);
			quotes++;
		}
	within = reply_lines_of(arena, arena_strdup(arena, buf_text(text)));
	if (within.count != quotes) /* one was two lines that a program ran together */
		return;
	for (size_t i = 0; i < l->count; i++)
		if (l->at[i].kind == REPLY_QUOTE) {
			enum reply_kind kind = within.at[n++].kind;

			if (kind == REPLY_ATTRIBUTION || kind == REPLY_HEADER ||
			    kind == REPLY_FORWARD)
				l->at[i].kind = kind;
		}
}

struct question_rest question_left(struct arena *arena, const char *text,
				   const struct classify_question *asked)
{
	struct reply_lines l;
	const struct answered_mail letter = answered_known(arena, asked);
	struct quote_words w = {.letter = &letter};
	size_t *ours, *others;
	bool *left;

	if (str_empty(text))
		return (struct question_rest){"", "", ""};
	if (strlen(text) > TEXT_MOST / 2)
		return (struct question_rest){text, "", ""};
	l = reply_lines_of(arena, text);
	mark_quoted(arena, &l);
	for (size_t i = 0; i < l.count; i++)
		if (is_spoken(&l.at[i]))
			quote_add(arena, &w, l.at[i].text, l.at[i].len, i);
	quote_mark(arena, &w, asked);
	ours = arena_make(arena, size_t, l.count);
	others = arena_make(arena, size_t, l.count);
	left = arena_make(arena, bool, l.count);
	count_words(&w, l.count, ours, others);
	for (size_t i = 0; i < l.count; i++)
		left[i] = is_spoken(&l.at[i]) &&
			  (others[i] ||
			   (!ours[i] && !is_bare(&l.at[i]) &&
			    (w.more || !is_within(arena, &l, ours, i, &letter))));
	return collect(arena, &l, left, &letter);
}
