#include "consent/question.h"
#include "base/buf.h"
#include "base/str.h"
#include "classify/classify.h"
#include "mail/reply_marks.h"
#include "mail/reply_words.h"
#include "text/html.h"

#include <glib.h>

enum {
	WORDS_MOST = 5000,
	RUN = 5,      /* words in a row that chance does not bring */
	OPENING = 15, /* words: a quote has one of the first */
	TEXT_MOST = 1 << 18,
	SIGNATURE_LINES = 15,
	SUBJECT_LEAST = 12, /* bytes that a subject is cut to */
};

struct word {
	const char *text;
	size_t line;
	bool ours; /* of the question; in the question: taken */
};

struct words {
	struct word *at;
	size_t count;
	bool more; /* than can be compared */
};

static bool is_word(gunichar c)
{
	return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* Addresses go: programs rewrite, double and break them. What stands before them stays. */
static size_t without_address(const char *chunk, size_t len)
{
	const char *scheme = memmem(chunk, len, "://", 3);
	size_t n;

	if (!scheme && memchr(chunk, '@', len))
		return 0;
	if (!scheme)
		return len;
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
		stop = chunk + without_address(chunk, all);
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

/* Nothing but quote signs, rules and addresses. */
static bool is_bare(const struct reply_line *line)
{
	static const char marks[] = " \t\r>-_=*|.<>[]()";
	bool address = memmem(line->text, line->len, "://", 3) ||
		       memchr(line->text, '@', line->len);

	for (size_t i = 0; i < line->len && !address; i++)
		if (!strchr(marks, line->text[i]))
			return false;
	return true;
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
	       line->kind == REPLY_SIGNATURE;
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
	if (text->len && !classify_is_banner(arena, buf_text(text))) {
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

static struct question_rest collect(struct arena *arena, const struct reply_lines *l,
				    const bool *left)
{
	AUTO(buf) words = buf_new(TEXT_MOST);
	AUTO(buf) signature = buf_new(TEXT_MOST);

	for (size_t i = 0; i < l->count;) {
		size_t to = i;

		if (l->at[i].kind == REPLY_SIGNATURE &&
		    (to = signature_to(l, left, i)) > i) {
			for (size_t n = i + 1; n < to; n++)
				add_line(signature, &l->at[n]);
			i = to;
			continue;
		}
		while (to < l->count && left[to] && l->at[to].kind != REPLY_SIGNATURE)
			to++;
		add_paragraph(arena, l, i, to, words);
		i = to > i ? to : i + 1;
	}
	return (struct question_rest){str_trim(arena_strdup(arena, buf_text(words))),
				      str_trim(arena_strdup(arena, buf_text(signature)))};
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
	struct words w = {0};
	size_t *ours, *others;
	bool *left;

	if (str_empty(text))
		return (struct question_rest){"", ""};
	if (strlen(text) > TEXT_MOST / 2)
		return (struct question_rest){text, ""};
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
			  (others[i] || (!ours[i] && (w.more || !is_bare(&l.at[i]))));
	return collect(arena, &l, left);
}

/* "[EXTERNAL]", "(ext)", "***SPAM***": how many bytes of it there are, or 0. */
static size_t tag_at(const char *subject)
{
	static const char *const tags[] = {"external email", "external sender",
					   "external mail",  "external message",
					   "external",       "ext",
					   "extern",         "externe",
					   "externo",        "esterno",
					   "spam?",          "spam",
					   "suspected spam", "possible spam",
					   "bulk",           "secure",
					   "official",       "official-sensitive",
					   "unclassified",   "non-secure",
					   "encrypted",      NULL};
	static const char open[] = "[(*{<# ", closing[] = "])*}>#: \t";
	size_t marks = strspn(subject, open);

	for (const char *const *tag = tags; *tag; tag++) {
		size_t len = strlen(*tag), behind;

		if (!str_istarts(subject + marks, *tag))
			continue;
		behind = strspn(subject + marks + len, closing);
		if (behind &&
		    (strspn(subject, " ") < marks || strchr(":", subject[marks + len])))
			return marks + len + behind;
	}
	return 0;
}

/* Behind all marks of an answer and all tags. */
static const char *behind_marks(const char *subject, bool *out_answers)
{
	static const char wide[] = "\xEF\xBC\x9A";

	*out_answers = false;
	for (;;) {
		size_t tag;

		subject += strspn(subject, " \t\r\n");
		tag = tag_at(subject);
		if (tag) {
			subject += tag;
		} else if (reply_subject_answers(subject)) {
			const char *colon = strchr(subject, ':'),
				   *other = strstr(subject, wide);

			if (!colon || (other && other < colon))
				colon = other ? other + sizeof(wide) - 2 : NULL;
			if (!colon)
				return subject;
			subject = colon + 1;
			*out_answers = true;
		} else {
			return subject;
		}
	}
}

static const char *joined(struct arena *arena, const char *text)
{
	struct words w = {0};
	AUTO(buf) to = buf_new(TEXT_MOST);

	add_words(arena, &w, text, strlen(text), 0);
	for (size_t i = 0; i < w.count; i++)
		buf_printf(to, "%s%s", i ? " " : "", w.at[i].text);
	return arena_strdup(arena, buf_text(to));
}

/* What the question's subject has not is the writer's: "Please confirm??", a face. */
static bool adds_marks(const char *said, const char *ours)
{
	for (const char *at = said; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (!is_word(c) && c != 0x2026 &&
		    !(c < 0x80 && strchr(" \t\r\n.,:;-_'\"()[]", (int)c)) &&
		    !g_utf8_strchr(ours, -1, c))
			return true;
	}
	return false;
}

bool question_is_subject(struct arena *arena, const char *subject,
			 const struct classify_question *asked, const char **out_words)
{
	bool answers;
	const char *rest = behind_marks(str_or(subject, ""), &answers), *said, *ours;

	*out_words = rest;
	if (!*rest)
		return true;
	if (!answers || !asked || str_empty(asked->subject) ||
	    adds_marks(rest, asked->subject))
		return false;
	said = joined(arena, rest);
	ours = joined(arena, asked->subject);
	return str_eq(said, ours) ||
	       (strlen(said) >= SUBJECT_LEAST && str_starts(ours, said));
}
