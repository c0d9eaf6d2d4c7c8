#include "consent/quote.h"
#include "base/buf.h"
#include "base/str.h"
#include "text/markup/html.h"

#include <glib.h>

enum {
	WORDS_MOST = 5000,
	RUN = 5,      /* words in a row that chance does not bring */
	OPENING = 15, /* words: a quote has one of the first */
	TEXT_MOST = 1 << 18,
	DROPPED_MOST = 4, /* brackets in one place: more are an arrow */
	RULE_LEAST = 3,
};

#define BULLET '\x02'
#define TOO_MANY "\x01"

static bool is_word(gunichar c)
{
	return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* A sign as it is compared: "" for none. buf: room for one character. */
static const char *sign_of(gunichar c, char *buf)
{
	int n;

	if (c == '\n')
		return "\n";
	if (g_unichar_isspace(c) || g_unichar_iscntrl(c) ||
	    g_unichar_type(c) == G_UNICODE_FORMAT)
		return "";
	if ((c >= 0x2018 && c <= 0x201B) || c == 0x2BC || c == 0xB4 || c == '`')
		return "'";
	if ((c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB)
		return "\"";
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
		return "-";
	if (c == 0x2026)
		return "...";
	if (c == 0xB7 || c == 0x2022 || c == 0x25CF || c == 0x25AA)
		return "\x02";
	n = g_unichar_to_utf8(c, buf);
	buf[n] = '\0';
	return buf;
}

static void add_sign(struct quote_words *w, gunichar c)
{
	char buf[8];
	const char *sign = sign_of(c, buf);
	size_t n = strlen(sign);

	if (w->signs_len + n + sizeof(TOO_MANY) > QUOTE_SIGNS) {
		sign = TOO_MANY;
		n = w->signs_len + 1 < QUOTE_SIGNS && w->signs[w->signs_len - 1] != *sign;
	}
	memcpy(w->signs + w->signs_len, sign, n);
	w->signs_len += n;
}

static const char *take_signs(struct arena *arena, struct quote_words *w)
{
	const char *signs = arena_strndup(arena, w->signs, w->signs_len);

	w->signs_len = 0;
	w->address = false;
	return signs;
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

static void add_word(struct arena *arena, struct quote_words *w, const char *from,
		     size_t len, size_t line)
{
	char *wide;

	if (w->count == WORDS_MOST) {
		w->more = true;
		return;
	}
	wide = g_utf8_normalize(from, (gssize)len, G_NORMALIZE_ALL_COMPOSE);
	w->at = arena_grow(arena, w->at, w->count, sizeof(*w->at));
	w->at[w->count] =
		(struct quote_word){.text = arena_strdup(arena, str_or(wide, "")),
				    .beside_address = w->address,
				    .line = line};
	w->at[w->count++].signs = take_signs(arena, w);
	g_free(wide);
}

static bool is_of_answered(struct arena *arena, const struct answered_mail *letter,
			   const char *from, const char *end)
{
	const struct token said = {
		.text = arena_strndup(arena, from, (size_t)(end - from)),
		.address = true};

	return answered_has(letter, &said);
}

static void add_chunk(struct arena *arena, struct quote_words *w, const char *chunk,
		      const char *stop, size_t line)
{
	while (chunk < stop) {
		const char *from;

		for (; chunk < stop && !is_word(g_utf8_get_char(chunk));
		     chunk = g_utf8_next_char(chunk))
			add_sign(w, g_utf8_get_char(chunk));
		for (from = chunk; chunk < stop && is_word(g_utf8_get_char(chunk));)
			chunk = g_utf8_next_char(chunk);
		if (chunk > from)
			add_word(arena, w, from, (size_t)(chunk - from), line);
	}
}

void quote_add(struct arena *arena, struct quote_words *w, const char *text, size_t len,
	       size_t line)
{
	static const char blanks[] = " \t\r\n";
	const char *end = text + len;

	add_sign(w, '\n');
	while (text < end) {
		const char *chunk = text + strspn(text, blanks);
		size_t all = strcspn(chunk, blanks);
		const char *stop;

		for (; text < chunk && text < end; text++)
			if (*text == '\n')
				add_sign(w, '\n');
		if (chunk >= end)
			return;
		if (chunk + all > end)
			all = (size_t)(end - chunk);
		stop = chunk + address_at(chunk, all);
		if (w->letter && stop < chunk + all &&
		    !is_of_answered(arena, w->letter, stop, chunk + all))
			stop = chunk + all;
		text = chunk + all;
		add_chunk(arena, w, chunk, stop, line);
		w->address = w->address || stop < chunk + all;
	}
}

/* A line of signs alone, drawn between paragraphs, or nothing. */
static bool is_rule(const char *from, size_t len)
{
	size_t at = 0;

	while (at < len && *from == '>') {
		from++;
		len--;
	}
	while (at < len && from[at] == *from)
		at++;
	return at == len && (!len || (len >= RULE_LEAST && strchr("-_=*~#", *from)));
}

/* What is left of signs that programs do not change. beside: a word of the letter's names. */
static const char *bare_signs(struct arena *arena, const char *signs, bool beside,
			      bool address)
{
	char *out = arena_strdup(arena, signs), *to = out;
	bool breaks = strchr(signs, '\n');
	size_t dropped = 0;

	for (const char *at = signs; *at;) {
		size_t n = strcspn(at, "\n");
		bool last = !at[n];

		if (at == signs || last || !is_rule(at, n))
			for (size_t i = 0; i < n; i++) {
				char c = at[i];

				if (strchr("<>()[]|", c) && ++dropped <= DROPPED_MOST)
					continue;
				if ((breaks || beside) && (c == '*' || c == '_'))
					continue;
				if (breaks && last && (c == BULLET || c == '-'))
					continue;
				if (address && strchr(".,;:", c))
					continue;
				*to++ = c;
			}
		at += n + !last;
	}
	*to = '\0';
	return out;
}

bool quote_says_nothing(struct arena *arena, const char *line, size_t len,
			const struct answered_mail *letter)
{
	struct quote_words w = {.letter = letter};
	const char *signs;

	quote_add(arena, &w, line, len, 0);
	signs = arena_strndup(arena, w.signs + 1, w.signs_len - 1);
	return !w.count && (is_rule(signs, strlen(signs)) ||
			    !*bare_signs(arena, signs, false, w.address));
}

static bool is_name(const struct quote_words *answer, size_t i)
{
	char *low = i < answer->count ? g_utf8_casefold(answer->at[i].text, -1) : NULL;
	const struct token said = {.text = low};
	bool is = low && answer->letter && answered_has(answer->letter, &said);

	g_free(low);
	return is;
}

/* The part of signs on the line of the word behind them, or before them. */
static const char *last_line(const char *signs)
{
	const char *at = strrchr(signs, '\n');

	return at ? at + 1 : signs;
}

static const char *first_line(struct arena *arena, const char *signs)
{
	return arena_strndup(arena, signs, strcspn(signs, "\n"));
}

/* Are the signs before a word, which is of the letter, those of the letter? */
static bool same_signs(struct arena *arena, const struct quote_words *answer, size_t i,
		       const struct quote_words *letter)
{
	const struct quote_word *said = &answer->at[i], *ours = &letter->at[said->of];
	bool beside = is_name(answer, i) || (i && is_name(answer, i - 1));
	bool address = said->beside_address || ours->beside_address;
	bool first = !i || !answer->at[i - 1].ours;
	const char *a =
		first ? arena_printf(arena, "\n%s", last_line(said->signs)) : said->signs;

	a = bare_signs(arena, a, beside, address);
	return str_eq(a, bare_signs(arena, ours->signs, beside, address)) ||
	       (first && !*a);
}

static bool same_end(struct arena *arena, const struct quote_words *answer, size_t i,
		     const struct quote_words *letter)
{
	bool last = i + 1 == answer->count;
	bool address = letter->address ||
		       (last ? answer->address : answer->at[i + 1].beside_address);
	const char *a = first_line(
		arena, last ? arena_strndup(arena, answer->signs, answer->signs_len)
			    : answer->at[i + 1].signs);
	const char *b =
		first_line(arena, arena_strndup(arena, letter->signs, letter->signs_len));

	a = bare_signs(arena, a, is_name(answer, i), address);
	return !*a || str_eq(a, bare_signs(arena, b, is_name(answer, i), address));
}

/* Marks what of the answer is in this form of the letter. */
static void find(struct quote_words *answer, struct quote_words *letter)
{
	for (size_t i = 0; i < answer->count; i++)
		answer->at[i].ours = false;
	for (size_t k = 0; k < letter->count; k++)
		letter->at[k].ours = false;
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
		for (size_t n = 0; best >= RUN && n < best; n++) {
			answer->at[i + n].ours = letter->at[where + n].ours = true;
			answer->at[i + n].of = where + n;
		}
		i += best >= RUN ? best : 1;
	}
}

/* All of the letter, from its opening on, in its order. */
static bool is_whole(const struct quote_words *answer, const struct quote_words *letter)
{
	size_t next = 0;
	bool opened = false;

	for (size_t i = 0; i < answer->count; i++) {
		const struct quote_word *w = &answer->at[i];

		if (!w->ours)
			continue;
		if (opened ? w->of != next : w->of >= OPENING)
			return false;
		opened = true;
		next = w->of + 1;
	}
	return opened && next == letter->count;
}

/* How many of its words are of this form of the letter; they are marked. */
static size_t cover(struct arena *arena, struct quote_words *answer,
		    struct quote_words *letter)
{
	size_t covered = 0;
	bool whole;

	find(answer, letter);
	whole = is_whole(answer, letter);
	for (size_t i = answer->count; i-- > 0;) {
		struct quote_word *w = &answer->at[i];

		if (!w->ours)
			continue;
		covered += whole;
		w->ours =
			whole && same_signs(arena, answer, i, letter) &&
			(w->of + 1 < letter->count || same_end(arena, answer, i, letter));
	}
	return covered;
}

void quote_mark(struct arena *arena, struct quote_words *answer,
		const struct classify_question *asked)
{
	AUTO(buf) shown = buf_new(TEXT_MOST);
	struct quote_words text = {0}, html = {0};
	const char *plain = asked ? str_or(asked->text, "") : "";
	size_t by_text;

	if (answer->more || !asked)
		return;
	quote_add(arena, &text, plain, strlen(plain), 0);
	if (asked->html)
		(void)html_to_text(shown, asked->html, strlen(asked->html));
	quote_add(arena, &html, buf_text(shown), shown->len, 0);
	by_text = cover(arena, answer, &text);
	if (cover(arena, answer, &html) < by_text || !html.count)
		(void)cover(arena, answer, &text);
}
