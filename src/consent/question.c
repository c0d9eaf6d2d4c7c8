#include "consent/question.h"
#include "base/buf.h"
#include "base/str.h"
#include "classify/classify.h"
#include "consent/answered_mail.h"
#include "consent/machine.h"
#include "mail/reply_marks.h"
#include "text/html.h"

#include <glib.h>

enum {
	WORDS_MOST = 5000,
	RUN = 5,      /* words in a row that chance does not bring */
	OPENING = 15, /* words: a quote has one of the first */
	TEXT_MOST = 1 << 18,
	SIGNATURE_LINES = 15,
	RULE_LEAST = 5,
};

struct word {
	const char *text;
	size_t line;
	bool ours; /* of the question; in the question: taken */
};

struct words {
	struct word *at;
	size_t count;
	bool more;                          /* than can be compared */
	const struct answered_mail *letter; /* whose addresses go; NULL: all do */
};

static bool is_word(gunichar c)
{
	return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/*
 * Where the address in a chunk begins; len: it has none. Those of the letter go: programs
 * rewrite, double and break them.
 */
static size_t address_at(const char *chunk, size_t len)
{
	const char *scheme = memmem(chunk, len, "://", 3);
	size_t n;

	if (!scheme)
		return memchr(chunk, '@', len) ? 0 : len;
	for (n = (size_t)(scheme - chunk); n && str_is_alpha(chunk[n - 1]); n--)
		;
	return n;
}

static void add_word(struct arena *arena, struct words *w, const char *from, size_t len,
		     size_t line)
{
	char *wide, *low;

	if (w->count == WORDS_MOST) {
		w->more = true;
		return;
	}
	wide = g_utf8_normalize(from, (gssize)len, G_NORMALIZE_ALL_COMPOSE);
	low = wide ? g_utf8_casefold(wide, -1) : NULL;
	w->at = arena_grow(arena, w->at, w->count, sizeof(*w->at));
	w->at[w->count++] =
		(struct word){.text = low ? arena_strdup(arena, low) : "", .line = line};
	g_free(wide);
	g_free(low);
}

static bool is_of_letter(struct arena *arena, const struct answered_mail *letter,
			 const char *from, const char *end)
{
	const struct token said = {
		.text = arena_strndup(arena, from, (size_t)(end - from)),
		.address = true};

	return answered_has(letter, &said);
}

static void add_words(struct arena *arena, struct words *w, const char *text, size_t len,
		      size_t line)
{
	static const char blanks[] = " \t\r\n";
	const char *end = text + len;

	while (text < end) {
		const char *chunk = text + strspn(text, blanks);
		size_t all = strcspn(chunk, blanks);
		const char *stop;

		if (chunk >= end)
			return;
		if (chunk + all > end)
			all = (size_t)(end - chunk);
		stop = chunk + address_at(chunk, all);
		if (w->letter && stop < chunk + all &&
		    !is_of_letter(arena, w->letter, stop, chunk + all))
			stop = chunk + all;
		text = chunk + all;
		while (chunk < stop) {
			const char *from;

			while (chunk < stop && !is_word(g_utf8_get_char(chunk)))
				chunk = g_utf8_next_char(chunk);
			for (from = chunk;
			     chunk < stop && is_word(g_utf8_get_char(chunk));)
				chunk = g_utf8_next_char(chunk);
			if (chunk > from)
				add_word(arena, w, from, (size_t)(chunk - from), line);
		}
	}
}

/* Marks what of the answer is of this form of the letter; how many words are. */
static size_t cover(struct words *answer, struct words *letter)
{
	size_t covered = 0;
	bool opened = false;

	for (size_t i = 0; i < answer->count; i++)
		answer->at[i].ours = false;
	for (size_t i = 0; i < answer->count;) {
		size_t best = 0, where = 0;

		for (size_t k = 0; k < letter->count; k++) {
			size_t n = 0;

			while (i + n < answer->count && k + n < letter->count &&
			       !letter->at[k + n].ours &&
			       str_eq(answer->at[i + n].text, letter->at[k + n].text))
				n++;
			if (n > best) {
				best = n;
				where = k;
			}
		}
		if (best < RUN) {
			i++;
			continue;
		}
		for (size_t n = 0; n < best; n++)
			answer->at[i + n].ours = letter->at[where + n].ours = true;
		opened = opened || where < OPENING;
		covered += best;
		i += best;
	}
	return opened ? covered : 0;
}

static void mark_ours(struct arena *arena, struct words *answer,
		      const struct classify_question *asked)
{
	AUTO(buf) shown = buf_new(TEXT_MOST);
	struct words text = {0}, html = {0};
	size_t by_text, by_html;

	if (answer->more || !asked)
		return;
	add_words(arena, &text, str_or(asked->text, ""), strlen(str_or(asked->text, "")),
		  0);
	if (asked->html)
		(void)html_to_text(shown, asked->html, strlen(asked->html));
	add_words(arena, &html, buf_text(shown), shown->len, 0);
	by_text = cover(answer, &text);
	by_html = cover(answer, &html);
	if (by_html > by_text)
		return;
	for (size_t i = 0; i < text.count; i++)
		text.at[i].ours = false;
	if (cover(answer, &text) == 0)
		for (size_t i = 0; i < answer->count; i++)
			answer->at[i].ours = false;
}

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
		      const size_t *ours, size_t line)
{
	const struct tokens said =
		tokens_of(arena, arena_strndup(arena, l->at[line].text, l->at[line].len));
	bool above = l->at[line].kind == REPLY_RULER && l->at[line].len >= RULE_LEAST;
	bool below = said.count > 0;

	for (size_t i = 0; i < line && !above; i++)
		above = ours[i] > 0;
	for (size_t i = line + 1; i < l->count && !below; i++)
		below = ours[i] > 0;
	return above && below && !said.odd;
}

/* Which lines are the question's: all their words are, and there are some. */
static void count_words(const struct words *w, size_t lines, size_t *ours, size_t *others)
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
			for (size_t n = i + 1; n < to; n++)
				add_line(signature, &l->at[n]);
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
	struct words w = {.letter = &letter};
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
			add_words(arena, &w, l.at[i].text, l.at[i].len, i);
	mark_ours(arena, &w, asked);
	ours = arena_make(arena, size_t, l.count);
	others = arena_make(arena, size_t, l.count);
	left = arena_make(arena, bool, l.count);
	count_words(&w, l.count, ours, others);
	for (size_t i = 0; i < l.count; i++)
		left[i] = is_spoken(&l.at[i]) &&
			  (others[i] || (!ours[i] && !is_bare(&l.at[i]) &&
					 (w.more || !is_within(arena, &l, ours, i))));
	return collect(arena, &l, left, &letter);
}
